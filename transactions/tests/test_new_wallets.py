"""Wallets that an import makes have a name that people would give them, and the member may give another one."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils import timezone

from transactions.forms import new_wallets
from transactions.models import ImportedLine, StatementAccount, Transaction, Wallet
from transactions.tests.factories import make_wallet
from transactions.tests.test_importing import at, checked, pressed

IBAN = "DE89370400440532013000"
ONE = f"Date,Account,Payee,Amount\n2026-11-03,{IBAN},Rent,-500\n".encode()
TWO = f"Date,Account,Payee,Amount\n2026-11-03,{IBAN},Rent,-500\n2026-11-04,Card 7,Cinema,-12\n".encode()
ALIKE = f"Date,Account,Payee,Amount\n2026-11-03,{IBAN},Rent,-500\n2026-11-04,99993000,Cinema,-12\n".encode()
PLAIN = b"Date,Payee,Amount\n2026-11-03,Rent,-500\n"
NEW = {"read": "1", "wallet": "new"}


def names(household) -> set[str]:
    return set(Wallet.objects.of(household).values_list("name", flat=True)) - {"Cash"}


def naming(client, upload):
    """The fields of the new wallet of the file's first account."""
    return client.get(at("check", upload)).context["reading"].accounts[0].new


@pytest.mark.parametrize(
    ("account", "name"),
    [
        (IBAN, "Bank account 3000"),
        ("DE89 3704 0044 0532 0130 00", "Bank account 3000"),
        ("12345678", "Bank account 5678"),
        ("20-00-00 55779911", "Bank account 9911"),
        ("1234 567 EUR", "Bank account 4567"),
        ("5412********4417", "Card 4417"),
        ("xxxxxxxxxxxx4417", "Card 4417"),
        ("Girokonto 12345678", "Girokonto 12345678"),
        ("Test Account", "Test Account"),
        ("Card 7", "Card 7"),
        ("open_days.csv", "open days"),
    ],
)
def test_a_number_is_called_what_it_is_with_its_last_digits(account, name):
    assert new_wallets.name_of(account, kind=new_wallets.kind_of(account)) == name


def test_a_new_wallet_is_named_on_the_check_page(as_alice, household):
    upload = checked(as_alice, household, ONE)
    asked = naming(as_alice, upload)
    assert (asked.name, asked.typed, asked.problem) == ("account-0-name", "Bank account 3000", "")
    assert 'value="bank" selected' in asked.kinds

    named = {"account-0-name": "  Our  giro ", "account-0-kind": "savings"}
    pressed(as_alice, upload, read="1", **{"account-0": "new"}, **named)

    wallet = Wallet.objects.get(name="Our giro")
    assert (wallet.kind, Transaction.objects.get().wallet) == ("savings", wallet)
    assert StatementAccount.objects.get().wallet == wallet, "its next file goes there, whatever it is called"


def test_a_name_is_kept_while_the_file_is_read_another_way(as_alice, household):
    upload = checked(as_alice, household, ONE)

    as_alice.post(at("read", upload), {"read": "1", "account-0": "new", "account-0-name": "Ours", "sign": "inverted"})

    assert naming(as_alice, upload).typed == "Ours"


def test_a_name_that_is_taken_is_said_beside_the_field(as_alice, household):
    make_wallet(household, "Giro")
    upload = checked(as_alice, household, ONE)

    page = pressed(as_alice, upload, read="1", **{"account-0": "new", "account-0-name": "giro"})

    assert page.status_code == 422
    assert page.context["reading"].accounts[0].new.problem == (
        "There is a wallet named “Giro” already. Choose another name."
    )
    assert "A new wallet of this import needs another name." in page.content.decode()
    assert [row.note for row in page.context["check"].rows] == ["Rent"], "its lines are shown all the same"
    assert not Transaction.objects.exists()
    assert names(household) == {"Giro"}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Type a name."),
        ("\u200b", "Type a name."),
        ("n" * 61, "This name has 61 characters. Shorten it to 60 or fewer."),
        ("Old", "“Old” is in the archive. Use it again, or choose another name."),
    ],
)
def test_a_name_that_no_wallet_can_have_is_refused(as_alice, household, typed, said):
    Wallet.objects.filter(pk=make_wallet(household, "Old").pk).update(archived_at=timezone.now())
    upload = checked(as_alice, household, PLAIN)

    page = pressed(as_alice, upload, **NEW, **{"wallet-name": typed})

    assert page.status_code == 422
    assert (page.context["reading"].new.problem, page.context["reading"].new.typed) == (said, typed)
    assert not Transaction.objects.exists()


