"""Days of Iran's calendar, read as those of the common one. Which day is which is that of its official tables."""

from datetime import date

import pytest

from transactions.importers import persian_days
from transactions.importers.records import Record
from transactions.tests.reading import amounts, days, problems, read, remarks

HEADER = "تاریخ,شرح,برداشت,واریز,مانده"
STATEMENT = f"""{HEADER}
1403/05/12,خرید,1500000,,10000000
1403/06/31,حقوق,,50000000,60000000
1403/12/30,انتقال,2000000,,58000000
"""
SAID = (
    "The days of this file are those of Iran's calendar (1403 began in March 2024); each was read as the day that it is"
    " in the common one."
)


def read_day(text: str) -> str:
    records = [Record(1, "", ("Date", "Text", "Amount")), Record(2, "", (text, "Shop", "-1.00"))]
    return persian_days.completed(records)[1].cells[0]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1403/01/01", date(2024, 3, 20)),
        ("1404/01/01", date(2025, 3, 21)),
        ("1403/12/30", date(2025, 3, 20)),
        ("1399-12-30", date(2021, 3, 20)),
        ("1402.1.1", date(2023, 3, 21)),
        ("1375/12/30", date(1997, 3, 20)),
        ("1357/11/22", date(1979, 2, 11)),
        ("۱۴۰۳/۰۵/۱۲", date(2024, 8, 2)),
    ],
)
def test_a_day_is_the_day_that_it_is_in_the_common_calendar(text, day):
    assert read_day(text) == day.isoformat()


@pytest.mark.parametrize(
    "text", ["1402/12/30", "1403/07/31", "1403/13/01", "1403/00/10", "14030512", "1299/01/01", "1501/1/1"]
)
def test_what_is_no_such_day_stays_as_it_is(text):
    assert read_day(text) == text


def test_a_statement_of_iran_is_read_and_says_how():
    statement = read(STATEMENT)

    assert days(statement) == ["2024-08-02", "2024-09-21", "2025-03-20"]
    assert amounts(statement) == ["-1500000", "50000000", "-2000000"]
    assert SAID in remarks(statement)
    assert problems(statement) == []


def test_digits_of_persian_and_times_of_day_are_read_too():
    rows = STATEMENT.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")).replace("۱۲,خ", "۱۲ ۱۰:۲۲,خ")

    assert days(read(rows)) == ["2024-08-02", "2024-09-21", "2025-03-20"]


def test_one_other_day_makes_them_texts():
    statement = read("Date,Text,Amount\n2024-08-02,1403/05/12,-15.00\n2024-08-03,1403/05/13,-1.00\n")

    assert days(statement) == ["2024-08-02", "2024-08-03"]
    assert [line.words for line in statement.lines] == ["1403/05/12", "1403/05/13"]
    assert SAID not in remarks(statement)


def test_a_column_with_a_day_that_is_none_is_left_alone():
    assert problems(read("Date,Text,Amount\n1403/07/31,Shop,-15.00\n1403/05/13,Shop,-1.00\n"))[0] == (
        "Line 2: “1403/07/31” is not a date."
    )
