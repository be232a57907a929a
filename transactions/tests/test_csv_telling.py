"""A line is called by a text that names somebody, rather than by the kind of its payment or by a number."""

import pytest

from transactions.importers.telling import rank
from transactions.tests.reading import read

KINDS = (
    *("POS Purchase", "Payroll dep.", "CHEQUE CARD PURCHASE", "EFTPOS TRANSACTION", "DIRECT CREDIT", "CARD_PAYMENT"),
    *("Kartenzahlung", "SEPA Lastschrift", "Betaalautomaat 18:05 pasnr. 012", "Virement en euros", "Pagamento Pos"),
    *(
        "COMPRA DE DÉBITO",
        "Pix recebido",
        "PRZELEW ZEWNĘTRZNY PRZYCHODZĄCY",
        "ZAKUP PRZY UŻYCIU KARTY",
        "Platba kartou",
    ),
    *("Nákup na internetu", "VÁSÁRLÁS KÁRTYÁVAL", "Kortköp", "Insättning", "KORTTIOSTO", "ПОКУПКА ПОС"),
)
NAMES = (
    *("LOBLAWS", "Check 1001", "Card Factory", "Order 1", "MOBILE CHECK DEPOSIT", "Visa Application Centre", "Gehalt"),
    *("The Post Office", "Bank of Ireland", "Salary", "Interest", "Credit Karma", "Miete"),
)


@pytest.mark.parametrize("text", KINDS)
def test_a_kind_of_payment_names_nobody(text):
    assert rank(text) == 2


@pytest.mark.parametrize("text", NAMES)
def test_a_name_is_none(text):
    assert rank(text) == 0


def test_a_line_is_called_by_the_name_beside_a_kind():
    statement = read(
        "Date,Description,Sub-description,Amount\n2026-03-13,POS Purchase,LOBLAWS,-5.00\n"
        "2026-03-14,RENT,MARCH,-9.00\n2026-03-15,POS Purchase,,-7.00\n"
    )

    assert [line.description for line in statement.lines] == ["LOBLAWS", "RENT", "POS Purchase"]
    assert [line.words for line in statement.lines] == ["POS Purchase LOBLAWS", "RENT MARCH", "POS Purchase"]


def test_a_kind_says_more_than_the_accounts_own_holder():
    line = read("Date;Payer;Payee;Details;Amount\n13.03.2026;Alice;;Card Payment;-5,00\n").lines[0]

    assert (line.description, line.also) == ("Card Payment", ("Alice",))


def test_what_one_name_stood_for_goes_on_in_columns_without_names():
    statement = read(
        '"Data operacji","Typ transakcji","Kwota","Opis transakcji","",""\n'
        '"2026-03-13","Płatność kartą","-5.00","Tytuł: 000123","Lokalizacja: Adres: BIEDRONKA",""\n'
        '"2026-03-14","Przelew na konto","7.00","Rachunek nadawcy: 00","Nazwa nadawcy: ACME","Tytuł: PREMIA"\n'
    )

    assert [line.description for line in statement.lines] == ["Lokalizacja: Adres: BIEDRONKA", "Nazwa nadawcy: ACME"]


def test_a_short_mark_in_every_row_of_a_table_without_names_comes_last():
    statement = read("HIST,20260313,-5.00,POS PURCHASE,CHECKERS\nHIST,20260314,7.00,CREDIT TRANSFER,ACME\n")

    assert [line.description for line in statement.lines] == ["CHECKERS", "ACME"]


def test_a_card_and_its_holders_mark_are_a_number():
    assert rank("4835-****-****-1234  Df") == 3


def test_an_apps_own_text_is_kept_before_others_unless_it_is_a_number():
    statement = read(
        "date,account_name,amount,name,category,tags,notes,currency\n2026-03-13,Bank,5,Card Payment,,,Rent,USD\n"
        "2026-03-14,Bank,6,123456789,,,Shop,USD\n"
    )

    assert [line.description for line in statement.lines] == ["Card Payment", "Shop"]