def test_what_is_wrong_with_a_name_is_forgiven_where_no_wallet_is_made(as_alice, household):
    giro = make_wallet(household, "Giro")
    upload = checked(as_alice, household, ONE)

    pressed(as_alice, upload, read="1", **{"account-0": giro.pk, "account-0-name": "Giro"})

    assert Transaction.objects.get().wallet == giro


def test_each_account_of_a_file_is_named(as_alice, household):
    upload = checked(as_alice, household, TWO)

    named = {"account-0": "new", "account-0-name": "Giro", "account-1": "new", "account-1-name": "Visa"}
    pressed(as_alice, upload, read="1", **named)

    lines = ImportedLine.objects.order_by("day").values_list("wallet__name", flat=True)
    assert list(lines) == ["Giro", "Visa"]


def test_two_accounts_cannot_have_one_name(as_alice, household):
    upload = checked(as_alice, household, TWO)

    named = {"account-0": "new", "account-0-name": "Giro", "account-1": "new", "account-1-name": "GIRO"}
    page = pressed(as_alice, upload, read="1", **named)

    assert [each.new.problem for each in page.context["reading"].accounts] == [
        "",
        "Another account of this file gets a wallet of that name. Choose another name.",
    ]


def test_numbers_that_end_alike_are_two_wallets(as_alice, household):
    make_wallet(household, "Bank account 3000")
    upload = checked(as_alice, household, ALIKE)

    pressed(as_alice, upload)

    assert names(household) == {"Bank account 3000", "Bank account 3000 2", "Bank account 3000 3"}
    assert set(Transaction.objects.values_list("wallet__name", flat=True)) == {
        "Bank account 3000 2",
        "Bank account 3000 3",
    }


def test_a_program_names_new_wallets(as_alice, household):
    sent = as_alice.post("/api/imports/uploads/", {"file": SimpleUploadedFile("bank.csv", TWO)}).json()
    body = {"new_wallets": {IBAN: {"name": "Giro"}, "Card 7": {"name": "Visa", "kind": "card"}}}

    path = f"/api/imports/uploads/{sent['id']}/commit"
    answer = as_alice.post(path, body, content_type="application/json")

    assert answer.status_code == 200
    assert set(Wallet.objects.of(household).values_list("name", "kind")) >= {("Giro", "bank"), ("Visa", "card")}


@pytest.mark.parametrize(
    ("body", "field", "said"),
    [
        ({"": {"name": "cash"}}, "new_wallets", "There is a wallet named “Cash” already. Choose another name."),
        ({"DE00": {"name": "Giro"}}, "new_wallets.DE00", "The file has no account of this name."),
        ({"": {"name": "Giro", "kind": "purse"}}, "new_wallets", "Choose one of the list."),
    ],
)
def test_a_program_is_told_which_name_is_wrong(as_alice, household, body, field, said):
    sent = as_alice.post("/api/imports/uploads/", {"file": SimpleUploadedFile("bank.csv", PLAIN)}).json()

    path = f"/api/imports/uploads/{sent['id']}/commit"
    answer = as_alice.post(path, {"wallet": "new", "new_wallets": body}, content_type="application/json")

    assert (answer.status_code, answer.json()["errors"]) == (422, {field: [said]})
    assert not Transaction.objects.exists()


