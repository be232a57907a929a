"""Wallets that a long file makes are named on its page, without reading it anew."""

import pytest

from accounts.models import Job
from transactions.models import ImportedLine, StatementAccount, Transaction, Wallet
from transactions.tests.factories import make_transaction, make_wallet
from transactions.tests.long_files import HTMX, at, choose
from transactions.tests.test_beginnings_imported import MORE
from transactions.tests.test_new_wallets import BANKS

IBAN = "DE89370400440532013000"
FILE = "Date,Account,Payee,Amount\n" + "".join(
    f"2026-11-{day:02},{IBAN if day % 2 else 'Card 7'},Shop {day},-{day}.50\n" for day in range(1, 29)
)


def name(client, **fields: str):
    return client.post(at("import-choose"), fields, headers=HTMX)


def asked(client):
    return [each.new for each in client.get(at("import-check")).context["reading"].accounts]


def test_each_wallet_of_a_long_file_is_named(staged, as_alice, run_jobs):
    staged(FILE)
    assert [each.typed for each in asked(as_alice)] == ["Bank account 3000", "Card 7"]
    choose(as_alice, 0, "take")

    page = name(as_alice, **{"account-0-name": "Giro", "account-0-kind": "savings"})
    named = name(as_alice, **{"account-1-name": "Visa"})

    assert page.status_code == named.status_code == 200
    assert {row.wallet for row in named.context["check"].rows} == {"Giro", "Visa"}
    as_alice.post(at("import-commit"))
    run_jobs()
    assert Transaction.objects.count() == 27, "what was chosen for its lines stays"
    own = Wallet.objects.exclude(name="Cash").order_by("name")
    assert list(own.values_list("name", "kind")) == [("Giro", "savings"), ("Visa", "card")]
    told = StatementAccount.objects.order_by("name").values_list("name", "wallet__name")
    assert list(told) == [("Card 7", "Visa"), (IBAN, "Giro")]


def test_without_a_script_a_long_file_is_named_with_the_press_that_imports_it(staged, as_alice, run_jobs):
    staged(FILE)

    as_alice.post(at("import-commit"), {"account-0-name": "Giro", "account-1-name": "Visa"})
    run_jobs()

    assert set(ImportedLine.objects.values_list("wallet__name", flat=True)) == {"Giro", "Visa"}


def test_a_long_file_of_no_account_gets_a_wallet_of_a_name(staged, as_alice, household, run_jobs):
    staged(FILE.replace(f",{IBAN}", ",").replace(",Card 7", ",").replace("Account", "Place"))
    page = as_alice.get(at("import-check"), {"read": "1", "wallet": "new"})
    as_alice.post(at("import-read"), dict(page.context["reading"].hidden))
    run_jobs()

    name(as_alice, **{"wallet-name": "Giro"})
    as_alice.post(at("import-commit"))
    run_jobs()

    assert set(Transaction.objects.values_list("wallet__name", flat=True)) == {"Giro"}


def test_a_taken_name_of_a_long_file_is_said_beside_the_field(staged, as_alice, household, run_jobs):
    make_wallet(household, "Giro")
    staged(FILE)

    page = name(as_alice, **{"account-1-name": "GIRO"})
    refused = as_alice.post(at("import-commit"))

    problem = "There is a wallet named “Giro” already. Choose another name."
    assert [each.new.problem for each in page.context["reading"].accounts] == ["", problem]
    assert refused.status_code == 422
    assert "A new wallet of this import needs another name." in refused.content.decode()
    assert [each.typed for each in asked(as_alice)] == ["Bank account 3000", "GIRO"]
    assert not Transaction.objects.exists()


def test_a_name_that_is_taken_while_the_import_waits_ends_it(staged, as_alice, household, run_jobs):
    staged(FILE)
    name(as_alice, **{"account-0-name": "Giro"})
    as_alice.post(at("import-commit"))
    make_wallet(household, "Giro")

    run_jobs()

    assert "There is a wallet named “Giro” already." in Job.objects.latest("pk").problem
    assert not Transaction.objects.exists()


def test_the_page_calls_a_wallet_as_it_will_be_called(as_alice, staged):
    staged(MORE)

    as_alice.post(at("import-choose"), {"account-0-name": " My  Giro "}, headers=HTMX)

    page = as_alice.get(at("import-check")).content.decode()
    assert "“My Giro” will begin with ₹1,200.00" in page
    assert "“My Giro” begins with ₹1,200.00: not income" in page


def test_names_stay_where_the_file_is_read_anew(staged, as_alice, run_jobs):
    staged(FILE)
    name(as_alice, **{"account-0-name": "Giro"})

    page = as_alice.get(at("import-check"), {"read": "1", "sign": "inverted"})
    as_alice.post(at("import-read"), dict(page.context["reading"].hidden))
    run_jobs()

    assert [each.typed for each in asked(as_alice)] == ["Giro", "Card 7"]


def test_lines_that_are_judged_anew_go_into_the_named_wallet(staged, as_alice, household, run_jobs):
    staged(FILE)
    name(as_alice, **{"account-0-name": "Giro", "account-1-name": "Visa"})
    make_transaction(household, "400")

    as_alice.post(at("import-commit"))
    run_jobs()
    if not Transaction.objects.filter(note="Shop 1").exists():
        as_alice.post(at("import-commit"))
        run_jobs()

    assert set(ImportedLine.objects.values_list("wallet__name", flat=True)) == {"Giro", "Visa"}


@pytest.mark.parametrize("field", ["account-9-name", "wallet-name"])
def test_a_name_of_no_wallet_of_the_file_is_passed_over(staged, as_alice, field):
    staged(FILE)

    assert name(as_alice, **{field: "Giro"}).status_code == 200

    assert [each.typed for each in asked(as_alice)] == ["Bank account 3000", "Card 7"]


def test_a_long_file_calls_a_wallet_by_its_bank(staged, as_alice, run_jobs):
    lines = "".join(
        f"<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>202611{day:02}<TRNAMT>-5<FITID>A{day}<NAME>Shop</STMTTRN>"
        for day in range(1, 29)
    )
    one = b"<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20261103<TRNAMT>-5<FITID>A1<NAME>Shop</STMTTRN>"
    staged((BANKS % b"Sparkasse").replace(one, lines.encode()))

    new = as_alice.get(at("import-check")).context["reading"].new
    as_alice.post(at("import-commit"))
    run_jobs()

    assert new.typed == "Sparkasse 1234"
    assert Wallet.objects.exclude(name="Cash").values_list("name", "kind").get() == ("Sparkasse 1234", "savings")
