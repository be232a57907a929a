"""Words that stand in bank texts and say nothing about whom the money went to; and how to write those that stay."""

import re


def several(text: str) -> tuple[str, ...]:
    """The words of a text."""
    return tuple(text.split())


def phrases(text: str) -> tuple[str, ...]:
    """What commas part."""
    return tuple(" ".join(phrase.split()) for phrase in text.split(",") if phrase.strip())


def alternatives(labels: tuple[str, ...]) -> str:
    """The phrases as a part of a regular expression, the longest first."""
    return "|".join(re.escape(label) for label in sorted(labels, key=len, reverse=True))


# What banks print in front of the payee.
OPENERS = phrases(
    """
    purchase authorized on, recurring payment authorized on, recurring payment, pos merchandise, pos debit, pos
    purchase, pos withdrawal, pos transaction, pos prch, pos, pos refund, pos return, debit card purchase, debit card
    payment, credit card purchase, card purchase, card payment to, card payment, purchase, miscellaneous payments, card
    transaction, checkcard, check card, contactless payment, contactless, visa debit, visa purchase, visa pos, eftpos,
    eftpos debit, direct debit, ach debit, ach credit, preauthorized debit, pre-authorized debit, ecom, dbt crd, debit
    crd, int'l pos, bill payment to, bill payment, online banking payment to, zelle payment to, zelle payment from,
    zelle to, kartenzahlung, kartenverfügung, girocard, ec-kartenzahlung, sepa-lastschrift, sepa lastschrift,
    folgelastschrift, erstlastschrift, basislastschrift, lastschrift, sepa-überweisung, überweisung an, sepa-gutschrift,
    gutschrift von, kauf, einkauf, zahlung an, maestro-zahlung, debitkarte, betaalautomaat, betaling, betalingskort,
    betalpas, bancontact, ideal betaling, incasso, sepa incasso algemeen doorlopend, sepa overboeking, sepa ideal, bea,
    gea, giro, pinbetaling, paiement par carte, paiement par, paiement carte, paiement cb, paiement psc, paiement, achat
    cb, achat carte, facture carte, carte, cb, prlv sepa, prélèvement sepa, prelevement, vir sepa recu, vir sepa, vir
    recu, vir inst, virement sepa, virement, retrait dab, compra con tarjeta, compra tarjeta, pago con tarjeta, pago en,
    compra en, compra com cartão, compra no débito, compra, pagamento pos, pagamento con carta, pagamento carta,
    pagamento, addebito diretto, addebito sdd, acquisto, platba kartou, platba, nákup, płatność kartą, platnosc karta,
    zakup przy użyciu karty, zakup karta, zakup, kártyás vásárlás, vásárlás, kortköp, kortkøb, dankort-nota, dankort,
    visa/dankort, varekjøp, visa varekøb, visa varekjøp, kjøp, korttiosto, osto, tegenrekening, оплата товаров и услуг,
    оплата, покупка, карта, vir, vir inst recu, virement recu, virement de, virement recu de, virement en votre faveur,
    virement inst recu, paiement avec la carte de debit numero, paiement avec la carte de debit, facture carte du, prlv,
    kauf/dienstleistung, gutschrift, lohn/gehalt, bea betaalpas, betaalpas, gea betaalpas, kupovina,
    plata la pos, デビット,
    visaデビット, tfi, trf, trf p/, trf de, transferência recebida pelo pix,
    transferência enviada pelo pix, transferencia
    recebida pelo pix, transferencia enviada pelo pix, pix recebido de, pix recebido, pix enviado para, pix enviado, pix
    - recebido, pix - enviado, transf pix rem, transf pix des, transf pix, compra cartao debito visa electron, compra
    cartao debito mastercard, compra en establecimiento, compra tarj, vdp, vdc, vda, d/d, d/c from, d/c, card
    transaction issued by, received money from, sent money to, paid to, received from, merchant payment to, merchant
    payment online to, customer transfer to, pay bill to, pay bill online to, web authorized pmt, debit card purchase
    at, dbt purchase on, dbt purchase, ach payment, direct deposit: from, pos purchase settlement, acb credit
    settlement, acb credit, sale debit, ibk fund tfr fr a/c, ibk fund tfr to a/c, trsf e-banking db, trsf e-banking cr,
    kr otomatis, db otomatis, thanh toan pos, neft, imps, rtgs, pago:,
    traspaso de:, traspaso a:, epos, cr to, 365 online
    """
)
# What banks print behind the payee, with all that follows; and kinds of payments at the very end.
TAILS = phrases(
    """
    end-to-end-ref, data transakcji:, valoare tranzactie:, carte numero, from card#, miasto:,
    - visa purchase, - eftpos purchase, - osko payment, - direct debit, si sgp
    """
)
LAST_KINDS = phrases(
    """
    zakup przy użyciu karty, przelew przychodzący, przelew wychodzący, przelew wewnętrzny, przelew zewnętrzny,
    przelew, kartenzahlung, kortköp, kortkøb, korttiosto
    """
)
# A text with a tail has one of these, in small letters.
MARKS_OF_TAILS = (
    *(phrase.lstrip("- ") for phrase in TAILS),
    *dict.fromkeys(phrase.split()[0] for phrase in LAST_KINDS),
    *(" /", " fact ", " dato ", " on ", ".um", "- receipt "),
)
# What may not stand alone when the word before it is gone: Pagamento recebido.
UNFINISHED = frozenset(
    several("recebido recebida recu reçu received recibido recibida ricevuto effettuato efetuado emis émis permanent")
)
# They are names as well, unless a bank shouts them: Vir Singh.
LOUD_OPENERS = frozenset({"vir", "epos", "tfi", "trf", "vda"})
# Words that are written like this in a name that is otherwise in Title Case.
_NAMES = several("GmbH mbH Ltd Inc Pvt Co Corp Plc Kft Nv Bv Sa St Dr Mr Mrs Ms Jr Sr No Van Von Des Del Los Las")
_LITTLE = several("of and the for to at in on de la le du et der die das und y e en di da do dos")
_INITIALS = several("ATM UPI EMI SIP LIC IRCTC IKEA USA UAE IOF AMC NGO ISP GST TDS FD RD SMS IMAX ING ICICI ABN AOK")
SPELLINGS = {word.casefold(): word for word in (*_NAMES, *_LITTLE, *_INITIALS)}
# What is left hanging when the code behind it is gone.
DANGLING = frozenset(
    several(
        """
    for to from at ref nr no id via by on de am vom bis um uhr datum und and the der die das in an le la du el
    del von für fuer zu a-nr with txn till ending
    """
    )
)
