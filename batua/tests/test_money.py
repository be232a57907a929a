"""Money: decimals of currencies, amounts printed as Babel prints them and read back as they were."""

from decimal import Decimal

import pytest
from babel.numbers import format_currency
from hypothesis import given
from hypothesis import strategies as st

from batua import money
from batua.money import AmountError, AmountProblem

LOCALES = [
    "en-IN",
    "hi-IN",
    "mr-IN",
    "gu-IN",
    "bn-BD",
    "ta-IN",
    "te-IN",
    "pa-IN",
    "ur-PK",
    "ne-NP",
    "en-US",
    "en-GB",
    "de-DE",
    "de-AT",
    "de-CH",
    "fr-FR",
    "fr-CH",
    "it-IT",
    "es-ES",
    "es-MX",
    "pt-BR",
    "pt-PT",
    "pl-PL",
    "sv-SE",
    "nb-NO",
    "da-DK",
    "fi-FI",
    "cs-CZ",
    "hu-HU",
    "ru-RU",
    "tr-TR",
    "he-IL",
    "ar-EG",
    "ar-AE",
    "fa-IR",
    "ja-JP",
    "zh-Hans-CN",
    "ko-KR",
    "id-ID",
    "vi-VN",
    "th-TH",
    "nl-NL",
    "bg-BG",
]
CURRENCIES = ["INR", "EUR", "USD", "JPY", "KWD", "CHF", "SEK", "GBP"]


@st.composite
def amounts(draw):
    """A currency and an amount it can have: not zero, up to 15 digits before the point."""
    currency = draw(st.sampled_from(CURRENCIES))
    places = money.decimals(currency)
    units = draw(st.integers(1, 10 ** (15 + places) - 1) | st.integers(1, 10**8))
    return currency, Decimal(draw(st.sampled_from([1, -1])) * units).scaleb(-places)


@given(amounts(), st.sampled_from(LOCALES))
def test_what_a_field_shows_is_read_back_as_the_same_amount(drawn, locale):
    currency, amount = drawn

    shown = money.format_amount(amount, currency=currency, locale=locale)

    assert money.parse_amount(shown, currency=currency, locale=locale) == amount


@given(amounts(), st.sampled_from(LOCALES))
def test_what_a_page_shows_can_be_pasted_into_a_field(drawn, locale):
    currency, amount = drawn

    shown = money.format_money(amount, currency=currency, locale=locale)

    assert money.parse_amount(shown, currency=currency, locale=locale) == amount


@given(amounts(), st.sampled_from(LOCALES))
def test_money_is_printed_as_babel_prints_it(drawn, locale):
    currency, amount = drawn

    assert money.format_money(amount, currency=currency, locale=locale) == format_currency(
        amount, currency, locale=locale.replace("-", "_")
    )


@given(amounts(), st.sampled_from(LOCALES))
def test_the_parts_of_an_amount_are_the_amount(drawn, locale):
    currency, amount = drawn

    parts = money.money_parts(amount, currency=currency, locale=locale)

    assert parts.sign == ("−" if amount < 0 else "")
    assert "".join(parts[1:]) == money.format_money(abs(amount), currency=currency, locale=locale)


@given(st.text(max_size=40), st.sampled_from(LOCALES), st.sampled_from(CURRENCIES))
def test_any_text_is_an_amount_or_an_amount_error(text, locale, currency):
    try:
        amount = money.parse_amount(text, currency=currency, locale=locale)
    except AmountError:
        return
    assert money.check_amount(amount, currency) == amount


@given(
    st.text(alphabet="0123456789.,' +-₹eE_x", max_size=12),
    st.sampled_from(["en-IN", "en-US", "de-DE", "fr-FR", "de-CH"]),
)
def test_an_amount_that_is_read_has_the_digits_that_were_typed(text, locale):
    try:
        amount = money.parse_amount(text, currency="INR", locale=locale)
    except AmountError:
        return
    if not any(mark in text.strip()[1:] for mark in "+-"):
        typed = "".join(character for character in text if character.isdigit()).strip("0")
        assert str(abs(amount)).replace(".", "").strip("0") == typed


