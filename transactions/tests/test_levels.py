"""Amounts without any sign beside a running balance: what it falls by went out, and nothing is guessed at its edge."""

import pytest

from transactions.tests.reading import amounts, problems, read, remarks

SAID = (
    "No amount of this file has a sign: what the balance falls by was read as money going out, the rest as coming in."
)
HEADER = "Date,Text,Amount,Balance\n"
ROWS = ["2026-03-13,A,23.45,76.55\n", "2026-03-14,B,100.00,176.55\n", "2026-03-15,C,6.55,170.00\n"]


def test_the_balance_before_a_line_tells_its_side():
    statement = read(HEADER + "".join(ROWS))

    assert (amounts(statement), remarks(statement)) == (["100.00", "-6.55"], [SAID])
    assert problems(statement) == ["Line 2: Neither a sign nor the balance tells whether 23.45 came in or went out."]


def test_newest_first_it_is_the_balance_of_the_line_below():
    statement = read(HEADER + "".join(reversed(ROWS)))

    assert amounts(statement) == ["-6.55", "100.00"]
    assert problems(statement) == ["Line 4: Neither a sign nor the balance tells whether 23.45 came in or went out."]


@pytest.mark.parametrize(
    "text",
    [
        "Opening balance,,,100.00\n" + HEADER + "".join(ROWS),
        HEADER + "2026-03-01,Opening balance,,100.00\n" + "".join(ROWS),
        "Opening balance,,,100.00\n" + HEADER + "".join(reversed(ROWS)),
    ],
)
def test_an_opening_balance_tells_the_oldest_line(text):
    statement = read(text)

    assert sorted(amounts(statement)) == ["-23.45", "-6.55", "100.00"]
    assert problems(statement) == []


def test_equal_amounts_are_told_by_the_order_of_the_days():
    rows = ["2026-03-13,A,5.00,95.00\n", "2026-03-14,B,5.00,90.00\n", "2026-03-15,C,5.00,85.00\n"]

    assert amounts(read(HEADER + "".join(rows))) == ["-5.00", "-5.00"]
    assert amounts(read(HEADER + "".join(reversed(rows)))) == ["-5.00", "-5.00"]


def test_a_file_in_which_all_came_in_is_read_as_printed():
    assert amounts(read(HEADER + ROWS[0] + ROWS[1])) == ["23.45", "100.00"]


def test_balances_that_do_not_follow_tell_nothing():
    rows = "2026-03-13,A,5.00,95.00\n2026-03-14,B,7.00,50.00\n2026-03-15,C,9.00,41.00\n2026-03-16,D,1.00,3.00\n"

    statement = read(HEADER + rows)

    assert amounts(statement) == ["5.00", "7.00", "9.00", "1.00"]
    assert SAID not in remarks(statement)


def test_a_line_behind_a_gap_is_not_guessed():
    levels = [100 - number for number in range(12)] + [500]
    rows = "".join(f"2026-03-{day:02},A,1.00,{level}.00\n" for day, level in enumerate(levels, 1))

    statement = read(HEADER + rows)

    assert amounts(statement) == ["-1.00"] * 11
    assert [problem.line for problem in statement.problems] == [2, 14]


def test_one_sign_in_the_file_and_signs_count():
    assert amounts(read(HEADER + "".join(ROWS).replace("6.55,170", "-6.55,170"))) == ["23.45", "100.00", "-6.55"]


def test_who_says_which_way_signs_are_meant_reads_them_as_printed():
    assert amounts(read(HEADER + "".join(ROWS), is_inverted=False)) == ["23.45", "100.00", "6.55"]


def test_a_long_file_is_told_as_well():
    rows = "".join(
        f"2026-03-{1 + number // 800:02},P{number},2.00,{90_000 - 2 * number}.00\n" for number in range(20_010)
    )

    statement = read(HEADER + rows)

    assert {str(line.amount) for line in statement.lines} == {"-2.00"}
    assert [problem.line for problem in statement.problems] == [2]


OWED = "2026-03-13,A,23.45,123.45\n2026-03-14,B,10.00,133.45\n2026-03-15,{},100.00,33.45\n"


@pytest.mark.parametrize("payment", ["PAYMENT RECEIVED", "FPI BANK"])
def test_a_balance_that_rises_more_often_than_it_falls_may_be_owed_and_tells_nothing(payment):
    statement = read(HEADER + OWED.format(payment))

    assert amounts(statement) == ["23.45", "10.00", "100.00"]
    assert SAID not in remarks(statement)


def test_on_a_card_the_balance_tells_nothing():
    statement = read("Credit card statement,,,\n" + HEADER + OWED.format("PAYMENT RECEIVED"))

    assert amounts(statement) == ["-23.45", "-10.00", "100.00"]
    assert SAID not in remarks(statement)
