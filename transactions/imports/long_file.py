"""What became of the lines of a long file that was read, and what of them is taken: sums, not the lines themselves."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet, Sum

from transactions.imports import shelved
from transactions.imports.line_choice import AS_ENTRY, AS_OPENING, AS_TRANSFER, TO_WALLET
from transactions.imports.verdicts import (
    BEGINNINGS,
    KEPT_IF_LEFT,
    MOVED,
    NEITHER_IN_NOR_OUT,
    TAKEN,
    Totals,
    Verdict,
    takeable,
)
from transactions.models import StagedLine, Upload

# Lines that become transfers, are entries that are here, or what a wallet begins with: they bring nothing in and take
# nothing out.
IS_MOVED = (
    Q(choice__in=[AS_TRANSFER, AS_OPENING])
    | Q(choice__startswith=AS_ENTRY)
    | Q(choice__startswith=TO_WALLET)
    | (Q(choice="") & Q(verdict__in=[each.value for each in NEITHER_IN_NOR_OUT]))
)
# Beside those that the model names: what a wallet begins with, said to be income or spending.
_TURNED = StagedLine.TURNED | (Q(verdict__in=[each.value for each in BEGINNINGS]) & ~Q(choice=""))
# Lines that may turn or join an entry that is here.
IS_OF_ENTRY = Q(choice__startswith=AS_ENTRY) | Q(choice=AS_TRANSFER) | Q(verdict__in=[each.value for each in MOVED])
_SUMS = {
    "count": Count("pk"),
    "came_in": Sum("amount", filter=Q(amount__gt=0), default=0),
    "went_out": Sum("amount", filter=Q(amount__lt=0), default=0),
}


def sums(upload: Upload) -> dict[str, list[Any]]:
    """Verdict → how many lines have it, and what they bring in and take out; one walk over the lines."""
    lines = StagedLine.objects.filter(upload=upload).order_by().values_list("verdict").annotate(**_SUMS)
    return {verdict: [count, str(came_in), str(-went_out)] for verdict, count, came_in, went_out in lines}


def beginnings(upload: Upload) -> dict[str, str]:
    """Wallet → what the file's lines say it begins with, where they are to be taken for that."""
    found: defaultdict[str, Decimal] = defaultdict(Decimal)
    for rows in shelved.stored(upload, [Verdict.OPENING]):
        for _place, row in rows:
            found[row.wallet_name] += row.line.amount
    return {wallet: str(amount) for wallet, amount in found.items()}


class _Group(NamedTuple):
    """Lines of a verdict of which the same was said: ``own`` is the tick, where there was a word about it."""

    verdict: Verdict
    own: bool | None
    is_moved: bool
    totals: Totals


class LongFile:
    """A file whose lines lie in the database; ``told`` is what was kept of it when it was read."""

    def __init__(self, upload: Upload) -> None:
        self.upload = upload
        self.told: Mapping[str, Any] = upload.staged or {}
        self.takeable = takeable(is_foreign=self.told.get("is_foreign", False))

    @cached_property
    def by_verdict(self) -> dict[Verdict, Totals]:
        """What all lines of a verdict are together."""
        told = self.told.get("sums") or sums(self.upload)
        return {
            Verdict(name): Totals(count, Decimal(came_in), Decimal(went_out))
            for name, (count, came_in, went_out) in told.items()
        }

    @cached_property
    def counts(self) -> dict[Verdict, int]:
        """How many lines have each verdict."""
        return {verdict: found.count for verdict, found in self.by_verdict.items()}

    @cached_property
    def ticked(self) -> frozenset[Verdict]:
        """Verdicts whose lines are taken unless somebody objects."""
        told = self.told.get("ticked")
        return frozenset(TAKEN if told is None else map(Verdict, told))

    @property
    def lines(self) -> QuerySet[StagedLine]:
        return StagedLine.objects.filter(upload=self.upload)

    def taken_lines(self) -> QuerySet[StagedLine]:
        """The lines that an import takes."""
        able = Q(verdict__in=[each.value for each in self.takeable])
        silent = Q(is_taken=None) & Q(verdict__in=[each.value for each in self.ticked])
        return self.lines.filter(able & (Q(is_taken=True) | silent))

    def left_lines(self) -> QuerySet[StagedLine]:
        """Lines that bring something new, and that the member leaves out."""
        taken = [verdict.value for verdict in KEPT_IF_LEFT if verdict in self.ticked]
        others = [verdict.value for verdict in KEPT_IF_LEFT if verdict not in self.ticked]
        return self.lines.filter(
            Q(verdict__in=taken, is_taken=False) | Q(Q(is_taken=None) | Q(is_taken=False), verdict__in=others)
        )

    @property
    def has_choices(self) -> bool:
        """Whether anybody chose anything; a query."""
        said = self.lines.filter(Q(is_taken__isnull=False) | ~Q(choice=""))
        return self.told.get("ticked") is not None or said.exists()

    def is_taken(self, verdict: Verdict, *, own: bool | None = None) -> bool:
        """Whether a line is taken, by its verdict and what the member said of it."""
        return verdict in self.takeable and (verdict in self.ticked if own is None else own)

    @cached_property
    def totals(self) -> Totals:
        """What the lines that are taken bring in and take out.

        One query, over those lines only that bring something else than their verdict lets expect.
        """
        parts = [*self._as_judged(), *self._turned()]
        return Totals(
            sum(part.count for part in parts),
            sum((part.came_in for part in parts), Decimal(0)),
            sum((part.went_out for part in parts), Decimal(0)),
        )

    def _as_judged(self) -> Iterator[Totals]:
        for verdict, found in self.by_verdict.items():
            if self.is_taken(verdict):
                yield _part(found, is_moved=verdict in NEITHER_IN_NOR_OUT)

    def _turned(self) -> Iterator[Totals]:
        """What has to be added to and taken off the sums of whole verdicts."""
        for each in self._groups:
            if self.is_taken(each.verdict):
                yield _part(each.totals, is_moved=each.verdict in NEITHER_IN_NOR_OUT, sign=-1)
            if self.is_taken(each.verdict, own=each.own):
                yield _part(each.totals, is_moved=each.is_moved)

    @cached_property
    def looked_at(self) -> int:
        """How many lines that look like an entry are taken, as new ones or as that entry; the query of ``totals``."""
        alike = Verdict.LOOKALIKE
        as_judged = self.counts.get(alike, 0) if self.is_taken(alike) else 0
        turned = (each for each in self._groups if each.verdict is alike)
        return as_judged + sum(
            each.totals.count * (self.is_taken(alike, own=each.own) - self.is_taken(alike)) for each in turned
        )

    @cached_property
    def _groups(self) -> "list[_Group]":
        is_moved = ExpressionWrapper(IS_MOVED, output_field=BooleanField())
        lines = self.lines.filter(_TURNED).order_by().annotate(is_moved=is_moved)
        groups = lines.values_list("verdict", "is_taken", "is_moved").annotate(**_SUMS)
        return [
            _Group(Verdict(name), own, moved, Totals(count, came_in, -went_out))
            for name, own, moved, count, came_in, went_out in groups
        ]


def _part(found: Totals, *, is_moved: bool, sign: int = 1) -> Totals:
    """The sums as they count: of money that moves between own wallets nothing comes in and nothing goes out."""
    amounts = (Decimal(0), Decimal(0)) if is_moved else (sign * found.came_in, sign * found.went_out)
    return Totals(sign * found.count, *amounts)
