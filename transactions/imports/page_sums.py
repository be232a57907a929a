"""The sums above the lines of a short file as its page stands: from what the page says, without reading the file."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple, Self

from django.http import QueryDict

from transactions.imports import kept_marks, line_choice
from transactions.imports.kept_marks import Choosable
from transactions.imports.verdicts import Preview, Totals, Verdict

_AMOUNT = kept_marks.AMOUNT.pattern
_TOLD = re.compile(
    rf"(?P<count>[0-9]{{1,9}}):(?P<came_in>{_AMOUNT}):(?P<went_out>{_AMOUNT})(?P<counts>(?: [a-z-]+:[0-9]{{1,9}})*)"
)
# Verdicts that what others do meanwhile can bring about.
_OF_ENTRIES = (Verdict.NEW, Verdict.LOOKALIKE, Verdict.JOINS, Verdict.TRANSFER, Verdict.OPENING)
_LOOKED_AT = "looked-at"
_VERDICTS = {verdict.value: verdict for verdict in Verdict}


class Others(NamedTuple):
    """What a page tells beside its lines: what ticked lines of other pages come to, how many have each verdict.

    ``looked_at``: how many lines of other pages that look like an entry are taken, as new ones or as that entry.
    """

    totals: Totals
    counts: Mapping[Verdict, int]
    looked_at: int = 0

    def told(self) -> str:
        """As the page's form has it."""
        totals = f"{self.totals.count}:{self.totals.came_in:f}:{self.totals.went_out:f}"
        counts = (f"{verdict.value}:{count}" for verdict, count in self.counts.items())
        return " ".join([totals, *counts, f"{_LOOKED_AT}:{self.looked_at}"])

    @classmethod
    def sent(cls, text: str) -> Self | None:
        """None for what no page of ours says."""
        told = _TOLD.fullmatch(text)
        if told is None:
            return None
        counts = dict(each.split(":") for each in told["counts"].split())
        return cls(
            Totals(int(told["count"]), Decimal(told["came_in"]), Decimal(told["went_out"])),
            {_VERDICTS[name]: int(number) for name, number in counts.items() if name in _VERDICTS},
            int(counts.get(_LOOKED_AT, 0)),
        )


def is_overtaken(preview: Preview, sent: QueryDict) -> bool:
    """Whether more lines are new, like an entry, or a transfer, than when the page was made."""
    others = Others.sent(sent.get("others", ""))
    now = Counter(each.verdict for each in preview.lines)
    return others is not None and any(now[verdict] > others.counts.get(verdict, 0) for verdict in _OF_ENTRIES)


def totals(lines: Iterable[Choosable]) -> Totals:
    """What the ticked ones of these lines come to."""
    ticked = [each for each in lines if each.marks.is_ticked]
    brought = (each for each in ticked if not line_choice.is_moved(each.marks.chosen))
    return Totals.of(len(ticked), [each.row.line.amount for each in brought])


def looked_at(lines: Iterable[Choosable]) -> int:
    """How many of these lines look like an entry and are taken all the same: somebody said what they are."""
    return sum(each.marks.is_ticked and each.row.verdict is Verdict.LOOKALIKE for each in lines)


def of(sent: QueryDict) -> Others | None:
    """What a page tells of all of the file, with the ticks and choices of its own lines; None where it does not say."""
    others = Others.sent(sent.get("others", ""))
    if others is None:
        return None
    ticked = [each for each in kept_marks.lines_of(sent).values() if each.is_ticked]
    here = Totals.of(len(ticked), [each.amount for each in ticked if not line_choice.is_moved(each.choice)])
    own = sum(each.is_like for each in ticked)
    return Others(here + others.totals, others.counts, others.looked_at + own)
