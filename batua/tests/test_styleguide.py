"""The style guide shows every component there is, and every icon that is asked for exists."""

import re
from pathlib import Path

import pytest

from batua import styleguide
from batua.templatetags.frame import PLACES
from batua.tests.test_frame import Tags
from transactions.standard_categories import STANDARD_CATEGORIES

ROOT = Path(__file__).resolve().parents[2]
SPRITE = set(re.findall(r'<symbol id="([\w-]+)"', (ROOT / "static" / "img" / "icons.svg").read_text()))
# Seen only while something happens, or part of the frame that the guide does not draw a second time.
ELSEWHERE = {"budget-new", "chart-tip", "idle", "loading-line", "bottom-bar", "htmx-request"}


@pytest.fixture
def guide(rf) -> str:
    request = rf.get("/styleguide/")
    return styleguide.show(request).content.decode()


def test_the_guide_shows_every_component(guide):
    shown = {name for _tag, attributes in Tags(guide).found for name in (attributes.get("class") or "").split()}
    defined = set()
    for path in (ROOT / "static" / "css" / "components").glob("*.css"):
        text = re.sub(r"/\*.*?\*/|url\([^)]*\)", "", path.read_text(), flags=re.DOTALL)
        defined |= set(re.findall(r"\.([a-z][a-z-]*(?:__[a-z-]+)?)", text))

    assert {name for name in defined - shown if "__" not in name} == ELSEWHERE


def test_no_id_of_the_guide_stands_twice(guide):
    ids = Tags(guide).ids()

    assert sorted(ids) == sorted(set(ids))


def test_the_sprite_holds_what_its_list_names():
    assert set((ROOT / "static" / "img" / "icons.txt").read_text().split()) == SPRITE


def test_every_icon_of_a_template_exists():
    asked = {
        name
        for path in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r"""(?:{% icon |icon_name=)["']([\w-]+)["']""", path.read_text())
    }

    assert asked - SPRITE == set()


def test_every_icon_of_a_category_and_a_place_exists():
    assert {category.icon for category in STANDARD_CATEGORIES} <= SPRITE
    assert {place.icon for place in PLACES} <= SPRITE
