"""Spending by category ready to print: a ring with its legend, the greatest first, the long tail folded away."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from batua import display
from reports import charts, rings, wording
from reports.reader import Reader
from reports.rings import Ring, Slice
from transactions.ledger import CategorySum

ZERO = Decimal(0)
LONGEST_TOTAL = 13  # letters, within the ring


@dataclass(frozen=True)
class CategoryRow:
    """A category's part of the spending; ``share`` is empty where more came back than was spent.

    ``change`` is that against the period before, empty where there is none; ``then`` says what it was.
    """

    url: str
    name: str
    colour: int | str
    icon: str
    amount: SafeString
    share: str
    entries: str
    number: str
    change: str
    then: str
    picture: SafeString
    fold: str = ""


@dataclass(frozen=True)
class Body:
    """Rows that stand together; ``is_folded`` away until the row above them is opened."""

    rows: list[CategoryRow]
    is_folded: bool = False


@dataclass(frozen=True)
class CategoryCard:
    """The greatest categories, and the ``rest``, which ``others`` sums up. Those of which money came back stand apart.

    ``total`` and ``number`` are of all of them. ``when`` names the period before, if there are changes to show.
    """

    ring: Ring | None
    sum: str
    first: list[CategoryRow]
    others: CategoryRow | None
    rest: list[CategoryRow]
    back: list[CategoryRow]
    total: SafeString
    number: str
    entries: str
    change: str
    when: str

    @property
    def bodies(self) -> list[Body]:
        """The parts of the table, none empty."""
        others = [self.others] if self.others else []
        bodies = [Body([*self.first, *others]), Body(self.rest, is_folded=True), Body(self.back)]
        return [body for body in bodies if body.rows]


@dataclass(frozen=True)
class Compared:
    """The categories of the period before, which ``when`` names."""

    sums: Sequence[CategorySum]
    when: str


def printed(
    sums: Sequence[CategorySum], reader: Reader, *, entries: str, most: int, before: Compared | None = None
) -> CategoryCard:
    """The categories in their order, ``most`` of them unfolded; ``entries`` is the address of the period's entries."""
    then = {each.id: each.amount for each in before.sums} if before else None
    sums = [*sums, *_gone(sums, before.sums if before else ())]
    spent = [each for each in sums if each.amount >= 0]
    shares = charts.shares([each.amount for each in spent])
    rows = [
        _row(each, _share(each.amount, share), reader, entries, then) for each, share in zip(spent, shares, strict=True)
    ]
    # A tail of one line takes as much room as the line that would fold it away.
    cut = most if len(rows) > most + 1 else len(rows)
    others = _others(spent[cut:], sum(shares[cut:]), reader, entries, then)
    whole = sum((each.amount for each in sums), ZERO)
    return CategoryCard(
        ring=_ring(spent, rows, cut, others, reader),
        sum=_fitting(sum((each.amount for each in spent), ZERO), reader),
        first=rows[:cut],
        others=others,
        rest=rows[cut:],
        back=[_row(each, _("money back"), reader, entries, then) for each in sums if each.amount < 0],
        total=reader.figure(whole),
        number=reader.count(sum(each.entries for each in sums)),
        entries=_counted(sum(each.entries for each in sums)),
        change=wording.brief_change(whole, sum(then.values(), ZERO), reader) if then is not None else "",
        when=before.when if before else "",
    )


def _gone(sums: Sequence[CategorySum], before: Sequence[CategorySum]) -> list[CategorySum]:
    """What was spent on in the period before and not in this one."""
    kept = {each.id for each in sums}
    return [replace(each, amount=ZERO, entries=0) for each in before if each.id not in kept]


def _row(each: CategorySum, share: str, reader: Reader, entries: str, then: dict[int, Decimal] | None) -> CategoryRow:
    amount = reader.figure(abs(each.amount), "back") if each.amount < 0 else reader.figure(each.amount)
    was = None if then is None else then.get(each.id, ZERO)
    return CategoryRow(
        url=f"{entries}&category={each.id}",
        name=each.name,
        colour=each.colour,
        icon=each.icon,
        amount=amount,
        share=share,
        entries=_counted(each.entries),
        number=reader.count(each.entries),
        change="" if was is None else wording.brief_change(each.amount, was, reader),
        then="" if was is None else reader.words(was),
        picture=display.picture(each.icon or "ellipsis"),
    )


def _others(
    sums: Sequence[CategorySum], share: int, reader: Reader, entries: str, then: dict[int, Decimal] | None
) -> CategoryRow | None:
    """The folded categories as one."""
    if not sums:
        return None
    amount = sum((each.amount for each in sums), ZERO)
    number = sum(each.entries for each in sums)
    row = _row(CategorySum(0, "", 0, "", amount, number), _share(amount, share), reader, entries, None)
    was = sum((then.get(each.id, ZERO) for each in sums), ZERO) if then is not None else ZERO
    return replace(
        row,
        url=entries + "".join(f"&category={each.id}" for each in sums),
        name=ngettext("%(count)d other", "%(count)d others", len(sums)) % {"count": len(sums)},
        colour="",
        fold=_("Show them"),
        change="" if then is None else wording.brief_change(amount, was, reader),
        then="" if then is None else reader.words(was),
    )


def _ring(
    sums: Sequence[CategorySum], rows: Sequence[CategoryRow], cut: int, others: CategoryRow | None, reader: Reader
) -> Ring | None:
    slices = [_slice(row, each.amount, reader) for row, each in zip(rows[:cut], sums, strict=False) if each.amount]
    folded = sum((each.amount for each in sums[cut:]), ZERO)
    if others and folded:
        slices.append(_slice(others, folded, reader))
    return rings.ring(slices)


def _slice(row: CategoryRow, amount: Decimal, reader: Reader) -> Slice:
    title = f"{row.name}\n{reader.words(amount)} · {row.share}\n{row.entries}"
    return Slice(title, row.url, str(row.colour), row.share, amount)


def _fitting(amount: Decimal, reader: Reader) -> str:
    words = reader.words(amount)
    return words if len(words) <= LONGEST_TOTAL else reader.brief(amount)


def _counted(entries: int) -> str:
    return ngettext("%(count)d entry", "%(count)d entries", entries) % {"count": entries}


def _share(amount: Decimal, percent: int) -> str:
    space = "\N{NO-BREAK SPACE}"
    return f"{percent}{space}%" if percent or not amount else f"<{space}1{space}%"
