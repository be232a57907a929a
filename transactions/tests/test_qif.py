from decimal import Decimal

import pytest

from transactions.importers.base import Split, StatementError
from transactions.tests.reading import amounts, days, problems, read, remarks, sample, skipped


def record(day: str = "12/25/2026", amount: str = "-5.00", *more: str) -> str:
    return "\n".join((f"D{day}", f"T{amount}", "PTram", *more, "^"))


def written(*records: str, head: str = "!Type:Bank") -> str:
    return "\n".join((head, *records))


def test_several_accounts_are_read_with_their_names():
    statement = sample("qif/two_accounts_with_splits.qif")

    assert [(line.account, str(line.amount)) for line in statement.lines] == [
        ("Everyday", "-60.00"),
        ("Everyday", "-4.20"),
        ("Everyday", "-200.00"),
        ("Savings", "10.00"),
        ("Savings", "200.00"),
    ]
    assert days(statement) == ["2026-03-07", "2026-03-14", "2026-03-15", "2026-03-07", "2026-03-15"]
    assert (statement.date_order, statement.ambiguous, statement.account) == ("mdy", False, None)


def test_a_split_payment_keeps_its_parts():
    line = sample("qif/two_accounts_with_splits.qif").lines[0]

    assert line.splits == (
        Split(Decimal("-35.50"), "Food:Groceries", "Bread and milk"),
        Split(Decimal("-14.50"), "Food:Sweets"),
        Split(Decimal("-10.00"), "", "Put aside", "Savings"),
    )
    assert (line.description, line.also, line.category) == ("Corner Market", ("Weekly", "Home"), "Food:Groceries")


def test_both_halves_of_a_transfer_name_each_other():
    statement = sample("qif/two_accounts_with_splits.qif")

    assert [(line.account, line.transfer) for line in statement.lines if line.transfer] == [
        ("Everyday", "Savings"),
        ("Savings", "Everyday"),
        ("Savings", "Everyday"),
    ]


def test_lists_and_trades_are_left_aside_with_the_reason():
    statement = sample("qif/two_accounts_with_splits.qif")

    assert skipped(statement) == [
        (11, "A list of categories, not of transactions."),
        (62, "A trade of securities, not a payment."),
    ]


def test_a_file_with_commas_and_days_first_is_read_so():
    statement = sample("qif/day_first.qif")

    assert (amounts(statement), days(statement)) == (["-1234.50", "20.00"], ["2026-12-25", "2027-01-02"])
    assert statement.lines[0].category == "Home"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12/25'26", "2026-12-25"),
        ("3/ 7'26", "2026-03-07"),
        (" 3/17/06", "2006-03-17"),
        ("12-31-1999", "1999-12-31"),
        ("12/31/68", "1968-12-31"),
        ("1/17' 0", "2000-01-17"),
        ("2026-12-25", "2026-12-25"),
        ("25.12.2026", "2026-12-25"),
    ],
)
def test_days_are_read_in_every_form(text, day):
    assert days(read(written(record(text)), hint_order="mdy")) == [day]


def test_one_day_decides_the_order_of_the_whole_file():
    statement = read(written(record("05/04/2026"), record("25/04/2026")), hint_order="mdy")

    assert days(statement) == ["2026-04-05", "2026-04-25"]


def test_a_file_that_leaves_its_order_open_shows_both_readings():
    statement = read(written(record("05/04/2026"), record("06/04/2026")))

    assert statement.ambiguous
    assert [(each.order, each.first.isoformat(), each.last.isoformat()) for each in statement.readings] == [
        ("dmy", "2026-04-05", "2026-04-06"),
        ("mdy", "2026-05-04", "2026-06-04"),
    ]
    chosen = read(written(record("05/04/2026"), record("06/04/2026")), date_order="mdy")
    assert (days(chosen), chosen.ambiguous) == (["2026-05-04", "2026-06-04"], False)


def test_a_broken_record_is_named_and_stops_no_other():
    statement = read(
        written(record("12/32/2026"), "T-5\nPNo day\n^", "D12/25/2026\nPNo amount\n^", record(), record("x"))
    )

    assert problems(statement) == [
        "Line 2: “12/32/2026” is not a date.",
        "Line 6: “No day” (-5) has no date.",
        "Line 9: “No amount” has no amount.",
        "Line 16: “x” is not a date.",
    ]
    assert amounts(statement) == ["-5.00"]


