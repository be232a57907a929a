"""Spending by category ready to print: ranked, the greatest first, the long tail folded away."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports import charts
from reports.reader import Reader
from transactions.ledger import CategorySum

MOST_ROWS = 8


@dataclass(frozen=True)
class CategoryRow:
    """A category's part of the spending; ``share`` is empty where more came back than was spent."""

    url: str
    name: str
    colour: int
    icon: str
    amount: SafeString
    share: str
    length: int
    entries: str


@dataclass(frozen=True)
class CategoryCard:
    """The greatest categories, and the ``rest`` folded away under a line that says what is in it."""

    first: list[CategoryRow]
    rest: list[CategoryRow]
    more: str


def printed(sums: Sequence[CategorySum], reader: Reader, *, entries: str) -> CategoryCard:
    """The categories in their order; ``entries`` is the address of the period's entries."""
    amounts = [each.amount for each in sums]
    measured = zip(sums, charts.shares(amounts), charts.lengths(amounts), strict=True)
    rows = [_row(each, share, length, reader, entries) for each, share, length in measured]
    # A tail of one line takes as much room as the line that would fold it away.
    cut = MOST_ROWS if len(rows) > MOST_ROWS + 1 else len(rows)
    rest = len(rows) - cut
    more = ngettext("%(count)d more category", "%(count)d more categories", rest) % {"count": rest}
    return CategoryCard(rows[:cut], rows[cut:], more)


def _row(each: CategorySum, share: int, length: int, reader: Reader, entries: str) -> CategoryRow:
    came_back = each.amount < 0
    return CategoryRow(
        url=f"{entries}&category={each.id}",
        name=each.name,
        colour=each.colour,
        icon=each.icon,
        amount=reader.figure(abs(each.amount), "back") if came_back else reader.figure(each.amount),
        share=_("money back") if came_back else _share(share),
        length=length,
        entries=ngettext("%(count)d entry", "%(count)d entries", each.entries) % {"count": each.entries},
    )


def _share(percent: int) -> str:
    return f"{percent}\N{NO-BREAK SPACE}%" if percent else "<\N{NO-BREAK SPACE}1\N{NO-BREAK SPACE}%"
