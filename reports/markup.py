"""What a template would print in a long loop, joined here: a page of charts has thousands of values.

Words are escaped here; places and sizes are numbers of our own.
"""

from collections.abc import Iterable, Sequence
from html import escape

from django.utils.safestring import SafeString

from reports.charts import Bars, Box
from reports.lines import Lines


def bar_marks(chart: Bars) -> SafeString:
    """The bars of every step, each step a link with a title."""
    return _joined(
        _opened(mark.url, mark.title, mark.area)
        + _bar(mark.income, ' class="chart__income"')
        + _bar(mark.spending)
        + "</a>"
        for mark in chart.marks
    )


def line_marks(chart: Lines) -> SafeString:
    """The hair-line and the dots of every step, each step a link with a title."""
    return _joined(
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


def _opened(url: str, title: str, area: Box) -> str:
    return (
        f'<a class="chart__mark" href="{escape(url)}"><title>{escape(title)}</title>'
        f'<rect class="chart__area" {area.attributes}/>'
    )


def _bar(box: Box | None, css_class: str = "") -> str:
    return f'<rect{css_class} rx="1.5" {box.attributes}/>' if box else ""


def _joined(parts: Iterable[str]) -> SafeString:
    return SafeString("".join(parts))  # nosec B703 # each part is escaped where it is made
