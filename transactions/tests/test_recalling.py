"""What is remembered of a bank's files never overrules what the next one shows, and belongs to one wallet's files."""

from datetime import date
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils.html import strip_tags

from accounts.models import Household
from transactions.models import StatementAccount, StatementProfile, Transaction, Upload, Wallet
from transactions.tests.factories import make_transaction, make_wallet
from transactions.tests.test_importing import at, checked
from transactions.tests.test_short_pages import sent

CARD = b"Date,Description,Amount\n2026-10-05,Shop,10.00\n2026-10-06,Market,20.00\n"
GIRO = b"Date,Description,Amount\n2026-11-02,Pay,2000.00\n2026-11-03,Rent,-700.00\n"
OFX = """<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>INR<BANKACCTFROM><BANKID>1<ACCTID>{account}<ACCTTYPE>CHECKING
</BANKACCTFROM><BANKTRANLIST><STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20261103<TRNAMT>-4.50<FITID>{account}-1<NAME>Coffee
</STMTTRN></BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"""


@pytest.fixture
def card(household) -> Wallet:
    return make_wallet(household, "Card", kind=Wallet.Kind.CARD)


@pytest.fixture
def giro(household) -> Wallet:
    return make_wallet(household, "Giro")


def ofx(account: str) -> bytes:
    return OFX.format(account=account).encode()


def page(client, upload: Upload):
    return client.get(at("check", upload)).context


def read(client, upload: Upload, **changes):
    return client.post(at("read", upload), sent(client, upload, **changes)).context


def amounts(context) -> list[str]:
    return [strip_tags(row.amount) for row in context["check"].rows]


def imported(client, household, content: bytes, **choices) -> None:
    upload = checked(client, household, content)
    read(client, upload, **choices)
    assert client.post(at("commit", upload), sent(client, upload)).status_code == 303


@pytest.fixture
def turned_card(as_alice, household, card) -> None:
    imported(as_alice, household, CARD, wallet=str(card.pk), sign="inverted")


@pytest.mark.usefixtures("turned_card")
def test_a_sign_that_is_remembered_is_said_aloud(as_alice, household):
    context = page(as_alice, checked(as_alice, household, GIRO))

    assert amounts(context) == ["\u2212\u20b92,000.00", "+\u20b9700.00"]
    assert context["notices"] == [
        "As you chose for “bank”, minus is money in here. If that is wrong for this file, change the signs."
    ]


@pytest.mark.usefixtures("turned_card")
def test_in_another_wallet_the_remembered_sign_does_not_count(as_alice, household, card, giro):
    upload = checked(as_alice, household, GIRO)

    context = read(as_alice, upload, wallet=str(giro.pk))
    as_alice.post(at("commit", upload), sent(as_alice, upload))
    cards, giros = (
        page(as_alice, checked(as_alice, household, CARD.replace(b"-10-", b"-12-"))),
        read(as_alice, checked(as_alice, household, CARD.replace(b"-10-", b"-09-")), wallet=str(card.pk)),
    )

    assert (amounts(context), context["notices"]) == (["+\u20b92,000.00", "\u2212\u20b9700.00"], [])
    assert StatementProfile.objects.count() == 2
    # The last one used is taken, and said; with the card's wallet its sign comes back.
    assert amounts(cards) == ["+\u20b910.00", "+\u20b920.00"]
    assert cards["notices"] == ["Files like this one also went into “Card”. Look whether this one belongs into “Giro”."]
    assert amounts(giros) == ["\u2212\u20b910.00", "\u2212\u20b920.00"]


@pytest.mark.usefixtures("turned_card")
def test_a_sign_that_was_chosen_here_stays_whatever_the_wallet(as_alice, household, giro):
    upload = checked(as_alice, household, GIRO)

    context = read(as_alice, upload, wallet=str(giro.pk), sign="plain")

    assert amounts(context) == ["+\u20b92,000.00", "\u2212\u20b9700.00"]


@pytest.mark.usefixtures("turned_card")
def test_a_shell_uses_the_sign_of_the_wallet_it_names(household, giro, tmp_path):
    path, said = tmp_path / "giro.csv", StringIO()
    path.write_bytes(GIRO)

    call_command("import_statement", path, member="alice@example.org", wallet="Giro", dry_run=True, stdout=said)

    assert "2000.00 in, 700.00 out" in said.getvalue()


def test_an_order_of_days_that_the_file_proves_beats_the_remembered_one(as_alice, household):
    imported(as_alice, household, b"Date,Text,Amount\n05/04/2026,A,-1.00\n06/04/2026,B,-2.00\n", date_order="mdy")

    context = page(
        as_alice, checked(as_alice, household, b"Date,Text,Amount\n07/05/2026,C,-1.00\n25/05/2026,D,-2.00\n")
    )

    assert [row.iso for row in context["check"].rows] == ["2026-05-07", "2026-05-25"]


def test_characters_that_can_only_be_one_set_beat_the_remembered_one(as_alice, household):
    text = "Date,Text,Amount\n2026-11-02,Café,-4.20\n"
    imported(as_alice, household, text.encode("cp1252"), encoding="windows-1252")

    context = page(as_alice, checked(as_alice, household, text.encode()))

    assert [(row.note, row.verdict) for row in context["check"].rows] == [("Café", "Known")]


def test_a_decimal_mark_that_the_file_proves_beats_the_remembered_one(as_alice, household):
    imported(as_alice, household, b"Date;Text;Amount\n2026-11-02;A;-4,50\n", decimal_mark=",")

    context = page(as_alice, checked(as_alice, household, b"Date;Text;Amount\n2026-11-03;B;-1,234.56\n"))

    assert amounts(context) == ["\u2212\u20b91,234.56"]


