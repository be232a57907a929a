from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transactions.importers import dates
from transactions.importers.base import StatementError
from transactions.importers.dates import DateFormat
from transactions.tests.reading import read


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2026-03-01", "ymd", date(2026, 3, 1)),
        ("2026/3/1", "ymd", date(2026, 3, 1)),
        ("2019.04.19.", "ymd", date(2019, 4, 19)),
        ("20260213", "ymd", date(2026, 2, 13)),
        ("13022026", "dmy", date(2026, 2, 13)),
        ("01.03.2026", "dmy", date(2026, 3, 1)),
        ("5. 3. 2026", "dmy", date(2026, 3, 5)),
        ("6/1/2024 17:42", "dmy", date(2024, 1, 6)),
        ("24-08-2020 13:43:54.496", "dmy", date(2020, 8, 24)),
        ("2024-09-01T00:00:00+08:00", "ymd", date(2024, 9, 1)),
        ("2026-03-01 11:05 PM", "ymd", date(2026, 3, 1)),
        ("03/05/23", "dmy", date(2023, 5, 3)),
        ("31.12.68", "dmy", date(1968, 12, 31)),
        ("3/ 7'26", "mdy", date(2026, 3, 7)),
        ("20260302000000[-5:EST]", "ymd", date(2026, 3, 2)),
        ("20260302235959[-5:EST]", "ymd", date(2026, 3, 2)),
        ("20260302120000.000 GMT", "ymd", date(2026, 3, 2)),
        ("12-Dec-2019", "dmy", date(2019, 12, 12)),
        ("12Dec2019", "dmy", date(2019, 12, 12)),
        ("10-Nov-9", "dmy", date(2009, 11, 10)),
        ("Dec 12, 2019", "mdy", date(2019, 12, 12)),
        ("Mon, 5 Jan 2026", "dmy", date(2026, 1, 5)),
        ("1er", "dmy", None),
        ("3 de enero de 2026", "dmy", date(2026, 1, 3)),
        ("15 févr. 2026", "dmy", date(2026, 2, 15)),
        ("1. März 2026", "dmy", date(2026, 3, 1)),
        ("7 lipca 2026", "dmy", date(2026, 7, 7)),
        ("30 янв 2026", "dmy", date(2026, 1, 30)),
        ("15 ağustos 2026", "dmy", date(2026, 8, 15)),
        ("2026年3月1日", "ymd", date(2026, 3, 1)),
        ("٠١/٠٣/٢٠٢٦", "dmy", date(2026, 3, 1)),
    ],
)
def test_a_day_is_read_as_the_bank_means_it(text, order, day):
    if day is None:
        assert not dates.is_date(text)
    else:
        assert DateFormat(order).read(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "01/01/0026",
        "01/01/2101",
        "31.12.1899",
        "30/02/2026",
        "13/13/2026",
        "12.50",
        "Pending",
        "00003",
        "",
        "5",
        "9" * 70,
    ],
)
def test_what_is_no_day_between_1900_and_2100_is_refused(text):
    with pytest.raises(StatementError, match="is not a date"):
        DateFormat("dmy").read(text)


def test_one_day_over_twelve_settles_the_order_of_all():
    decided = dates.decide(["05/04/2026", "25/04/2026"], hint="mdy")

    assert (decided.order, decided.is_ambiguous) == ("dmy", False)
    assert decided.read("05/04/2026") == date(2026, 4, 5)


def test_the_month_first_is_settled_the_same_way():
    decided = dates.decide(["05/04/2026", "05/25/2026"])

    assert (decided.order, decided.is_ambiguous) == ("mdy", False)


@pytest.mark.parametrize("hint", ["dmy", "mdy"])
def test_where_every_day_can_be_a_month_the_hint_decides_and_the_other_reading_is_named(hint):
    decided = dates.decide(["05/04/2026", "06/04/2026"], hint=hint)

    assert decided.order == hint
    assert decided.alternatives == tuple({"dmy", "mdy"} - {hint})


def test_days_that_read_the_same_either_way_are_not_ambiguous():
    assert not dates.decide(["04/04/2026", "05/05/2026"]).is_ambiguous


def test_points_never_put_the_month_first():
    decided = dates.decide(["01.04.2026", "03.04.2026"], hint="mdy")

    assert (decided.order, decided.is_ambiguous) == ("dmy", False)


def test_a_short_year_comes_last_unless_the_first_number_hardly_changes():
    assert dates.decide(["03/05/23", "04/05/23", "05/05/23"]).order == "dmy"
    assert dates.decide(["23/05/03", "23/05/04", "23/05/05"]).order == "ymd"


def test_a_single_digit_behind_a_month_name_may_be_a_day():
    decided = dates.decide(["10-Nov-9", "28-Oct-10", "04-Nov-9"])

    assert (decided.order, decided.alternatives) == ("dmy", ("ymd",))
    assert not dates.decide(["12-Dec-19", "03-Dec-19"]).is_ambiguous


def test_the_members_order_overrules_the_file():
    decided = dates.decide(["05/04/2026", "25/04/2026"], demanded="mdy")

    assert decided.read("05/04/2026") == date(2026, 5, 4)
    with pytest.raises(StatementError, match="not a date in this file's order, mdy"):
        decided.read("25/04/2026")


def test_an_order_that_fits_no_day_is_refused():
    with pytest.raises(StatementError, match="No date of this file can be read in the order mdy"):
        dates.decide(["2026-03-01"], demanded="mdy")


def test_a_broken_day_does_not_sway_the_others():
    assert dates.decide(["25/04/2026", "26/04/2026", "04/26/2026", "99/99/2026"]).order == "dmy"