@pytest.mark.parametrize(
    ("locale", "currency", "text", "amount"),
    [
        ("en-IN", "INR", "1,25,000.50", "125000.50"),
        ("en-IN", "INR", "125,000.50", "125000.50"),
        ("en-IN", "INR", "1,234,567.89", "1234567.89"),
        ("en-US", "INR", "1,25,000", "125000.00"),
        ("de-DE", "EUR", "1.234,56", "1234.56"),
        ("fr-FR", "EUR", "1 234,56", "1234.56"),
        ("fr-FR", "EUR", "1\u00a0234,56", "1234.56"),
        ("fr-FR", "EUR", "1\u202f234,56", "1234.56"),
        ("de-CH", "CHF", "1'234.50", "1234.50"),
        ("de-CH", "CHF", "1’234.50", "1234.50"),
        ("de-CH", "CHF", "Fr.84.10", "84.10"),
        ("pl-PL", "PLN", "1 299,00 zł", "1299.00"),
        ("en-US", "USD", "74.5", "74.50"),
        ("en-US", "USD", "4.35", "4.35"),
        ("en-US", "USD", ".5", "0.50"),
        ("en-US", "USD", "12.", "12.00"),
        ("en-CA", "USD", "$12", "12.00"),
        ("en-US", "USD", "usd 12", "12.00"),
        ("en-US", "USD", "−12.50", "-12.50"),
        ("en-US", "USD", "-$12.50", "-12.50"),
        ("en-US", "USD", "$-12.50", "-12.50"),
        ("en-IN", "INR", "₹ 500", "500.00"),
        ("en-IN", "INR", "Rs. 500", "500.00"),
        ("en-IN", "INR", "rs500", "500.00"),
        ("hi-IN", "INR", "१,२५,०००.५०", "125000.50"),
        ("ar-EG", "EGP", "١٬٢٣٤٫٥٠", "1234.50"),
        ("fa-IR", "EUR", "۱٬۲۳۴٫۵۰", "1234.50"),
        ("ja-JP", "JPY", "￥１，２３４", "1234"),
        ("en-IN", "KWD", "1.250", "1.250"),
        ("en-IN", "INR", "007", "7.00"),
        ("en-IN", "INR", "120+35.50", "155.50"),
        ("en-IN", "INR", "200-15", "185.00"),
        ("en-IN", "INR", "-200 + 1,000 - ₹ 15.25", "784.75"),
        ("en-IN", "INR", "0.10+0.10+0.10", "0.30"),
        ("de-DE", "EUR", "1.000,50 € + 2,25 €", "1002.75"),
        ("en-IN", "INR", "999999999999999.99", "999999999999999.99"),
        ("en-IN", "INR", "300000000", "300000000.00"),
        ("xx-YY", "EUR", "1,234.50", "1234.50"),
        ("", "EUR", "1,234.50", "1234.50"),
    ],
)
def test_amounts_are_read_the_way_people_type_them(locale, currency, text, amount):
    read = money.parse_amount(text, currency=currency, locale=locale)

    assert str(read) == amount


