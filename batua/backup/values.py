"""How one value stands in a backup: plain text for amounts, days and instants; what is read is distrusted."""

import re
import uuid
from array import array
from bisect import bisect_left
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

from django.db import models
from django.utils.translation import gettext as _

from transactions.models.entry import EARLIEST_YEAR, LATEST_YEAR

# What a whole number may be at most; the column it goes into may hold less, and says so.
_LARGEST = 2**63 - 1
_AMOUNT = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{0,3}[1-9])?", re.ASCII)
Parsed = TypeVar("Parsed")
_TURNED = {"kind", "category", "wallet", "amount", "version"}
_CORRECTED = _TURNED | {"date"}
_OPENED = {"opened"}
_ALONE = {"kind", "category", "amount", "date", "note", "comment", "bank_text"}


class ValueProblem(ValueError):
    """A value that cannot stand where it stands; the text says why."""


class LeftOut(Exception):
    """The row belongs to one that is not taken over."""


class Keys:
    """Numbers of rows in the archive, 1 for the first of each table, and their keys in the database.

    Eight bytes a row. A key of 0 stands for a row that is not taken over.
    """

    def __init__(self) -> None:
        self._keys: dict[str, array[int]] = {}
        self.people: dict[str, int] = {}

    def open(self, table: str) -> "array[int]":
        """The table's keys, to be filled in the order of the rows."""
        return self._keys.setdefault(table, array("q"))

    def number(self, table: str, key: int | None) -> int | None:
        """The row's number; None for a row that is no longer there. For keys that ascend."""
        keys = self._keys[table]
        place = bisect_left(keys, key or 0)
        return place + 1 if place < len(keys) and keys[place] == key else None

    def key(self, table: str, number: object) -> int:
        """The key of the row with this number. Raises ValueProblem, and LeftOut for one that is not taken over."""
        keys = self._keys[table]
        if not _is_whole(number) or not 1 <= number <= len(keys):  # type: ignore[operator]
            raise ValueProblem(_("%(value)s is no row of %(table)s") % {"value": shown(number), "table": table})
        key = keys[number - 1]  # type: ignore[operator]
        if key == 0:
            raise LeftOut
        return key


class Codec(NamedTuple):
    """How a value is written for JSON, and read from it. Reading raises ValueProblem."""

    write: Callable[[Any, Keys], Any]
    read: Callable[[Any, Keys], Any]


def shown(value: object) -> str:
    """The value as it may be repeated in a sentence: short, on one line."""
    text = ascii(value)
    return text if len(text) <= 40 else f"{text[:39]}…"


def reference(table: str) -> Codec:
    """A row of another table, by its number in the archive."""
    return Codec(lambda key, keys: keys.number(table, key), lambda number, keys: keys.key(table, number))


def of_field(field: "models.Field[Any, Any]") -> Codec:
    """The codec for a plain field. Raises LookupError for a kind of field that no backup has held yet."""
    kind = field.get_internal_type()
    if kind in {"CharField", "TextField", "EmailField"}:
        allowed = frozenset(str(value) for value, _label in field.flatchoices)
        return Codec(_as_it_is, _text_reader(field.max_length, allowed))
    if kind not in _PLAIN:
        raise LookupError(f"{field}: say in batua.backup.values how a {kind} is written")
    return _PLAIN[kind]


def _as_it_is(value: Any, _keys: Keys) -> Any:
    return value


def _text_reader(longest: int | None, allowed: frozenset[str]) -> Callable[[Any, Keys], str]:
    def read(value: Any, _keys: Keys) -> str:
        text = _text(value)
        if longest is not None and len(text) > longest:
            raise ValueProblem(_("a text is longer than %(longest)s characters") % {"longest": longest})
        if allowed and text not in allowed:
            raise ValueProblem(_("%(value)s is not among what can stand here") % {"value": shown(text)})
        return text

    return read


def _text(value: Any, _keys: Keys | None = None) -> str:
    if not isinstance(value, str):
        raise ValueProblem(_("%(value)s is no text") % {"value": shown(value)})
    # Neither half of a surrogate pair nor NUL can be kept by PostgreSQL.
    if "\x00" in value or (not value.isascii() and any("\ud800" <= each <= "\udfff" for each in value)):
        raise ValueProblem(_("a text holds a character that no text can hold"))
    return value


def _words(value: Any, _keys: Keys) -> list[str]:
    if not isinstance(value, list):
        raise ValueProblem(_("%(value)s is no list") % {"value": shown(value)})
    return [_text(word) for word in value]


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _whole(value: Any, _keys: Keys) -> int:
    if not _is_whole(value) or abs(value) > _LARGEST:
        raise ValueProblem(_("%(value)s is no whole number") % {"value": shown(value)})
    return int(value)


def _truth(value: Any, _keys: Keys) -> bool:
    if not isinstance(value, bool):
        raise ValueProblem(_("%(value)s is neither true nor false") % {"value": shown(value)})
    return value


def _written_amount(value: Decimal, _keys: Keys | None = None) -> str:
    """100.5000 → "100.5": one way of writing for each amount."""
    return f"{value.normalize():f}"


