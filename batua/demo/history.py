"""Writes years of a household's entries up to a day: believable, and the same for the same seed. Pure Python."""

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from batua import periods
from batua.demo import life

MONTHS = 36
SEED = "batua"

# Amounts stand in prices of this month.
_BASE = date(2024, 1, 1)
_NEW_MOON = datetime(2000, 1, 6, 18, 14)  # noqa: DTZ001 -- a mean new moon in Greenwich; a day is near enough
_LUNATION = timedelta(days=29.530588)


@dataclass(frozen=True)
class Entry:
    """One entry by the names of its wallets and category; entries of one bill share a ``group``."""

    date: date
    kind: str
    amount: Decimal
    category: str
    note: str
    wallet: str
    to_wallet: str = ""
    comment: str = ""
    group: str = ""


def write(*, today: date, seed: str = SEED) -> list[Entry]:
    """The entries of the last three years, oldest first, none after ``today``."""
    first = periods.shift(periods.month_of(today), -MONTHS)
    years = range(first.year, today.year + 1)
    written = [entry for month in _months(first, today) for entry in _month(month, seed)]
    written += [entry for year in years for entry in _year(year, seed)]
    written = sorted((entry for entry in written if first <= entry.date <= today), key=_order)
    paid = sorted([*written, *_card_bills(written, first, today)], key=_order)
    return list(_with_cash_drawn(paid))


def diwali(year: int) -> date:
    """The evening before the new moon between mid-October and mid-November, within a day."""
    return _moon(date(year, 10, 16), is_full=False) - timedelta(days=1)


def holi(year: int) -> date:
    """The full moon of March, within a day."""
    return _moon(date(year, 2, 28), is_full=True)


def rakhi(year: int) -> date:
    """The full moon of August, within a day."""
    return _moon(date(year, 8, 2), is_full=True)


