"""The wallets that a file's accounts went to before, however the number is written, and where one was put away."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from transactions import importers
from transactions.importers.base import NOTHING_PROVEN
from transactions.imports import profiles
from transactions.models import StatementAccount, Wallet
from transactions.tests.factories import make_wallet
from transactions.tests.test_importing import at, checked, pressed

IBAN, SPACED = "DE89370400440532013000", "DE89 3704 0044 0532 0130 00"
NOVEMBER = f"Date,Account,Payee,Amount\n2026-11-03,{IBAN},Rent,-500\n2026-11-04,Card 7,Cinema,-12\n".encode()
OFX = b"""OFXHEADER:100
DATA:OFXSGML
VERSION:102

<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>INR<BANKACCTFROM><BANKID>1<ACCTID>%s<ACCTTYPE>CHECKING
</BANKACCTFROM><BANKTRANLIST><STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20261103<TRNAMT>-5<FITID>A1<NAME>Shop</STMTTRN>
</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"""


@pytest.fixture
def bank(household) -> Wallet:
    return make_wallet(household, "Bank", position=2)


@pytest.fixture
def taught(as_alice, household, bank) -> None:
    pressed(as_alice, checked(as_alice, household, NOVEMBER), read="1", **{"account-0": bank.pk})


@pytest.mark.usefixtures("taught")
@pytest.mark.parametrize("written", [SPACED, IBAN.lower(), SPACED.replace(" ", "\u00a0")])
def test_a_number_is_the_same_however_it_is_spaced(as_alice, household, written):
    upload = checked(as_alice, household, NOVEMBER.replace(IBAN.encode(), written.encode()))

    assert [row.wallet for row in as_alice.get(at("check", upload)).context["check"].rows] == ["Bank", "Card 7"]


def test_the_number_of_a_single_account_is_the_same_however_it_is_spaced(as_alice, household, bank):
    make_wallet(household, "First", position=1)
    pressed(as_alice, checked(as_alice, household, OFX % IBAN.encode()), read="1", wallet=bank.pk)

    page = as_alice.get(at("check", checked(as_alice, household, OFX % SPACED.encode())))

    assert page.context["form"]["wallet"].value() == str(bank.pk)
    assert page.context["check"].rows[0].verdict == "Known"
    assert page.context["profile"].name == "bank"


@pytest.mark.usefixtures("taught")
def test_a_wallet_that_was_put_away_is_named(as_alice, household, bank):
    upload = checked(as_alice, household, NOVEMBER)
    assert "archive" not in as_alice.get(at("check", upload)).content.decode()
    Wallet.objects.filter(pk=bank.pk).update(archived_at=timezone.now(), name="Old bank")

    page = as_alice.get(at("check", upload)).content.decode()

    assert "Lines like these went into “Old bank”, which is in the archive now." in page
    assert "“Card 7”, which" not in page


def test_the_wallet_of_a_bank_that_was_put_away_is_named(as_alice, household, bank):
    plain = b"Date,Payee,Amount\n2026-11-03,Rent,-500\n"
    pressed(as_alice, checked(as_alice, household, plain), wallet=bank.pk)
    Wallet.objects.filter(pk=bank.pk).update(archived_at=timezone.now())

    page = as_alice.get(at("check", checked(as_alice, household, plain))).content.decode()

    assert "Lines like these went into “Bank”, which is in the archive now." in page
    assert not StatementAccount.objects.exists()


def test_a_program_is_told_of_a_wallet_that_was_put_away(as_alice, household, bank, taught):
    Wallet.objects.filter(pk=bank.pk).update(archived_at=timezone.now())

    said = as_alice.post("/api/imports/uploads/", {"file": SimpleUploadedFile("bank.csv", NOVEMBER)}).json()

    assert said["problems"][0]["line"] is None
    assert said["problems"][0]["problem"].startswith("Lines like these went into “Bank”, which is in the archive now.")


def read_before_accounts_were_known(household, wallet) -> None:
    layout = profiles.layout_of(importers.read(NOVEMBER, filename="bank.csv"))
    profiles.remember(
        household=household,
        layout=layout,
        file_name="bank.csv",
        account="",
        wallets={"": wallet},
        choices={},
        proven=NOTHING_PROVEN,
    )


def test_lines_of_unknown_accounts_stay_in_the_wallet_that_such_files_went_into(as_alice, household, bank):
    read_before_accounts_were_known(household, bank)

    asked = as_alice.get(at("check", checked(as_alice, household, NOVEMBER))).context["reading"].accounts

    assert [select.label for select in asked] == [IBAN, "Card 7"]
    assert all(f'value="{bank.pk}" selected' in select.options for select in asked)


def test_beside_an_account_that_is_known_an_unknown_one_is_offered_a_wallet_of_its_own(as_alice, household, bank):
    read_before_accounts_were_known(household, bank)
    StatementAccount.objects.create(household=household, name=IBAN, wallet=bank)

    rows = as_alice.get(at("check", checked(as_alice, household, NOVEMBER))).context["check"].rows

    assert [row.wallet for row in rows] == ["Bank", "Card 7"]


def test_a_wallet_in_the_archive_takes_no_lines_of_unknown_accounts(as_alice, household, bank):
    read_before_accounts_were_known(household, bank)
    Wallet.objects.filter(pk=bank.pk).update(archived_at=timezone.now())

    rows = as_alice.get(at("check", checked(as_alice, household, NOVEMBER))).context["check"].rows

    assert [row.wallet for row in rows] == ["Bank account 3000", "Card 7"]