def from_shell(tmp_path, content: bytes, *options: str) -> None:
    path = tmp_path / "bank.csv"
    path.write_bytes(content)
    call_command("import_statement", str(path), "--member", "alice@example.org", *options)


def test_a_shell_names_the_wallet_that_it_makes(household, tmp_path):
    from_shell(tmp_path, ONE, "--new-wallet", "Our giro=savings")

    wallet = Wallet.objects.get(name="Our giro")
    assert (wallet.kind, Transaction.objects.get().wallet) == ("savings", wallet)
    assert StatementAccount.objects.get().wallet == wallet


def test_a_shell_names_a_new_wallet_for_each_account(household, tmp_path):
    named = ["--new-wallet", "Giro", "--new-wallet", "Visa=card", "--account", "Card 7=visa"]
    from_shell(tmp_path, TWO, *named, "--account", f"{IBAN}=giro")

    lines = ImportedLine.objects.order_by("day").values_list("wallet__name", "wallet__kind")
    assert list(lines) == [("Giro", "bank"), ("Visa", "card")]


def test_a_dry_run_makes_no_wallet(household, tmp_path, capsys):
    from_shell(tmp_path, ONE, "--new-wallet", "Giro", "--dry-run")

    assert "1 " in capsys.readouterr().out
    assert names(household) == set()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--new-wallet", "CASH"], "There is a wallet named “Cash” already."),
        (["--new-wallet", "Giro", "--new-wallet", "giro"], "There is a wallet named “Giro” already."),
        (["--new-wallet", " "], "Type a name."),
        (["--new-wallet", "Giro=purse"], "“purse” is no kind of wallet. There are: cash, bank,"),
        ([], "Say where the lines go, with --wallet NAME or --new-wallet NAME."),
        (["--new-wallet", "Giro", "--wallet", "Purse"], "There is no wallet “Purse”. There are: Cash, Giro."),
    ],
)
def test_a_shell_is_told_what_is_wrong_with_a_name(household, tmp_path, options, said):
    with pytest.raises(CommandError, match=said):
        from_shell(tmp_path, ONE, *options)

    assert not Transaction.objects.exists()
    assert names(household) == set()


def test_the_page_asks_for_each_account_and_does_not_say_beside_that_there_are_several(as_alice, household):
    page = as_alice.get(at("check", checked(as_alice, household, TWO))).content.decode()

    assert "The file holds several accounts. Where do their lines go?" in page
    assert "The file holds lines of several accounts" not in page
    assert page.count('role="group" aria-label="Card 7"') == 1


BANKS = b"""OFXHEADER:100
DATA:OFXSGML
VERSION:102

<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><FI><ORG>%s<FID>1</FI></SONRS></SIGNONMSGSRSV1>
<BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>INR<BANKACCTFROM><BANKID>1<ACCTID>55551234<ACCTTYPE>SAVINGS</BANKACCTFROM>
<BANKTRANLIST><STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20261103<TRNAMT>-5<FITID>A1<NAME>Shop</STMTTRN></BANKTRANLIST></STMTRS>
</STMTTRNRS></BANKMSGSRSV1></OFX>"""
CARD = BANKS.replace(b"BANKACCTFROM", b"CCACCTFROM").replace(b"<ACCTTYPE>SAVINGS", b"")


@pytest.mark.parametrize(
    ("file", "name", "kind"),
    [
        (BANKS % b"Sparkasse K&ouml;ln", "Sparkasse Köln 1234", "savings"),
        (BANKS % b"B1", "Savings 1234", "savings"),
        (CARD % b"WF", "Card 1234", "card"),
    ],
)
def test_a_wallet_is_called_by_its_bank_where_the_file_names_it(as_alice, household, file, name, kind):
    upload = checked(as_alice, household, file)
    new = as_alice.get(at("check", upload)).context["reading"].new

    pressed(as_alice, upload, **NEW)

    assert new.typed == name
    assert Wallet.objects.of(household).exclude(name="Cash").values_list("name", "kind").get() == (name, kind)
