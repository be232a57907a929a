"""The shell asks what the browser asks, says what it says, and remembers what it remembers."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from transactions.imports import profiles
from transactions.models import ImportBatch, StatementAccount, StatementProfile, Transaction, Wallet
from transactions.tests.factories import make_wallet
from transactions.tests.test_importing import at, checked, pressed
from transactions.tests.test_recalling import ofx

OPEN_DAYS = b"Date,Description,Amount\n05/05/2026,Tea,-1.00\n06/04/2026,Bread,-2.00\n"
LATER = b"Date,Description,Amount\n07/05/2026,Milk,-3.00\n08/05/2026,Salt,-4.00\n"
BOTH = [
    {
        "date_order": "dmy",
        "first": "2026-04-06",
        "last": "2026-05-05",
        "sample": {"line": 3, "date": "2026-04-06", "amount": "-2.00", "description": "Bread"},
    },
    {
        "date_order": "mdy",
        "first": "2026-05-05",
        "last": "2026-06-04",
        "sample": {"line": 3, "date": "2026-06-04", "amount": "-2.00", "description": "Bread"},
    },
]


class Terminal(StringIO):
    """A terminal at which this is typed, and then nothing more. Not every machine has one to give."""

    def isatty(self) -> bool:
        return True


def days() -> list[str]:
    return [day.isoformat() for day in Transaction.objects.order_by("date").values_list("date", flat=True)]


def test_a_dry_run_tells_both_readings_of_the_days_and_goes_on(run):
    answer, _beside = run(OPEN_DAYS, "--dry-run")

    assert (answer["date_order"], answer["ambiguous"], answer["new"]) == ("dmy", True, 2)
    assert answer["readings"] == BOTH
    assert not Transaction.objects.exists()


def test_a_dry_run_in_words_shows_both_too(household, tmp_path):
    path, said = tmp_path / "bank.csv", StringIO()
    path.write_bytes(OPEN_DAYS.replace(b"Bread", b"Bre\x1b[2Jad"))

    call_command("import_statement", path, member="alice@example.org", wallet="Cash", dry_run=True, stdout=said)

    assert "read as dmy. Overrule it with --date-order." in said.getvalue()
    assert "  dmy, day first: 2026-04-06 to 2026-05-05; line 3 is 2026-04-06, -2.00, Bre" in said.getvalue()
    assert "  mdy, month first: 2026-05-05 to 2026-06-04; line 3 is 2026-06-04, -2.00, Bre" in said.getvalue()
    assert "\x1b" not in said.getvalue()


def test_without_a_terminal_an_open_order_is_refused_with_both_readings(run):
    with pytest.raises(CommandError) as refused:
        run(OPEN_DAYS)

    assert str(refused.value).splitlines() == [
        "The file leaves open which number is the day and which the month. Which days are right?",
        "  dmy, day first: 2026-04-06 to 2026-05-05; line 3 is 2026-04-06, -2.00, Bread",
        "  mdy, month first: 2026-05-05 to 2026-06-04; line 3 is 2026-06-04, -2.00, Bread",
        "Nothing was imported. Choose with --date-order dmy or --date-order mdy.",
    ]
    assert not ImportBatch.objects.exists()
    assert not StatementProfile.objects.exists()


def test_at_a_terminal_the_order_is_asked_until_it_is_one(run):
    answer, beside = run(OPEN_DAYS, stdin=Terminal("month\nMDY\n"))

    assert "Which days are right?" in beside
    assert beside.count("Type dmy or mdy:") == 2
    assert (answer["date_order"], answer["ambiguous"], answer["readings"], answer["new"]) == ("mdy", False, [], 2)
    assert days() == ["2026-05-05", "2026-06-04"]
    assert profiles.chosen(StatementProfile.objects.get()) == {"date_order": "mdy"}


def test_who_leaves_without_an_answer_imports_nothing(run):
    with pytest.raises(CommandError, match="Nothing was imported"):
        run(OPEN_DAYS, stdin=Terminal())

    assert not Transaction.objects.exists()


@pytest.mark.parametrize(
    ("first", "options"), [(OPEN_DAYS, ["--date-order", "mdy"]), (OPEN_DAYS.replace(b"06/04", b"05/25"), [])]
)
def test_what_an_earlier_file_settled_is_not_asked_again(run, first, options):
    run(first, *options)

    answer, beside = run(LATER)

    assert (answer["date_order"], answer["ambiguous"], beside) == ("mdy", False, "")
    assert days()[-2:] == ["2026-07-05", "2026-08-05"]


def test_what_a_shell_overrules_is_used_by_the_browser(run, as_alice, household):
    make_wallet(household, "Bank")
    content = "Date;Text;Amount\n2026-11-03;Café;4,50\n".encode("cp1252")

    options = ["--sign", "inverted", "--encoding", "windows-1252", "--delimiter", ";", "--decimal-mark", ","]
    answer, _beside = run(content, *options, wallet="Bank")
    page = as_alice.get(at("check", checked(as_alice, household, content))).context

    assert (answer["debits"], answer["encoding"], answer["delimiter"]) == ("4.50", "windows-1252", ";")
    assert [row.verdict for row in page["check"].rows] == ["Known"]
    assert page["profile"].wallet.name == "Bank"
    assert profiles.chosen(page["profile"]) == {
        "sign": "inverted",
        "encoding": "windows-1252",
        "delimiter": ";",
        "decimal_mark": ",",
    }


def test_an_empty_option_takes_back_what_was_remembered(run):
    run(LATER, "--date-order", "dmy", "--sign", "inverted")

    answer, _beside = run(LATER.replace(b"2026", b"2025"), "--sign", "")

    assert answer["debits"] == "7.00"
    assert profiles.chosen(StatementProfile.objects.get()) == {"date_order": "dmy"}


def test_columns_that_a_shell_names_are_remembered_even_those_no_page_asks_for(run, as_alice, household):
    content = b"Date,Text,Amount,Extra\n2026-11-03,Tea,-4.50,0.50\n"
    run(content, "--column", "fee=Extra", "--column", "text=2")

    page = as_alice.get(at("check", checked(as_alice, household, content))).context

    assert profiles.chosen(page["profile"]) == {"column-fee": "3", "column-text": "1"}
    assert [select.label for select in page["reading"].columns][-1] == "Fee"
    assert profiles.header_of(page["profile"]) == ["Date", "Text", "Amount", "Extra"]


@pytest.mark.parametrize(
    ("option", "value", "problem"),
    [("--encoding", "klingon", "invalid choice"), ("--delimiter", "x", "invalid choice"), ("--column", "date=9", "9")],
)
def test_an_option_that_makes_no_sense_is_refused(run, option, value, problem):
    with pytest.raises(CommandError, match=problem):
        run(LATER, option, value)

    assert not Transaction.objects.exists()


def test_an_account_that_is_kept_elsewhere_or_nowhere_is_said_aloud(run, household):
    giro = make_wallet(household, "Giro")
    StatementAccount.objects.create(household=household, name="111", wallet=giro)
    make_wallet(household, "Bank")

    known, _ = run(ofx("111"), wallet="Giro", name="a.ofx")
    elsewhere, _ = run(ofx("111"), "--dry-run", wallet="Bank", name="a.ofx")
    nowhere, _ = run(ofx("222"), wallet="Bank", name="b.ofx")
    other, _ = run(ofx("333"), "--dry-run", wallet="Bank", name="c.ofx")

    assert known["remarks"] == []
    assert "Account 111 is kept in “Giro”. Its lines go into “Bank”, as you named it." in elsewhere["remarks"]
    assert (nowhere["new"], nowhere["remarks"][-1]) == (
        1,
        "Nobody has said yet where account 222 is kept. Its lines go into “Bank”, as you named it.",
    )
    assert "This file is of account 333. “Bank” has had files of account 222 so far." in other["remarks"]
    assert StatementAccount.objects.get(name="222").wallet.name == "Bank"


def test_accounts_of_one_file_that_nobody_placed_are_named_and_remembered(run, as_alice, household):
    content = b"Date,Account,Payee,Amount\n2026-11-03,Giro,Rent,-500.00\n2026-11-04,X,Cinema,-12.00\n"
    make_wallet(household, "Giro")

    answer, _ = run(content)
    page = as_alice.get(at("check", checked(as_alice, household, content))).context

    assert answer["remarks"][1:] == [
        "Nobody has said yet where account X is kept. Its lines go into “Cash”, as you named it."
    ]
    assert dict(StatementAccount.objects.values_list("name", "wallet__name")) == {"Giro": "Giro", "X": "Cash"}
    assert {row.verdict for row in page["check"].rows} == {"Known"}


def test_a_file_that_was_imported_before_is_said_to_be_here(run, as_alice, household):
    make_wallet(household, "Bank")
    run(LATER, "--date-order", "dmy")

    answer, _ = run(LATER, "--dry-run", wallet="Bank", name="other.csv")

    assert "This very file was imported before, as “bank.csv”, into “Cash”." in answer["remarks"]


def test_a_shell_and_the_browser_keep_one_profile_for_a_wallet(run, as_alice, household):
    upload = checked(as_alice, household, OPEN_DAYS)
    pressed(as_alice, upload, read="1", date_order="mdy", wallet=Wallet.objects.get(name="Cash").pk)

    answer, _ = run(LATER)

    assert answer["date_order"] == "mdy"
    assert StatementProfile.objects.count() == 1
