"""Bank texts made readable: "UPI-SWIGGY-swiggy@ybl-YESB0YBLUPI-412345678901" is "Swiggy"."""

import re
from collections.abc import Iterator
from functools import lru_cache

from transactions.importers import payee_words as words
from transactions.importers import spelling, telling
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
_FIELD = re.compile(r"[/|]")
_SPACES = re.compile(r"\s+")
_STAR = re.compile(r"\s?\*\s?(?=\w)")
_SLASHED = re.compile(r"/(TRTP|IBAN|BIC|NAME|REMI|EREF|MARF|CSID|ORDP|BENM|ID|PURP|SVCL|ISDT|UDTR|ADDR|CNTP|USTD)/")
# Two letters, or one of a script in which a letter may be a word.
_TWO_LETTERS = re.compile(r"[^\W\d_][\W\d_]*[^\W\d_]|[^\x00-\x7f\W\d_]")
_CHECKS = frozenset({"check", "cheque", "chq", "chèque"})


def _alternatives(labels: tuple[str, ...]) -> str:
    return "|".join(re.escape(label) for label in sorted(labels, key=len, reverse=True))


_LABEL = re.compile(
    rf"(?<![^\W\d_])(?:(?P<name>{_alternatives(words.NAME_LABELS)})|(?P<purpose>{_alternatives(words.PURPOSE_LABELS)})"
    rf"|(?P<noise>{_alternatives(words.NOISE_LABELS)}))(?:(?<=[+/])|\s?[:.](?!\w)|:)\s*",
    re.IGNORECASE,
)
# Every label ends in one of these, and most texts have none.
_MAY_HOLD_LABELS = re.compile(r"[:.+/]")
_GLUED_LABEL = re.compile(r"(?<=[a-zäöüß])(?=(?:Kto/IBAN|BLZ/BIC|IBAN|BIC):)")
_FRENCH_SENDER = re.compile(r"\bDE: ?(.+?)(?: REF:| MOTIF:| PROVENANCE:|$)")
_WORD = re.compile(r"[^\W_]+")


def _openers() -> dict[str, re.Pattern[str]]:
    """The openers by their first word, so that few are tried on a text."""
    by_word: dict[str, list[str]] = {}
    for opener in words.OPENERS:
        by_word.setdefault(_first_word(opener), []).append(opener)
    return {
        word: re.compile(rf"(?:{_alternatives(tuple(several))})(?:(?<=:)|(?![^\W_]))[\s:.,*/-]*", re.IGNORECASE)
        for word, several in by_word.items()
    }


def _first_word(text: str) -> str:
    found = _WORD.search(text)
    return found[0].casefold() if found else ""


