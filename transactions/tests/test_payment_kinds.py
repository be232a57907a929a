"""Amounts without a sign beside kinds such as Purchase and Refund: the kind says which way the money went."""

import pytest

from transactions.tests.reading import amounts, problems, read, remarks


def kinds(*rows: str, header: str = "Date,Payee,Type,Amount") -> str:
    """A file of such rows: "Purchase 2.00"."""
    lines = (
        f"2026-03-{day:02},P{day},{row.rpartition(' ')[0]},{row.rpartition(' ')[2]}" for day, row in enumerate(rows, 1)
    )
    return "\n".join([header, *lines, ""])


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("Purchase 5.00", "Refund 2.00", "Fee 1.00"), ["-5.00", "2.00", "-1.00"]),
        (("Kauf 5.00", "Rückerstattung 2.00"), ["-5.00", "2.00"]),
        (("Buy 5.00", "Sell 2.00", "Deposit 9.00", "Withdrawal 1.00"), ["-5.00", "2.00", "9.00", "-1.00"]),
        (("消费 5.00", "退款 2.00", "还款 9.00"), ["-5.00", "2.00", "9.00"]),
        (("Списание 5.00", "Пополнение 2.00"), ["-5.00", "2.00"]),
        (("Debet 5.00", "Kredit 2.00"), ["-5.00", "2.00"]),
        (("Cash Out 5.00", "Reload 2.00", "Top-up 1.00"), ["-5.00", "2.00", "1.00"]),
        (("Purchase 5.00",), ["-5.00"]),
    ],
)
@pytest.mark.parametrize("header", ["Date,Payee,Type,Amount", "Date,Payee,What it was,Amount"])
def test_a_kind_tells_which_way_an_amount_without_a_sign_went(rows, expected, header):
    statement = read(kinds(*rows, header=header))

    assert (amounts(statement), problems(statement), remarks(statement)) == (expected, [], [])


def test_without_a_header_kinds_tell_as_well():
    assert amounts(read(kinds("Purchase 5.00", "Refund 2.00").partition("\n")[2])) == ["-5.00", "2.00"]


def test_one_minus_in_the_file_and_its_signs_count():
    assert amounts(read(kinds("Purchase -5.00", "Refund 2.00", "Fee -1.00"))) == ["-5.00", "2.00", "-1.00"]


def test_a_payment_is_told_on_a_card_alone():
    rows = ("Purchase 5.00", "Payment 9.00", "Sale 2.00", "Purchase 1.00")

    card = read(kinds(*rows, header="Date,Cardholder,Type,Amount"))
    other = read(kinds(*rows))

    assert (amounts(card), problems(card)) == (["-5.00", "9.00", "-2.00", "-1.00"], [])
    assert amounts(other) == ["-5.00", "-1.00"]
    assert problems(other) == [
        f"Line {line}: “{word}” does not say whether the money came in or went out."
        for line, word in ((3, "Payment"), (4, "Sale"))
    ]


@pytest.mark.parametrize("kind", ["Sale", "Charge", "Point of Sale", "Kartenzahlung"])
def test_what_a_shop_took_is_not_taken_for_purchases(kind):
    assert amounts(read(kinds(f"{kind} 5.00", f"{kind} 2.00"))) == ["5.00", "2.00"]


def test_categories_that_happen_to_be_kinds_say_nothing_where_others_are_none():
    assert amounts(read(kinds("Fees 5.00", "Groceries 2.00", "Salary 9.00", header="Date,Payee,Group,Amount"))) == [
        "5.00",
        "2.00",
        "9.00",
    ]


def test_a_text_that_is_another_in_each_row_is_no_kind():
    rows = "".join(f"2026-03-{day:02},Refund of P{day},{day}.00\n" for day in range(1, 20))

    assert amounts(read("Date,Text,Amount\n" + rows)) == [f"{day}.00" for day in range(1, 20)]


def test_thanks_in_a_text_make_the_payments_of_a_column_of_kinds_a_cards():
    statement = read(
        "Datum,Beschreibung,Betrag,Typ\n13.03.2026,Coop,23.45,Einkauf\n15.03.2026,Ihre Zahlung - Danke,300.00,Zahlung\n"
        "16.03.2026,Coop,4.20,Gutschrift\n"
    )

    assert (amounts(statement), problems(statement)) == (["-23.45", "300.00", "4.20"], [])


def test_what_customers_paid_a_shop_by_card_came_in_where_fees_have_come_off():
    statement = read(
        "Datum;Belegnummer;Typ;Betrag;Gebühr;Netto\n13.03.2026;1;Kartenzahlung;20,00;-0,35;19,65\n"
        "14.03.2026;2;Kartenzahlung;10,00;-0,18;9,82\n"
    )

    assert amounts(statement) == ["19.65", "9.82"]


def test_kinds_that_say_nothing_beside_a_withdrawal_are_broken_lines():
    statement = read(kinds("Top up 5.00", "Order 2.00", "Dividend 1.00", "Withdrawal 3.00"))

    assert amounts(statement) == ["5.00", "1.00", "-3.00"]
    assert problems(statement) == ["Line 3: “Order” does not say whether the money came in or went out."]
