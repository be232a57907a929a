"""The shapes of charts: amounts in, marks and their places out. Pure: no words, no colours, no database.

Across, places are percents of the drawing's width; down, they are pixels. So one drawing fits every screen while its
letters keep their size. Places are texts as an SVG attribute takes them, never localised.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import Any, NamedTuple

ZERO = Decimal(0)

HEIGHT = 240  # of the plot, in pixels
EDGE = 10  # above and below it: half a letter, half a ring
FOOT = 20  # for the names below the axis
LETTER = 8  # at most, of a value of the scale, in its small type
MOST_LINES = 4  # of the scale, beside zero
MOST_LABELS = 7  # that a phone has room for
ALL_LABELS = 14  # that a desk has room for

SHARE_OF_BAR = Decimal("0.36")  # of a step's width; the rest is air
SHARE_OF_COLUMN = Decimal("0.62")
SHARE_OF_GAP = Decimal("0.06")
WIDEST_BAR = Decimal(5)
WIDEST_GAP = Decimal("0.5")
THINNEST_BAR = Decimal(1)  # in pixels: what is not nothing is seen

# Exact for any sum of the largest amounts.
_WIDE = Context(prec=60)


class Step(NamedTuple):
    """A day, a month or a year of the axis; ``name``, if any, stands below it, ``title`` and ``url`` are its mark's."""

    name: str
    title: str
    url: str
    income: Decimal
    spending: Decimal


class Box(NamedTuple):
    """A rectangle: ``x`` and ``width`` in percent of the drawing, ``y`` and ``height`` in pixels."""

    x: Decimal
    y: Decimal
    width: Decimal
    height: Decimal

    @property
    def attributes(self) -> "Attributes":
        """As they stand in a tag."""
        return Attributes(
            f'x="{percent(self.x)}" y="{pixels(self.y)}" width="{percent(self.width)}" height="{pixels(self.height)}"'
        )


class Attributes(str):
    """Attributes made of numbers alone, which a template prints as they are."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


class Mark(NamedTuple):
    """The bars of one step, and the area that answers a finger or a pointer; a bar of nothing is not drawn."""

    title: str
    url: str
    area: Box
    income: Box | None
    spending: Box | None


@dataclass(frozen=True)
class Line:
    """A line of the grid, and its value in words."""

    y: str
    text: str
    is_zero: bool


@dataclass(frozen=True)
class Label:
    """A name below the axis; a minor one is left out where there is little room."""

    x: str
    text: str
    is_minor: bool


@dataclass(frozen=True)
class Frame:
    """What stands around the marks: the lines of the scale and the names below. The drawing is ``height`` pixels high.

    The names stand at ``foot``. The scale beside the drawing is ``gutter`` pixels wide, and its values end at ``rim``.
    """

    height: int
    foot: int
    gutter: int
    rim: int
    lines: tuple[Line, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True)
class Bars(Frame):
    """One bar or two a step over a common zero."""

    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Scale:
    """From the lowest amount to the highest, zero among them; its lines stand at multiples of ``step``."""

    low: Decimal
    high: Decimal
    step: Decimal

    @property
    def values(self) -> tuple[Decimal, ...]:
        first, last = (_WIDE.divide_int(end, self.step) for end in (self.low, self.high))
        return tuple(self.step * number for number in range(int(first), int(last) + 1))

    def y(self, amount: Decimal) -> Decimal:
        """Pixels from the drawing's upper edge."""
        return EDGE + HEIGHT * _WIDE.divide(self.high - amount, self.high - self.low)


def bars(steps: Sequence[Step], *, printed: Callable[[Decimal], str]) -> Bars:
    """Income beside spending for each step. ``printed`` writes a value of the scale."""
    scale = scale_of(amount for step in steps for amount in (step.income, step.spending))
    slot = slot_of(steps)
    width, air = min(slot * SHARE_OF_BAR, WIDEST_BAR), min(slot * SHARE_OF_GAP, WIDEST_GAP) / 2
    marks = []
    for number, step in enumerate(steps):
        middle = slot * number + slot / 2
        income = _bar(step.income, middle - air - width, width, scale)
        spending = _bar(step.spending, middle + air, width, scale)
        marks.append(Mark(step.title, step.url, area_of(number, slot), income, spending))
    return Bars(**frame(scale, [step.name for step in steps], printed=printed), marks=tuple(marks))


