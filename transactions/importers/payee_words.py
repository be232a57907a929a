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
    purchase, pos withdrawal, pos transaction, pos prch, pos, pos refund, pos return, debit card purchase, debit
    card payment, credit card purchase, card purchase, card payment to, card payment, purchase, miscellaneous
    payments, card transaction, checkcard, check card, contactless payment, contactless, visa debit, visa
    purchase, visa pos, eftpos, eftpos debit, direct debit, ach debit, ach credit, preauthorized debit,
    pre-authorized debit, ecom, dbt crd, debit crd, int'l pos, bill payment to, bill payment, online banking
    payment to, zelle payment to, zelle payment from, zelle to, kartenzahlung, kartenverfügung, girocard,
    ec-kartenzahlung, sepa-lastschrift, sepa lastschrift, folgelastschrift, erstlastschrift, basislastschrift,
    lastschrift, sepa-überweisung, überweisung an, sepa-gutschrift, gutschrift von, kauf, einkauf, zahlung an,
    maestro-zahlung, debitkarte, betaalautomaat, betaling, betalingskort, betalpas, bancontact, ideal betaling,
    incasso, sepa incasso algemeen doorlopend, sepa overboeking, sepa ideal, bea, gea, giro, pinbetaling,
    paiement par carte, paiement par, paiement carte, paiement cb, paiement psc, paiement, achat cb, achat
    carte, facture carte, carte, cb, prlv sepa, prélèvement sepa, prelevement, vir sepa recu, vir sepa, vir
    recu, vir inst, virement sepa, virement, retrait dab, compra con tarjeta, compra tarjeta, pago con tarjeta,
    pago en, compra en, compra com cartão, compra no débito, compra, pagamento pos, pagamento con carta,
    pagamento carta, pagamento, addebito diretto, addebito sdd, acquisto, platba kartou, platba, nákup, płatność
    kartą, platnosc karta, zakup przy użyciu karty, zakup karta, zakup, kártyás vásárlás, vásárlás, kortköp,
    kortkøb, dankort-nota, dankort, visa/dankort, varekjøp, visa varekøb, visa varekjøp, kjøp, korttiosto, osto,
    tegenrekening, оплата товаров и услуг, оплата, покупка, карта, vir, vir inst recu, virement recu, virement
    de, virement recu de, virement en votre faveur, virement inst recu, paiement avec la carte de debit numero,
    paiement avec la carte de debit, facture carte du, prlv, kauf/dienstleistung, gutschrift, lohn/gehalt, bea
    betaalpas, betaalpas, gea betaalpas, kupovina, plata la pos, デビット, visaデビット, tfi, trf, trf p/, trf de,
    transferência recebida pelo pix, transferência enviada pelo pix, transferencia recebida pelo pix,
    transferencia enviada pelo pix, pix recebido de, pix recebido, pix enviado para, pix enviado, pix -
    recebido, pix - enviado, transf pix rem, transf pix des, transf pix, compra cartao debito visa electron,
    compra cartao debito mastercard, compra en establecimiento, compra tarj, vdp, vdc, vda, d/d, d/c from, d/c,
    card transaction issued by, received money from, sent money to, paid to, received from, merchant payment to,
    merchant payment online to, customer transfer to, pay bill to, pay bill online to, web authorized pmt, debit
    card purchase at, dbt purchase on, dbt purchase, ach payment, direct deposit: from, pos purchase settlement,
    acb credit settlement, acb credit, sale debit, ibk fund tfr fr a/c, ibk fund tfr to a/c, trsf e-banking db,
    trsf e-banking cr, kr otomatis, db otomatis, thanh toan pos, neft, imps, rtgs, pago:, traspaso de:, traspaso
    a:, epos, cr to, 365 online, www, virement sepa recu de, virement sepa recu, virement sepa emis vers,
    virement sepa de, vir sepa emis de, vir sepa de, prélèvement sepa en faveur de, prelevement sepa en faveur
    de, ach withdrawal, ach deposit, purchase on, boleto pago, pgto, by debit card, debit card, othpg, sbipg,
    othpos, sbipos, wdl tfr, dep tfr, me dc si, dc intl pos, crv pos, chq paid to, mb:sent to, purchase return
    authorized on, purchase return, withdrawal debit card, external withdrawal, bill pay, debit purchase, point
    of sale withdrawal, paypass purchase, interac purchase, interac e-transfer sent, interac e-transfer
    received, e-transfer sent, e-transfer received, nets qr payment, nets purchase, paynow transfer to, paynow
    transfer from, fast payment othr, apple pay, google pay, dd, direct debit payment to, card refund from, visa
    debitkarte, kartenzahlung onl, lastschrift aus kartenzahlung, aus kartenzahlung, sepa-basislastschrift,
    sepa-dauerauftrag, sepa-echtzeitüberweisung, echtzeitüberweisung, dauerauftrag an, dauerauftrag,
    kauf/dienstleistung vom, twint zahlung an, twint gutschrift von, twint, karten nr, einkauf visa debit,
    virement instantane emis vers, virement instantané émis vers, virement instantane emis, virement instantane
    recu de, virement instantane de, virement instantané, virement emis vers, virement emis, virement vers,
    prelevement sepa, avoir cb, avoir carte, paiement internet, recibo, adeudo recibo, adeudo de, adeudo, pago
    movil en, pago móvil en, pago con movil en, operación con tarjeta, operacion con tarjeta, compra internet,
    compra online, compra por internet, bizum enviado a, bizum recibido de, bizum a favor de, bizum de, bizum a,
    transferencia a favor de, transferencia inmediata a favor de, transferencia inmediata de, transferencia
    recibida de, transferencia de, transf. a favor de, transf a favor de, spei enviado, spei recibido, addebito
    diretto sepa sdd, addebito diretto sepa, addebito sepa, pagamento tramite pos, tramite pos, pos carta,
    carta, bonifico a vostro favore disposto da, bonifico a vostro favore da, bonifico disposto a favore di,
    bonifico a favore di, bonifico sepa a, bonifico da, pagamento internet banking, pagamento efetuado, compra
    no debito, compra no débito via nupay, compra cartao, compra cartão, cartao, deb autom, debito automatico,
    débito automático, trf mb way p/, trf mb way de, trf.imed. de, trf.imed. p/, trf imed de, mb way, płatność
    kartą nr karty, platnosc karta nr karty, nr karty, zakup przy użyciu karty w kraju, blik zakup e-commerce,
    blik p2p-wychodzący, blik p2p-przychodzący, blik zakup, przelew blik na telefon dla, przelew elixir -
    online, przelew elixir, przelew na telefon wychodzący zew, przelew na telefon przychodzący, przelew na
    telefon, apple pay, google pay, betaling aan, ideal betaling aan, payment via bancontact, varuköp, swish
    betalning, swish från, swish till, swish, autogiro, betalning bg, betalning pg, visa køb, visa vare, visa
    varekjøp, dankort køb, pos alışveriş, alışveriş, pembayaran qr, bayar qris
    """
)
# What banks print behind the payee, with all that follows; and kinds of payments at the very end.
TAILS = phrases(
    """
    end-to-end-ref, data transakcji:, valoare tranzactie:, carte numero, from card#, miasto:,
    - visa purchase, - eftpos purchase, - osko payment, - direct debit, si sgp, conf#, transaction#:, value date:,
    debit crd ach tran, operazione, transakcja karty, kurs:, contactless
    """
)
LAST_KINDS = phrases(
    """
    zakup przy użyciu karty, przelew przychodzący, przelew wychodzący, przelew wewnętrzny, przelew zewnętrzny,
    przelew, kartenzahlung, kortköp, kortkøb, korttiosto, pos debit, debit crd
    """
)
# A text with a tail has one of these, in small letters.
MARKS_OF_TAILS = (
    *(phrase.lstrip("- ") for phrase in TAILS),
    *dict.fromkeys(phrase.split()[0] for phrase in LAST_KINDS),
    *(" /", " fact ", " mandat ", " dato ", " den ", " on ", ".um", "- receipt "),
)
# What may not stand alone when the word before it is gone: Pagamento recebido.
UNFINISHED = frozenset(
    several("recebido recebida recu reçu received recibido recibida ricevuto effettuato efetuado emis émis permanent")
)
# They are names as well, unless a bank shouts them: Vir Singh.
LOUD_OPENERS = frozenset(several("vir epos tfi trf vda dd carta cartao recibo adeudo swish transferencia"))
# Words that are written like this in a name that is otherwise in Title Case.
_NAMES = several("GmbH mbH Ltd Inc Pvt Co Corp Plc Kft Nv Bv Sa St Dr Mr Mrs Ms Jr Sr No Van Von Des Del Los Las")
_LITTLE = several(
    "of and the for to at in on de la le du et der die das und y e en di da do dos by em na za dla von van im am sur"
    " por para per con com til fra och na"
)
INITIALS = frozenset(
    several(
        """
        ATM UPI EMI SIP LIC IRCTC IKEA USA UAE IOF AMC NGO ISP GST TDS FD RD SMS IMAX ING ICICI ABN AOK TED DOC PIX EDF
        EDP ICA OMV RWE EON ENBW OBI TUI IRS UPS USPS IBM SBI UK EU AG AS AB IPTU IPVA INSS INPS ATT UTI LPG BBVA
        """
    )
)
_BRANDS = several("PayPal BigBasket PhonePe YouTube DoorDash FedEx LinkedIn GitHub eBay iTunes OpenAI MasterCard")
SPELLINGS = {word.casefold(): word for word in (*_NAMES, *_LITTLE, *INITIALS, *_BRANDS)}
# What is left hanging when the code behind it is gone.
DANGLING = frozenset(
    several(
        """
    for to from at ref nr no id via by on de am vom bis um uhr datum und and the der die das in an le la du el
    del von für fuer zu a-nr with txn till ending
    """
    )
)
