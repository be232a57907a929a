from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transactions.importers import numbers
from transactions.importers.base import StatementError
from transactions.importers.numbers import NumberFormat


def read(text: str, mark: str = ".") -> Decimal:
    return NumberFormat(mark).read(text).value


@pytest.mark.parametrize(
    ("text", "mark", "amount"),
    [
        ("-74.5", ".", "-74.5"),
        ("2.480,75", ",", "2480.75"),
        ("1,25,000.50", ".", "125000.50"),
        ("1 234,56", ",", "1234.56"),
        ("1\u00a0234,56", ",", "1234.56"),
        ("1\u202f234,56", ",", "1234.56"),
        ("1'234.50", ".", "1234.50"),
        ("1’234.50", ".", "1234.50"),
        ("($18.40)", ".", "-18.40"),
        ("$(18.40)", ".", "-18.40"),
        ("\u221212,50", ",", "-12.50"),
        ("12,50-", ",", "-12.50"),
        ("12.50 +", ".", "12.50"),
        ("Fr.84.10", ".", "84.10"),
        ("1 299,00 zł", ",", "1299.00"),
        ("Rs.500.25", ".", "500.25"),
        ("₹1,25,000", ".", "125000"),
        ("- £5.00", ".", "-5.00"),
        ("£-5.00", ".", "-5.00"),
        ("+ £1,100.00", ".", "1100.00"),
        ("$.23", ".", "0.23"),
        ("5,-", ",", "5"),
        ("5.", ".", "5"),
        ("100 EUR", ".", "100"),
        ('="12.50"', ".", "12.50"),
        ("د.ا.\u200f4.750", ".", "4.750"),
        ("٣٫٥٠", ".", "3.50"),
        ("4.35", ".", "4.35"),
    ],
)
def test_an_amount_is_read_exactly(text, mark, amount):
    assert read(text, mark) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    [
        "12,3x",
        "1e5",
        "NaN",
        "inf",
        "5_000",
        "--5",
        "-5-",
        "(5",
        "12 florins",
        "12c",
        "1,2,3",
        "",
        "½",
        "17:42",
        "9" * 40,
    ],
)
@pytest.mark.parametrize("mark", [".", ","])
def test_what_is_no_amount_is_refused_and_never_zero(text, mark):
    with pytest.raises(StatementError, match="is not an amount"):
        read(text, mark)


def test_a_comma_before_one_digit_is_no_grouping():
    with pytest.raises(StatementError, match=r"decimal mark is “\.”"):
        read("1,5", ".")


@pytest.mark.parametrize(
    ("text", "side"),
    [("1,200.00Dr", "out"), ("1,200.00 CR", "in"), ("100.00 C", "in"), ("100.00 D", "out"), ("100.00 EUR Cr", "in")],
)
def test_a_mark_behind_the_amount_says_which_way_it_went(text, side):
    assert NumberFormat(".").read(text).side == side


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("1 299,00 zł", "PLN"),
        ("£67,40", "GBP"),
        ("EUR 5,00", "EUR"),
        ("Fr.84,10", "CHF"),
        ("$5,00", None),
        ("5,00", None),
    ],
)
def test_a_sign_names_the_currency_when_it_is_the_sign_of_one_only(text, currency):
    assert NumberFormat(",").read(text).currency == currency


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (["1.234", "5,50"], ","),
        (["1,234", "5.50"], "."),
        (["1.234.567"], ","),
        (["1,25,000"], "."),
        (["0.123"], "."),
        (["1234.567"], "."),
        (["1'234", "0.5"], "."),
        (["12", "7"], "."),
        (["2.480,75", "12,5", "3.1"], ","),
    ],
)
def test_one_mark_is_decided_for_the_whole_file(texts, mark):
    decided = numbers.decide(texts)

    assert (decided.decimal_mark, decided.is_guess) == (mark, False)


def test_a_file_that_uses_both_marks_equally_is_refused():
    with pytest.raises(StatementError, match="both a decimal point and a decimal comma"):
        numbers.decide(["1,50", "2.50"])


def test_three_digits_behind_every_mark_are_thousands_and_said_to_be_a_guess():
    decided = numbers.decide(["1.234", "56.000"])

    assert decided.read("1.234").value == 1234
    assert decided.is_guess


def test_three_digits_are_decimals_where_the_currency_has_three():
    assert numbers.decide(["4.750", "93.210"], decimals=3).read("4.750").value == Decimal("4.750")


@settings(deadline=None)
@given(
    amount=st.decimals(min_value=-(10**12), max_value=10**12, places=2, allow_nan=False),
    group=st.sampled_from(["", ",", " ", "\u00a0", "'", "indian"]),
    sign=st.sampled_from(["-{}", "\u2212{}", "{}-", "({})", "€ -{}", "-{} €"]),
)
def test_an_amount_printed_in_any_way_is_read_back(amount, group, sign):
    whole, _, fraction = f"{abs(amount):.2f}".partition(".")
    text = f"{grouped(whole, group)}.{fraction}"

    assert read(sign.format(text) if amount < 0 else text) == amount


def grouped(digits: str, group: str) -> str:
    size = 2 if group == "indian" else 3
    head, tail = digits[:-3], digits[-3:]
    groups = [tail]
    while head:
        groups.append(head[-size:])
        head = head[:-size]
    return ("," if group == "indian" else group).join(reversed(groups))


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_an_amount_or_refused(text):
    if numbers.is_amount(text):
        assert any(can_read(text, mark) for mark in ".,")
    else:
        assert not any(can_read(text, mark) for mark in ".,")


def can_read(text: str, mark: str) -> bool:
    try:
        return read(text, mark).is_finite()
    except StatementError:
        return False


@pytest.mark.parametrize(
    ("decimals", "likely", "mark", "is_guess"),
    [
        (None, 3, ".", True),
        (None, 2, ",", True),
        (None, None, ",", True),
        (3, 2, ".", False),
        (2, 3, ",", False),
    ],
)
def test_three_digits_behind_a_mark_are_decimals_where_the_household_has_three(decimals, likely, mark, is_guess):
    found = numbers.decide(["-1.234", "-2.500"], decimals=decimals, likely=likely)

    assert (found.decimal_mark, found.is_guess) == (mark, is_guess)
