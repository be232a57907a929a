"""Bank texts made readable: "UPI-SWIGGY-swiggy@ybl-YESB0YBLUPI-412345678901" is "Swiggy"."""

import re
from functools import lru_cache

from transactions.importers import payee_labels, payee_rails, spelling, telling
from transactions.importers import payee_places as places
from transactions.importers import payee_words as words
from transactions.importers.payee_codes import says_something, without_codes
from transactions.importers.spelling import EDGES, folded, is_shouting

# Nobody reads more of a payee than this; banks print whole contracts into the field.
LONGEST = 120
_LONGEST_READ = 600

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_CLOCK = r"\d{2}[.:]\d{2}(?::\d{2})?"
_DAY = re.compile(
    rf"(?:\bdatum )?(?<!\d)(?:\d{{4}}-\d{{2}}-\d{{2}}(?:[T ]{_CLOCK})?|\d{{2}}\.\d{{2}}/{_CLOCK}"
    rf"|\d{{2}}[/.-]\d{{2}}[/.-](?:\d{{4}}|\d{{2}})(?:/{_CLOCK})?|\d{{2}}/\d{{2}}|\d{{2}}\.\d{{2}}\.|\d{{2}}{_MONTH}\b)"
    r"(?!\d)",
    re.IGNORECASE,
)
_TIME = re.compile(
    rf"(?<![\d.,])(?:{_CLOCK}\s?uhr(?![^\W\d_])|\d{{2}}:\d{{2}}(?::\d{{2}})?(?!\d))|(?<![^\W\d_])uhr\b", re.IGNORECASE
)
_CARD = re.compile(
    r"\bcb\s?\*\d{4}\b|\bcd\s\d{4}$|^visa\s\d{6}\b|^dk\s\d{4,5}\b|\b\d{4}[ -]\d{2}[x*]{2}[ -][x*]{4}[ -]\d{4}\b"
    r"|(?:\bnr:)?(?:\bx{2,}|\*{1,16}|\b\d{4}[*x]{2,12})[ -]?\d{2,6}\b|\bpas\d{3}\b|\b\d{4}(?:[ -]\d{4}){2,3}\b"
    r"|\bx{5,}\b"
    r"|\b(?:(?:visa\s)?(?:check\s)?card|carte|karte|kort)\s(?:no\.?\s|ending\s)?[x*]{0,12}\d{4}\b",
    re.IGNORECASE,
)
_TAN = re.compile(r"(?:(?<![^\W_])|(?<=uhr))\d?\.?tan\s\d{4,9}\b", re.IGNORECASE)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}[A-Z0-9]{11,30}\b")
# Most texts have none of what the five above look for.
_MAY_HOLD_CODES = re.compile(r"\d|xxxxx|uhr", re.IGNORECASE)
_PLACE = re.compile(r"//.*$|\s*\\\\.*$")
_AFTER_PURCHASE = re.compile(r"\s\d{2}/\d{2} PURCHASE\b.*$")
_GAP = re.compile(r"\s{8,}")
_COLUMN_GAP = re.compile(r"\s{3,}")
_SPACES = re.compile(r"\s+")
_STAR = re.compile(r"\s?\*\s?(?=\w)")
_WORD = re.compile(r"[^\W_]+")


def _openers() -> dict[str, re.Pattern[str]]:
    """The openers by their first word, so that few are tried on a text."""
    by_word: dict[str, list[str]] = {}
    for opener in words.OPENERS:
        by_word.setdefault(_first_word(opener), []).append(opener)
    return {
        word: re.compile(rf"(?:{words.alternatives(tuple(several))})(?:(?<=:)|(?![^\W_]))[\s:.,*/-]*", re.IGNORECASE)
        for word, several in by_word.items()
    }


def _first_word(text: str) -> str:
    found = _WORD.search(text)
    return found[0].casefold() if found else ""


