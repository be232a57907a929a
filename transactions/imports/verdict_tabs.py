"""Which lines of a file a page shows: all of them, or those of one verdict."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from batua import display
from transactions.imports.check_rows import VERDICTS
from transactions.imports.verdicts import Verdict


@dataclass(frozen=True)
class Tab:
    """Lines of one verdict, or all."""

    label: str
    count: str
    url: str
    is_chosen: bool


def of(counts: Mapping[Verdict, int], shown: str, address: Callable[[str], str], *, locale: str) -> list[Tab]:
    """A tab for each verdict that lines have, behind that of all; ``address`` is that of a verdict's first lines."""
    every = (_("All"), sum(counts.values()), "")
    each = (
        (str(label), counts[verdict], verdict.value)
        for verdict, (label, _tone) in VERDICTS.items()
        if counts.get(verdict)
    )
    return [
        Tab(label, display.count(count, locale=locale), address(show), show == shown)
        for label, count, show in (every, *each)
    ]


def shown(asked: str, counts: Mapping[Verdict, int]) -> str:
    """The verdict that was asked for, "" for all lines, as where no line has it."""
    return asked if any(verdict.value == asked and count for verdict, count in counts.items()) else ""