@pytest.mark.parametrize(
    ("locale", "text", "problem"),
    [
        ("en-IN", "", AmountProblem.EMPTY),
        ("en-IN", " \u00a0 ", AmountProblem.EMPTY),
        ("en-IN", "12,3x", AmountProblem.NOT_AN_AMOUNT),
        ("en-IN", "1,5", AmountProblem.NOT_AN_AMOUNT),
        ("en-US", "1,5", AmountProblem.NOT_AN_AMOUNT),
        ("en-US", "1,25", AmountProblem.NOT_AN_AMOUNT),
        ("en-US", "1,2345", AmountProblem.NOT_AN_AMOUNT),
        ("en-US", "1,234,56", AmountProblem.NOT_AN_AMOUNT),
        ("en-US", "1234,567", AmountProblem.NOT_AN_AMOUNT),
        ("en-US", ",500", AmountProblem.NOT_AN_AMOUNT),
        ("en-US", "1.234,56", AmountProblem.NOT_AN_AMOUNT),
        ("en-US", "1,234 567", AmountProblem.NOT_AN_AMOUNT),
        ("en-US", "1.234.567", AmountProblem.NOT_AN_AMOUNT),
        ("de-DE", "1.5", AmountProblem.NOT_AN_AMOUNT),
        ("de-DE", "12.50", AmountProblem.NOT_AN_AMOUNT),
        ("fr-FR", "1 2 3", AmountProblem.NOT_AN_AMOUNT),
        ("en-IN", "1e5", AmountProblem.NOT_AN_AMOUNT),
        ("en-IN", "5_000", AmountProblem.NOT_AN_AMOUNT),
        ("en-IN", "0x10", AmountProblem.NOT_AN_AMOUNT),
        ("en-IN", "5²", AmountProblem.NOT_AN_AMOUNT),
        ("en-IN", "½", AmountProblem.NOT_AN_AMOUNT),
        ("en-IN", "NaN", AmountProblem.NOT_AN_AMOUNT),
        ("en-IN", "Infinity", AmountProblem.NOT_AN_AMOUNT),
        ("en-IN", "$5", AmountProblem.NOT_AN_AMOUNT),
        ("en-IN", "₹", AmountProblem.NOT_AN_AMOUNT),
        ("en-IN", ".", AmountProblem.NOT_AN_AMOUNT),
        ("en-IN", "-", AmountProblem.NOT_AN_AMOUNT),
        ("en-IN", "12.50-", AmountProblem.NOT_AN_AMOUNT),
        ("en-IN", "(12.50)", AmountProblem.NOT_AN_AMOUNT),
        ("en-IN", "5--3", AmountProblem.NOT_AN_AMOUNT),
        ("en-IN", "5+", AmountProblem.NOT_AN_AMOUNT),
        ("en-IN", "2*3", AmountProblem.NOT_AN_AMOUNT),
        ("en-IN", "1" * 201, AmountProblem.NOT_AN_AMOUNT),
        ("en-IN", "0", AmountProblem.ZERO),
        ("en-IN", "-0.00", AmountProblem.ZERO),
        ("en-IN", "5-5", AmountProblem.ZERO),
        ("en-IN", "1000000000000000", AmountProblem.TOO_LARGE),
        ("en-IN", "12345678901234567890", AmountProblem.TOO_LARGE),
        ("en-IN", "999999999999999 + 1", AmountProblem.TOO_LARGE),
        ("en-IN", "12.345", AmountProblem.TOO_MANY_DECIMALS),
        ("en-IN", "1.000", AmountProblem.TOO_MANY_DECIMALS),
        ("de-DE", "1,000", AmountProblem.TOO_MANY_DECIMALS),
    ],
)
def test_what_is_no_amount_is_refused_with_its_reason(locale, text, problem):
    with pytest.raises(AmountError) as refusal:
        money.parse_amount(text, currency="INR", locale=locale)

    assert refusal.value.code is problem
    assert refusal.value.text == text


def test_yen_have_no_decimals():
    with pytest.raises(AmountError) as refusal:
        money.parse_amount("5.0", currency="JPY", locale="ja-JP")

    assert refusal.value.code is AmountProblem.TOO_MANY_DECIMALS


def test_a_balance_may_be_zero():
    assert money.parse_balance("0", currency="INR", locale="en-IN") == 0
    assert str(money.check_balance(Decimal("-0"), "INR")) == "0.00"


