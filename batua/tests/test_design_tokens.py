"""The colours of ``tokens.css`` can be read and told apart: contrast of text, and distance under colour blindness."""

import itertools
import math
import re
from pathlib import Path

import pytest

Colour = tuple[float, float, float]

TOKENS = (Path(__file__).resolve().parents[2] / "static" / "css" / "tokens.css").read_text()
DECLARED = dict(re.findall(r"(--[\w-]+):\s*([^;]+);", TOKENS))
LIGHT, DARK = 0, 1
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])

TEXT_ON_GROUND = [
    *itertools.product(("text", "muted", "accent", "income", "spending", "warning"), ("ground", "surface", "raised")),
    *((meaning, f"{meaning}-soft") for meaning in ("accent", "income", "spending", "warning")),
    *((f"on-{meaning}", f"{meaning}-fill") for meaning in ("accent", "spending", "warning")),
    *itertools.product(("text", "income", "spending"), (f"heat-{level}" for level in range(1, 5))),
    ("on-accent", "accent-strong"),
    ("text", "accent-soft"),
    ("muted", "accent-soft"),
]
# What is not text but must be seen: the edge of a control, a bar, a category's sign.
MARK_ON_GROUND = [
    ("edge", "surface"),
    *itertools.product(("accent-fill", "income-fill", "spending-fill"), ("surface",)),
]

# Machado, Oliveira and Fernandes 2009, severity 1, on linear sRGB.
BLINDNESS = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}


def token(name: str, theme: int) -> Colour:
    """Linear sRGB of a token in one theme."""
    value = DECLARED[name]
    sides = re.fullmatch(r"light-dark\((.+?\)), (.+\))\)", value)
    if sides:
        value = sides[theme + 1]
    reference = re.fullmatch(r"var\((--[\w-]+)\)", value)
    if reference:
        return token(reference[1], theme)
    lightness, chroma, hue = map(float, re.fullmatch(r"oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)", value).groups())
    return _linear(lightness, chroma, math.radians(hue))


def _linear(lightness: float, chroma: float, hue: float) -> Colour:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
    )


def _shown(colour: Colour) -> Colour:
    red, green, blue = (min(1.0, max(0.0, part)) for part in colour)
    return red, green, blue


def _lab(colour: Colour) -> Colour:
    red, green, blue = _shown(colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short,
    )


def contrast(one: Colour, other: Colour) -> float:
    """WCAG's ratio, 1 to 21."""
    darker, lighter = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in map(_shown, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def as_seen_with(blindness: str, colour: Colour) -> Colour:
    shown = _shown(colour)
    red, green, blue = (sum(map(math.prod, zip(row, shown, strict=True))) for row in BLINDNESS[blindness])
    return red, green, blue


def nearest(colours: list[Colour]) -> float:
    """The smallest distance between two of them, in Oklab (0.02 is a difference one can just see)."""
    return min(math.dist(_lab(one), _lab(other)) for one, other in itertools.combinations(colours, 2))


def categories(theme: int) -> list[Colour]:
    return [token(f"--category-{number}", theme) for number in range(1, 13)]


def test_black_on_white_is_21():
    assert contrast((0, 0, 0), (1, 1, 1)) == pytest.approx(21)


def test_a_known_colour_is_converted_to_the_known_rgb():
    # CSS Color 4's example, rgb(198 93 6).
    srgb = [
        255 * (12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055)
        for part in _shown(_linear(0.59686, 0.15619, math.radians(49.7694)))
    ]

    assert [round(part) for part in srgb] == [0xC6, 0x5D, 0x06]


@THEMES
@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_text_can_be_read_on_its_ground(theme, text, ground):
    assert contrast(token(f"--colour-{text}", theme), token(f"--colour-{ground}", theme)) >= 4.5


@THEMES
@pytest.mark.parametrize(("mark", "ground"), MARK_ON_GROUND)
def test_marks_can_be_seen_on_their_ground(theme, mark, ground):
    assert contrast(token(f"--colour-{mark}", theme), token(f"--colour-{ground}", theme)) >= 3


@THEMES
def test_every_category_can_be_seen_on_a_card(theme):
    surface = token("--colour-surface", theme)

    assert min(contrast(hue, surface) for hue in categories(theme)) >= 3


@THEMES
def test_categories_are_evenly_light(theme):
    lightness = [_lab(hue)[0] for hue in categories(theme)]

    assert max(lightness) - min(lightness) < 0.17


@THEMES
def test_categories_differ(theme):
    assert nearest(categories(theme)) >= 0.1


@THEMES
@pytest.mark.parametrize("blindness", BLINDNESS)
def test_categories_differ_for_the_colour_blind(theme, blindness):
    assert nearest([as_seen_with(blindness, hue) for hue in categories(theme)]) >= 0.05


@THEMES
@pytest.mark.parametrize("blindness", BLINDNESS)
def test_income_and_spending_differ_for_the_colour_blind(theme, blindness):
    fills = [as_seen_with(blindness, token(f"--colour-{name}-fill", theme)) for name in ("income", "spending")]

    assert nearest(fills) >= 0.05
