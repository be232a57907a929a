"""Amounts in, shapes out: worked out by hand, and held against whatever hypothesis thinks of."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import charts
from reports.charts import Box, Step

D = Decimal


def step(income: str | Decimal = "0", spending: str | Decimal = "0", name: str = "") -> Step:
    return Step(name=name, title="", url="", income=D(income), spending=D(spending))


def bars(*steps: Step) -> charts.Bars:
    return charts.bars(steps, printed=str)


def test_a_bar_reaches_from_zero_to_its_share_of_the_greatest():
    (mark,) = bars(step("400", "100")).marks

    # One step is wide enough for the widest bars: 5 % each, half a percent apart, around the middle.
    assert mark.income == Box(D("44.75"), D(10), D(5), D(240))
    assert mark.spending == Box(D("50.25"), D(190), D(5), D(60))
    assert mark.area == Box(D(0), D(10), D(100), D(240))


def test_four_steps_share_the_width():
    marks = bars(step("1"), step("1"), step("1"), step("1")).marks

    assert [mark.area.x for mark in marks] == [0, 25, 50, 75]
    assert {mark.area.width for mark in marks} == {D(25)}


def test_thirty_days_leave_air_between_them():
    first, second = bars(*[step("1", "1")] * 30).marks[:2]

    # A day is 100 / 30 = 3.333 % wide, a bar 36 % of that.
    assert round(first.income.width, 3) == D("1.2")
    assert round(first.spending.x - first.income.x - first.income.width, 3) == D("0.2")
    assert second.income.x > first.spending.x + first.spending.width


def test_what_is_below_zero_hangs_down():
    (mark,) = bars(step("300", "-100")).marks

    # 400 on 240 pixels: zero lies 180 below the top.
    assert (mark.income.y, mark.income.height) == (D(10), D(180))
    assert (mark.spending.y, mark.spending.height) == (D(190), D(60))


def test_nothing_draws_no_bar_but_keeps_its_place():
    (mark,) = bars(step()).marks

    assert (mark.income, mark.spending) == (None, None)
    assert mark.area.width == 100


def test_a_coin_beside_a_fortune_is_still_seen():
    (mark,) = bars(step("1000000000", "0.01")).marks

    assert (mark.spending.y, mark.spending.height) == (D(249), D(1))


def test_a_period_without_days_is_an_empty_drawing():
    drawing = bars()

    assert drawing.marks == ()
    assert [line.is_zero for line in drawing.lines] == [True]


@pytest.mark.parametrize(
    ("amounts", "values"),
    [
        (["113500"], [0, 50000, 100000]),
        (["40"], [0, 10, 20, 30, 40]),
        (["99.99"], [0, 50]),
        (["0.03"], [0, D("0.01"), D("0.02"), D("0.03")]),
        (["300", "-120"], [0, 200]),
        (["300", "-220"], [-200, 0, 200]),
        (["-7"], [-6, -4, -2, 0]),
        ([], [0]),
    ],
)
def test_the_lines_stand_at_round_values(amounts, values):
    assert list(charts.scale_of(map(D, amounts)).values) == values


def test_a_line_says_its_value_and_which_one_is_zero():
    lines = charts.bars([step("100")], printed=lambda value: f"{value:f} EUR").lines

    assert [(line.text, line.y, line.is_zero) for line in lines] == [
        ("0 EUR", "250.00", True),
        ("50 EUR", "130.00", False),
        ("100 EUR", "10.00", False),
    ]


def test_a_month_names_every_fifth_day():
    labels = bars(*[step(name=str(day)) for day in range(1, 31)]).labels

    assert [label.text for label in labels] == ["1", "6", "11", "16", "21", "26"]
    assert not any(label.is_minor for label in labels)


def test_a_year_names_each_month_where_there_is_room():
    labels = bars(*[step(name=str(month)) for month in range(1, 13)]).labels

    assert [label.text for label in labels if not label.is_minor] == ["1", "3", "5", "7", "9", "11"]
    assert len(labels) == 12
    assert labels[0].x == "4.167%"


def test_a_step_without_a_name_has_no_label():
    assert [label.text for label in bars(step(), step(name="2026"), step()).labels] == ["2026"]


def test_places_are_written_for_an_svg():
    box = Box(D("1.23456"), D("2.345"), D(100) / 3, D(7))

    assert box.attributes == 'x="1.235%" y="2.34" width="33.333%" height="7.00"'
    assert box.attributes.__html__() == str(box.attributes)


def test_shares_leave_out_what_came_back():
    assert charts.shares([D(300), D(100), D(-50)]) == [75, 25, 0]
    assert charts.shares([D(-50)]) == [0]
    assert charts.shares([]) == []


def test_lengths_are_measured_by_the_greatest():
    assert charts.lengths([D(300), D(100), D("0.01"), D(0), D(-50)]) == [100, 33, 1, 0, 0]


amounts = st.decimals(min_value=-(10**15), max_value=10**15, places=4, allow_nan=False, allow_infinity=False)


@given(st.lists(st.tuples(amounts, amounts), max_size=60))
def test_every_bar_lies_within_the_drawing(pairs):
    drawing = bars(*[step(income, spending) for income, spending in pairs])

    assert len(drawing.marks) == len(pairs)
    for mark in drawing.marks:
        for box in filter(None, (mark.area, mark.income, mark.spending)):
            assert all(number.is_finite() for number in (box.x, box.y, box.width, box.height))
            assert box.x >= 0
            assert box.x + box.width <= D("100.0001")
            assert box.y >= charts.EDGE - 1
            assert box.y + box.height <= charts.EDGE + charts.HEIGHT + 1
            assert box.height > 0


@given(st.lists(st.tuples(amounts, amounts), max_size=60))
def test_every_line_lies_within_the_drawing_and_one_is_zero(pairs):
    drawing = bars(*[step(income, spending) for income, spending in pairs])

    assert 1 <= len(drawing.lines) <= 2 * charts.MOST_LINES
    assert sum(line.is_zero for line in drawing.lines) == 1
    assert all(charts.EDGE <= D(line.y) <= charts.EDGE + charts.HEIGHT for line in drawing.lines)
    assert len(drawing.labels) <= charts.ALL_LABELS


@given(st.lists(amounts, max_size=40))
def test_shares_and_lengths_are_percents(numbers):
    assert all(0 <= share <= 100 for share in [*charts.shares(numbers), *charts.lengths(numbers)])
