"""The words of a drawing as HTML above it: within a drawing WeasyPrint sets letter after letter, and joins none.

Arabic would stand there backwards, and Devanagari fall apart.
"""

import re

_DRAWING = re.compile(r'(<div class="(?:plot|ring)" data-chart>)(.*?)(</div>)', re.DOTALL)
_SCALE = re.compile(r'<svg class="plot__scale" width="(\d+)".*?</svg>', re.DOTALL)
_BOX = re.compile(r'<svg class="chart"[^>]* viewBox="-(\d+) -(\d+)')
_TEXT = re.compile(r'<text class="([\w-]+)"([^>]*)>(.*?)</text>', re.DOTALL)
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


def lifted(html: str) -> str:
    """Markup of ours with the words of each drawing behind it, where they stood."""
    return _DRAWING.sub(_drawing, html)


def _drawing(found: re.Match[str]) -> str:
    opening, inner, closing = found.groups()
    labels: list[str] = []
    # The scale stands left of the drawing, its right edge at the drawing's left.
    inner = _SCALE.sub(lambda scale: _taken(scale[0], labels, left=-int(scale[1]), top=0), inner)
    box = _BOX.search(inner)
    left, top = (int(box[1]), int(box[2])) if box else (0, 0)
    inner = _taken(inner, labels, left=left, top=top)
    return "".join([opening, inner, *labels, closing])


def _taken(drawing: str, labels: list[str], *, left: int, top: int) -> str:
    """The drawing without its words, which go to the labels."""

    def take(found: re.Match[str]) -> str:
        places = dict(_ATTRIBUTE.findall(found[2]))
        x, y = places.get("x", "0"), float(places.get("y", "0"))
        across = x if x.endswith("%") else f"{float(x) + left:.2f}px"
        anchor = places.get("text-anchor", "start")
        place = f"left:{across};top:{y + top:.2f}px"
        labels.append(f'<span class="label {found[1]}" data-anchor="{anchor}" style="{place}">{found[3]}</span>')
        return ""

    return _TEXT.sub(take, drawing)
