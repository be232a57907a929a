"""Bank texts made readable: "UPI-SWIGGY-swiggy@ybl-YESB0YBLUPI-412345678901" is "Swiggy"."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from transactions.importers import payee_labels, payee_marks, payee_rails, payee_sentences, spelling, telling
from transactions.importers import payee_places as places
from transactions.importers import payee_words as words
from transactions.importers.payee_codes import says_something, without_codes
from transactions.importers.spelling import EDGES, folded, is_shouting

# Nobody reads more of a payee than this; banks print whole contracts into the field.
LONGEST = 120
_LONGEST_READ = 600

_PLACE = re.compile(r"//.*$|\s*\\\\.*$|(?<=\w{3})\\[^\\]{3,}\\.*$|(?<=\w{3})/[^/\d]{3,}/[A-Z]{2}$")
_AFTER_PURCHASE = re.compile(r"\s\d{2}/\d{2} PURCHASE\b.*$")
_GAP = re.compile(r"\s{8,}")
_COLUMN_GAP = re.compile(r"\s{3,}")
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
    rf"|\s- receipt \d|\sfact \d{{6}}\b|\smandat \S*\d|\sdato \d|\sden \d{{2}}\.\d{{2}}\b"
    rf"|\son (?:\d{{6}}\b|\d{{2}} {payee_marks.MONTH}\b(?! \d))|\sk\d \d{{2}}\.\d{{2}}\.um\b).*$"
    rf"|\s(?:{words.alternatives(words.LAST_KINDS)})(?=[\s\d.:/-]*$).*$",
    re.IGNORECASE,
)
_THANKS = re.compile(r"[\s.](?:SAGT DANKE|DANKT)\b.*$")
_SENTENCE = re.compile(r"^(card transaction) of [\d.,]+ [a-z]{3} (?=issued by )", re.IGNORECASE)
_REFERENCE = re.compile(r"(?<=\w) with reference (?=\w)")
_POS_DAY = re.compile(rf"^pos\d{{2}}{payee_marks.MONTH}\s", re.IGNORECASE)
_BRACKET = re.compile(r"^\[[A-Z]{2}\](?=\w)")
_FIRST_OF_WRAPS = frozenset("[PpCc")
# Each ending with what a text has that may have it: most texts have nothing of it.
_ENDINGS = (
    (_AFTER_PURCHASE, (" purchase",)),
    (_PLACE, ("//", "\\", "/")),
    (_TAIL, words.MARKS_OF_TAILS),
    (_THANKS, (" sagt danke", " dankt")),
)
# Where these were spent, nobody got anything: the place is no payee.
_MOVES_CASH = frozenset(
    words.several("atm withdrawal withdrawals prelievo gea deposit dep retrait wdl cash auszahlung")
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


def called(description: str, also: Sequence[str]) -> str:
    """What a person calls a line: its payee, readable.

    Where the description tells no more than the kind of a payment, the next text that names somebody; where it names
    who carried the money, the shop that it says the money was for.
    """
    found, is_of_carrier, is_of_kind = _told(description)
    if is_of_carrier:
        shop = next(filter(None, map(payee_sentences.shop, also)), "")
        return readable(shop) or found
    if is_of_kind:
        return readable(next((text for text in also if telling.rank(text) == 0), description))
    return found


class _Told(NamedTuple):
    """A description, readable; whether it names who carried the money, or only the kind of a payment."""

    text: str
    is_of_carrier: bool
    is_of_kind: bool


# As many as a portion of a file has lines: each is asked for several times.
@lru_cache(16_384)
def _told(text: str) -> _Told:
    found = readable(text)
    is_of_kind = telling.rank(text) == 2 and _MOVES_CASH.isdisjoint(text.casefold().split())
    return _Told(found, found == payee_sentences.CARRIER, is_of_kind)


# What one text becomes, others become too: the second look at it costs nothing then.
@lru_cache(4096)
def _once(text: str) -> str:
    plain = " ".join(text.split())
    parted = payee_marks.parted(plain)
    found = payee_sentences.told(parted) or payee_rails.fields(parted) or payee_labels.slashed(plain)
    found = _bare(found or payee_labels.labelled(text, bare=_bare) or (text if parted == plain else parted))
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
        found = shorter if shorter != found and telling.rank(shorter) < 2 and says_something(shorter) else found
    found = payee_marks.without_marks(found)
    kept = list(_once_each(without_codes(_STAR.sub("*", found.lstrip(")( ")).split())))
    found = _without_openers(" ".join(kept).strip(EDGES))
    return _without_place(found)


def _once_each(parts: Iterable[str]) -> Iterator[str]:
    """Without an address that is told twice: AMAZON.CO.UK AMAZON.CO.UK."""
    before = ""
    for part in parts:
        if part != before or "." not in part:
            yield part
        before = part


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
    """The text without a country and large cities at its end, and without words left hanging."""
    parts, is_told = _without_district(text.split()), is_shouting(text)
    if len(parts) > 1 and _is_country(parts[-1], before=parts[:-1], is_loud=is_told):
        parts.pop()
        is_told = True
    # In a person's own spelling a city is part of the name: Deutsche Oper Berlin.
    while parts and (is_told or parts[-1].isupper()) and (size := _size_of_city(parts)):
        del parts[-size:]
    # There a word in capitals is a name as well: Tante An.
    while len(parts) > 1 and folded(parts[-1]) in words.DANGLING | {""} and (is_told or not parts[-1][:1].isupper()):
        parts.pop()
    return " ".join(parts).strip(EDGES) or text


def _without_district(parts: list[str]) -> list[str]:
    """The words without numbers behind a city, and without a city that is glued to its country: Berlin/DE."""
    kept = list(parts)
    while len(kept) > 2 and kept[-1].isdigit() and any(folded(part) in places.CITIES for part in kept[-3:-1]):
        kept.pop()
    city, _slash, country = kept[-1].partition("/") if kept else ("", "", "")
    if len(kept) > 1 and folded(city) in places.CITIES and country and folded(country) in places.COUNTRIES:
        kept.pop()
    return kept


def _size_of_city(parts: list[str]) -> int:
    """How many words at the end name a city, where something else is left to say, and more than what kind of thing."""
    for size in (3, 2, 1):
        before = [folded(part) for part in parts[:-size]]
        name = " ".join(map(folded, parts[-size:]))
        if before and name in (places.LONG_CITIES if size > 1 else places.CITIES):
            is_name = before[-1] in places.OF_A_CITY or places.GENERIC.issuperset(before)
            return 0 if is_name or not says_something(" ".join(before)) else size
    return 0


def _is_country(word: str, *, before: list[str], is_loud: bool) -> bool:
    if folded(before[-1]) in places.CITIES or " ".join(map(folded, before[-2:])) in places.LONG_CITIES:
        return len(before) > 1 and folded(word) in places.COUNTRIES | places.COUNTRY_WORDS
    is_behind_address = "." in before[-1].strip(".") and len(word) == 3
    return is_loud and (len(before) > 1 or is_behind_address) and folded(word) in places.COUNTRIES
