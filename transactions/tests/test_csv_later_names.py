"""Names of columns that became known later: they tell what a column holds, and the words of its lines stay."""

import pytest

from transactions.importers.headings import known_roles, roles_of
from transactions.importers.later_names import LATER_NAMES, PARTIES, PURPOSES
from transactions.importers.vocabulary import Role
from transactions.tests.reading import read

LATER = sorted({*PARTIES, *PURPOSES, *(name for names in LATER_NAMES.values() for name in names)})


@pytest.mark.parametrize("name", LATER)
def test_such_a_name_is_known_and_changes_no_word_of_a_line(name):
    assert roles_of(name)
    assert known_roles(name) == ()


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Měna účtu", Role.CURRENCY),
        ("Devise du compte", Role.CURRENCY),
        ("accountNum", Role.ACCOUNT),
        ("Numer rachunku/karty", Role.ACCOUNT),
        ("Sous-Catégorie", Role.SUBCATEGORY),
        ("accountbalance", Role.BALANCE),
        ("supplierFound", Role.TEXT),
    ],
)
def test_such_a_name_has_its_role(name, role):
    assert role in {found.role for found in roles_of(name)}


def test_a_line_keeps_its_words_and_gains_account_currency_and_name():
    line = read(
        "Datum zaúčtování;Číslo účtu;Měna účtu;Částka;Typ;Obchodní místo\n13.03.2026;123/0100;CZK;-5,00;Platba;ALBERT\n"
    ).lines[0]

    assert (line.words, line.bank_id) == ("123/0100 Platba ALBERT", None)
    assert (line.account, line.currency, line.description) == ("123/0100", "CZK", "ALBERT")


def test_the_name_of_another_party_comes_before_a_description():
    line = read(
        "Date;Montant;Nom de la contrepartie;Détails\n13/03/2026;-5,00;DELHAIZE;PAIEMENT AVEC LA CARTE\n"
    ).lines[0]

    assert (line.description, line.also) == ("DELHAIZE", ("PAIEMENT AVEC LA CARTE",))


def test_a_card_of_korea_is_called_by_its_shops_and_a_payment_taken_back_is_none():
    statement = read(
        "이용일,이용시간,이용카드명,이용하신곳,국내이용금액(원),해외이용금액($),상태\n"
        '2026-11-03,12:31,톡톡,스타벅스,"4,500",0,전표매입\n2026-11-05,09:02,톡톡,STEAM,0,9.99,전표매입\n'
        '2026-11-05,10:02,톡톡,이마트,"12,000",0,승인취소\n'
    )

    assert [(line.description, str(line.amount), line.currency) for line in statement.lines] == [
        ("스타벅스", "-4500", "KRW"),
        ("STEAM", "0", "KRW"),
    ]
    assert statement.lines[0].words == "12:31 톡톡 스타벅스 0"
    assert [remark.line for remark in statement.skipped] == [3, 4]


def test_an_account_that_is_not_in_every_row_is_anothers():
    statement = read("Date,Wallet,Note,Amount\n2026-03-13,Shop 7,A,-5\n2026-03-14,,B,-6\n")

    assert [line.account for line in statement.lines] == ["", ""]


def test_an_empty_column_of_accounts_gives_way_to_one_that_is_filled():
    statement = read("Date,Account,Account Number,Payee,Amount\n2026-03-13,Checking,,Shop,-5\n")

    assert (statement.lines[0].account, statement.lines[0].words) == ("Checking", "Checking Shop")


def test_what_is_within_a_category_is_the_category():
    statement = read(
        "Date;Description;Catégorie;Sous-Catégorie;Montant\n13/03/2026;A;Maison;Loyer;-5,00\n"
        "14/03/2026;B;Maison;-;-6,00\n15/03/2026;C;-;-;-7,00\n"
    )

    assert [line.category for line in statement.lines] == ["Loyer", "Maison", ""]


def test_a_subcategory_alone_is_no_category():
    line = read("Number,Date,Account,Amount,Subcategory,Memo\n1,13/03/2026,20-00-00,-5.00,PAYMENT,TESCO\n").lines[0]

    assert (line.category, line.description) == ("", "TESCO")
