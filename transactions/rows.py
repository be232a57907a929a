"""Rows of a list of entries, each field ready to print: a page prints sixty, so nothing is looked up twice."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, partial
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import Household
from batua import display, money
from transactions.labels import Labels
from transactions.models import Transaction


@dataclass(frozen=True)
class Reader:
    """For whom rows are made: how they write, their day, what they may do; ``back`` is the query they come back to."""

    household: Household
    labels: Labels
    locale: str
    today: datetime.date
    may_write: bool
    back: str = ""


class Entry(NamedTuple):
    """The columns of an entry that a row is made of; the names are the columns'."""

    id: int
    date: datetime.date
    kind: str
    amount: Decimal
    note: str
    comment: str
    category: int | None
    wallet: int
    to_wallet: int | None


@dataclass(frozen=True)
class Row:
    """One entry as the list shows it; the addresses are empty for who may only look."""

    id: int
    url: str
    delete_url: str
    delete_label: str
    question: str
    name: str
    words: str
    icon: SafeString
    colour: int
    wallet: str
    amount: SafeString


def row(entry: Transaction, reader: Reader) -> Row:
    """The row of one entry."""
    names = ("pk", "date", "kind", "amount", "note", "comment", "category_id", "wallet_id", "to_wallet_id")
    return printer(reader)(Entry._make(getattr(entry, name) for name in names))


def printer(reader: Reader) -> Callable[[Entry], Row]:
    """Makes the rows of a list for one reader."""
    return partial(
        _row,
        reader=reader,
        addresses=_addresses(reader),
        day=cache(partial(display.day, today=reader.today, locale=reader.locale)),
        delete=_("Delete %(name)s"),
        ask=_("Delete “%(name)s” (%(day)s, %(amount)s)? It cannot be brought back."),
    )


def _row(
    entry: Entry,
    *,
    reader: Reader,
    addresses: Callable[[int], tuple[str, str]],
    day: Callable[[datetime.date], str],
    delete: str,
    ask: str,
) -> Row:
    label, icon, colour, wallet = _labels(entry, reader.labels)
    name = entry.note or label
    url, delete_url = addresses(entry.id)
    written = {"currency": reader.household.currency, "locale": reader.locale}
    amount = money.format_money(abs(entry.amount), **written)
    asked = {"name": name, "day": day(entry.date), "amount": amount}
    return Row(
        id=entry.id,
        url=url,
        delete_url=delete_url,
        delete_label=delete % asked,
        question=ask % asked,
        name=name,
        words=" · ".join(filter(None, [label if entry.note else "", entry.comment])),
        icon=display.picture(icon),
        colour=colour,
        wallet=wallet,
        amount=display.entry_amount(entry.amount, kind=entry.kind, **written),
    )


def _labels(entry: Entry, labels: Labels) -> tuple[str, str, int, str]:
    """What an entry is called without a note, its icon and colour, and its wallet where there is more than one."""
    wallet = labels.wallet(entry.wallet).name
    if entry.category is None:
        return f"{wallet} → {labels.wallet(entry.to_wallet).name}", "arrow-left-right", 0, ""
    category = labels.category(entry.category)
    return category.name, category.icon, category.colour, wallet if len(labels.wallets) > 1 else ""


def _addresses(reader: Reader) -> Callable[[int], tuple[str, str]]:
    """Where an entry is edited and deleted: reversed once for all rows."""
    if not reader.may_write:
        return lambda entry: ("", "")
    edit, delete = (reverse(f"transactions:{name}", args=[0]).rsplit("/0/", 1) for name in ("update", "delete"))
    back = f"?{urlencode({'back': reader.back})}" if reader.back else ""
    return lambda entry: (f"{edit[0]}/{entry}/{edit[1]}{back}", f"{delete[0]}/{entry}/{delete[1]}{back}")