def columns(steps: Sequence[Step], *, printed: Callable[[Decimal], str]) -> Bars:
    """Spending alone for each step. ``printed`` writes a value of the scale."""
    scale = scale_of(step.spending for step in steps)
    slot = slot_of(steps)
    width = min(slot * SHARE_OF_COLUMN, WIDEST_BAR)
    marks = []
    for number, step in enumerate(steps):
        spending = _bar(step.spending, slot * number + (slot - width) / 2, width, scale)
        marks.append(Mark(step.title, step.url, area_of(number, slot), None, spending))
    return Bars(**frame(scale, [step.name for step in steps], printed=printed), marks=tuple(marks))


def frame(scale: Scale, names: Sequence[str], *, printed: Callable[[Decimal], str]) -> dict[str, Any]:
    """The fields of a Frame: the lines of the scale, and a name for each step that has one."""
    lines = tuple(Line(pixels(scale.y(value)), printed(value), value == 0) for value in scale.values)
    rim = LETTER * max(len(line.text) for line in lines)
    return {
        "height": HEIGHT + 2 * EDGE + FOOT,
        "foot": HEIGHT + 2 * EDGE + FOOT // 2,
        "gutter": rim + EDGE,
        "rim": rim,
        "lines": lines,
        "labels": tuple(_labels(names)),
    }


def slot_of(steps: Sequence[object]) -> Decimal:
    """The width of one step."""
    return Decimal(100) / max(1, len(steps))


def area_of(number: int, slot: Decimal) -> Box:
    """What answers a pointer for the step of this number, from 0."""
    return Box(slot * number, Decimal(EDGE), slot, Decimal(HEIGHT))


def scale_of(amounts: Iterable[Decimal]) -> Scale:
    """The scale that holds all amounts and zero, with few lines at round values (1, 2 or 5 times a power of ten)."""
    seen = [ZERO, *amounts]
    low, high = min(seen), max(seen)
    if low == high:
        return Scale(ZERO, Decimal(1), Decimal(2))
    raw = _WIDE.divide(high - low, Decimal(MOST_LINES))
    power = Decimal(1).scaleb(raw.adjusted())
    return Scale(low, high, next(power * times for times in (1, 2, 5, 10) if power * times >= raw))


def shares(amounts: Sequence[Decimal]) -> list[int]:
    """Whole percents of the sum of what is above zero; 0 for the rest."""
    whole = sum((amount for amount in amounts if amount > 0), ZERO)
    return [round(amount * 100 / whole) if amount > 0 else 0 for amount in amounts]


def lengths(amounts: Sequence[Decimal]) -> list[int]:
    """Whole percents of the greatest amount, for bars in a list; 0 for what is not above zero."""
    longest = max((amount for amount in amounts if amount > 0), default=ZERO)
    return [max(1, round(amount * 100 / longest)) if amount > 0 else 0 for amount in amounts]


def _bar(amount: Decimal, left: Decimal, width: Decimal, scale: Scale) -> Box | None:
    """From zero up, or down for less than nothing."""
    if not amount:
        return None
    zero, end = scale.y(ZERO), scale.y(amount)
    height = max(abs(zero - end), THINNEST_BAR)
    top = zero - height if amount > 0 else zero
    return Box(left, top, width, height)


def _labels(names: Sequence[str]) -> Iterable[Label]:
    slot = slot_of(names)
    named = [(slot * number + slot / 2, name) for number, name in enumerate(names) if name]
    every = -(-len(named) // MOST_LABELS) or 1
    shown = 1 if len(named) <= ALL_LABELS else every
    for number in range(0, len(named), shown):
        middle, text = named[number]
        yield Label(percent(middle), text, is_minor=number % every != 0)


def percent(number: Decimal) -> str:
    """A place across, as an attribute takes it."""
    return f"{number:.3f}%"


def pixels(number: Decimal) -> str:
    """A place down, as an attribute takes it."""
    return f"{number:.2f}"
