"""Line charts: paths and dots where the scale says they are, worked out by hand."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from reports import charts, lines
from reports.lines import Point, Series

D = Decimal


def drawn(*values: str | None) -> lines.Lines:
    amounts = tuple(None if value is None else D(value) for value in values)
    points = [Point(str(number), f"Day {number}", f"/{number}") for number in range(1, len(values) + 1)]
    return lines.lines(points, [Series("now", "3", amounts)], printed=str)


def test_a_line_goes_through_the_middle_of_each_step():
    (stroke,) = drawn("0", "100", "50", "25").strokes

    # Four steps of 25 %; 240 pixels from 0 to 100, ten above.
    assert stroke.path == 'd="M12.500 250.00L37.500 10.00L62.500 130.00L87.500 190.00"'
    assert stroke.end == 'cx="87.500%" cy="190.00"'
    assert (stroke.look, stroke.colour) == ("now", "3")


def test_a_line_ends_where_its_amounts_end():
    drawing = drawn("0", "100", None, None)

    assert drawing.strokes[0].path == 'd="M12.500 250.00L37.500 10.00"'
    assert [len(mark.dots) for mark in drawing.marks] == [1, 1, 0, 0]
    assert [mark.url for mark in drawing.marks] == ["/1", "/2", "/3", "/4"]


def test_what_is_below_zero_is_drawn_below_it():
    drawing = drawn("100", "-100")

    assert [line.y for line in drawing.lines if line.is_zero] == ["130.00"]
    assert drawing.strokes[0].path == 'd="M25.000 10.00L75.000 250.00"'


def test_a_line_without_amounts_is_not_drawn():
    assert drawn(None, None).strokes == ()
    assert drawn().marks == ()


def test_a_mark_has_a_hair_line_and_a_dot_for_each_line():
    points = [Point("", "", "")]
    both = [Series("a", "", (D(1),)), Series("b", "", (D(2),))]

    (mark,) = lines.lines(points, both, printed=str).marks

    assert mark.hair == 'x1="50.000%" x2="50.000%" y1="10" y2="250"'
    assert mark.dots == (("a", 'cx="50.000%" cy="130.00"'), ("b", 'cx="50.000%" cy="10.00"'))


amounts = st.decimals(min_value=-(10**17), max_value=10**17, places=4)


@given(st.lists(st.one_of(st.none(), amounts), max_size=40))
def test_every_dot_lies_within_the_drawing(values):
    points = [Point("", "", "") for _value in values]

    drawing = lines.lines(points, [Series("", "", tuple(values))], printed=str)

    for mark in drawing.marks:
        for _look, place in mark.dots:
            y = D(place.split('cy="')[1].rstrip('"'))
            assert charts.EDGE <= y <= charts.EDGE + charts.HEIGHT
