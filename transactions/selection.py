"""Which entries a page shows: the filter as a plain value, its address, and the rows it stands for."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Household
from batua import periods
from batua.period_picker import CHOICE_LABELS, period_label
from batua.periods import Period
from transactions.labels import Labels, shown_name
from transactions.models import MonthTotal, Transaction, YearTotal

ALL_TIME = Period(None, None, "all-time")


@dataclass(frozen=True)
class Selection:
    """Entries of a period, of one kind or all, of any of the categories, in any of the wallets, with these words.

    ``is_note`` when the text is the whole note, not the beginnings of words in it.
    """

    period: Period = ALL_TIME
    kind: str = ""
    categories: tuple[int, ...] = ()
    wallets: tuple[int, ...] = ()
    text: str = ""
    is_note: bool = False

    @property
    def is_everything(self) -> bool:
        return self == Selection()

    @property
    def query(self) -> str:
        """Its address, without the question mark."""
        named = [
            ("kind", self.kind),
            *(("category", key) for key in self.categories),
            *(("wallet", key) for key in self.wallets),
            ("text", self.text),
            ("note", "whole" if self.is_note else ""),
        ]
        written = urlencode([(name, value) for name, value in named if value])
        return "&".join(filter(None, ["" if self.period.is_all_time else self.period.query, written]))

    def entries(self, household: Household) -> QuerySet[Transaction]:
        """The entries themselves, in no order."""
        rows = Transaction.objects.of(household).within(self.period).filter(self._conditions())
        if self.is_note:
            rows = rows.noted(self.text)
        # A note of signs alone has no words to look up.
        has_words = not self.is_note or any(letter.isalnum() for letter in self.text)
        return rows.mentioning(household, self.text) if has_words else rows

    def split(
        self, household: Household
    ) -> tuple[QuerySet[MonthTotal] | QuerySet[YearTotal] | None, QuerySet[Transaction] | None]:
        """Where its sums are read: the kept totals as far as they know it, and the entries that they do not hold."""
        if self.text:
            return None, self.entries(household)
        if self.period.is_all_time:
            return YearTotal.objects.of(household).filter(self._conditions()), None
        inside = periods.whole_months(self.period, month_start=household.month_start)
        if inside is None:
            return None, self.entries(household)
        edges = self.entries(household).filter(Q(date__lt=inside.start) | Q(date__gte=inside.end))
        is_whole = (inside.start, inside.end) == (self.period.start, self.period.end)
        months = MonthTotal.objects.of(household).within(inside).filter(self._conditions())
        return months, None if is_whole else edges

    def _conditions(self) -> Q:
        """What entries and totals are chosen by alike."""
        found = Q()
        if self.kind:
            found &= Q(kind=self.kind)
        if self.categories:
            found &= Q(category__in=self.categories)
        if self.wallets:
            found &= Q(wallet__in=self.wallets) | Q(to_wallet__in=self.wallets)
        return found


@dataclass(frozen=True)
class Chip:
    """One condition in words, and the address without it; ``colour`` is that of a category."""

    label: str
    url: str
    colour: int | None = None


def chips(selection: Selection, *, labels: Labels, locale: str, path: str) -> list[Chip]:
    """Every condition of the selection, each ready to be taken away."""

    def chip(label: Any, colour: int | None = None, **without: Any) -> Chip:
        query = replace(selection, **without).query
        return Chip(str(label), f"{path}?{query}" if query else path, colour)

    return list(_chips(selection, chip, labels, locale))


def _chips(selection: Selection, chip: Any, labels: Labels, locale: str) -> Iterator[Chip]:
    if not selection.period.is_all_time:
        yield chip(_period_name(selection.period, locale), period=ALL_TIME)
    if selection.kind:
        yield chip(Transaction.Kind(selection.kind).label, kind="")
    for key in selection.categories:
        label = labels.categories[key]
        rest = tuple(other for other in selection.categories if other != key)
        yield chip(shown_name(label), label.colour, categories=rest)
    for key in selection.wallets:
        rest = tuple(other for other in selection.wallets if other != key)
        yield chip(shown_name(labels.wallets[key]), wallets=rest)
    if selection.text:
        words = _("Note “%(text)s”") if selection.is_note else _("“%(text)s”")
        yield chip(words % {"text": selection.text}, text="", is_note=False)


def _period_name(period: Period, locale: str) -> str:
    return str(CHOICE_LABELS.get(period.key, "") or period_label(period, locale=locale))
