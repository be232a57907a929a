"""Labels within a bank's text: "Naam: ... Omschrijving: ... IBAN: ...", SVWZ+..., /NAME/.../REMI/..."""

import re
from collections.abc import Callable

from transactions.importers.payee_codes import says_something
from transactions.importers.payee_words import OPENERS, alternatives, phrases
from transactions.importers.spelling import EDGES

# Labels in front of a value: whose names to keep, what it was for, and what is noise.
_NAMES = phrases(
    """
    nazwa nadawcy, nazwa odbiorcy, lokalizacja: adres, místo, zahlungspflichtiger, zahlungsempfänger, auftraggeber,
    empfänger, begünstigter, naam tegenpartij, naam, name, beneficiary, payee, bénéficiaire, beneficiario, ordenante,
    nazwa
    """
)
_PURPOSES = phrases(
    """
    omschrijving, buchungstext, verwendungszweck, svwz, svwz+, motif, concepto, causale, des, betreft, tytuł,
    descrizione
    """
)
_NOISE = phrases(
    """
    adres nadawcy, adres odbiorcy, rachunek nadawcy, rachunek odbiorcy, lokalizacja, miasto, kraj, kto/iban,
    blz/bic, kto, blz, iban, bic, valutadatum, kenmerk, machtiging id, machtiging, incassant id, incassant,
    mandaatid, mandat, mandatsref, gläubiger-id, end-to-end-ref, end-to-end, eref, kref, mref, cred, eref+,
    kref+, mref+, cred+, debt+, abwa+, iban+, bic+, anam+, wpknr, isin, ppd id, web id, tel id, ccd id, co id,
    indn, id, ref no, ref, provenance, referenz, reference, referencia, auth code, auth, txn id, transactienr,
    betalingskenm, betalingskenmerk, kd-nr, rg-nr, rechnungsnr, rechnungsnummer, kundennummer, tan
    """
)
_SLASHED = re.compile(r"/(TRTP|IBAN|BIC|NAME|REMI|EREF|MARF|CSID|ORDP|BENM|ID|PURP|SVCL|ISDT|UDTR|ADDR|CNTP|USTD)/")
_LABEL = re.compile(
    rf"(?<![^\W\d_])(?:(?P<name>{alternatives(_NAMES)})|(?P<purpose>{alternatives(_PURPOSES)})"
    rf"|(?P<noise>{alternatives(_NOISE)}))(?:(?<=[+/])|\s?[:.](?!\w)|:)\s*",
    re.IGNORECASE,
)
# Every label ends in one of these, and most texts have none.
_MAY_HOLD_LABELS = re.compile(r"[:.+/]")
_GLUED_LABEL = re.compile(r"(?<=[a-zäöüß])(?=(?:Kto/IBAN|BLZ/BIC|IBAN|BIC):)")
_FRENCH_SENDER = re.compile(r"\bDE: ?(.+?)(?: REF:| MOTIF:| PROVENANCE:|$)")


# What stands for nothing where a purpose is looked for.
_SAYS_NOTHING = frozenset({"ach tran", "notprovided", "epay", "ach pmt"})
_KINDS = frozenset(opener.casefold() for opener in OPENERS)


def slashed(text: str) -> str:
    """The name and the purpose of /TRTP/.../NAME/.../REMI/...; "" for a text of another kind."""
    if "/" not in text:
        return ""
    _before, *parts = _SLASHED.split(text)
    values = dict(zip(parts[::2], (value.strip(EDGES) for value in parts[1::2]), strict=True))
    said = [value for label in ("NAME", "REMI", "USTD") if says_something(value := values.get(label, ""))]
    return ", ".join(dict.fromkeys(said[:2]))


def labelled(text: str, *, bare: Callable[[str], str]) -> str:
    """What stands before the first label, or the name, and what it was for; "" for a text without labels.

    ``bare`` takes the noise off a value: what it leaves nothing of is not told.
    """
    if not _MAY_HOLD_LABELS.search(text):
        return ""
    text = _GLUED_LABEL.sub(" ", text)
    if sender := _FRENCH_SENDER.search(text):
        return sender[1]
    marks = list(_LABEL.finditer(text))
    if not marks:
        return ""
    head = text[: marks[0].start()].strip(EDGES)
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    values = [(mark.lastgroup, text[mark.end() : end].strip(EDGES)) for mark, end in zip(marks, ends, strict=True)]
    names = [value for kind, value in values if kind == "name" and value]
    purposes = [value for kind, value in values if kind == "purpose" and value]
    if names and head.casefold() in _KINDS:
        head = ""
    said = [each for each in (head, *names[:1], *purposes[:1]) if each.casefold() not in _SAYS_NOTHING]
    said = [each for each in said if says_something(bare(each))]
    return ", ".join(dict.fromkeys(said))
