"""What a template would print in a long loop, joined here: a page of charts has thousands of values.

Words are escaped here; places and sizes are numbers of our own.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from batua import display
from reports.category_card import CategoryCard, CategoryRow
from reports.charts import Bars, Box, Frame
from reports.lines import Lines
from reports.payee_card import PayeeRow
from reports.rings import Ring

if TYPE_CHECKING:
    from reports.calendar_cells import Line, PrintedCell


def bars(chart: Bars, name: str) -> SafeString:
    """The whole drawing of a chart of bars; ``name`` is that of its card, whose title says what it shows."""
    hatch = (
        f'<defs><pattern id="{name}-hatch" width="5" height="5" patternUnits="userSpaceOnUse"'
        ' patternTransform="rotate(45)"><rect class="chart__spending" width="5" height="5"/>'
        '<rect class="chart__stripe" width="1.5" height="5"/></pattern></defs>'
    )
    marks = f'<g fill="url(#{name}-hatch)">{_bar_marks(chart)}</g>'
    return _plot(chart, f'aria-labelledby="{name}-title"', hatch, marks)


def lines(chart: Lines, name: str) -> SafeString:
    """The whole drawing of a chart of lines; ``name`` is that of its card, whose title says what it shows."""
    return _plot(chart, f'aria-labelledby="{name}-title"', "", _strokes(chart) + _line_marks(chart))


def lines_called(chart: Lines, label: str) -> SafeString:
    """The same where no title stands above it."""
    return _plot(chart, f'aria-label="{escape(label)}"', "", _strokes(chart) + _line_marks(chart))


def _plot(chart: Frame, label: str, definitions: str, marks: str) -> SafeString:
    """The scale beside the drawing, and the drawing with its frame behind its marks."""
    return _joined(
        (
            f'<div class="plot" data-chart><svg class="plot__scale" width="{chart.gutter}" height="{chart.height}"'
            f' aria-hidden="true">{_scale(chart)}</svg>'
            f'<svg class="chart" width="100%" height="{chart.height}" role="group" {label}>',
            definitions,
            _frame(chart),
            marks,
            "</svg></div>",
        )
    )


def _frame(chart: Frame) -> str:
    """The lines of the scale, and the names below the axis."""
    lines = (
        f'<line class="chart__{"zero" if line.is_zero else "grid"}" x2="100%" y1="{line.y}" y2="{line.y}"/>'
        for line in chart.lines
    )
    labels = (
        f'<text class="chart__label" x="{label.x}" y="{chart.foot}" dy="0.32em" text-anchor="middle"'
        f"{' data-minor' * label.is_minor}>{escape(label.text)}</text>"
        for label in chart.labels
    )
    return "".join([*lines, *labels])


def _scale(chart: Frame) -> str:
    """The values of the scale, each at its line."""
    return "".join(
        f'<text class="chart__label" x="{chart.rim}" y="{line.y}" dy="0.32em" text-anchor="end">'
        f"{escape(line.text)}</text>"
        for line in chart.lines
    )


def slices(ring: Ring) -> SafeString:
    """The slices of a ring, each a link with a title, and a label where there is room."""
    return _joined(
        f'<a class="chart__mark" href="{escape(arc.url)}"><title>{escape(arc.title)}</title>'
        f'<path class="chart__slice" data-colour="{escape(arc.colour)}" {arc.path}/>'
        + (f'<text class="chart__label" {arc.spot} dy="0.32em">{escape(arc.label)}</text>' if arc.label else "")
        + "</a>"
        for arc in ring.arcs
    )


def _bar_marks(chart: Bars) -> str:
    """The bars of every step, each step a link with a title."""
    return "".join(
        _opened(mark.url, mark.title, mark.area)
        + _bar(mark.income, ' class="chart__income"')
        + _bar(mark.spending)
        + "</a>"
        for mark in chart.marks
    )


def _strokes(chart: Lines) -> str:
    """The lines, and the dots where they end."""
    looks = [f'data-look="{each.look}" data-colour="{each.colour}"' for each in chart.strokes]
    drawn = list(zip(looks, chart.strokes, strict=True))
    paths = "".join(f'<path class="chart__line" {look} {stroke.path}/>' for look, stroke in drawn)
    ends = "".join(f'<circle class="chart__dot" {look} r="3.5" {stroke.end}/>' for look, stroke in drawn)
    box = f'width="100%" height="{chart.height}" {chart.box} preserveAspectRatio="none" aria-hidden="true"'
    return f"<svg {box}>{paths}</svg>{ends}"


def _line_marks(chart: Lines) -> str:
    """The hair-line and the dots of every step, each step a link with a title."""
    return "".join(
        _opened(mark.url, mark.title, mark.area)
        + f'<line class="chart__hair" {mark.hair}/>'
        + "".join(f'<circle class="chart__spot" r="3.5" {place}/>' for _look, place in mark.dots)
        + "</a>"
        for mark in chart.marks
    )


def table_rows(rows: Iterable[tuple[str, Sequence[str]]]) -> SafeString:
    """The rows of a table: a name, and numbers in words."""
    return _joined(
        f'<tr><th scope="row">{escape(name)}</th>'
        + "".join(f"<td data-number>{escape(cell)}</td>" for cell in cells)
        + "</tr>"
        for name, cells in rows
    )


def ranking(rows: Iterable[CategoryRow]) -> SafeString:
    """Categories below one another, as the legend of a ring."""
    return _joined(
        f'<li class="ranking__row">{_badge(row)}'
        f'<a class="ranking__name" href="{escape(row.url)}" title="{escape(row.name)}">{escape(row.name)}</a>'
        f'<span class="ranking__amount">{row.amount}</span>'
        f'<span class="ranking__share">{escape(row.share)} · {escape(row.entries)}</span></li>'
        for row in rows
    )


def category_rows(rows: Iterable[CategoryRow], card: CategoryCard) -> SafeString:
    """The rows of a part of the card's table, with their changes where it has a period before."""
    return _joined(
        f'<tr><th scope="row"><span class="measures__name">{_badge(row)}'
        f'<a href="{escape(row.url)}" title="{escape(row.name)}">{escape(row.name)}</a>{_fold(row)}</span></th>'
        + _numbers(row)
        + (f'<td data-number title="{escape(row.then)}">{escape(row.change)}</td>' if card.when else "")
        + "</tr>"
        for row in rows
    )