@pytest.mark.parametrize(
    "texts",
    [
        ["2026-13-03"],
        ["2026/13/03", "2026/25/12"],
        ["2026-13-03", "2026-14-03", "2026-20-04", "2026-03-04", "2026-05-06"],
    ],
)
def test_a_year_before_day_and_month_is_read_where_the_file_demands_it(texts):
    decided = dates.decide(texts)

    assert (decided.order, decided.is_ambiguous) == ("ydm", False)
    assert decided.read("2026-13-03") == date(2026, 3, 13)
    assert decided.read("2026-03-04") == date(2026, 4, 3)


@pytest.mark.parametrize(
    "texts",
    [
        ["2026-03-04"],
        ["2026-03-04", "2026-05-06", "2026-13-03"],
        ["2026-03-14", "2026-13-03", "2026-14-03", "2026-15-03"],
        ["2026-13-03", "13.03.2026"],
        ["26-13-03", "26-14-03", "26-15-03"],
    ],
)
def test_a_year_before_day_and_month_is_never_guessed(texts):
    assert dates.decide(texts).order != "ydm"


def test_a_day_that_only_another_order_could_read_is_no_date():
    with pytest.raises(StatementError, match="“2026-13-03” is not a date"):
        dates.decide(["2026-03-04", "2026-03-05"]).read("2026-13-03")


PATTERNS = {
    "dmy": ["%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d-%b-%Y", "%d %B %Y", "%d/%m/%Y %H:%M"],
    "mdy": ["%m/%d/%Y", "%m-%d-%Y", "%b %d, %Y", "%B %d %Y"],
    "ymd": ["%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y-%m-%dT%H:%M:%S", "%Y%m%d%H%M%S"],
}


@settings(deadline=None)
@given(
    start=st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 1, 1)),
    pattern=st.sampled_from([(order, pattern) for order, patterns in PATTERNS.items() for pattern in patterns]),
)
def test_a_month_of_days_is_read_back_in_any_pattern(start, pattern):
    order, written = pattern
    days = [start + timedelta(days=step) for step in range(31)]
    texts = [day.strftime(written) for day in days]

    decided = dates.decide(texts)

    assert [decided.read(text) for text in texts] == days
    assert (decided.order, decided.is_ambiguous) == (order, False)


@settings(deadline=None)
@given(st.text(max_size=70))
def test_any_text_is_a_day_or_refused(text):
    for order in dates.ORDERS:
        try:
            day = DateFormat(order).read(text)
        except StatementError:
            continue
        assert 1900 <= day.year <= 2100


def test_scattered_days_of_one_month_are_likelier_than_one_day_of_many_months():
    order = dates.decide(["01/01/2024", "01/02/2024", "01/05/2024", "01/06/2024"], hint="dmy")

    assert (order.order, order.is_ambiguous, order.alternatives) == ("mdy", True, ("dmy",))


def test_interest_paid_on_the_first_of_each_month_is_read_by_habit():
    order = dates.decide(["01/01/2024", "01/02/2024", "01/03/2024", "01/04/2024"], hint="dmy")

    assert (order.order, order.is_ambiguous) == ("dmy", True)


@pytest.mark.parametrize("text", ["'13/03/2026", "'13032026", "13/03/2026 as of 12/03/2026", "13/03/2026-10:11:12"])
def test_a_guard_before_a_day_and_a_time_or_another_day_behind_it_are_no_obstacle(text):
    assert dates.decide([text]).read(text) == date(2026, 3, 13)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和8年3月13日", (2026, 3, 13)),
        ("令和元年5月1日", (2019, 5, 1)),
        ("平成31年4月30日 10:11", (2019, 4, 30)),
        ("R8.3.13", (2026, 3, 13)),
        ("R08/03/13", (2026, 3, 13)),
        ("令8.3.13", (2026, 3, 13)),
        ("H31-04-30", (2019, 4, 30)),
        ("S63/12/31", (1988, 12, 31)),
        ("115/03/13", (2026, 3, 13)),
        ("115.03.13", (2026, 3, 13)),
        ("民國115年3月13日", (2026, 3, 13)),
        ("2569-03-13", (2026, 3, 13)),
    ],
)
def test_years_of_other_counts_are_told_by_their_era_or_their_size(text, day):
    assert dates.is_date(text)
    assert dates.decide([text]).read(text) == date(*day)
    assert dates.is_late(text)


@pytest.mark.parametrize("text", ["13/03/2569", "13 มี.ค. 2569", "13 มีนาคม 2569 10:11", "13 มี.ค. 69", "13 มี.ค. 26"])
def test_thai_years_count_since_the_buddha(text):
    assert dates.decide([text]).read(text) == date(2026, 3, 13)


@pytest.mark.parametrize(
    "text", ["25690313", "1150313", "13/03/115", "R8", "S1-2", "999-12-12", "13/03/2700", "2026-03-13"]
)
def test_other_numbers_are_no_years_of_other_counts(text):
    assert not dates.is_late(text)
    assert dates.is_date(text) == (text == "2026-03-13")


def test_marks_of_direction_around_a_day_are_no_part_of_it():
    text = "\u200f13/03/2026\u200e"

    assert dates.decide([text]).read(text) == date(2026, 3, 13)
    assert dates.is_late(text)


def test_a_day_of_another_count_stays_among_the_words_of_its_line():
    statement = read("Date,Text,Amount,Reference\n2026-03-13,Shop,-1.50,S63-12-31\n")

    assert statement.lines[0].words == "Shop S63-12-31"
