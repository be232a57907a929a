"""The accounts that files name and the wallets they are kept in: all of them seen, each changed or forgotten."""

import pytest
from django.db.models.functions import Now
from django.urls import reverse

from transactions.models import StatementAccount, StatementProfile, Wallet
from transactions.tests.factories import make_wallet
from transactions.tests.test_importing import at, checked, pressed
from transactions.tests.test_recalling import ofx

LIST = reverse("transactions:profiles")


@pytest.fixture
def giro(household) -> Wallet:
    return make_wallet(household, "Giro")


@pytest.fixture
def savings(household) -> Wallet:
    return make_wallet(household, "Savings")


@pytest.fixture
def account(as_alice, household, giro, savings) -> StatementAccount:
    """An account whose file went into Giro."""
    upload = checked(as_alice, household, ofx("4711"))
    assert pressed(as_alice, upload, read="1", wallet=giro.pk).status_code == 303
    return StatementAccount.objects.get()


def address(account: StatementAccount, name: str = "update") -> str:
    return reverse(f"transactions:account-{name}", args=[account.pk])


def wallet_of_next(client, household, account: str = "4711") -> str:
    """Into which wallet the page puts the next file of the account."""
    upload = checked(client, household, ofx(account))
    return client.get(at("check", upload)).context["form"]["wallet"].value()


def test_the_accounts_stand_below_the_banks_with_their_wallets(as_alice, account):
    page = as_alice.get(LIST)

    (row,) = page.context["accounts"]
    assert (row.name, row.wallet, row.edit_url) == ("4711", "Giro", address(account))
    assert "Accounts in files" in page.content.decode()


def test_another_wallet_is_where_the_next_file_goes(as_alice, household, savings, account):
    form = as_alice.get(address(account))
    answer = as_alice.post(address(account), {"wallet": savings.pk})

    assert {name for _value, name in form.context["form"].fields["wallet"].choices} == {"Cash", "Giro", "Savings"}
    assert form.context["form"]["wallet"].value() == account.wallet_id
    assert (answer.status_code, answer["Location"]) == (303, LIST)
    assert wallet_of_next(as_alice, household) == str(savings.pk)


def test_what_is_forgotten_is_not_known_any_more(as_alice, household, giro, account):
    question = as_alice.get(address(account, "delete"))
    answer = as_alice.post(address(account, "delete"))

    assert "Forget account 4711?" in question.content.decode()
    assert (answer["Location"], StatementAccount.objects.count()) == (LIST, 0)
    assert StatementProfile.objects.count() == 1
    assert wallet_of_next(as_alice, household) == str(giro.pk)
    StatementProfile.objects.all().delete()
    StatementAccount.objects.create(household=household, name="99", wallet=giro)
    assert wallet_of_next(as_alice, household) == "new"


def test_a_wallet_in_the_archive_is_named_as_that_and_may_stay(as_alice, giro, account):
    Wallet.objects.filter(pk=giro.pk).update(archived_at=Now())

    (row,) = as_alice.get(LIST).context["accounts"]
    answer = as_alice.post(address(account), {"wallet": giro.pk})

    assert (row.wallet, answer.status_code) == ("Giro (archived)", 303)


@pytest.mark.parametrize("which", ["bobs", "old", "none", "word"])
def test_only_an_open_wallet_of_the_household_keeps_an_account(
    as_alice, household, giro, account, bobs_household, which
):
    old = make_wallet(household, "Old", archived_at=Now())
    values = {"bobs": make_wallet(bobs_household, "Bobs").pk, "old": old.pk, "none": "", "word": "x"}

    answer = as_alice.post(address(account), {"wallet": values[which]})

    assert (answer.status_code, "Choose one of the list." in answer.content.decode()) == (422, True)
    assert StatementAccount.objects.get().wallet == giro


def test_who_may_only_look_sees_them_and_changes_nothing(as_viewer, account, savings):
    (row,) = as_viewer.get(LIST).context["accounts"]

    assert (row.name, row.edit_url) == ("4711", "")
    for name in ("update", "delete"):
        assert as_viewer.get(address(account, name)).status_code == 403
        assert as_viewer.post(address(account, name), {"wallet": savings.pk}).status_code == 403
    assert StatementAccount.objects.get().wallet.name == "Giro"


def test_bob_sees_nothing_of_alices_accounts(as_bob, account):
    for name in ("update", "delete"):
        assert as_bob.get(address(account, name)).status_code == 404
        assert as_bob.post(address(account, name), {"wallet": account.wallet_id}).status_code == 404
    assert "4711" not in as_bob.get(LIST).content.decode()
    assert StatementAccount.objects.count() == 1


def test_the_list_asks_once_however_many_accounts_there_are(as_alice, household, giro, django_assert_max_num_queries):
    for number in range(30):
        StatementAccount.objects.create(household=household, name=f"{number:04}", wallet=giro)

    with django_assert_max_num_queries(10):
        assert len(as_alice.get(LIST).context["accounts"]) == 30
