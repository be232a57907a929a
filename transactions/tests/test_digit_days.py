"""Days of six and seven digits."""

import pytest

from transactions.importers.base import StatementError
from transactions.tests.reading import days, read


@pytest.mark.parametrize(
    ("first", "second"), [("260313", "260314"), ("1150313", "1150314"), ("991231", "991230"), ("251231", "260101")]
)
def test_digits_below_a_name_of_east_asia_have_the_year_first(first, second):
    text = f"ご利用日,利用者区分,ご利用先,ご利用金額\n{first},本人,マート,2345\n{second},本人,カフェ,500\n"
    expected = {"260313": "2026-03-13", "1150313": "2026-03-13", "991231": "1999-12-31", "251231": "2025-12-31"}

    assert days(read(text))[0] == expected[first]


@pytest.mark.parametrize(
    "text",
    [
        "Date,Text,Amount\n260313,Shop,-1.50\n260314,Cafe,-2.50\n",
        "日付,摘要,金額\n260313,マート,-2345\n261399,カフェ,-500\n",
    ],
)
def test_other_digits_are_no_days(text):
    try:
        found = days(read(text))
    except StatementError:
        found = []

    assert found == []


def test_digits_in_a_file_with_whole_days_are_what_they_are():
    assert days(read("日付,利用日,摘要,金額\n2026/03/13,260312,マート,-2345\n")) == ["2026-03-13"]