def _moon(earliest: date, *, is_full: bool) -> date:
    start = _NEW_MOON + _LUNATION / 2 if is_full else _NEW_MOON
    rounds = -((start - datetime(earliest.year, earliest.month, earliest.day)) // _LUNATION)  # noqa: DTZ001
    return (start + rounds * _LUNATION).date()


def _months(first: date, today: date) -> tuple[date, ...]:
    return periods.months(first, periods.month_of(today)).month_names


def _month(month: date, seed: str) -> Iterator[Entry]:
    """Every month has a chance of its own, so it stays as it was when today moves on."""
    chance = Random(f"{seed} {month}")  # nosec B311 # a made-up month, the same for each visitor
    yield from _regulars(month, chance)
    yield from _freelance(month, chance)
    yield Entry(month.replace(day=2), "transfer", Decimal(15_000), "", "To savings", life.BANK, life.SAVINGS)
    for number, habit in enumerate(life.HABITS):
        for entry in _habit(habit, month, chance):
            yield from _split(entry, chance, group=f"{month} {number}")
            yield from _returned(entry, chance)


def _regulars(month: date, chance: Random) -> Iterator[Entry]:
    for regular in life.REGULARS:
        if month.month in regular.months:
            rounds = month.year - _BASE.year - (month.month < regular.raise_month)
            amount = regular.amount * max(100 + regular.raise_percent * rounds, 40) // 100
            amount += amount * chance.randint(-regular.spread, regular.spread) // 100
            yield Entry(
                _day(month, regular.day),
                regular.kind,
                Decimal(amount),
                regular.category,
                regular.note,
                regular.wallet,
                comment=regular.comment,
            )


def _freelance(month: date, chance: Random) -> Iterator[Entry]:
    if chance.random() < 0.7:
        day, note = _day(month, chance.randint(8, 26)), chance.choice(life.FREELANCE)
        amount = _priced(chance.randint(18, 46) * 1000, month)
        yield Entry(day, "income", amount, "Business & freelance", note, life.BANK)


def _habit(habit: life.Habit, month: date, chance: Random) -> Iterator[Entry]:
    days = [day for day in periods.month(month).days if day.weekday() in habit.weekdays]
    for _time in range(max(habit.times + chance.randint(-1, 1), habit.times // 2)):
        note, low, high = chance.choice(habit.places)
        amount = _priced(chance.randint(low, high), month)
        if habit.wallet == life.CARD and chance.random() < 0.4:
            amount += Decimal(chance.randrange(5, 100, 5)) / 100
        yield Entry(chance.choice(days), "expense", amount, habit.category, note, habit.wallet)


def _split(entry: Entry, chance: Random, *, group: str) -> Iterator[Entry]:
    """A large bill of the supermarket is partly for the house."""
    if entry.note != life.SPLIT_BILL or entry.amount < 2000:
        yield entry
        return
    part = Decimal(chance.randint(250, 900))
    group = f"{group} {entry.date} {entry.amount}"
    yield replace(entry, amount=entry.amount - part, group=group)
    yield replace(entry, amount=part, category=life.SPLIT_CATEGORY, group=group)


def _returned(entry: Entry, chance: Random) -> Iterator[Entry]:
    if entry.note in life.RETURNED and chance.random() < 0.18:
        day = entry.date + timedelta(days=chance.randint(5, 12))
        yield replace(entry, date=day, amount=-entry.amount, note=life.RETURNED[entry.note])


def _year(year: int, seed: str) -> Iterator[Entry]:
    chance = Random(f"{seed} {year}")  # nosec B311 # a made-up year, the same for each visitor
    for day, occasions in ((diwali(year), life.DIWALI), (holi(year), life.HOLI), (rakhi(year), life.RAKHI)):
        yield from _occasions(occasions, day, chance)
    for journey in life.JOURNEYS:
        place = journey.places[year % len(journey.places)]
        yield from _occasions(journey.occasions, date(year, journey.month, journey.day), chance, place=place)


def _occasions(occasions: Iterable[life.Occasion], day: date, chance: Random, *, place: str = "") -> Iterator[Entry]:
    for occasion in occasions:
        on = day + timedelta(days=occasion.after)
        amount = _priced(chance.randint(occasion.low, occasion.high), on)
        note = occasion.note.format(place=place)
        yield Entry(on, occasion.kind, amount, occasion.category, note, occasion.wallet)


def _card_bills(entries: list[Entry], first: date, today: date) -> Iterator[Entry]:
    """On the 14th the card is paid: what it was used for in the month before."""
    opening = next(-Decimal(purse.opening) for purse in life.PURSES if purse.name == life.CARD)
    for month in _months(first, today):
        owed = opening if month == first else -_flow(entries, life.CARD, periods.month(periods.shift(month, -1)))
        day = month.replace(day=14)
        if owed > 0 and day <= today:
            yield Entry(day, "transfer", owed, "", "Card bill", life.BANK, life.CARD)


def _with_cash_drawn(entries: list[Entry]) -> Iterator[Entry]:
    """Before the cash runs out, some more is drawn."""
    held = next(Decimal(purse.opening) for purse in life.PURSES if purse.name == life.CASH)
    for entry in entries:
        change = effect(entry, life.CASH)
        if held + change < 500:
            drawn = Decimal(10_000) if -change > 4_000 else Decimal(5_000)
            yield Entry(entry.date, "transfer", drawn, "", "Cash from the ATM", life.BANK, life.CASH)
            held += drawn
        held += change
        yield entry


def effect(entry: Entry, wallet: str) -> Decimal:
    """What the entry adds to the wallet; negative when it takes away."""
    if entry.to_wallet == wallet:
        return entry.amount
    if entry.wallet != wallet:
        return Decimal(0)
    return entry.amount if entry.kind == "income" else -entry.amount


def _flow(entries: list[Entry], wallet: str, period: periods.Period) -> Decimal:
    return sum((effect(entry, wallet) for entry in entries if period.contains(entry.date)), Decimal(0))


def _priced(amount: int, day: date) -> Decimal:
    """Prices go up by 0.4 % of the first one every month."""
    return Decimal(amount * max(1000 + 4 * periods.distance(_BASE, day), 400) // 1000)


def _day(month: date, day: int) -> date:
    return month.replace(day=min(day, calendar.monthrange(month.year, month.month)[1]))


def _order(entry: Entry) -> tuple[date, bool, str, Decimal]:
    """By day, money that comes in first, so that no wallet looks emptier than it was."""
    return entry.date, entry.kind != "income", entry.note, entry.amount
