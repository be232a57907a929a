"""Signs beside words for in and out: no minus is turned into a plus because of the rows that stand beside it."""

from decimal import Decimal
from itertools import combinations

import pytest

from transactions.tests.reading import amounts, problems, read, remarks

HEADER = "Date,Payee,Type,Amount\n"


def typed(*rows: str, header: str = HEADER) -> str:
    """A file of such rows: "Debit -2.00"."""
    lines = (
        f"2026-03-{day:02},P{day},{row.rpartition(' ')[0]},{row.rpartition(' ')[2]}" for day, row in enumerate(rows, 1)
    )
    return header + "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    "rows",
    [
        ("Debit -2.00", "Debit -3.00", "Credit 5.00", " -4.00", " 7.00", "Card payment -6.00", "Interest 1.00"),
        ("Debit -2.00", "Credit 5.00", "Transfer -4.00", "Fee -0.50", "Withdrawal -9.00", "Deposit 8.00"),
        ("Credit 5.00", "Credit -2.00", "Debit -7.00", "Cheque -3.00", " -1.00"),
    ],
)
def test_a_line_keeps_its_sign_whatever_lines_stand_beside_it(rows):
    for size in range(1, len(rows) + 1):
        for kept in combinations(rows, size):
            statement = read(typed(*kept))

            found = {line.number: line.amount for line in statement.lines}
            told = {number: Decimal(row.rpartition(" ")[2]) for number, row in enumerate(kept, 2)}
            assert found == {number: told[number] for number in found}
            assert found.keys() | {problem.line for problem in statement.problems} == told.keys()


def test_a_minus_beside_an_empty_type_stays_a_minus():
    assert amounts(read(typed("Credit 5.00", " -2.00"))) == ["5.00", "-2.00"]


def test_words_of_another_kind_beside_signs_are_no_obstacle():
    statement = read(typed("Debit -2.00", "Credit 5.00", "Fee -1.00"))

    assert (amounts(statement), problems(statement)) == (["-2.00", "5.00", "-1.00"], [])


def test_transfers_among_signs_keep_theirs_where_one_of_them_has_a_minus():
    signed = read(typed("Debit -2.00", "Credit 5.00", "Transfer -7.00", "Transfer 3.00"))
    bare = read(typed("Debit -2.00", "Credit 5.00", "Transfer 7.00"))

    assert amounts(signed) == ["-2.00", "5.00", "-7.00", "3.00"]
    assert amounts(bare) == ["-2.00", "5.00"]
    assert problems(bare) == ["Line 4: This line moves money between two accounts; such lines cannot be read yet."]


def test_a_refund_among_signed_debits_keeps_its_sign_and_is_said():
    statement = read(typed("Debit -2.00", "Debit -3.00", "Debit 1.00", "Credit 9.00"))

    assert amounts(statement) == ["-2.00", "-3.00", "1.00", "9.00"]
    assert remarks(statement) == ["“Type” says the opposite of the amount's sign in 1 lines; the sign was followed."]


def test_a_lone_minus_among_many_plain_debits_is_a_broken_line():
    statement = read(typed(*["Debit 2.00"] * 12, "Credit 9.00", "Debit -3.00"))

    assert amounts(statement) == ["-2.00"] * 12 + ["9.00"]
    assert problems(statement) == [
        "Line 15: “Debit” and the sign of -3.00 contradict each other, and nothing in the file tells which of them"
        " counts."
    ]


def test_where_words_and_signs_contradict_each_other_often_no_such_line_is_read():
    statement = read(typed("Debit 2.00", "Debit -3.00", "Credit 9.00"))

    assert amounts(statement) == ["9.00"]
    assert [problem.line for problem in statement.problems] == [2, 3]


