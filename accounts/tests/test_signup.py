import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import User
from transactions.models import Category, Wallet

FORM = {
    "email": "Asha@Example.org",
    "password1": "a long enough secret",
    "password2": "a long enough secret",
    "currency": "EUR",
    "locale": "de-DE",
    "time_zone": "Europe/Berlin",
    "month_start": "25",
    "week_start": "0",
    "theme": "dark",
}


@pytest.fixture(autouse=True)
def _no_rate_limit_from_other_tests():
    cache.clear()


def link_in_the_last_mail() -> str:
    return re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)[1]


def test_a_new_member_confirms_the_address_and_finds_a_household(client, db):
    client.post(reverse("account_signup"), FORM)
    path = link_in_the_last_mail()

    page = client.get(path)
    assert not User.objects.get().emailaddress_set.get().verified, "a mail scanner's GET confirms nothing"
    client.post(path)
    answer = client.post(reverse("account_login"), {"login": "asha@example.ORG", "password": FORM["password1"]})

    assert page.status_code == 200
    assert answer["Location"] == "/dashboard/"
    user = User.objects.get()
    household = user.households.get()
    assert (user.locale, user.time_zone, user.theme) == ("de-DE", "Europe/Berlin", "dark")
    assert (household.currency, household.month_start) == ("EUR", 25)
    assert Wallet.objects.of(household).get().name == "Cash"
    assert set(Category.objects.of(household).filter(is_other=True).values_list("kind", flat=True)) == {
        "income",
        "expense",
    }


def test_without_confirmation_nobody_gets_in(client, db):
    client.post(reverse("account_signup"), FORM)
    client.post(reverse("account_login"), {"login": FORM["email"], "password": FORM["password1"]})

    assert "_auth_user_id" not in client.session


def test_the_form_guesses_from_the_browsers_language(client, db):
    page = client.get(reverse("account_signup"), headers={"Accept-Language": "de-CH,de;q=0.9"}).content.decode()

    assert '<option value="CHF" selected>' in page
    assert '<option value="de-CH" selected>' in page


def test_a_taken_address_gets_the_same_answer_as_a_new_one(client, alice):
    taken = client.post(reverse("account_signup"), FORM | {"email": "ALICE@example.org"})
    new = client.post(reverse("account_signup"), FORM)

    assert (taken.status_code, taken["Location"]) == (new.status_code, new["Location"])
    assert User.objects.with_email("alice@example.org").count() == 1


def test_the_database_refuses_two_people_of_one_address(alice):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("ALICE@EXAMPLE.ORG", "a long enough secret")


def test_a_reset_link_works_once_and_for_any_case(client, alice):
    client.post(reverse("account_reset_password"), {"email": "Alice@Example.org"})
    link = link_in_the_last_mail()
    form = client.get(link, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": "another long secret", "password2": "another long secret"})

    alice.refresh_from_db()
    assert alice.check_password("another long secret")
    second = client.get(link, follow=True).content.decode()
    assert 'name="password1"' not in second


def test_passwords_are_hashed_with_argon2(client, db, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

    client.post(reverse("account_signup"), FORM)

    assert User.objects.get().password.startswith("argon2$argon2id$")