def test_the_last_record_counts_without_its_mark():
    assert amounts(read(written("D12/25/2026\nT-5.00\nPTram"))) == ["-5.00"]


def test_a_part_that_cannot_be_read_is_the_rest_of_the_amount():
    statement = read(written(record("12/25/2026", "-100.00", "SFood", "$-30.00", "SHome", "$=70", "Echairs")))

    assert statement.lines[0].splits == (Split(Decimal("-30.00"), "Food"), Split(Decimal("-70.00"), "Home", "chairs"))


def test_parts_that_do_not_add_up_leave_a_rest_and_a_remark():
    statement = read(written(record("12/25/2026", "-100.00", "SFood", "$-30.00", "SHome", "$-60.00")))

    assert statement.lines[0].splits[-1] == Split(Decimal("-10.00"))
    assert remarks(statement) == ["Line 2: the parts do not add up to the amount; -10.00 of it has no category."]


def test_the_day_of_a_part_is_not_the_day_of_the_payment():
    statement = read(written(record("12/25/2026", "-5.00", "SFood", "D1/10/2020", "$-2.00", "SHome", "$-3.00")))

    assert days(statement) == ["2026-12-25"]


def test_an_opening_balance_names_its_account_and_is_no_transfer():
    statement = read(written("D12/25/2026\nT100.00\nPOpening Balance\nL[Everyday]\n^", record()))

    assert (statement.account, [line.transfer for line in statement.lines]) == ("Everyday", ["", ""])


def test_accounts_without_a_name_are_told_apart_by_their_kind():
    statement = read(written(record(), "!Type:CCard", record()))

    assert [line.account for line in statement.lines] == ["Bank", "CCard"]


def test_an_amount_in_the_longer_field_counts_where_the_other_is_missing():
    assert amounts(read(written("D12/25/2026\nU-7.25\nPTram\n^"))) == ["-7.25"]


def test_amounts_that_could_be_thousands_are_said_to_be_a_guess():
    statement = read(written(record("12/25/2026", "-1.234")))

    assert amounts(statement) == ["-1234"]
    assert problems(statement) == ["Nothing in the file tells thousands from decimals: “-1.234” was read as 1234."]
    assert amounts(read(written(record("12/25/2026", "-1.234")), decimal_mark=".")) == ["-1.234"]


@pytest.mark.parametrize("content", ["!Type:Bank\n", "!Account\nNEveryday\n^\n", "!Clear:AutoSwitch\n"])
def test_a_file_without_payments_is_refused_in_words(content):
    with pytest.raises(StatementError, match="contains no transactions of an account"):
        read(content)


def test_an_unknown_order_of_days_is_refused_in_words():
    with pytest.raises(StatementError, match="No date of this file can be read in the order dmy"):
        read(written(record("12/25/2026")), date_order="dmy")


def test_a_file_of_too_many_lines_is_refused_in_words():
    with pytest.raises(StatementError, match="more than 200000 transactions"):
        read(b"!Type:Bank\n" + b"\n" * 4_000_001)


def test_parts_may_be_shares_of_the_payment():
    first, second = sample("qif/parts_by_percents.qif").lines[:2]

    assert first.splits == (
        Split(Decimal("-60.00"), "Food", "Bread"),
        Split(Decimal("-40.00"), "Home"),
    )
    assert second.splits == (
        Split(Decimal("-3.33"), "Food"),
        Split(Decimal("-3.33"), "Home"),
        Split(Decimal("-3.34"), "Toys"),
    )
    assert remarks(sample("qif/parts_by_percents.qif")) == []


def test_what_stands_for_a_category_of_a_split_payment_is_none():
    assert [line.category for line in sample("qif/parts_by_percents.qif").lines] == ["", "Food"]


@pytest.mark.parametrize(("category", "also"), [("[Ann/Bob]", ()), ("[Ann/Bob]/Home", ("Home",))])
def test_an_account_at_the_other_end_may_have_a_slash_in_its_name(category, also):
    (line,) = read(written(record("12/25/2026", "-20.00", f"L{category}"))).lines

    assert (line.transfer, line.category, line.also) == ("Ann/Bob", "", also)


def test_shares_that_do_not_make_the_whole_are_said():
    statement = read(written(record("12/25/2026", "-100.00", "SFood", "%60", "SHome", "%30%")))

    assert [str(part.amount) for part in statement.lines[0].splits] == ["-60.00", "-30.00", "-10.00"]
    assert remarks(statement) == ["Line 2: the parts do not add up to the amount; -10.00 of it has no category."]