def _amount(value: Any, _keys: Keys | None = None) -> Decimal:
    if not isinstance(value, str) or not _AMOUNT.fullmatch(value) or value == "-0":
        raise ValueProblem(_("%(value)s is no amount") % {"value": shown(value)})
    return Decimal(value)


def _day(value: Any, _keys: Keys) -> date:
    day = _parsed(date.fromisoformat, value)
    if day is None or day.isoformat() != value or not _is_near(day):
        raise ValueProblem(_("%(value)s is no day") % {"value": shown(value)})
    return day


def _written_instant(value: datetime, _keys: Keys) -> str:
    return value.astimezone(UTC).isoformat()


def _instant(value: Any, _keys: Keys) -> datetime:
    instant = _parsed(datetime.fromisoformat, value)
    if instant is None or instant.tzinfo is not UTC or instant.isoformat() != value or not _is_near(instant):
        raise ValueProblem(_("%(value)s is no instant") % {"value": shown(value)})
    return instant


def _uuid(value: Any, _keys: Keys) -> uuid.UUID:
    found = _parsed(uuid.UUID, value)
    if found is None or str(found) != value:
        raise ValueProblem(_("%(value)s is no UUID") % {"value": shown(value)})
    return found


def _parsed(parse: Callable[[str], Parsed], value: Any) -> Parsed | None:
    try:
        return parse(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _is_near(day: date) -> bool:
    return EARLIEST_YEAR <= day.year <= LATEST_YEAR


def _person(value: Any, keys: Keys) -> int | None:
    """A member of the household by e-mail address; nobody where that person is not a member here."""
    return keys.people.get(_text(value))


def _written_turned(value: Mapping[str, Any], keys: Keys) -> dict[str, Any]:
    if value.keys() == _OPENED:
        return {"opened": _written_amount(Decimal(value["opened"]))}
    return {
        **value,
        "category": keys.number("categories", value["category"]),
        "wallet": keys.number("wallets", value["wallet"]),
        "amount": _written_amount(Decimal(value["amount"])),
    }


def _turned(value: Any, keys: Keys) -> dict[str, Any]:
    """What an entry was before it became a transfer, or was corrected, which also changed its day: its category and
    wallet are rows of the archive too.

    Or by how much a line moved what its wallet begins with.
    """
    if isinstance(value, dict) and value.keys() == _OPENED:
        return {"opened": str(_amount(value["opened"]))}
    is_one = isinstance(value, dict) and (value.keys() == _TURNED or value.keys() == _CORRECTED)
    if not is_one or value["kind"] not in {"income", "expense"}:
        raise ValueProblem(_("%(value)s does not say what an entry was") % {"value": shown(value)})
    category, wallet = value["category"], value["wallet"]
    day = {"date": _day(value["date"], keys).isoformat()} if "date" in value else {}
    return {
        **day,
        "kind": value["kind"],
        "category": None if category is None else keys.key("categories", category),
        "wallet": None if wallet is None else keys.key("wallets", wallet),
        "amount": str(_amount(value["amount"])),
        "version": _whole(value["version"], keys),
    }


def _written_alone(value: Mapping[str, Any], keys: Keys) -> dict[str, Any]:
    return {
        **value,
        "category": keys.number("categories", value["category"]),
        "amount": _written_amount(Decimal(value["amount"])),
    }


def _alone(value: Any, keys: Keys) -> dict[str, Any]:
    """What a line would bring by itself: its category is a row of the archive too."""
    if not isinstance(value, dict) or value.keys() != _ALONE or value["kind"] not in {"income", "expense"}:
        raise ValueProblem(_("%(value)s does not say what a line would bring") % {"value": shown(value)})
    return {
        "kind": value["kind"],
        "category": None if value["category"] is None else keys.key("categories", value["category"]),
        "amount": str(_amount(value["amount"])),
        "date": _day(value["date"], keys).isoformat(),
        **{name: _text(value[name]) for name in ("note", "comment", "bank_text")},
    }


def _pairs(value: Any, _keys: Keys) -> dict[str, str]:
    if not isinstance(value, dict):
        raise ValueProblem(_("%(value)s is no list of choices") % {"value": shown(value)})
    return {_text(name): _text(chosen) for name, chosen in value.items()}


_PLAIN = {
    "BigIntegerField": Codec(_as_it_is, _whole),
    "IntegerField": Codec(_as_it_is, _whole),
    "PositiveIntegerField": Codec(_as_it_is, _whole),
    "PositiveSmallIntegerField": Codec(_as_it_is, _whole),
    "SmallIntegerField": Codec(_as_it_is, _whole),
    "BooleanField": Codec(_as_it_is, _truth),
    "DecimalField": Codec(_written_amount, _amount),
    "DateField": Codec(lambda day, _keys: day.isoformat(), _day),
    "DateTimeField": Codec(_written_instant, _instant),
    "UUIDField": Codec(lambda value, _keys: str(value), _uuid),
    "ArrayField": Codec(_as_it_is, _words),
}
PERSON = Codec(_as_it_is, _person)
TURNED = Codec(_written_turned, _turned)
ALONE = Codec(_written_alone, _alone)
PAIRS = Codec(_as_it_is, _pairs)
