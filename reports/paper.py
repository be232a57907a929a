"""What the pages look like on paper: the light side of their colours, and their drawings with the style inside.

WeasyPrint gives a drawing no style from around it and knows no variables there, so both are put in here.
"""

import re
from functools import cache
from html import escape
from pathlib import Path

from django.contrib.staticfiles import finders
from django.utils.safestring import SafeString, mark_safe

from reports import paper_labels

_TOKEN = re.compile(r"(--[\w-]+): ([^;]+);")
_SIDES = re.compile(r"light-dark\((.+?\)), .+\)")
_USED = re.compile(r"var\((--[\w-]+)\)")
_DRAWING = re.compile(r'<svg class="(?:plot__scale|chart|bar|legend__line)"[^>]*>')
_SYMBOL = re.compile(r'<symbol id="([\w-]+)" viewBox="0 0 24 24">(.*)</symbol>')
_NO_COLOUR = "--colour-edge"


@cache
def style(*names: str) -> str:
    """Style sheets for paper, one after the other, with the pages' colours put in."""
    return "".join(_USED.sub(lambda found: colour(found[1]), _text(f"css/pdf/{name}.css")) for name in names)


def drawn(html: str) -> SafeString:
    """Markup of ours, each drawing in it with its own style, and its words above it."""
    return mark_safe(_DRAWING.sub(rf"\g<0><style>{_chart_style()}</style>", paper_labels.lifted(html)))  # nosec B308 B703 # markup of ours


def badge(icon: str, number: int | str) -> SafeString:
    """A category's sign, white on its colour."""
    ground = colour(f"--category-{number}" if number else _NO_COLOUR)
    return mark_safe(  # nosec B308 B703 # names of colours and icons of ours
        f'<svg class="badge" width="18" height="18" viewBox="-10 -10 44 44">'
        f'<circle cx="12" cy="12" r="22" fill="{ground}"/>'
        f'<g fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">'
        f"{_symbols().get(icon or 'ellipsis', '')}</g></svg>"
    )


def mark(name: str) -> SafeString:
    """A small square: kept, missed or open, told apart by its sign too; nothing for nothing."""
    if not name:
        return SafeString("")
    return mark_safe(  # nosec B308 B703 # names of marks of ours
        '<svg class="mark" width="13" height="13" viewBox="0 0 13 13">'
        f'<rect x="0.75" y="0.75" width="11.5" height="11.5" rx="3" {_marks()[name]}</svg>'
    )


def colour(name: str) -> str:
    """A token's value in the light theme: paper is never dark."""
    value = _tokens().get(name, name)
    sides = _SIDES.fullmatch(value)
    return _USED.sub(lambda found: colour(found[1]), sides[1] if sides else value)


@cache
def _marks() -> dict[str, str]:
    """What stands within each mark after its square's place."""
    sign = 'fill="none" stroke="#fff" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>'
    green, red, grey = (colour(f"--colour-{name}") for name in ("income-fill", "spending-fill", "edge"))
    return {
        "kept": f'fill="{green}"/><path d="M3.5 6.8L5.6 9L9.5 4.4" {sign}',
        "missed": f'fill="{red}"/><path d="M4.2 4.2L8.8 8.8M8.8 4.2L4.2 8.8" {sign}',
        "open": f'fill="none" stroke="{grey}" stroke-dasharray="2 1.5"/>',
    }


@cache
def _tokens() -> dict[str, str]:
    return dict(_TOKEN.findall(_text("css/tokens.css")))


@cache
def _symbols() -> dict[str, str]:
    return dict(_SYMBOL.findall(_text("img/icons.svg")))


@cache
def _chart_style() -> str:
    return escape(style("chart"), quote=False)


@cache
def _text(name: str) -> str:
    return Path(str(finders.find(name))).read_text()
