"""The shape of a ring: amounts in, slices and their places out. Pure, like the bars.

The ring is drawn around the middle of a box of ``BOX`` units, one of them a pixel at full size.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reports.charts import Attributes

BOX = 240
OUTER, INNER = 88, 58
LABEL = 95  # from the middle to the near edge of a share written beside its slice
LETTER = 12  # high
NARROW = 24  # a label so near to the ring's axis stands above or below it
THINNEST = Decimal("0.012")  # of the ring: what is not nothing is seen
LEAST_LABELLED = Decimal("0.06")  # of the ring: smaller neighbours would write over each other
FULL = Decimal(1)


@dataclass(frozen=True)
class Slice:
    """An amount above zero; ``label`` is written beside it where there is room."""

    title: str
    url: str
    colour: str
    label: str
    amount: Decimal


@dataclass(frozen=True)
class Arc:
    """A slice in its place; ``spot`` is where its label stands, which is empty where there is no room."""

    title: str
    url: str
    colour: str
    path: Attributes
    label: str
    spot: Attributes


@dataclass(frozen=True)
class Ring:
    """The slices clockwise from the top."""

    size: int
    box: Attributes
    arcs: tuple[Arc, ...]


def ring(slices: Sequence[Slice]) -> Ring | None:
    """The ring of all slices; None when there is none. Amounts must be above zero."""
    if not slices:
        return None
    arcs, start = [], Decimal(0)
    for each, share in zip(slices, _sweeps(slices), strict=True):
        arcs.append(_arc(each, start, share))
        start += share
    half = BOX // 2
    return Ring(BOX, Attributes(f'viewBox="-{half} -{half} {BOX} {BOX}"'), tuple(arcs))


def _sweeps(slices: Sequence[Slice]) -> list[Decimal]:
    """The part of the ring of each slice; none so thin that it would not be seen."""
    whole = sum((each.amount for each in slices), Decimal(0))
    wide = [max(each.amount / whole, THINNEST) for each in slices]
    too_much = sum(wide) - FULL
    room = sum(share - THINNEST for share in wide)
    if not too_much or not room:
        return [share / sum(wide) for share in wide]
    return [share - too_much * (share - THINNEST) / room for share in wide]


def _arc(each: Slice, start: Decimal, share: Decimal) -> Arc:
    middle = start + share / 2
    if share >= LEAST_LABELLED:
        label, spot = each.label, _spot(middle)
    else:
        label, spot = "", Attributes("")
    return Arc(each.title, each.url, each.colour, _path(start, share), label, spot)


def _spot(angle: Decimal) -> Attributes:
    """Where a label begins, ends, or has its middle, so that it stands clear of the ring."""
    x, y = _place(angle, LABEL)
    side = float(x)
    if abs(side) < NARROW:
        x, y = _place(angle, LABEL + LETTER // 2)
    anchor = "middle" if abs(side) < NARROW else "start" if side > 0 else "end"
    return Attributes(f'x="{x}" y="{y}" text-anchor="{anchor}"')


def _path(start: Decimal, share: Decimal) -> Attributes:
    """Two arcs there and two back: one alone cannot go all the way round."""
    angles = [start, start + share / 2, start + share]
    there = [_place(angle, OUTER) for angle in angles]
    back = [_place(angle, INNER) for angle in reversed(angles)]
    outer = "".join(f"A{OUTER} {OUTER} 0 0 1 {x} {y}" for x, y in there[1:])
    inner = "".join(f"A{INNER} {INNER} 0 0 0 {x} {y}" for x, y in back[1:])
    return Attributes(f'd="M{there[0][0]} {there[0][1]}{outer}L{back[0][0]} {back[0][1]}{inner}Z"')


def _place(angle: Decimal, radius: int) -> tuple[str, str]:
    """Where a part of the way round, clockwise from the top, is at this distance from the middle."""
    turn = float(angle) * math.tau
    return f"{radius * math.sin(turn):.2f}", f"{-radius * math.cos(turn):.2f}"
