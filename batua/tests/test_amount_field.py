"""What a person may type for an amount, and the sentence for what they may not."""

from decimal import Decimal

import pytest
from django import forms

from batua.amount_field import AmountField, BalanceField


class PriceForm(forms.Form):
    amount = AmountField(label="Amount")


class LimitForm(forms.Form):
    amount = BalanceField(label="Limit")


def typed(text: str, *, currency: str = "INR", locale: str = "en-IN", form_class: type[forms.Form] = PriceForm):
    form = form_class({"amount": text})
    form.fields["amount"].written_in(currency=currency, locale=locale)
    return form


@pytest.mark.parametrize(
    ("text", "currency", "locale", "amount"),
    [
        ("1,25,000.50", "INR", "en-IN", "125000.50"),
        ("1.234,56", "EUR", "de-DE", "1234.56"),
        ("1 234,56", "EUR", "fr-FR", "1234.56"),
        ("120+35.50", "INR", "en-IN", "155.50"),
        ("-200", "INR", "en-IN", "-200"),
        (" 250 ", "JPY", "ja-JP", "250"),
    ],
)
def test_an_amount_is_read_the_members_way(text, currency, locale, amount):
    form = typed(text, currency=currency, locale=locale)

    assert form.is_valid()
    assert form.cleaned_data["amount"] == Decimal(amount)


@pytest.mark.parametrize(
    ("text", "currency", "sentence"),
    [
        ("", "INR", "Type an amount."),
        ("   ", "INR", "Type an amount."),
        ("12,3x", "INR", "“12,3x” is not an amount. Write it like 1,250.00."),
        ("1e5", "INR", "“1e5” is not an amount. Write it like 1,250.00."),
        ("NaN", "INR", "“NaN” is not an amount. Write it like 1,250.00."),
        ("1\0", "INR", "“1” is not an amount. Write it like 1,250.00."),
        ("0", "INR", "The amount is zero. Type what was paid or received."),
        ("5-5", "INR", "The amount is zero. Type what was paid or received."),
        ("1" * 20, "INR", "This amount is too large: it may have 15 digits before the decimals."),
        ("1.005", "INR", "INR has at most 2 decimals. Round the amount."),
        ("1.5", "JPY", "JPY has no decimals. Type a whole amount."),
        ("x" * 300, "INR", "“" + "x" * 29 + "…” is not an amount. Write it like 1,250.00."),
    ],
)
def test_what_is_no_amount_is_refused_in_words(text, currency, sentence):
    form = typed(text, currency=currency, locale="en-IN")

    assert form.errors == {"amount": [sentence]}


def test_an_amount_is_shown_as_it_would_be_typed():
    form = PriceForm(initial={"amount": Decimal("1234.5")})
    form.fields["amount"].written_in(currency="EUR", locale="de-DE")

    assert 'value="1.234,50"' in str(form["amount"])


def test_what_was_refused_is_shown_as_it_was_typed():
    assert 'value="12,3x"' in str(typed("12,3x")["amount"])


def test_a_limit_may_be_zero():
    form = typed("0", form_class=LimitForm)

    assert form.is_valid()
    assert form.cleaned_data["amount"] == 0
