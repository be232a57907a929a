"""An import is undone in one step, and can be done again."""

from datetime import date
from decimal import Decimal

from django.urls import reverse

from transactions.imports import taking_back
from transactions.models import ImportBatch, ImportedLine, Transaction, Wallet
from transactions.tests.factories import make_transaction, make_wallet
from transactions.tests.test_importing import at, checked, pressed
from transactions.tests.test_verdicts import a_statement, commit, line, sums, verdicts
from transactions.totals import differences

MONTH = a_statement(line(1, 3, "-4", "Tea"), line(2, 4, "-6", "Bread"), line(3, 5, "90", "Salary"))


def test_all_of_an_import_goes_and_may_come_again(household, alice):
    cash = Wallet.objects.of(household).get()
    batch = commit(household, MONTH, {"": cash}, alice)

    done = taking_back.take_back(batch=batch)

    assert (done.gone, done.kept) == (3, 0)
    assert sums(household) == (0, 0, 0)
    assert verdicts(household, MONTH, {"": cash}) == ["new", "new", "new"]
    commit(household, MONTH, {"": cash}, alice)
    assert sums(household) == (Decimal(90), Decimal(10), Decimal(80))
    assert differences() == []


def test_a_second_press_does_nothing(household, alice):
    cash = Wallet.objects.of(household).get()
    batch = commit(household, MONTH, {"": cash}, alice)
    taking_back.take_back(batch=batch)
    commit(household, MONTH, {"": cash}, alice)

    assert taking_back.take_back(batch=batch).gone == 0
    assert Transaction.objects.count() == 3


def test_what_was_changed_since_is_listed_and_stays_unless_it_is_ticked(as_alice, household, alice):
    cash = Wallet.objects.of(household).get()
    batch = commit(household, MONTH, {"": cash}, alice)
    tea, bread = Transaction.objects.get(note="Tea"), Transaction.objects.get(note="Bread")
    Transaction.objects.filter(pk__in=[tea.pk, bread.pk]).update(comment="kept")

    url = reverse("transactions:import-take-back", args=[batch.pk])
    page = as_alice.get(url)
    assert [entry.note for entry in page.context["entries"]] == ["Tea", "Bread"]
    as_alice.post(url, {"entry": [bread.pk]})

    assert list(Transaction.objects.all()) == [tea]
    assert verdicts(household, MONTH, {"": cash}) == ["known", "new", "new"]
    batch.refresh_from_db()
    assert batch.taken_back_at is not None


def test_an_entry_that_was_turned_into_a_transfer_becomes_what_it_was(household, alice):
    cash, bank = Wallet.objects.of(household).get(), make_wallet(household, "Bank")
    commit(household, a_statement(line(1, 8, "-500", "To savings")), {"": cash}, alice)
    second = commit(household, a_statement(line(1, 9, "500", "Incoming")), {"": bank}, alice)
    assert Transaction.objects.get().kind == "transfer"

    taking_back.take_back(batch=second)

    entry = Transaction.objects.get()
    assert (entry.kind, entry.amount, entry.wallet, entry.to_wallet) == ("expense", Decimal(500), cash, None)
    assert str(entry.category) == "Other"
    assert ImportedLine.objects.count() == 1
    assert differences() == []


def test_what_was_turned_stays_where_it_is_if_its_wallet_is_gone(household, alice):
    cash, bank, till = Wallet.objects.of(household).get(), *(make_wallet(household, name) for name in ("Bank", "Till"))
    entry = make_transaction(household, "500", on=date(2026, 11, 8), wallet=till)
    second = commit(household, a_statement(line(1, 9, "500", "In")), {"": bank}, alice, taken={1}, choices={1: None})
    Transaction.objects.filter(pk=entry.pk).update(wallet=cash)
    till.delete()

    taking_back.take_back(batch=second, also=[entry.pk])

    entry.refresh_from_db()
    assert (entry.kind, entry.wallet, entry.to_wallet, str(entry.category)) == ("expense", cash, None, "Groceries")
    assert differences() == []


def test_the_list_shows_every_import_and_what_became_of_it(as_alice, household, alice):
    cash = Wallet.objects.of(household).get()
    taking_back.take_back(batch=commit(household, MONTH, {"": cash}, alice))
    commit(household, MONTH, {"": cash}, alice)

    page = as_alice.get(reverse("transactions:imports"))

    assert [batch.is_taken_back for batch in page.context["batches"]] == [False, True]
    assert "3 lines imported" in page.content.decode()


def test_what_was_taken_back_is_not_offered_again(as_alice, household, alice):
    batch = commit(household, MONTH, {"": Wallet.objects.of(household).get()}, alice)
    taking_back.take_back(batch=batch)
    url = reverse("transactions:import-take-back", args=[batch.pk])

    for answer in (as_alice.get(url, follow=True), as_alice.post(url, follow=True)):
        assert answer.redirect_chain == [(reverse("transactions:import-done", args=[batch.pk]), 303)]
        assert "This import was taken back" in answer.content.decode()


def test_bob_and_a_viewer_take_nothing_back(as_bob, as_viewer, household, alice):
    batch = commit(household, MONTH, {"": Wallet.objects.of(household).get()}, alice)
    url = reverse("transactions:import-take-back", args=[batch.pk])

    assert (as_bob.get(url).status_code, as_bob.post(url).status_code) == (404, 404)
    assert (as_viewer.get(url).status_code, as_viewer.post(url).status_code) == (403, 403)
    assert Transaction.objects.count() == 3
    assert ImportBatch.objects.get().taken_back_at is None


def test_who_takes_an_import_back_is_told_what_went(as_alice, household):
    pressed(as_alice, checked(as_alice, household))
    batch = ImportBatch.objects.get()

    page = as_alice.post(at("take-back", batch), follow=True).content.decode()

    assert "3 entries are gone." in page
