"""One page of a selection's entries, grouped by day and ready to print; found by key, at any depth alike."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import partial
from itertools import groupby
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Case, F, Q, QuerySet, Sum, When
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import Household
from batua import display, money
from transactions.labels import Labels
from transactions.models import Transaction
from transactions.selection import Selection

LENGTH = 60
INCOME, EXPENSE, TRANSFER = Transaction.Kind.INCOME, Transaction.Kind.EXPENSE, Transaction.Kind.TRANSFER


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
class Row:
    """One entry, every field ready to print; the addresses are empty for who may only look."""

    id: int
    url: str
    delete_url: str
    delete_label: str
    question: str
    name: str
    words: str
    icon: str
    colour: int
    wallet: str
    amount: SafeString


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


@dataclass(frozen=True)
class Reader:
    """For whom a page is made: how they write, their day, what they may do; ``back`` is the query they come back to."""

    household: Household
    labels: Labels
    locale: str
    today: datetime.date
    may_write: bool
    back: str = ""


class _Entry(NamedTuple):
    id: int
    date: datetime.date
    kind: str
    amount: Decimal
    note: str
    comment: str
    category: int | None
    wallet: int
    to_wallet: int | None


def page(selection: Selection, place: Place | None, reader: Reader) -> Page:
    """The page at a place, the newest one without a place; two queries, three where a place has lost its entries."""
    entries = selection.entries(reader.household)
    found, has_more = _found(entries, place)
    if place and (not found or (place.turn is Turn.NEWER and not has_more)):
        # The newest page is always full, and a place whose entries are gone leads to it.
        place = None
        found, has_more = _found(entries, None)
    has_newer = place is not None and (place.turn is Turn.OLDER or has_more)
    has_older = bool(found) and (has_more if place is None or place.turn is Turn.OLDER else True)
    return Page(
        days=_days(found, _nets(entries, found), reader),
        newer=_query(selection, Turn.NEWER, found[0]) if has_newer else "",
        older=_query(selection, Turn.OLDER, found[-1]) if has_older else "",
    )


def row(entry: Transaction, reader: Reader) -> Row:
    """One entry as the list shows it."""
    names = _Entry(
        entry.pk,
        entry.date,
        entry.kind,
        entry.amount,
        entry.note,
        entry.comment,
        entry.category_id,
        entry.wallet_id,
        entry.to_wallet_id,
    )
    return _printer(reader)(names)


def place_query(place: Place) -> str:
    """The part of an address that leads to a place."""
    return f"{place.turn.value}={place.date}_{place.entry}"


def _found(entries: QuerySet[Transaction], place: Place | None) -> tuple[list[_Entry], bool]:
    """The entries of the page, newest first, and whether there are more beyond it."""
    if place is None:
        rows = entries.order_by("-date", "-pk")
    elif place.turn is Turn.OLDER:
        beyond = Q(date__lt=place.date) | Q(pk__lt=place.entry)
        rows = entries.filter(beyond, date__lte=place.date).order_by("-date", "-pk")
    else:
        beyond = Q(date__gt=place.date) | Q(pk__gt=place.entry)
        rows = entries.filter(beyond, date__gte=place.date).order_by("date", "pk")
    names = ("pk", "date", "kind", "amount", "note", "comment", "category", "wallet", "to_wallet")
    found = [_Entry(*row) for row in rows.values_list(*names)[: LENGTH + 1]]
    has_more = len(found) > LENGTH
    found = found[:LENGTH]
    return (found[::-1] if place and place.turn is Turn.NEWER else found), has_more


def _nets(entries: QuerySet[Transaction], found: list[_Entry]) -> dict[datetime.date, Decimal]:
    """Income less spending of each day on the page, the whole day."""
    if not found:
        return {}
    signed = Case(When(kind=INCOME, then=F("amount")), When(kind=EXPENSE, then=-F("amount")))
    of_days = entries.filter(date__range=(found[-1].date, found[0].date)).exclude(kind=TRANSFER)
    return dict(of_days.order_by().values_list("date").annotate(net=Sum(signed)))


def _days(found: Iterable[_Entry], nets: dict[datetime.date, Decimal], reader: Reader) -> list[Day]:
    currency, locale, printed = reader.household.currency, reader.locale, _printer(reader)
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


def _printer(reader: Reader) -> Callable[[_Entry], Row]:
    """Makes rows; what is the same for all of them is looked up once."""
    return partial(
        _row,
        reader=reader,
        addresses=_addresses(reader),
        delete=_("Delete %(name)s"),
        ask=_("Delete “%(name)s” of %(day)s, %(amount)s? It cannot be brought back."),
    )


def _row(entry: _Entry, *, reader: Reader, addresses: Callable[[int], tuple[str, str]], delete: str, ask: str) -> Row:
    if entry.category is None:
        label = f"{reader.labels.wallet(entry.wallet).name} → {reader.labels.wallet(entry.to_wallet).name}"
        icon, colour = "arrow-left-right", 0
    else:
        category = reader.labels.category(entry.category)
        label, icon, colour = category.name, category.icon, category.colour
    name = entry.note or label
    url, delete_url = addresses(entry.id)
    written = {"currency": reader.household.currency, "locale": reader.locale}
    asked = {
        "name": name,
        "day": display.day(entry.date, today=reader.today, locale=reader.locale),
        "amount": money.format_money(abs(entry.amount), **written),
    }
    has_choice = len(reader.labels.wallets) > 1 and entry.category is not None
    return Row(
        id=entry.id,
        url=url,
        delete_url=delete_url,
        delete_label=delete % asked,
        question=ask % asked,
        name=name,
        words=" · ".join(filter(None, [label if entry.note else "", entry.comment])),
        icon=icon,
        colour=colour,
        wallet=reader.labels.wallet(entry.wallet).name if has_choice else "",
        amount=display.entry_amount(entry.amount, kind=entry.kind, **written),
    )


def _addresses(reader: Reader) -> Callable[[int], tuple[str, str]]:
    """Where an entry is edited and deleted: reversed once, for a page asks sixty times."""
    if not reader.may_write:
        return lambda entry: ("", "")
    edit, delete = (reverse(f"transactions:{name}", args=[0]).rsplit("/0/", 1) for name in ("update", "delete"))
    back = f"?{urlencode({'back': reader.back})}" if reader.back else ""
    return lambda entry: (f"{edit[0]}/{entry}/{edit[1]}{back}", f"{delete[0]}/{entry}/{delete[1]}{back}")


def _query(selection: Selection, turn: Turn, entry: _Entry) -> str:
    return "?" + "&".join(filter(None, [selection.query, place_query(Place(turn, entry.date, entry.id))]))