def test_an_account_that_is_new_gets_a_wallet_of_its_own(as_alice, household, giro):
    first = checked(as_alice, household, ofx("111"))
    before = page(as_alice, first)
    as_alice.post(at("commit", first), sent(as_alice, first))

    second = checked(as_alice, household, ofx("222"))
    context = page(as_alice, second)
    as_alice.post(at("commit", second), sent(as_alice, second))

    assert (before["form"]["wallet"].value(), before["reading"].account) == (str(giro.pk), "111")
    assert (context["form"]["wallet"].value(), context["reading"].account) == ("new", "222")
    assert list(Transaction.objects.order_by("pk").values_list("wallet__name", flat=True)) == ["Giro", "222"]
    assert set(StatementAccount.objects.values_list("name", "wallet__name")) == {("111", "Giro"), ("222", "222")}


@pytest.mark.parametrize(
    ("known", "wallet"), [("DE89370400440532013000", "Giro"), ("532013000", "Giro"), ("DE89370400440532013001", "new")]
)
def test_an_iban_and_the_number_that_it_ends_in_are_one_account(as_alice, household, giro, known, wallet):
    StatementAccount.objects.create(household=household, name=known, wallet=giro)

    context = page(as_alice, checked(as_alice, household, ofx("0532013000")))

    assert context["form"]["wallet"].value() == (str(giro.pk) if wallet == "Giro" else "new")
    assert context["notices"] == []


def test_a_bank_is_no_cash(as_alice, household):
    context = page(as_alice, checked(as_alice, household, ofx("111")))

    assert context["form"]["wallet"].value() == "new"


def test_a_wallet_of_another_account_is_asked_about(as_alice, household, giro):
    StatementAccount.objects.create(household=household, name="111", wallet=giro)

    context = read(as_alice, checked(as_alice, household, ofx("222")), wallet=str(giro.pk))

    assert context["notices"] == ["This file is of account 222. “Giro” has had files of account 111 so far."]


def test_a_file_that_is_named_after_a_wallet_goes_there(as_alice, household, giro):
    make_wallet(household, "Bank")

    context = page(as_alice, checked(as_alice, household, GIRO))

    assert context["form"]["wallet"].value() == str(Wallet.objects.get(name="Bank").pk)


def test_the_very_same_file_is_said_to_be_here(as_alice, household, giro):
    imported(as_alice, household, GIRO, wallet=str(giro.pk))
    again = checked(as_alice, household, GIRO)
    savings = make_wallet(household, "Savings")

    context = read(as_alice, again, wallet=str(savings.pk))

    assert context["notices"][-1] == "This very file was imported before, as “bank.csv”, into “Giro”."


def test_three_decimals_are_read_where_the_household_has_three(as_alice, household):
    Wallet.objects.of(household).delete()
    Household.objects.filter(pk=household.pk).update(currency="KWD")
    upload = checked(as_alice, household, b"Date,Text,Amount\n2026-11-03,A,-1.234\n2026-11-04,B,-2.500\n")

    context = page(as_alice, upload)

    assert amounts(context) == ["\u2212KWD1.234", "\u2212KWD2.500"]


@pytest.mark.usefixtures("turned_card")
def test_a_profile_that_is_no_wallets_own_counts_behind_that_of_the_wallet(as_alice, household, giro):
    imported(as_alice, household, GIRO, wallet=str(giro.pk))
    # Used last, and said to be for the first wallet, whichever that is.
    cards = StatementProfile.objects.get(wallet__name="Card")
    as_alice.post(reverse("transactions:profile-update", args=[cards.pk]), {"name": "Cards", "wallet": ""})
    StatementProfile.objects.filter(pk=cards.pk).update(used_at="2030-01-01T00:00Z")

    later = checked(as_alice, household, GIRO.replace(b"2026-11", b"2026-12"))

    assert page(as_alice, later)["form"]["wallet"].value() == str(giro.pk)
    assert amounts(page(as_alice, later)) == ["+\u20b92,000.00", "\u2212\u20b9700.00"]
    assert as_alice.post(at("commit", later), sent(as_alice, later)).status_code == 303
    assert sorted(StatementProfile.objects.values_list("name", "wallet__name")) == [("Cards", None), ("bank", "Giro")]


def test_a_file_of_a_new_kind_is_asked_about_before_it_goes_into_the_usual_wallet(as_alice, household):
    def noticed(content):
        sent = as_alice.post(reverse("transactions:import"), {"file": SimpleUploadedFile("a.csv", content)}).url
        return sent, as_alice.get(sent).content.decode()

    first = b"Date,Payee,Amount\n2026-11-03,Tea,-4.00\n"
    other = b"Buchungstag;Empfaenger;Betrag\n04.11.2026;Brot;-3,00\n"

    url, page = noticed(first)
    assert "A new wallet" in page.partition(" selected")[2], "an empty purse is no bank's account"
    make_transaction(household, "5", on=date(2026, 11, 1), note="Tram")
    url, page = noticed(first)
    assert "“Cash” is money in hand. If this file is of a bank or a card, choose a new wallet for it." in page
    giro = make_wallet(household, "Giro")
    as_alice.post(f"{url}commit/", {"wallet": giro.pk})

    _url, page = noticed(first)
    assert "new here" not in page
    _url, page = noticed(other)
    assert "A file like this one is new here. Look whether it belongs into “Giro”, or choose a new wallet." in page
