"""The shapes of line charts: amounts along the same steps in, strokes and marks out. Pure, like the bars.

A stroke is a path in a box a hundred wide that is stretched to the drawing, and as high as the drawing is in pixels.
Paper stretches the strokes' width as well: there the box is as ``wide`` as it is printed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from reports import charts
from reports.charts import Attributes, Box, Frame

WIDE = 100


@dataclass(frozen=True)
class Series:
    """What one line shows: an amount for each step, None where there is none yet. Look and colour are the style's."""

    look: str
    colour: str
    values: tuple[Decimal | None, ...]


class Point(NamedTuple):
    """A step along the axis; ``name``, if any, stands below it, ``title`` and ``url`` are its mark's."""

    name: str
    title: str
    url: str


@dataclass(frozen=True)
class Stroke:
    """A line; the dot at its ``end`` is where a line of one step is seen at all."""

    look: str
    colour: str
    path: Attributes
    end: Attributes


class Mark(NamedTuple):
    """The area of one step that answers a finger or a pointer, and a hair-line through its ``dots``."""

    title: str
    url: str
    area: Box
    hair: Attributes
    dots: tuple[tuple[str, Attributes], ...]


@dataclass(frozen=True)
class Lines(Frame):
    """Lines over a common zero; ``box`` is what the paths are drawn in."""

    box: Attributes
    strokes: tuple[Stroke, ...]
    marks: tuple[Mark, ...]


def lines(
    points: Sequence[Point], series: Sequence[Series], *, printed: Callable[[Decimal], str], wide: int = WIDE
) -> Lines:
    """A line for each series over the same points, the last in front. ``printed`` writes a value of the scale."""
    scale = charts.scale_of(value for each in series for value in each.values if value is not None)
    slot = charts.slot_of(points)
    middles = [slot * number + slot / 2 for number in range(len(points))]
    heights = [[None if value is None else scale.y(value) for value in each.values] for each in series]
    frame = charts.frame(scale, [point.name for point in points], printed=printed)
    strokes = (
        _stroke(each, [(x, y) for x, y in zip(middles, ys, strict=True) if y is not None], wide)
        for each, ys in zip(series, heights, strict=True)
    )
    marks = []
    for number, point in enumerate(points):
        x = charts.percent(middles[number])
        dots = tuple(
            (each.colour or each.look, Attributes(f'cx="{x}" cy="{charts.pixels(y)}"'))
            for each, ys in zip(series, heights, strict=True)
            if (y := ys[number]) is not None
        )
        hair = Attributes(f'x1="{x}" x2="{x}" y1="{charts.EDGE}" y2="{charts.EDGE + charts.HEIGHT}"')
        marks.append(Mark(point.title, point.url, charts.area_of(number, slot), hair, dots))
    return Lines(
        **frame,
        box=Attributes(f'viewBox="0 0 {wide} {frame["height"]}"'),
        strokes=tuple(stroke for stroke in strokes if stroke is not None),
        marks=tuple(marks),
    )


def _stroke(series: Series, places: Sequence[tuple[Decimal, Decimal]], wide: int) -> Stroke | None:
    """None for a series without any value."""
    if not places:
        return None
    path = "L".join(f"{x * wide / WIDE:.3f} {y:.2f}" for x, y in places)
    x, y = places[-1]
    end = Attributes(f'cx="{charts.percent(x)}" cy="{charts.pixels(y)}"')
    return Stroke(series.look, series.colour, Attributes(f'd="M{path}"'), end)