def payee_rows(rows: Iterable[PayeeRow]) -> SafeString:
    """The rows of a part of the payees' table, each with its bar."""
    return _joined(
        '<tr><th scope="row"><span class="measures__name">'
        f'<a href="{escape(row.url)}" title="{escape(row.title)}" dir="auto">{escape(row.name)}</a></span></th>'
        f'<td class="measures__bar"><svg width="100%" height="8" aria-hidden="true">{_length(row)}</svg></td>'
        f"{_numbers(row)}</tr>"
        for row in rows
    )


def month_lines(lines: Iterable["Line"]) -> SafeString:
    """The figures of a day or a week of the calendar, each with its name."""
    return SafeString(" ".join(map(_month_line, lines)))  # nosec B703 # each part is escaped where it is made


def month_cells(cells: Iterable["PrintedCell"]) -> SafeString:
    """The days of a week of the calendar, each a link where it can be opened."""
    return _joined(
        f'<td class="month__day" {cell.state}>'
        + (f'<a class="month__link" {cell.link}>' if cell.url else '<span class="month__link">')
        + f'<time class="month__number" datetime="{cell.id}"><span aria-hidden="true">{cell.number}</span>'
        f'<span class="visually-hidden">{escape(cell.exact)}</span></time>{_begins(cell.begins)} {cell.figures}'
        + (f'<span class="month__entries">{escape(cell.entries)}</span>' if cell.entries else "")
        + ("</a></td>" if cell.url else "</span></td>")
        for cell in cells
    )


def listed_days(days: Iterable["PrintedCell"]) -> SafeString:
    """The days of a week that a phone lists below the calendar."""
    return _joined(
        f'<li class="calendar__listed"{" data-open" * day.is_open}>'
        f'<a class="calendar__entry" id="listed-{day.id}" href="{day.url}#reports-day" hx-get="{day.url}"'
        f"{_today(day)}>"
        f'<time datetime="{day.id}" title="{escape(day.exact)}">{escape(day.name)}</time>'
        f'<span class="calendar__count">{escape(day.entries)}</span>'
        f'<span class="calendar__lines">{day.figures}</span></a></li>'
        for day in days
    )


def _today(day: "PrintedCell") -> str:
    return ' aria-current="date"' if day.is_today else ""


def _begins(words: str) -> str:
    """The flag of a day on which a household's month begins."""
    if not words:
        return ""
    said = escape(words)
    flag = f'{display.picture("flag")}<span class="visually-hidden">{said}</span>'
    return f'<span class="month__begins" title="{said}">{flag}</span>'


def _month_line(line: "Line") -> str:
    exact = escape(line.exact)
    title, aloud = (f' title="{exact}"', f'<span class="visually-hidden"> {exact}</span>') if exact else ("", "")
    return (
        f'<span class="month__line" data-line="{line.kind}"{title}>'
        f'<span class="visually-hidden">{escape(line.label)} </span>{line.amount}{aloud}</span>'
    )


def _badge(row: CategoryRow) -> str:
    return f'<span class="category-icon" data-size="small" data-colour="{row.colour}">{row.picture}</span>'


def _fold(row: CategoryRow) -> str:
    if not row.fold:
        return ""
    return f'<details class="measures__fold"><summary>{escape(row.fold)}</summary></details>'


def _length(row: PayeeRow) -> str:
    return f'<rect class="measures__length" rx="4" width="{row.length}" height="8"/>' if row.length else ""


def _numbers(row: CategoryRow | PayeeRow) -> str:
    return (
        f"<td data-number data-amount>{row.amount}</td><td data-number>{escape(row.share)}</td>"
        f'<td data-number data-words="{escape(row.entries)}"><span>{escape(row.number)}</span></td>'
    )


def _opened(url: str, title: str, area: Box) -> str:
    return f'<a class="chart__mark" href="{escape(url)}"><title>{escape(title)}</title>{_area(area)}'


# The same for every chart of as many steps, whatever it shows.
@lru_cache(2048)
def _area(box: Box) -> str:
    return f'<rect class="chart__area" {box.attributes}/>'


def _bar(box: Box | None, css_class: str = "") -> str:
    return f'<rect{css_class} rx="1.5" {box.attributes}/>' if box else ""


def _joined(parts: Iterable[str]) -> SafeString:
    return SafeString("".join(parts))  # nosec B703 # each part is escaped where it is made
