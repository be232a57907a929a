"""A balance that does not follow from the one before it is said; one that stands in another order is not."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transactions.importers import gaps
from transactions.importers.base import StatementLine
from transactions.tests.reading import amounts, read, remarks

HEADER = "Date,Payee,Amount,Balance\n"
ROWS = (
    "2026-03-01,A,-10.00,90.00\n",
    "2026-03-02,B,-5.00,85.00\n",
    "2026-03-03,C,20.00,105.00\n",
    "2026-03-04,D,-7.50,97.50\n",
    "2026-03-05,E,-2.50,95.00\n",
    "2026-03-06,F,5.00,100.00\n",
)
SAID = (
    "Line {}: the balance before it and its amount do not make its balance, but miss it by {}. Lines may be missing"
    " there."
)


def without(place: int, *, newest_first: bool = False) -> str:
    rows = [row for row in ROWS if row != ROWS[place]]
    return HEADER + "".join(reversed(rows) if newest_first else rows)


def test_a_gap_is_said_with_its_line_and_its_size_and_stops_nothing():
    statement = read(without(2))

    assert amounts(statement) == ["-10.00", "-5.00", "-7.50", "-2.50", "5.00"]
    assert remarks(statement) == [SAID.format(4, "20.00")]
    assert (statement.opening_balance, statement.problems) == (None, ())


def test_a_gap_is_said_newest_first_too():
    assert remarks(read(without(2, newest_first=True))) == [SAID.format(4, "20.00")]


def test_a_wrong_balance_is_no_missing_line_but_out_of_order():
    text = HEADER + "".join(ROWS).replace("105.00", "109.00")

    assert remarks(read(text)) == [
        "The balances do not run on from line to line: lines may be missing, or stand in another order."
    ]


def test_balances_that_run_on_say_nothing():
    assert remarks(read(HEADER + "".join(ROWS))) == []


def test_rows_of_a_day_in_another_order_are_no_gap():
    rows = ["2026-03-01,A,-10.00,90.00", "2026-03-02,C,20.00,105.00", "2026-03-02,B,-5.00,85.00"]
    text = HEADER + "\n".join([*rows, "2026-03-03,D,-7.50,97.50", "2026-03-04,E,-2.50,95.00"]) + "\n"

    assert not any("miss it by" in remark for remark in remarks(read(text)))


def test_a_balance_on_the_last_row_of_each_day_only_is_enough():
    rows = ["2026-03-01,A,-10.00,", "2026-03-01,B,-5.00,85.00", "2026-03-02,C,20.00,", "2026-03-02,D,-7.50,97.50"]
    days = ["2026-03-03,E,-2.50,95.00", "2026-03-04,F,-5.00,90.00", "2026-03-05,G,-1.00,85.00"]

    assert remarks(read(HEADER + "\n".join([*rows, *days]) + "\n")) == [SAID.format(8, "-4.00")]


def test_pending_lines_between_others_are_no_gap():
    text = HEADER.replace("\n", ",State\n") + "".join(row.replace("\n", ",Booked\n") for row in ROWS)

    assert remarks(read(text.replace("2026-03-03,C,20.00,105.00,Booked\n", "2026-03-03,C,20.00,,Pending\n"))) == []


def test_a_line_that_cannot_be_read_explains_its_gap():
    assert remarks(read(HEADER + "".join(ROWS).replace("20.00,105", "2o.oo,105"))) == []


def test_a_fee_in_a_column_of_its_own_explains_a_gap():
    text = "Date,Payee,Amount,Balance,Fee\n" + "".join(row.replace("\n", ",0.00\n") for row in ROWS)
    charged = (
        text.replace("97.50,0.00", "97.00,0.50").replace("95.00,0.00", "94.50,0.00").replace(",100.00,", ",99.50,")
    )

    assert not any("miss it by" in remark for remark in remarks(read(charged)))


def test_where_most_balances_do_not_run_on_no_line_is_named():
    rows = [f"2026-03-0{day},P,{-day}.00,{day * day * 10}.00\n" for day in range(1, 9)]

    assert remarks(read(HEADER + "".join(rows))) == [
        "The balances do not run on from line to line: lines may be missing, or stand in another order."
    ]


def test_many_gaps_are_counted_and_not_listed():
    days = [(date(2026, 1, 1) + timedelta(days=day), Decimal(1000 - day - 10 * (day // 4))) for day in range(40)]
    text = HEADER + "".join(f"{day},P,-1.00,{level}.00\n" for day, level in days)

    found = remarks(read(text))

    assert len(found) == 6
    assert found[-1] == "The balances do not run on in 4 more places."


def test_each_account_runs_by_itself():
    own = "".join(row.replace("\n", ",Giro\n") for row in ROWS)
    other = "2026-03-02,X,-1.00,9.00,Savings\n2026-03-04,Y,-1.00,8.00,Savings\n"
    text = HEADER.replace("\n", ",Account\n") + own + other

    assert not any("miss it by" in remark for remark in remarks(read(text)))


def test_balances_that_stand_here_and_there_take_no_time():
    first = [StatementLine(2, date(2026, 1, 1), Decimal(1), "", "", balance=Decimal(1))]
    bare = [
        StatementLine(number, date(2026, 1, 1) + timedelta(days=number), Decimal(1), "", "")
        for number in range(3, 3000)
    ]
    last = [StatementLine(3001, date(2040, 1, 1), Decimal(1), "", "", balance=Decimal(3000))]

    assert gaps.of([*first, *bare, *last]) == []


# Powers of two: no amounts add up to those of other lines by chance.
@st.composite
def running(draw) -> list[StatementLine]:
    level, day, found = Decimal("100.00"), date(2026, 1, 1), []
    for number in range(2, draw(st.integers(min_value=8, max_value=24))):
        day += timedelta(days=draw(st.integers(min_value=0, max_value=2)))
        amount = Decimal(2**number) * draw(st.sampled_from([1, -1]))
        level += amount
        found.append(StatementLine(number, day, amount, "", "", balance=level))
    return found


@settings(deadline=None)
@given(lines=running(), is_mirrored=st.booleans())
def test_what_runs_on_has_no_gap_in_either_direction(lines, is_mirrored):
    assert gaps.of(lines[::-1] if is_mirrored else lines) == []


@settings(deadline=None)
@given(lines=running(), is_mirrored=st.booleans(), data=st.data())
def test_a_missing_line_is_found_where_it_was_or_nothing_is_said(lines, is_mirrored, data):
    place = data.draw(st.integers(min_value=1, max_value=len(lines) - 2))
    lost, follower = lines[place], lines[place + 1]
    kept = [line for line in lines if line is not lost]

    found = gaps.of(kept[::-1] if is_mirrored else kept)

    assert [(gap.line, gap.amount) for gap in found] in ([(follower.number, lost.amount)], [])


def test_where_balances_fit_both_ways_the_order_of_the_days_tells_the_newest_line():
    rows = ["2026-01-02,F,-128.00,752.00", "2026-01-02,E,-64.00,880.00", "2026-01-02,D,-32.00,944.00"]
    text = HEADER + "\n".join([*rows, "2026-01-02,C,-16.00,976.00", "2026-01-01,A,-4.00,1000.00"]) + "\n"

    assert remarks(read(text)) == [SAID.format(5, "-8.00")]


@pytest.mark.parametrize("is_mirrored", [False, True])
def test_a_missing_line_of_days_with_one_line_each_is_always_found(is_mirrored):
    lines = [
        StatementLine(
            number, date(2026, 1, number), Decimal(number), "", "", balance=Decimal(number * (number + 1) // 2)
        )
        for number in range(1, 9)
    ]
    del lines[4]

    assert gaps.of(lines[::-1] if is_mirrored else lines) == [(6, 4, Decimal(5))]


REVOLUT = "Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\n"
TWO_ACCOUNTS = (
    "CARD_PAYMENT,Current,2026-03-01,2026-03-01,Tram,-5.00,0.00,EUR,COMPLETED,95.00\n",
    "TRANSFER,Current,2026-03-02,2026-03-02,To savings,-20.00,0.00,EUR,COMPLETED,75.00\n",
    "TRANSFER,Savings,2026-03-02,2026-03-02,To savings,20.00,0.00,EUR,COMPLETED,20.00\n",
    "CARD_PAYMENT,Current,2026-03-03,2026-03-03,Kiosk,-5.00,0.00,EUR,COMPLETED,70.00\n",
    "INTEREST,Savings,2026-03-04,2026-03-04,Interest,1.00,0.00,EUR,COMPLETED,21.00\n",
)


def test_balances_of_several_accounts_run_on_each_by_itself():
    said = ["The file holds lines of several accounts: Current, Savings."]

    assert remarks(read(REVOLUT + "".join(TWO_ACCOUNTS))) == said
    assert remarks(read(REVOLUT + "".join(reversed(TWO_ACCOUNTS)))) == [
        said[0].replace("Current, Savings", "Savings, Current")
    ]


def test_a_balance_of_several_that_does_not_run_on_is_said():
    broken = "".join(TWO_ACCOUNTS).replace(",70.00", ",60.00").replace(",21.00", ",12.00")

    assert "The balances do not run on from line to line" in " ".join(remarks(read(REVOLUT + broken)))
