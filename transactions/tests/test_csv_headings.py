"""Names of columns that no list has as they are: with signs of currencies, and put together of known words."""

import pytest

from transactions.importers.headings import column_name, roles_of
from transactions.importers.vocabulary import Role
from transactions.tests.reading import amounts, days, problems, read


@pytest.mark.parametrize(
    ("name", "plain", "currency"),
    [
        ("Saldo (R$)", "saldo", "BRL"),
        ("Valor (em R$)", "valor", "BRL"),
        ("Money Out (RM)", "money out", "MYR"),
        ("残高(円)", "残高", "JPY"),
        ("金额（元）", "金额", "CNY"),
        ("Belopp kr", "belopp kr", None),
        ("Amount ($)", "amount", None),
        ("Débit euros", "debit", "EUR"),
        ("Amount (Dr)", "amount dr", None),
        ("Fee (total)", "fee total", None),
    ],
)
def test_a_sign_of_a_currency_is_no_part_of_a_name(name, plain, currency):
    assert column_name(name) == (plain, currency)


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Libellé opération", Role.TEXT),
        ("Sender / Empfänger", Role.TEXT),
        ("Beschreibung1", Role.TEXT),
        ("Partnername", Role.TEXT),
        ("Деталі операції", Role.TEXT),
        ("Saldo contabilístico", Role.BALANCE),
        ("Debit (suma)", Role.DEBIT),
    ],
)
def test_a_name_put_together_of_known_words_has_their_role(name, role):
    assert role in {found.role for found in roles_of(name)}


@pytest.mark.parametrize(
    "name", ["Name des Karteninhabers", "Balance currency", "Bank name", "Name Referenzkonto", "Saldo datum"]
)
def test_a_name_about_something_else_is_no_text_and_no_balance(name):
    assert not {found.role for found in roles_of(name)} & {Role.TEXT, Role.BALANCE}


def test_a_balance_with_the_sign_of_its_currency_is_never_taken_for_the_amount():
    statement = read(
        "Data;Histórico;Docto.;Crédito (R$);Débito (R$);Saldo (R$);\n"
        "14/03/26;PIX ACME;1234567;100,00;;100,00;\n15/03/26;COMPRA MERCADO;1234568;;-12,50;87,50;\n"
        ";;Total;100,00;-12,50;87,50;\n"
    )

    assert [(str(line.amount), str(line.balance), line.currency) for line in statement.lines] == [
        ("100.00", "100.00", "BRL"),
        ("-12.50", "87.50", "BRL"),
    ]
    assert problems(statement) == []


def test_the_one_who_was_paid_comes_before_the_kind_of_the_payment():
    statement = read(
        "Kontonummer;Buchungsdatum;Buchungsart;Empfaenger/Auftraggeber Name;Soll/Haben;Waehrung\n"
        "1234567;15.03.2026;LASTSCHRIFT;Bäckerei;-12,50;EUR\n"
    )

    assert (statement.lines[0].description, amounts(statement)) == ("Bäckerei", ["-12.50"])


def test_a_column_of_account_numbers_names_nobody():
    statement = read(
        "Bokföringsdag;Belopp;Avsändare;Mottagare;Namn;Rubrik;Saldo;Valuta\n"
        "2026/03/15;-12,50;1234 56 78901;;;Kortköp;87,50;SEK\n2026/03/14;100,00;;1234 56 78901;;Lön;100,00;SEK\n"
    )

    assert [line.description for line in statement.lines] == ["Kortköp", "Lön"]


def test_particulars_beside_a_code_and_a_reference_are_what_the_payer_filled_in():
    statement = read(
        "Date,Amount,Payee,Particulars,Code,Reference\n15/03/26,-12.50,COUNTDOWN,1234,,\n14/03/26,100.00,ACME,SALARY,,\n"
    )

    assert [line.description for line in statement.lines] == ["COUNTDOWN", "ACME"]


def test_of_two_columns_of_amounts_by_one_name_the_one_in_use_counts():
    statement = read(
        "Data de Compra;Descrição;Valor (em US$);Valor (em R$)\n"
        "15/03/2026;MERCADO;0;-12.50\n14/03/2026;AMAZON;10.00;-55.00\n13/03/2026;CAFÉ;0;-3.00\n"
    )

    assert amounts(statement) == ["-12.50", "-55.00", "-3.00"]
    assert [line.currency for line in statement.lines] == ["BRL"] * 3


def test_a_name_of_days_that_holds_currencies_names_no_days():
    statement = read("Datum izvršenja;Opis plaćanja;Isplata;Uplata;Valuta\n15.03.2026.;KONZUM;12,50;;EUR\n")

    assert (days(statement), amounts(statement)) == (["2026-03-15"], ["-12.50"])


def test_thousands_are_no_question_where_no_currency_has_three_decimals():
    statement = read('거래일시,구분,거래금액,거래 후 잔액,내용\n2026.03.15 10:00:00,출금,"-12,500","87,500",스타벅스\n')

    assert (amounts(statement), problems(statement)) == (["-12500"], [])


def test_a_name_put_together_changes_no_word_of_a_line():
    statement = read("Datum;Sender / Empfänger;Betrag;Teenustasu;Side\n2026-03-15;Shop;-1,00;0;DBIT\n")

    assert statement.lines[0].words == "Shop 0 DBIT"
