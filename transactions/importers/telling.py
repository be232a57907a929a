"""How much a text says of whom the money went to: a name, only the kind of a payment, or a mere number."""

import re
from functools import lru_cache

from transactions.importers import content
from transactions.importers.vocabulary import fold, names

# Words that are nobody's name; a text of nothing else says how money moved and not where to.
_KINDS = frozenset(
    word
    for name in names(
        """miscellaneous, point, sale,
        pos, hist, purchase, payment, preauthorized, electronic, funds, eft, debit, credit, card, visa, mastercard,
        maestro, direct, transfer, transaction, trx, deposit, withdrawal, withdrawals, dep, payroll, eftpos, atm,
        online, faster, bank, cheque, check, standing, order, bill, payments, received, sent, incoming, outgoing,
        inward, outward, contactless, ecom, the, of, to, from, in, out, other, misc, dbt, crd, giro, merchandise,
        pmt, pymt, kartenzahlung, lastschrift, gutschrift, überweisung, dauerauftrag, basislastschrift,
        folgelastschrift, erstlastschrift, sepa, girocard, debitkarte, einkauf, zahlung, buchung, kartenverfügung,
        echtzeitüberweisung, betaalautomaat, betaling, betaalpas, bea, gea, bancontact, overschrijving,
        domiciliëring, aankoop, overboeking, incasso, pinbetaling, ideal, pasnr, europese, met, via, pas, paiement,
        carte, virement, prélèvement, achat, par, cb, retrait, recu, reçu, emis, permanent, instantané, vers, en,
        euros, bonifico, pagamento, pagobancomat, addebito, accredito, prelievo, carta, disposizione, giroconto,
        pago, compra, tarjeta, transferencia, transferência, adeudo, recibo, abono, con, de, débito, crédito,
        cartão, cartao, pix, enviado, recebido, recebida, enviada, no, acreditamiento, haberes, przelew, zakup,
        przy, użyciu, karty, kartą, płatność, zewnętrzny, wewnętrzny, przychodzący, wychodzący, krajowy, konto,
        transakcja, operacja, platba, kartou, nákup, příchozí, odchozí, úhrada, inkaso, na, internetu, prijatá,
        odoslaná, platobnou, prevod, vásárlás, átutalás, jóváírás, terhelés, kártyával, kártyás, kortköp, köp,
        insättning, uttag, överföring, autogiro, swish, korttransaktion, kortkøb, dankort, overførsel, indbetaling,
        udbetaling, betalingsservice, varekjøp, varekøb, overføring, innskudd, korttiosto, ostot, osto, pano,
        tilisiirto, maksu, pirkinys, ost, makse, ülekanne, покупка, пос, оплата, перевод, пополнение, списание,
        зачисление, зарахування, переказ, поповнення, списання, зняття, αγορα, kupovina, plata, la, incasare, op,
        デビット, カード, 振込, 振替, 체크카드"""
    )
    for word in name.split()
)
_CARD = re.compile(r"\d{4}-[\d*x-]{6,}(?:\s+\w{1,2})?", re.IGNORECASE)
_CLOCK = re.compile(r"\d{2}:\d{2}(?::\d{2})?")
_OF_THE_PASS = re.compile(r"\bpasnr\.? ?\d{1,4}\b")
# What a bank writes in front of what is no name, where it puts several things into columns without names of their own.
_LABELLED = re.compile(r"(?:tytuł|rachunek (?:nadawcy|odbiorcy)|numer|adres|data|kod)\b[^:]{0,20}:\s", re.IGNORECASE)


def rank(text: str) -> int:
    """The lower, the better the text is to call a line by: any text, a number behind its label, a kind, a number."""
    first, _space, _rest = text.partition(" ")
    # Most texts begin with a word that is no kind; they are told quickly.
    if first.isascii() and first.isalpha() and first.lower() not in _KINDS and ":" not in text:
        return 0
    return _rank(text)


@lru_cache(maxsize=8192)
def _rank(text: str) -> int:
    if _is_kind(text):
        return 2
    if text.isdigit() or content.is_code(text) or _CARD.fullmatch(text) or not any(map(str.isalnum, text)):
        return 3
    return 1 if ":" in text and _LABELLED.match(text) else 0


def _is_kind(text: str) -> bool:
    """A text of words for kinds alone; a number makes it telling (Check 1001), the time of day does not."""
    is_one = False
    for part in _OF_THE_PASS.sub("", text).replace("_", " ").split():
        if part.isascii() and part.isalpha():
            words = [part.lower()]
        elif _CLOCK.fullmatch(part):
            continue
        else:
            words = fold(part).split()
        if not _KINDS.issuperset(words):
            return False
        is_one = is_one or bool(words)
    return is_one