@pytest.mark.parametrize(
    ("amount", "currency", "checked"),
    [
        ("12.5", "INR", "12.50"),
        ("12.5000", "INR", "12.50"),
        ("-200", "INR", "-200.00"),
        ("5.0000", "JPY", "5"),
        ("1.25", "KWD", "1.250"),
        ("1E+2", "INR", "100.00"),
    ],
)
def test_a_checked_amount_has_the_decimals_of_its_currency(amount, currency, checked):
    assert str(money.check_amount(Decimal(amount), currency)) == checked


@pytest.mark.parametrize(
    ("amount", "problem"),
    [
        ("NaN", AmountProblem.NOT_FINITE),
        ("sNaN", AmountProblem.NOT_FINITE),
        ("-Infinity", AmountProblem.NOT_FINITE),
        ("0", AmountProblem.ZERO),
        ("0E+99", AmountProblem.ZERO),
        ("1E+15", AmountProblem.TOO_LARGE),
        ("1E+999999", AmountProblem.TOO_LARGE),
        ("0.001", AmountProblem.TOO_MANY_DECIMALS),
        ("1E-999999", AmountProblem.TOO_MANY_DECIMALS),
    ],
)
def test_a_number_that_cannot_be_an_amount_is_refused_with_its_reason(amount, problem):
    with pytest.raises(AmountError) as refusal:
        money.check_amount(Decimal(amount), "INR")

    assert refusal.value.code is problem


@pytest.mark.parametrize(
    ("amount", "currency", "locale", "text"),
    [
        ("1234567.89", "INR", "en_IN", "₹12,34,567.89"),
        ("1234567.89", "INR", "en-IN", "₹12,34,567.89"),
        ("1234568", "JPY", "ja_JP", "￥1,234,568"),
        ("-1234567.89", "EUR", "de_DE", "-1.234.567,89\u00a0€"),
        ("1234567.89", "EUR", "fr_FR", "1\u202f234\u202f567,89\u00a0€"),
        ("1234.568", "KWD", "en-KW", "KWD1,234.568"),
        ("1234.5", "EUR", "es-ES", "1.234,50\u00a0€"),
        ("0.125", "INR", "en-IN", "₹0.12"),
        ("-0.001", "INR", "en-IN", "₹0.00"),
        ("0", "INR", "en-IN", "₹0.00"),
        ("1E+40", "JPY", "en-US", "¥10," + ",".join(["000"] * 13)),
    ],
)
def test_money_is_printed_the_members_way(amount, currency, locale, text):
    assert money.format_money(Decimal(amount), currency=currency, locale=locale) == text


def test_a_field_shows_the_amount_without_a_currency_sign():
    assert money.format_amount(Decimal("-125000.5"), currency="INR", locale="en-IN") == "-1,25,000.50"
    assert money.format_amount(Decimal("1234.5"), currency="EUR", locale="de-DE") == "1.234,50"
    assert money.format_amount(Decimal("5"), currency="JPY", locale="ja-JP") == "5"


def test_parts_split_where_the_page_styles():
    assert money.money_parts(Decimal("-1234.5"), currency="INR", locale="en-IN") == ("−", "₹", "1,234", ".50", "")
    assert money.money_parts(Decimal("1234.5"), currency="EUR", locale="de-DE") == ("", "", "1.234", ",50", "\u00a0€")
    assert money.money_parts(Decimal("0"), currency="JPY", locale="en-US") == ("", "¥", "0", "", "")


def test_currencies_have_their_own_decimals():
    assert [money.decimals(currency) for currency in ("JPY", "INR", "KWD")] == [0, 2, 3]


def test_the_currencies_are_those_in_use_today():
    assert {"INR", "EUR", "USD", "GBP", "JPY", "KWD", "CHF"} <= set(money.CURRENCIES)
    assert not {"DEM", "ITL", "XAU", "XXX"} & set(money.CURRENCIES)
    assert list(money.CURRENCIES) == sorted(set(money.CURRENCIES))
