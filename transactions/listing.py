"""One page of a selection's entries, grouped by day and ready to print; found by key, at any depth alike."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from itertools import groupby
from typing import Any, NamedTuple, TypeVar

from django.db.models import DateField, ExpressionWrapper, F, Q, QuerySet, Sum
from django.utils.safestring import SafeString

from accounts.models import Household
from batua import display
from transactions.models import Transaction
from transactions.rows import Entry, Reader, Row, printer
from transactions.selection import Selection

LENGTH = 60
# Among so many entries a common word fills a page.
NEAR = 2000
Shape = TypeVar("Shape", bound=NamedTuple)
INCOME, TRANSFER = Transaction.Kind.INCOME.value, Transaction.Kind.TRANSFER.value


class Turn(Enum):
    """Which way a page lies from its place."""

    OLDER = "before"
    NEWER = "after"


@dataclass(frozen=True)
class Place:
    """A place beside one entry of the list; the entry itself need not exist any more."""

    turn: Turn
    date: datetime.date
    entry: int


@dataclass(frozen=True)
class Day:
    """The entries of one day on this page; ``net`` counts the whole day, wherever the page ends."""

    iso: str
    name: str
    exact: str
    net: SafeString
    rows: list[Row]


@dataclass(frozen=True)
class Page:
    """One page; the addresses of its neighbours are relative, and empty at either end."""

    days: list[Day]
    newer: str
    older: str


def page(selection: Selection, place: Place | None, reader: Reader) -> Page:
    """The page at a place, the newest one without a place; a fixed number of queries at most, whatever its depth."""
    found, has_more = entries(selection, place, reader.household, shape=Entry)
    if place and (not found or (place.turn is Turn.NEWER and not has_more)):
        # The newest page is always full, and a place whose entries are gone leads to it.
        place = None
        found, has_more = entries(selection, place, reader.household, shape=Entry)
    has_newer = place is not None and (place.turn is Turn.OLDER or has_more)
    has_older = bool(found) and (has_more if place is None or place.turn is Turn.OLDER else True)
    return Page(
        days=_days(found, _nets(selection.entries(reader.household), found), reader),
        newer=_query(selection, Turn.NEWER, found[0]) if has_newer else "",
        older=_query(selection, Turn.OLDER, found[-1]) if has_older else "",
    )


def place_query(place: Place) -> str:
    """The part of an address that leads to a place."""
    return f"{place.turn.value}={place.date}_{place.entry}"


def entries(
    selection: Selection, place: Place | None, household: Household, *, shape: type[Shape], length: int = 0
) -> tuple[list[Shape], bool]:
    """The entries of the page, newest first, and whether there are more beyond it; three queries at most.

    The names of ``shape`` are the columns that are read; ``length`` 0 is that of a page.
    """
    rows = _beyond(selection.entries(household), place).values_list(*shape._fields)
    # One more than a page has, so that it is known whether there is another.
    length = length or LENGTH
    read = _search(rows, selection, place, household, length) if selection.text else list(rows[: length + 1])
    found = [shape(*row) for row in read[:length]]
    has_more = len(read) > length
    return (found[::-1] if place and place.turn is Turn.NEWER else found), has_more


def _beyond(entries: QuerySet[Transaction], place: Place | None) -> QuerySet[Transaction]:
    """The entries beyond the place, the nearest first."""
    if place is None:
        return entries.order_by("-date", "-pk")
    if place.turn is Turn.OLDER:
        older = Q(date__lt=place.date) | Q(pk__lt=place.entry)
        return entries.filter(older, date__lte=place.date).order_by("-date", "-pk")
    newer = Q(date__gt=place.date) | Q(pk__gt=place.entry)
    return entries.filter(newer, date__gte=place.date).order_by("date", "pk")


def _search(
    rows: QuerySet[Any, Any], selection: Selection, place: Place | None, household: Household, length: int
) -> list[Any]:
    """The nearest entries with the words; three queries at most.

    PostgreSQL does not know how common a word is. A common one fills the page from the nearest days at once. For a rare
    one all days would be read, so it is looked up in the index of words: no index over days serves a sum in the order.
    """
    everything = _beyond(Transaction.objects.of(household).within(selection.period), place)
    edge = next(iter(everything.values_list("date", flat=True)[NEAR : NEAR + 1]), None)
    if edge is None:
        return list(rows[: length + 1])
    is_newer = place is not None and place.turn is Turn.NEWER
    near = list((rows.filter(date__lte=edge) if is_newer else rows.filter(date__gte=edge))[: length + 1])
    if len(near) > length:
        return near
    day = ExpressionWrapper(F("date") + 0, output_field=DateField())
    return list((rows.order_by(day, "pk") if is_newer else rows.order_by(day.desc(), "-pk"))[: length + 1])


def _nets(entries: QuerySet[Transaction], found: list[Entry]) -> dict[datetime.date, Decimal]:
    """Income less spending of each day on the page, the whole day."""
    if not found:
        return {}
    of_days = entries.filter(date__range=(found[-1].date, found[0].date)).order_by()
    nets: defaultdict[datetime.date, Decimal] = defaultdict(Decimal)
    for date, kind, amount in of_days.values_list("date", "kind").annotate(sum=Sum("amount")):
        if kind != TRANSFER:
            nets[date] += amount if kind == INCOME else -amount
    return nets


def _days(found: Iterable[Entry], nets: dict[datetime.date, Decimal], reader: Reader) -> list[Day]:
    currency, locale, printed = reader.household.currency, reader.locale, printer(reader)
    return [
        Day(
            iso=date.isoformat(),
            name=display.day(date, today=reader.today, locale=locale),
            exact=display.exact_day(date, locale=locale),
            net=display.amount(nets.get(date, Decimal(0)), currency=currency, locale=locale),
            rows=[printed(entry) for entry in entries],
        )
        for date, entries in groupby(found, key=lambda entry: entry.date)
    ]


def _query(selection: Selection, turn: Turn, entry: Entry) -> str:
    return "?" + "&".join(filter(None, [selection.query, place_query(Place(turn, entry.date, entry.id))]))