_OPENERS = _openers()
_NO_OPENER = re.compile(r"(?!)")
_TAIL = re.compile(
    rf"(?:(?:^|\s+)(?:{_alternatives(words.TAILS)})(?![^\W_])|\s/(?=(?-i:[A-ZĄĆĘŁŃÓŚŹŻ]{{4}}))"
    rf"|\s- receipt \d|\sfact \d{{6}}\b|\sdato \d"
    rf"|\son (?:\d{{6}}\b|\d{{2}} {_MONTH}\b(?! \d))|\sk\d \d{{2}}\.\d{{2}}\.um\b).*$"
    rf"|\s(?:{_alternatives(words.LAST_KINDS)})(?=[\s\d.:/-]*$).*$",
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
_RAIL = re.compile(
    rf"(?:(?:by|to)\s+transfer\s?[-/:]\s?)?(?P<rail>{_alternatives(tuple(words.RAILS))})"
    r"(?:\s?(?:dr|cr|d|c)|_in|_out)?\s?[-/:*]\s?",
    re.IGNORECASE,
)


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
    found = _bare(_fields_of_rail(plain) or _slashed(plain) or _labelled(text) or text)
    if not _says_something(found):
        return _cut(plain)
    return _cut(spelling.cased(found))


def _says_something(text: str) -> bool:
    return _TWO_LETTERS.search(text) is not None


def _cut(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return text[: LONGEST + 1].rpartition(" ")[0].rstrip(EDGES) or text[:LONGEST]


# Fields behind a rail: UPI-NAME-address-code-reference-remark, or with slashes in another order.


def _fields_of_rail(text: str) -> str:
    """The payee, and the remark where there is a telling one; "" for a text of another kind."""
    opening = _RAIL.match(text)
    if not opening:
        return ""
    rest = text[opening.end() :]
    parts = _FIELD.split(rest) if "/" in rest else _whole_dashes(rest.split("-"))
    told = list(dict.fromkeys(part for each in parts if (part := _told_by_field(each))))
    if not told:
        addresses = [each.partition("@")[0].strip() for each in parts if "@" in each]
        told = [each for each in addresses if _says_something(each) and not _is_code(each)][:1]
    return ", ".join(told[:2]) or opening["rail"]


def _whole_dashes(parts: list[str]) -> list[str]:
    """A single letter before a dash belongs to the name: A-ONE STORES."""
    whole: list[str] = []
    for part in parts:
        if whole and len(whole[-1].strip()) == 1 and whole[-1].strip().isalpha() and part[:1].isalpha():
            whole[-1] += f"-{part}"
        else:
            whole.append(part)
    return whole


def _told_by_field(field: str) -> str:
    kept = [word for word in field.split() if "@" not in word and not _is_code(word)]
    while kept and folded(kept[0]) in words.RAIL_NOISE:
        kept.pop(0)
    says = [word for word in kept if folded(word) not in words.RAIL_NOISE]
    return " ".join(kept).strip(EDGES) if _says_something(" ".join(says)) else ""


# Labels: "Naam: ... Omschrijving: ... IBAN: ...", SVWZ+..., /NAME/.../REMI/...


def _slashed(text: str) -> str:
    """The name and the purpose of /TRTP/.../NAME/.../REMI/...; "" for a text of another kind."""
    if "/" not in text:
        return ""
    _before, *parts = _SLASHED.split(text)
    values = dict(zip(parts[::2], (value.strip(EDGES) for value in parts[1::2]), strict=True))
    said = [value for label in ("NAME", "REMI", "USTD") if _says_something(value := values.get(label, ""))]
    return ", ".join(dict.fromkeys(said[:2]))


def _labelled(text: str) -> str:
    """What stands before the first label, or the name, and what it was for; "" for a text without labels."""
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
    said = [each for each in (head, *names[:1], *purposes[:1]) if _says_something(_bare(each))]
    return ", ".join(dict.fromkeys(said))


# Noise within a text.


def _bare(text: str) -> str:
    """The text without columns, card numbers, codes, days, times and the bank's own words."""
    found = _first_column(_listed(_unwrapped(text.strip())))
    low = found.lower()
    for pattern, marks in _ENDINGS:
        if not any(mark in low for mark in marks):
            continue
        shorter = pattern.sub("", found)
        found = shorter if shorter != found and _says_something(shorter) else found
    if _MAY_HOLD_CODES.search(found):
        for pattern in (_TAN, _IBAN, _CARD, _DAY, _TIME):
            found = pattern.sub(" ", found)
    kept = list(_without_codes(_STAR.sub("*", found).split()))
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
    kept = " ".join(_without_codes(part.split()))
    return _says_something(kept) and not all(folded(word) in words.CITIES | words.COUNTRIES for word in kept.split())


def _first_column(text: str) -> str:
    """Card statements print name, place and country in columns; the name is in the first, or behind the kind."""
    if not _COLUMN_GAP.search(text):
        return text
    for gap in (_GAP, _COLUMN_GAP):
        first, *rest = gap.split(text, maxsplit=1)
        if gap is _GAP and rest and telling.rank(first) == 2 and _says_something(rest[0]):
            return _first_column(rest[0])
        ends_in_country = bool(rest) and rest[0].split()[-1:] != [] and folded(rest[0].split()[-1]) in words.COUNTRIES
        if rest and _says_something(first) and (gap is _GAP or ends_in_country):
            return first
    return text


def _without_codes(parts: list[str]) -> Iterator[str]:
    before = ""
    for part in parts:
        left, star, right = part.partition("*")
        if star and left and right:
            yield from _around_star(left, right)
        elif not _is_code(part) or _belongs_to(before, part):
            yield part.strip("*") or part
        else:
            yield from _names_within(part)
        before = folded(part)


def _belongs_to(before: str, number: str) -> bool:
    is_of_check = before in _CHECKS and number.isdigit() and len(number) < 9
    return is_of_check or (before, number) in words.NAMES_WITH_NUMBERS


def _around_star(left: str, right: str) -> Iterator[str]:
    """A till and the shop's name (SQ*COFFEE), a shop and its reference (AMAZON*M208P98U1), or two words."""
    if _is_code(right):
        yield left
    elif folded(left) in words.TILLS or folded(left) == folded(right):
        yield right
    else:
        yield from (left, right)


def _names_within(code: str) -> Iterator[str]:
    """The words of something like TRANSFER-175545673."""
    names = [part for part in re.split(r"[-/:]", code) if len(part) > 4 and part.isalpha()]
    if names:
        yield "-".join(names)


@lru_cache(8192)
def _is_code(word: str) -> bool:
    """References, account numbers and the like: many digits, or letters and digits mixed at length."""
    core = word.strip(EDGES + "()[].")
    digits = sum(map(str.isdigit, core))
    letters = sum(map(str.isalpha, core))
    if digits == len(core):
        return digits > 3 and not (digits == 4 and core.isascii() and 1980 <= int(core) <= 2059)
    if digits > 5 or (digits > 3 and letters and len(core) > 5 and digits * 4 >= len(core)):
        return True
    # A bank's address: HDFC0001234, or SBIN0000ABC.
    return len(core) == 11 and core.isascii() and core.isupper() and core[:4].isalpha() and core[4] == "0"


def _without_openers(text: str) -> str:
    """The text behind the words that banks begin with, as long as something is left to say."""
    while opener := _OPENERS.get(_first_word(text), _NO_OPENER).match(text):
        rest = text[opener.end() :].strip(EDGES)
        if folded(opener[0]) in words.LOUD_OPENERS and not opener[0].isupper():
            return text
        if not _says_something(rest) or folded(rest.split()[0]) in words.DANGLING | words.UNFINISHED:
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
        if len(parts) > size and name in (words.LONG_CITIES if size > 1 else words.CITIES):
            return size if _says_something(" ".join(parts[:-size])) else 0
    return 0


def _is_country(word: str, *, behind: str, is_loud: bool) -> bool:
    if folded(behind) in words.CITIES:
        return folded(word) in words.COUNTRIES or folded(word) in words.COUNTRY_WORDS
    return is_loud and folded(word) in words.COUNTRIES
