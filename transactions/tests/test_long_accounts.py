"""Accounts that come first behind the first look at a long file are asked about, and chosen wallets stay theirs."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from transactions.importers.base import Ours, StatementLine
from transactions.importers.survey import Survey
from transactions.imports import uploads
from transactions.models import Transaction, Wallet
from transactions.tests.long_files import at, sent

HEAD = "Date,Description,Original Description,Amount,Transaction Type,Category,Account Name,Labels,Notes\n"
LATE = HEAD + "".join(
    f"11/{day:02}/2026,Tram {day},TRAM {day},1.50,debit,Travel,{'Late card' if day > 25 else 'Giro'},,\n"
    for day in range(1, 29)
)


@pytest.fixture
def late(_long, as_alice, run_jobs, monkeypatch):
    """A long file was read whose second account its first look did not see."""
    monkeypatch.setattr(uploads, "FRONT", 700)
    sent(as_alice, LATE, "mint.csv")
    run_jobs()
    return as_alice


def asked(client, **query):
    return client.get(at("import-check"), query).context


@pytest.mark.usefixtures("late")
def test_an_account_behind_the_first_look_is_asked_about_when_the_file_was_read(as_alice):
    context = asked(as_alice)

    assert [each.label for each in context["reading"].accounts] == ["Giro", "Late card"]
    assert "check" in context
    assert Transaction.objects.count() == 0


@pytest.mark.usefixtures("late")
def test_its_lines_go_where_the_member_says(as_alice, household, run_jobs):
    card = Wallet.objects.create(household=household, name="Card", kind=Wallet.Kind.CARD, currency=household.currency)
    query = {"read": "1", "account-1": str(card.pk)}
    context = asked(as_alice, **query)
    as_alice.post(at("import-read"), dict(context["reading"].hidden))
    run_jobs()
    again = asked(as_alice)
    as_alice.post(at("import-commit"))
    run_jobs()

    assert "check" not in context
    assert f'value="{card.pk}" selected' in again["reading"].accounts[1].options
    counted = Counter(Transaction.objects.of(household).values_list("wallet__name", flat=True))
    assert counted == {"Giro": 25, "Card": 3}


def test_accounts_of_the_first_lines_come_first_whatever_follows():
    line = StatementLine(0, date(2026, 3, 1), Decimal(1), "", "", account="Giro")
    ours = Ours(*([""] * len(Ours._fields)))
    first, more = line._replace(transfer="Cash", ours=ours), line._replace(account="Savings")
    few, all_lines = Survey(), Survey()
    few.note(first)
    for each in (first, more):
        all_lines.note(each)

    assert list(few.accounts) == ["Giro", "Cash"]
    assert list(all_lines.accounts) == ["Giro", "Cash", "Savings"]
