"""Days in three columns, as banks of Japan print them."""

import pytest

from transactions.tests.reading import amounts, days, problems, read


@pytest.mark.parametrize(
    "names",
    [
        "操作日(年),操作日(月),操作日(日)",
        "取扱日付・年,取扱日付・月,取扱日付・日",
        "年,月,日",
        "Year,Month,Day",
    ],
)
def test_year_month_and_day_of_three_columns_are_one_day(names):
    statement = read(f"{names},摘要,お支払金額,お預り金額\n2026,3,13,カード,2345,\n2026,03,14,給与,,200000\n")

    assert days(statement) == ["2026-03-13", "2026-03-14"]
    assert amounts(statement) == ["-2345", "200000"]
    assert [line.words for line in statement.lines] == ["カード", "給与"]


def test_a_line_without_a_whole_day_is_a_broken_one():
    statement = read("年,月,日,摘要,金額\n2026,3,13,カード,-2345\n2026,13,,給与,200000\n2026,2,30,振込,5\n")

    assert days(statement) == ["2026-03-13"]
    assert problems(statement) == ["Line 3: “2026” is not a date.", "Line 4: “2026” is not a date."]


def test_columns_of_other_days_are_left_as_they_are():
    text = "お支払開始月,ご利用日,ご利用店名,ご利用金額\n2026年04月,2026年03月13日,マート,2345\n"

    assert days(read(text)) == ["2026-03-13"]


def test_a_day_beside_a_month_and_a_year_that_say_more_is_read_by_itself():
    text = "Year,Month,Day,Text,Amount\n2026,March,2026-03-13,Shop,-1.50\n"

    assert days(read(text)) == ["2026-03-13"]
