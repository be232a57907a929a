"""On paper there is one theme, and the words of a drawing are set as words."""

import pytest

from reports import paper, paper_labels

PLOT = (
    '<div class="plot" data-chart>'
    '<svg class="plot__scale" width="50" height="280"><text class="chart__label" x="40" y="10.00" dy="0.32em" text-anchor="end">₹1L</text></svg>'  # noqa: E501
    '<svg class="chart" width="100%" height="280"><rect x="1%"/><text class="chart__label" x="9.7%" y="270" text-anchor="middle">يناير</text>'  # noqa: E501
    '<svg width="100%"><path d="M0 0"/></svg></svg></div>'
)
RING = (
    '<div class="ring" data-chart><svg class="chart" width="240" viewBox="-120 -120 240 240">'
    '<text class="ring__sum" y="8" text-anchor="middle">₹5</text></svg></div>'
)


@pytest.mark.parametrize("name", ["page", "sheet", "report", "chart"])
def test_every_colour_is_a_light_one(name):
    style = paper.style(name)

    assert "var(" not in style
    assert "light-dark" not in style


def test_a_colour_is_followed_to_the_light_side_of_its_name():
    assert paper.colour("--colour-surface") == "oklch(0.995 0.002 85)"
    assert paper.colour("--category-1") == "oklch(0.61 0.155 14)"


def test_words_leave_the_drawing_and_keep_their_places():
    html = paper_labels.lifted(PLOT)

    assert "<text" not in html
    # The scale is 50 wide and ends where the drawing begins.
    assert 'data-anchor="end" style="left:-10.00px;top:10.00px">₹1L</span>' in html
    assert 'data-anchor="middle" style="left:9.7%;top:270.00px">يناير</span></div>' in html
    assert '<rect x="1%"/>' in html


def test_the_middle_of_a_ring_is_half_its_size_from_the_corner():
    assert 'style="left:120.00px;top:128.00px">₹5</span>' in paper_labels.lifted(RING)


def test_each_drawing_has_its_style_inside():
    assert paper.drawn(PLOT).count("<style>") == 2


def test_a_badge_without_a_category_is_grey_and_has_a_sign():
    assert paper.colour("--colour-edge") in paper.badge("", "")
    assert "<circle" in paper.badge("", "")
    assert paper.mark("") == ""
