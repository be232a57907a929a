"""The shapes of charts: amounts in, marks and their places out. Pure: no words, no colours, no database.

Across, places are percents of the drawing's width; down, they are pixels. So one drawing fits every screen while its
letters keep their size. Places are texts as an SVG attribute takes them, never localised.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal

ZERO = Decimal(0)

HEIGHT = 240  # of the plot, in pixels
EDGE = 10  # above and below it: half a letter, half a ring
FOOT = 20  # for the names below the axis
LETTER = 8  # at most, of a value of the scale, in its small type
MOST_LINES = 4  # of the scale, beside zero
MOST_LABELS = 7  # that a phone has room for
ALL_LABELS = 14  # that a desk has room for

SHARE_OF_BAR = Decimal("0.36")  # of a step's width; the rest is air
SHARE_OF_GAP = Decimal("0.06")
WIDEST_BAR = Decimal(5)
WIDEST_GAP = Decimal("0.5")
THINNEST_BAR = Decimal(1)  # in pixels: what is not nothing is seen

# Exact for any sum of the largest amounts.
_WIDE = Context(prec=60)


@dataclass(frozen=True)
class Step:
    """A day, a month or a year of the axis; ``name``, if any, stands below it, ``title`` and ``url`` are its mark's."""

    name: str
    title: str
    url: str
    income: Decimal
    spending: Decimal


@dataclass(frozen=True)
class Box:
    """A rectangle: ``x`` and ``width`` in percent of the drawing, ``y`` and ``height`` in pixels."""

    x: Decimal
    y: Decimal
    width: Decimal
    height: Decimal

    @property
    def attributes(self) -> "Attributes":
        """As they stand in a tag."""
        return Attributes(
            f'x="{_percent(self.x)}" y="{_px(self.y)}" width="{_percent(self.width)}" height="{_px(self.height)}"'
        )


class Attributes(str):
    """Attributes made of numbers alone, which a template prints as they are."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


@dataclass(frozen=True)
class Mark:
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
class Bars:
    """Two bars a step over a common zero; ``height`` is the drawing's, the labels stand at ``foot``.

    The scale beside it is ``gutter`` pixels wide, and its values end at ``rim``.
    """

    height: int
    foot: int
    gutter: int
    rim: int
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]


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
    slot = Decimal(100) / max(1, len(steps))
    lines = tuple(Line(_px(scale.y(value)), printed(value), value == 0) for value in scale.values)
    rim = LETTER * max(len(line.text) for line in lines)
    return Bars(
        height=HEIGHT + 2 * EDGE + FOOT,
        foot=HEIGHT + 2 * EDGE + FOOT // 2,
        gutter=rim + EDGE,
        rim=rim,
        lines=lines,
        marks=tuple(_mark(step, slot * number, slot, scale) for number, step in enumerate(steps)),
        labels=tuple(_labels(steps, slot)),
    )


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


def _mark(step: Step, left: Decimal, slot: Decimal, scale: Scale) -> Mark:
    width = min(slot * SHARE_OF_BAR, WIDEST_BAR)
    middle, air = left + slot / 2, min(slot * SHARE_OF_GAP, WIDEST_GAP) / 2
    return Mark(
        title=step.title,
        url=step.url,
        area=Box(left, Decimal(EDGE), slot, Decimal(HEIGHT)),
        income=_bar(step.income, middle - air - width, width, scale),
        spending=_bar(step.spending, middle + air, width, scale),
    )


def _bar(amount: Decimal, left: Decimal, width: Decimal, scale: Scale) -> Box | None:
    """From zero up, or down for less than nothing."""
    if not amount:
        return None
    zero, end = scale.y(ZERO), scale.y(amount)
    height = max(abs(zero - end), THINNEST_BAR)
    top = zero - height if amount > 0 else zero
    return Box(left, top, width, height)


def _labels(steps: Sequence[Step], slot: Decimal) -> Iterable[Label]:
    named = [(slot * number + slot / 2, step.name) for number, step in enumerate(steps) if step.name]
    every = -(-len(named) // MOST_LABELS) or 1
    shown = 1 if len(named) <= ALL_LABELS else every
    for number in range(0, len(named), shown):
        middle, text = named[number]
        yield Label(_percent(middle), text, is_minor=number % every != 0)


def _percent(number: Decimal) -> str:
    return f"{number:.3f}%"


def _px(number: Decimal) -> str:
    return f"{number:.2f}"