_OPENERS = _openers()
_NO_OPENER = re.compile(r"(?!)")
_TAIL = re.compile(
    rf"(?:(?:^|\s+)(?:{words.alternatives(words.TAILS)})(?![^\W_])|\s/(?=(?-i:[A-ZĄĆĘŁŃÓŚŹŻ]{{4}}))"
    rf"|\s- receipt \d|\sfact \d{{6}}\b|\sdato \d"
    rf"|\son (?:\d{{6}}\b|\d{{2}} {_MONTH}\b(?! \d))|\sk\d \d{{2}}\.\d{{2}}\.um\b).*$"
    rf"|\s(?:{words.alternatives(words.LAST_KINDS)})(?=[\s\d.:/-]*$).*$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"^(card transaction) of [\d.,]+ [a-z]{3} (?=issued by )", re.IGNORECASE)
_REFERENCE = re.compile(r"(?<=\w) with reference (?=\w)")
_POS_DAY = re.compile(rf"^pos\d{{2}}{_MONTH}\s", re.IGNORECASE)
_BRACKET = re.compile(r"^\[[A-Z]{2}\](?=\w)")
_FIRST_OF_WRAPS = frozenset("[PpCc")
# Each ending with what a text has that may have it: most texts have nothing of it.
_ENDINGS = (
    (_AFTER_PURCHASE, (" purchase",)),
    (_PLACE, ("//", "\\\\")),
    (_TAIL, words.MARKS_OF_TAILS),
)
_COMMA, _SEMICOLON = re.compile(r"\s+,\s+"), re.compile(r"(?<=\S);(?=\S)")


def readable(text: str) -> str:
    """The text without what only the bank's machines need, in a person's spelling.

    Never empty where the text is not, never longer, and the same again when it is read once more. Where nothing but
    noise would be left, the text stays as it is, its runs of spaces made one.
    """
    before, found = None, text[:_LONGEST_READ]
    while found != before:
        before, found = found, _once(found)
    return found


# What one text becomes, others become too: the second look at it costs nothing then.
@lru_cache(4096)
def _once(text: str) -> str:
    plain = _SPACES.sub(" ", text).strip()
    found = _bare(
        payee_rails.fields(plain) or payee_labels.slashed(plain) or payee_labels.labelled(text, bare=_bare) or text
    )
    if not says_something(found):
        return _cut(plain)
    return _cut(spelling.cased(found))


def _cut(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return text[: LONGEST + 1].rpartition(" ")[0].rstrip(EDGES) or text[:LONGEST]


# Noise within a text.


def _bare(text: str) -> str:
    """The text without columns, card numbers, codes, days, times and the bank's own words."""
    found = _first_column(_listed(_unwrapped(text.strip())))
    low = found.lower()
    for pattern, marks in _ENDINGS:
        if not any(mark in low for mark in marks):
            continue
        shorter = pattern.sub("", found)
        found = shorter if shorter != found and says_something(shorter) else found
    if _MAY_HOLD_CODES.search(found):
        for pattern in (_TAN, _IBAN, _CARD, _DAY, _TIME):
            found = pattern.sub(" ", found)
    kept = list(without_codes(_STAR.sub("*", found).split()))
    found = _without_openers(" ".join(kept).strip(EDGES))
    return _without_place(found)


def _unwrapped(text: str) -> str:
    """The text without a spreadsheet's guard, a bank's own code in front, and the words of a sentence."""
    if text[:1] == "'":
        text = text.strip("'")
    if text[:1] in _FIRST_OF_WRAPS:
        text = _SENTENCE.sub(r"\1 ", _POS_DAY.sub("", _BRACKET.sub("", text)))
    return _REFERENCE.sub(", ", text) if " with " in text else text


def _listed(text: str) -> str:
    """Of things parted by " , " the first two that say something, of those parted by a semicolon alone the first."""
    for sign, mark, most in ((" ,", _COMMA, 2), (";", _SEMICOLON, 1)):
        parts = mark.split(text) if sign in text else []
        says = [part for part in parts if len(parts) > 1 and telling.rank(part) != 2 and _names_no_place(part)]
        if says:
            text = ", ".join([*says[:1], *(part for part in says[1:most] if part.isalpha())])
    return text


def _names_no_place(part: str) -> bool:
    kept = " ".join(without_codes(part.split()))
    return says_something(kept) and not all(folded(word) in places.CITIES | places.COUNTRIES for word in kept.split())


def _first_column(text: str) -> str:
    """Card statements print name, place and country in columns; the name is in the first, or behind the kind."""
    if not _COLUMN_GAP.search(text):
        return text
    for gap in (_GAP, _COLUMN_GAP):
        first, *rest = gap.split(text, maxsplit=1)
        if gap is _GAP and rest and telling.rank(first) == 2 and says_something(rest[0]):
            return _first_column(rest[0])
        ends_in_country = bool(rest) and rest[0].split()[-1:] != [] and folded(rest[0].split()[-1]) in places.COUNTRIES
        if rest and says_something(first) and (gap is _GAP or ends_in_country):
            return first
    return text


def _without_openers(text: str) -> str:
    """The text behind the words that banks begin with, as long as something is left to say."""
    while opener := _OPENERS.get(_first_word(text), _NO_OPENER).match(text):
        rest = text[opener.end() :].strip(EDGES)
        if folded(opener[0]) in words.LOUD_OPENERS and not opener[0].isupper():
            return text
        if not says_something(rest) or folded(rest.split()[0]) in words.DANGLING | words.UNFINISHED:
            return text
        text = rest
    return text


def _without_place(text: str) -> str:
    """The text without a country and a large city at its end, and without words left hanging."""
    parts, is_told = text.split(), is_shouting(text)
    if len(parts) > 2 and _is_country(parts[-1], behind=parts[-2], is_loud=is_told):
        parts.pop()
        is_told = True
    # In a person's own spelling a city is part of the name: Deutsche Oper Berlin.
    if parts and (is_told or parts[-1].isupper()) and (size := _size_of_city(parts)):
        del parts[-size:]
    # There a word in capitals is a name as well: Tante An.
    while len(parts) > 1 and folded(parts[-1]) in words.DANGLING | {""} and (is_told or not parts[-1][:1].isupper()):
        parts.pop()
    return " ".join(parts).strip(EDGES) or text


def _size_of_city(parts: list[str]) -> int:
    """How many words at the end name a city, where something else is left to say."""
    for size in (3, 2, 1):
        name = " ".join(map(folded, parts[-size:]))
        if len(parts) > size and name in (places.LONG_CITIES if size > 1 else places.CITIES):
            return size if says_something(" ".join(parts[:-size])) else 0
    return 0


def _is_country(word: str, *, behind: str, is_loud: bool) -> bool:
    if folded(behind) in places.CITIES:
        return folded(word) in places.COUNTRIES or folded(word) in places.COUNTRY_WORDS
    return is_loud and folded(word) in places.COUNTRIES
