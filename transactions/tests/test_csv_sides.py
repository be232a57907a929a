"""Two columns of amounts that nothing names: which is money out is proven by signs or a balance, else guessed aloud."""

import pytest

from transactions.importers.content import is_code
from transactions.tests.reading import amounts, read, remarks

GUESSED = (
    "Nothing names the two columns of amounts: the left one was read as money going out, the right one as money coming"
    " in."
)


def test_a_balance_beside_them_proves_which_is_which():
    left_out = read("03/13/2026,GROCER,23.45,,976.55\n03/14/2026,ACME,,2000.00,2976.55\n")
    left_in = read("03/13/2026,ACME,23.45,,1023.45\n03/14/2026,GROCER,,20.00,1003.45\n")

    assert (amounts(left_out), str(left_out.lines[1].balance)) == (["-23.45", "2000.00"], "2976.55")
    assert amounts(left_in) == ["23.45", "-20.00"]
    assert GUESSED not in remarks(left_out) + remarks(left_in)


def test_minus_signs_prove_it_too():
    assert amounts(read("2026-03-13,GROCER,,-23.45\n2026-03-14,ACME,2000.00,\n")) == ["-23.45", "2000.00"]


def test_without_a_proof_the_left_one_is_out_and_that_is_said():
    statement = read("2026-03-13,GROCER,23.45,\n2026-03-14,ACME,,2000.00\n")

    assert (amounts(statement), GUESSED in remarks(statement)) == (["-23.45", "2000.00"], True)


def test_names_that_we_do_not_know_are_no_obstacle():
    assert amounts(read("Qw,Er,Ty,Ui\n2026-03-13,GROCER,23.45,\n2026-03-14,ACME,,2000.00\n")) == ["-23.45", "2000.00"]


def test_codes_that_stand_in_some_rows_are_no_amounts_beside_signed_ones():
    text = "Den;Pohyb;Symbol;Jiny\n13.03.2026;-23,45;1234;\n14.03.2026;2000,00;;5678\n15.03.2026;-1,00;4321;\n"

    assert amounts(read(text)) == ["-23.45", "2000.00", "-1.00"]


def test_a_table_whose_every_row_runs_over_two_lines_is_one():
    header = "Compte;1\nSolde;2\nDate;Libellé;Débit euros;Crédit euros\n"

    statement = read(header + '14/03/2026;"VIREMENT\nACME";;2 000,00\n13/03/2026;"CARTE\nCAFE";23,45;\n')

    assert (amounts(statement), statement.currency) == (["2000.00", "-23.45"], "EUR")


@pytest.mark.parametrize(
    "text", ["NL20INGB0001234567", "NL20 INGB 0001 2345 67", "4835-****-****-1234", "'0123456", "R-2026/77"]
)
def test_numbers_of_accounts_cards_and_papers_are_codes(text):
    assert is_code(text)


@pytest.mark.parametrize("text", ["7-Eleven", "3M", "TESCO 2211", "CHECK 1001", "BP 1234", "ACME", "4835-****-1234 Df"])
def test_names_with_digits_are_none(text):
    assert not is_code(text)


def test_what_a_line_is_called_is_no_code_while_it_has_a_name():
    text = "Date,Counterparty,Name,Amount\n2026-03-13,NL20INGB0001234567,Grocer,-1.00\n2026-03-14,,Baker,-2.00\n"

    assert [line.description for line in read(text).lines] == ["Grocer", "Baker"]


def test_where_named_texts_are_empty_other_columns_call_the_line():
    text = "Date,Amount,Note,Qwerty\n2026-03-13,-1.00,,Grocer\n2026-03-14,-2.00,,Baker\n"

    assert [line.description for line in read(text).lines] == ["Grocer", "Baker"]


def test_a_fee_with_a_minus_of_its_own_comes_off_where_the_balance_says_so():
    text = (
        "Date,Text,Money In,Money Out,Fee,Balance\n2026-03-13,A,,-23.45,,976.55\n2026-03-14,B,,-100.00,-1.00,875.55\n"
    )

    assert amounts(read(text)) == ["-23.45", "-101.00"]


def test_neither_in_nor_out_is_no_broken_line():
    text = "Date,Text,收/支,Amount\n2026-03-13,A,支出,23.45\n2026-03-14,B,收入,2.00\n2026-03-15,C,/,100.00\n"

    statement = read(text)

    assert (amounts(statement), statement.problems) == (["-23.45", "2.00"], ())


@pytest.mark.parametrize("last", ["31/03/2026;5,00;;00123 456789A", "31/03/2026;5,00;;"])
def test_a_shorter_last_line_of_nothing_but_an_accounts_number_is_its_balance(last):
    rows = "13/03/2026;-23,45;Carte;CAFE;0\n14/03/2026;2000,00;Virement;ACME;0\n"

    is_balance = last.endswith("A")
    assert amounts(read(rows + last)) == ["-23.45", "2000.00", *([] if is_balance else ["5.00"])]


def test_lines_within_the_file_and_lines_with_a_name_are_none():
    account, named = "14/03/2026;5,00;;00123 456789A\n", "31/03/2026;6,00;;CAFE 12"

    assert amounts(read("13/03/2026;-23,45;Carte;CAFE;0\n" + account + "15/03/2026;-1,00;Carte;BAR;0\n" + named)) == [
        *("-23.45", "5.00", "-1.00", "6.00"),
    ]