def test_the_balance_tells_a_reversal_from_a_refund():
    header = "Date,Payee,Type,Amount,Balance\n"
    first, last = "2026-03-01,A,Debit,-3.00,{}\n", "2026-03-03,C,Debit,2.00,{}\n2026-03-04,D,Credit,9.00,{}\n"
    reversed_ = header + first.format("103.00") + last.format("101.00", "110.00")
    signed = header + first.format("97.00") + last.format("99.00", "108.00")
    turned = reversed_.replace("A,Debit,-3.00,103.00", "A,Debit,3.00,103.00").replace("9.00,110", "-9.00,110")

    assert amounts(read(signed)) == ["-3.00", "2.00", "9.00"]
    assert amounts(read(turned)) == ["-3.00", "-2.00", "9.00"]
    assert amounts(read(reversed_ + "2026-03-05,E,Debit,-4.00,114.00\n")) == ["3.00", "-2.00", "9.00", "4.00"]


def test_charges_without_and_repayments_with_a_minus_follow_their_words_and_it_is_said():
    statement = read(typed("Debit 5.00", "Debit 6.00", "Credit -90.00"))

    assert amounts(statement) == ["-5.00", "-6.00", "90.00"]
    assert remarks(statement) == ["The card's charges are positive in this file; they were read as money going out."]


def test_a_lone_minus_beside_credit_is_not_guessed():
    statement = read(typed("Credit -90.00"))

    assert (amounts(statement), [problem.line for problem in statement.problems]) == ([], [2])


def test_a_word_for_out_among_other_words_is_not_read_as_income():
    statement = read(typed("Debit 5.00", "Cash 3.00", "Interest 2.00", "Cheque 4.00"))

    assert amounts(statement) == ["3.00", "2.00", "4.00"]
    assert [problem.line for problem in statement.problems] == [2]


def test_who_says_that_no_column_is_the_direction_has_the_signs_count():
    text = typed("Debit 2.00", "Debit -3.00", "Credit 9.00")

    assert amounts(read(text, columns={"direction": None})) == ["2.00", "-3.00", "9.00"]


def test_an_empty_cell_beside_cr_is_money_going_out():
    assert amounts(read(typed("CR 5.00", " 7.00"))) == ["5.00", "-7.00"]


def test_an_empty_cell_among_notes_says_nothing():
    statement = read("Date,Payee,Amount,Remarks of ours\n2026-03-01,A,5.00,Deposit\n2026-03-02,B,7.00,\n")

    assert amounts(statement) == ["5.00"]
    assert [problem.line for problem in statement.problems] == [3]


def test_a_plus_or_a_minus_in_a_column_of_its_own_is_the_sign():
    rows = "2026-03-01,A,-,5.00\n2026-03-02,B,+,7.00\n"

    assert amounts(read("Date,Payee,Cargo/Abono,Amount\n" + rows)) == ["-5.00", "7.00"]
    assert amounts(read(rows)) == ["-5.00", "7.00"]


def test_a_month_of_minus_signs_alone_is_told_by_the_columns_name():
    text = "Date,Payee,{},Amount\n2026-03-01,A,-,5.00\n2026-03-02,B,-,7.00\n"

    assert amounts(read(text.format("Sign"))) == ["-5.00", "-7.00"]
    assert amounts(read(text.format("Type"))) == ["5.00", "7.00"]


def test_a_dash_among_words_is_an_empty_cell():
    assert amounts(read(typed("CR 5.00", "- 7.00"))) == ["5.00", "-7.00"]


def test_a_cell_without_the_sign_that_others_have_is_not_guessed():
    statement = read("Date,Payee,Sign,Amount\n2026-03-01,A,-,5.00\n2026-03-02,B,+,7.00\n2026-03-03,C,,9.00\n")

    assert amounts(statement) == ["-5.00", "7.00"]
    assert problems(statement) == ["Line 4: “” does not say whether the money came in or went out."]


@pytest.mark.parametrize(
    ("name", "out", "into"),
    [("B/A", "B", "A"), ("A/B", "A", "B"), ("MD/D", "MD", "D"), ("T/K", "T", "K"), ("D/A", "D", "A")],
)
def test_letters_mean_what_their_columns_name_abbreviates(name, out, into):
    rows = f"2026-03-01,A,{out},5.00\n2026-03-02,B,{into},7.00\n"

    assert amounts(read(f"Date,Payee,{name},Amount\n" + rows)) == ["-5.00", "7.00"]
    assert amounts(read(f"Date,Payee,{name},Amount\n" + rows[: len(rows) // 2])) == ["-5.00"]
