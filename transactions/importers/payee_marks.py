"""What stands around a name without being one: days, times, cards, amounts, phone numbers, branches."""

import re

from transactions.importers import telling
from transactions.importers.payee_words import OPENERS

_KINDS = frozenset(opener.casefold() for opener in OPENERS)
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_CLOCK = r"\d{2}[.:]\d{2}(?::\d{2})?"
_DAY = re.compile(
    rf"(?:\bdatum )?(?<!\d)(?:\d{{4}}-\d{{2}}-\d{{2}}(?:[T ]{_CLOCK})?|\d{{2}}\.\d{{2}}/{_CLOCK}"
    rf"|\d{{2}}[/.-]\d{{2}}[/.-](?:\d{{4}}|\d{{2}})(?:/{_CLOCK}|\s\d{{2}}\.\d{{2}}\b)?|\d{{2}}/\d{{2}}"
    rf"|\d{{2}}\.\d{{2}}\.|\d{{2}}\.\d{{2}}(?=\s\d{{2}}:\d{{2}})"
    rf"|(?:(?<=[a-z])-)?(?<!\d)\d{{2}}{MONTH}\d{{2}}\b(?:\s(?:cd|c|d)\b)?|\d{{2}}{MONTH}\b)(?!\d)",
    re.IGNORECASE,
)
_TIME = re.compile(
    rf"(?<![\d.,])(?:{_CLOCK}\s?uhr(?![^\W\d_])|\d{{2}}:\d{{2}}(?::\d{{2}})?(?!\d))|(?<![^\W\d_])uhr\b", re.IGNORECASE
)
_CARD = re.compile(
    r"\bcb\s?\*\d{4}\b|\bcd\s\d{4}$|^visa\s\d{6}\b|^dk\s\d{4,5}\b|\b\d{4}[ -]\d{2}[x*]{2}[ -][x*]{4}[ -]\d{4}\b"
    r"|(?:\bnr:)?(?:\bx{2,}|\*{1,16}|\b\d{1,4}[*x]{2,12})[ -]?\d{2,6}\b|\bpas\d{3}\b|\b\d{4}(?:[ -]\d{4}){2,3}\b"
    r"|\bnr:\s?[\da-z]{5,}\b|\bz\d{4}\sk\.\d{1,2}\b|\b\d{2}\.\d{2}\.\d{2}\.\d{3}\b|\bx{5,}\b"
    r"|\b(?:(?:visa\s)?(?:check\s)?card|carte|karte|kort)\s(?:no\.?\s|ending\s)?[x*]{0,12}\d{4}\b",
    re.IGNORECASE,
)
_TAN = re.compile(r"(?:(?<![^\W_])|(?<=uhr))\d?\.?tan\s\d{4,9}\b", re.IGNORECASE)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}[A-Z0-9]{11,30}\b")
# Most texts have none of what these look for, not even "Shop 12".
_MAY_HOLD_CODES = re.compile(
    rf"\d{{4}}|\d\d(?:[/.:-]|{MONTH})|[.,]\d\d|[*#]|xx|\s0\d|[a-z]\d\d[a-z\d]|pas\d|nr:|uhr", re.IGNORECASE
)
# An amount in front of a name, perhaps with its day.
_MONEY = re.compile(
    r"(?<![^\W_])(?:\d{2}\.\d{2}\s)?(?:DKK|NOK|SEK|ISK|EUR|USD|GBP|CHF|HUF|PLN|CZK)"
    r"\s?\d[\d.,]*[.,]\d{2}(?=\s+[^\W\d_])"
)
# Where the branch of a chain with this number is: KROGER #123 CINCINNATI OH.
_BRANCH = re.compile(r"(?<=\S)\s+(#\s?\d+|0\d{4,}|\d{5,})(?:\s[A-Z.'-]{2,}){1,3}\s[A-Z]{2}$")
# How to reach a shop, and its state: 866-579-7172 CA, AMZN.COM/BILL WA.
_CONTACT = re.compile(
    r"(?<=\S)\s+(?:(?:\d{3}-\d{3}-\d{4}|\d{3}-\d{7}|\d{10})(?!\d)|https\S*|help\.\S+|[\w-]+(?:\.[\w-]+)+/\S*)"
    r"(?:\s[A-Z]{2,3}(?=\s|$))?",
    re.IGNORECASE,
)
_MAY_HOLD_CONTACT = re.compile(r"\d{7}|-\d{4}|https|help\.|\.\w+/", re.IGNORECASE)
# A number and a name that touch: 412345678901ZOMATO, CMS1234567_SALARY.
_GLUED = re.compile(r"(?<=\d{9})(?=[^\W\d_]{3,}(?![^\W_]))|(?<=\d{3})_(?=[^\W\d_]{3})")
_MAY_BE_GLUED = re.compile(r"\d{3}(?:\d{6}|_)")


def _without_branch(text: str) -> str:
    found = _BRANCH.search(text)
    # Behind a bank's own words the number is none of a branch: CHECKCARD 24692166 WHOLE FOODS CA.
    if found is None or text[: found.start()].casefold() in _KINDS or telling.rank(text[: found.start()]) == 2:
        return text
    return f"{text[: found.start()]} {found[1]}"


def parted(text: str) -> str:
    """The text with a space between a number and the name that touches it."""
    return _GLUED.sub(" ", text) if _MAY_BE_GLUED.search(text) else text


def without_marks(text: str) -> str:
    """The text with a space for each of them."""
    if _MAY_HOLD_CODES.search(text):
        text = _MONEY.sub(" ", _without_branch(text))
        for pattern in (_TAN, _IBAN, _CARD, _DAY, _TIME):
            text = pattern.sub(" ", text)
    return _CONTACT.sub(" ", text) if _MAY_HOLD_CONTACT.search(text) else text
