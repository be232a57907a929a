"""Field 86 of MT940, where every bank writes payee and purpose its own way: six dialects, and free text."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from transactions.importers.accounts import words


class Details(NamedTuple):
    """Who was paid, what for, and other texts; empty where the bank does not say which is which."""

    payee: str = ""
    purpose: str = ""
    others: tuple[str, ...] = ()


# 166?00SEPA-UEBERWEISUNG?20EREF+...?32NAME: a code of three digits, then numbered parts. Polish banks write < or ~.
_NUMBERED = re.compile(r"(?:[0-9]{3,4})?([?<>~^])(?=[0-9]{2})")
_PURPOSE = (*range(20, 30), *range(60, 64))
_PAYEE = (32, 33)
# A part of so many letters may be cut within a word, 27 being all there is room for; a shorter one ends with its word.
_FULL = 26
# SVWZ+Invoice 5, or SVWZ: Invoice 5.
_SEPA = re.compile(r"(EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|COAM|OAMT|PURP|RREF|IBAN|BIC)(?:\+|: )")
# /TRTP/SEPA/IBAN/NL../NAME/J. Doe/REMI/Invoice 5/EREF/..
_SLASHED = re.compile(
    r"/(TRTP|IBAN|BIC|NAME|REMI|EREF|CNTP|ORDP|BENM|MARF|CSID|PREF|IREF|RTRN|ULTC|ULTD|ULTB|PURP|ISDT|ADDR|ID|SVCL"
    r"|TRCD|RETN|FX|OCMT|CHGS)/"
)
_REMITTANCE = re.compile(r"^(?:/{0,3}(?:USTD|STRD|CUR|ISO)(?=/))+/*")


class _Labels(NamedTuple):
    """A dialect that puts a label before each text; ``payees`` and ``purpose`` are those that people look for."""

    label: re.Pattern[str]
    payees: tuple[str, ...]
    purpose: str


_LABELLED = (
    # OD: JAN NOWAK; TYT.: CZYNSZ; of mBank.
    _Labels(
        re.compile(r";\s*(OD|DLA|NA RZECZ|TYT\.?|TNR|ID IPH|Z RACH\.?|NA RACH\.?|DLA RACH\.?)\s*:\s*"),
        ("OD", "DLA", "NA RZECZ"),
        "TYT",
    ),
    # SEPA OVERBOEKING  IBAN: NL..  BIC: ..  NAAM: J JANSEN  OMSCHRIJVING: HUUR of ABN AMRO.
    _Labels(
        re.compile(
            r";?(?<!\s)\s+(IBAN|BIC|NAAM|OMSCHRIJVING|KENMERK|BETALINGSKENM\.|MACHTIGING|INCASSANT|VOOR)\s*:\s+"
        ),
        ("NAAM",),
        "OMSCHRIJVING",
    ),
)
# The other account's number and holder on the first line, what for below; of SNS.
_IBAN_FIRST = re.compile(r"([A-Z]{2}[0-9]{2}[A-Z0-9]{11,30})\s+(\S.*)")


def read(lines: Sequence[str]) -> Details:
    """The field's lines, told apart where the bank has a way of doing so. Raises StatementError for endless texts."""
    plain = "".join(lines)
    words(plain)
    return (
        _numbered(plain)
        or _slashed(plain)
        or _labelled(lines)
        or _below_the_number(lines)
        or Details(purpose=words(*lines))
    )


def _numbered(text: str) -> Details | None:
    start = _NUMBERED.match(text)
    if not start:
        return None
    parts: dict[int, str] = {}
    for piece in text[start.end() :].split(start[1]):
        if piece[:2].isdecimal() and piece[:2].isascii():
            parts[int(piece[:2])] = parts.get(int(piece[:2]), "") + piece[2:]
    if len(parts) < 2:
        return None
    purpose = _sepa_purpose(_together(parts.get(key, "") for key in _PURPOSE))
    payee = _together(parts.get(key, "") for key in _PAYEE)
    return Details(words(payee), words(purpose), (words(parts.get(0, "")),))


def _together(parts: Iterable[str]) -> str:
    return "".join(part if len(part) >= _FULL else f"{part} " for part in parts)


def _sepa_purpose(text: str) -> str:
    """What is meant for people: behind SVWZ+; where there is none, what stands before the first reference."""
    pieces = _SEPA.split(text)
    named = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    return named.get("SVWZ", pieces[0])


def _slashed(text: str) -> Details | None:
    pieces = _SLASHED.split(text)
    if len(pieces) < 5:
        return None
    named: dict[str, str] = {}
    for key, value in zip(pieces[1::2], pieces[2::2], strict=True):
        named.setdefault(key, value.strip())
    # /CNTP/IBAN/BIC/NAME/CITY/ of ING.
    counterparty = [*named.get("CNTP", "").split("/"), "", "", ""][2]
    purpose = _REMITTANCE.sub("", named.get("REMI", "")).strip("/")
    return Details(words(named.get("NAME") or counterparty), words(purpose), (words(named.get("TRTP", "")),))


def _labelled(lines: Sequence[str]) -> Details | None:
    for dialect in _LABELLED:
        pieces = dialect.label.split(";" + " ".join(lines))
        named: dict[str, str] = {}
        for key, value in zip(pieces[1::2], pieces[2::2], strict=True):
            named.setdefault(key.rstrip("."), value)
        if len(named) > 1 and (payee := next((named[key] for key in dialect.payees if named.get(key)), "")):
            return Details(words(payee), words(named.get(dialect.purpose, "")), (words(pieces[0].strip(";")),))
    return None


def _below_the_number(lines: Sequence[str]) -> Details | None:
    found = _IBAN_FIRST.fullmatch(lines[0].strip()) if lines else None
    return Details(words(found[2]), words(*lines[1:]), (found[1],)) if found else None
