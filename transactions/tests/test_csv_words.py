"""Words that rows of tables have in many languages: in or out, not booked yet, what was moved in all."""

from decimal import Decimal

import pytest

from transactions.importers.base import StatementError
from transactions.tests.reading import amounts, days, problems, read, skipped


def test_balances_and_turnovers_of_a_baltic_bank_are_no_payments():
    statement = read(
        '"Kliendi konto";"Reatüüp";"Kuupäev";"Saaja/Maksja";"Selgitus";"Summa";"Valuuta";"Deebet/Kreedit"\n'
        '"EE12";"10";"01.03.2026";"";"Algsaldo";"100,00";"EUR";"K"\n'
        '"EE12";"20";"15.03.2026";"RIMI";"Ostud RIMI";"12,50";"EUR";"D"\n'
        '"EE12";"20";"14.03.2026";"ACME OÜ";"Palk";"50,00";"EUR";"K"\n'
        '"EE12";"82";"16.03.2026";"";"Käive";"12,50";"EUR";"D"\n'
        '"EE12";"82";"16.03.2026";"";"Käive";"50,00";"EUR";"K"\n'
        '"EE12";"86";"16.03.2026";"";"Lõppsaldo";"137,50";"EUR";"K"\n'
    )

    assert [(str(line.amount), line.description) for line in statement.lines] == [
        ("-12.50", "RIMI"),
        ("50.00", "ACME OÜ"),
    ]
    assert (statement.opening_balance, statement.closing_balance) == (Decimal("100.00"), Decimal("137.50"))
    assert len(skipped(statement)) == 4


def test_greek_letters_for_debit_and_credit_are_signs():
    statement = read(
        "Ημερομηνία;Αιτιολογία;Ποσό;Πρόσημο;Υπόλοιπο\n15/03/2026;ΑΓΟΡΑ;12,50;Χ;87,50\n14/03/2026;ΜΙΣΘΟΣ;100,00;Π;100,00\n"
    )

    assert amounts(statement) == ["-12.50", "100.00"]


@pytest.mark.parametrize("word", ["Reserverat", "Varaus", "Offen", "Blokada"])
def test_a_word_in_the_place_of_the_day_says_that_nothing_is_booked(word):
    statement = read(f"Datum;Text;Belopp\n{word};SHOP;-3,00\n2026-03-15;ICA;-12,50\n2026-03-14;Lön;100,00\n")

    assert (amounts(statement), problems(statement)) == (["-12.50", "100.00"], [])
    assert [reason for _line, reason in skipped(statement)] == ["Pending: the bank has not booked it yet."]


def test_what_a_card_only_authorised_is_pending_in_italian_too():
    statement = read(
        "Data;Entrate;Uscite;Descrizione;Stato\n15/03/2026;;-12,50;ESSELUNGA;Contabilizzato\n"
        "16/03/2026;;-3,00;SHOP;Autorizzato\n"
    )

    assert [(line.status.value, str(line.amount)) for line in statement.lines] == [
        ("booked", "-12.50"),
        ("pending", "-3.00"),
    ]


def test_the_owner_of_a_card_among_the_columns_says_that_it_is_a_cards_table():
    statement = read(
        'Datum,Beskrivning,Kortmedlem,Belopp\n15/03/2026,ICA,A B,"12,50"\n'
        '14/03/2026,BETALNING MOTTAGEN TACK,A B,"-100,00"\n'
        '13/03/2026,SJ,A B,"30,00"\n'
    )

    assert amounts(statement) == ["-12.50", "100.00", "-30.00"]


def test_a_fee_that_the_balance_proves_comes_off_under_a_polish_name():
    statement = read(
        "Data rozpoczęcia,Opis,Kwota,Opłata,Saldo\n"
        "2026-03-15,Sklep,-12.50,0.00,87.50\n2026-03-16,Do Anny,-10.00,0.50,77.00\n"
    )

    assert (amounts(statement), days(statement)) == (["-12.50", "-10.50"], ["2026-03-15", "2026-03-16"])


def test_the_currency_in_the_amounts_name_is_surer_than_a_column_of_another_amounts():
    statement = read(
        "Дата операції,Деталі операції,Сума в валюті картки (UAH),Сума в валюті операції,Валюта\n"
        "15.03.2026,АТБ,-12.5,-12.5,UAH\n14.03.2026,Amazon,-400.0,-10.0,USD\n"
    )

    assert [(str(line.amount), line.currency) for line in statement.lines] == [("-12.5", "UAH"), ("-400.0", "UAH")]
    assert problems(statement) == []


def test_signed_amounts_in_two_columns_of_strange_names_are_never_taken_for_out_and_in():
    with pytest.raises(StatementError):
        read("Date,Description,Home,Away\n3/15/2026,LOBLAWS,-12.50,\n3/14/2026,ACME,100.00,\n3/13/2026,AMAZON,,-9.99\n")


@pytest.mark.parametrize(
    ("first", "last"),
    [("OPEN BALANCE", "CLOSE BALANCE"), ("Balance B/F", "Balance C/F"), ("Saldo Anterior", "S A L D O")],
)
def test_dated_lines_of_balances_are_no_payments(first, last):
    rows = (
        f"20260301,,1000.00,{first},\n20260313,,-23.45,CARD PURCHASE,CHECKERS\n"
        f"20260315,,2000.00,CREDIT,ACME\n20260331,,2976.55,{last},\n"
    )

    for statement in (read(rows), read("Date,X,Amount,Description,Reference\n" + rows)):
        assert amounts(statement) == ["-23.45", "2000.00"]
        assert (statement.opening_balance, statement.closing_balance) == (Decimal("1000.00"), Decimal("2976.55"))


def test_the_balance_at_the_end_of_each_day_is_left_aside():
    statement = read(
        "Data;Lançamento;Valor\n13/03/2026;MERCADO;-23,45\n13/03/2026;SALDO DO DIA;976,55\n14/03/2026;PIX;-9,00\n"
    )

    assert amounts(statement) == ["-23.45", "-9.00"]
