"""Field 86 of MT940, where every bank writes payee and purpose its own way: four dialects, and free text."""

import re
from collections.abc import Sequence
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
_SEPA = re.compile(r"(EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|COAM|OAMT|PURP|RREF|IBAN|BIC)\+")
# /TRTP/SEPA/IBAN/NL../NAME/J. Doe/REMI/Invoice 5/EREF/..
_SLASHED = re.compile(
    r"/(TRTP|IBAN|BIC|NAME|REMI|EREF|CNTP|ORDP|BENM|MARF|CSID|PREF|IREF|RTRN|ULTC|ULTD|ULTB|PURP|ISDT|ADDR|ID|SVCL"
    r"|TRCD|RETN|FX|OCMT|CHGS)/"
)
_REMITTANCE = re.compile(r"^(?:/{0,3}(?:USTD|STRD|CUR|ISO)(?=/))+/*")
# OD: JAN NOWAK; TYT.: CZYNSZ; of mBank.
_LABELLED = re.compile(r";\s*(OD|DLA|NA RZECZ|TYT\.?|TNR|ID IPH|Z RACH\.?|NA RACH\.?|DLA RACH\.?)\s*:\s*")


def read(lines: Sequence[str]) -> Details:
    """The field's lines, told apart where the bank has a way of doing so. Raises StatementError for endless texts."""
    plain = "".join(lines)
    words(plain)
    return _numbered(plain) or _slashed(plain) or _labelled(lines) or Details(purpose=words(*lines))


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
    purpose = _sepa_purpose("".join(parts.get(key, "") for key in _PURPOSE))
    payee = "".join(parts.get(key, "") for key in _PAYEE)
    return Details(words(payee), words(purpose), (words(parts.get(0, "")),))


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
    pieces = _LABELLED.split(";" + " ".join(lines))
    if len(pieces) < 5:
        return None
    named: dict[str, str] = {}
    for key, value in zip(pieces[1::2], pieces[2::2], strict=True):
        named.setdefault(key.rstrip("."), value)
    payee = next((named[key] for key in ("OD", "DLA", "NA RZECZ") if named.get(key)), "")
    return Details(words(payee), words(named.get("TYT", "")), (words(pieces[0].strip(";")),))
