"""From the form to the first page: sign-up, the mail, its link, and the household that waits."""

import pytest
from django.core import mail
from django.urls import reverse

from accounts.forms import SignupForm
from accounts.models import User
from accounts.tests.conftest import link_in

SIGNUP = "/accounts/signup/"
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


def test_a_new_member_confirms_the_address_and_finds_a_household(visitor):
    sent = visitor.post(SIGNUP, FORM, follow=True)
    path = link_in(mail.outbox[0])

    page = visitor.get(path)
    assert not User.objects.get().emailaddress_set.get().verified, "a mail scanner's GET confirms nothing"
    visitor.post(path)
    answer = visitor.post(reverse("account_login"), {"login": "asha@example.ORG", "password": FORM["password1"]})

    assert "Look into your mail" in sent.content.decode()
    assert "asha@example.org" in page.content.decode()
    assert answer["Location"] == "/dashboard/"
    user = User.objects.get()
    household = user.households.get()
    assert (user.email, user.locale, user.time_zone, user.theme) == (
        "asha@example.org",
        "de-DE",
        "Europe/Berlin",
        "dark",
    )
    assert (household.currency, household.month_start, household.week_start) == ("EUR", 25, 0)
    assert user.memberships.get().role == "owner"


def test_a_confirmation_link_works_once(visitor):
    visitor.post(SIGNUP, FORM)
    path = link_in(mail.outbox[0])
    visitor.post(path)

    again = visitor.get(path).content.decode()

    assert "This link no longer works" in again
    assert "Yes, confirm" not in again


def test_a_wrong_confirmation_link_confirms_nothing(visitor):
    visitor.post(SIGNUP, FORM)

    page = visitor.get("/accounts/confirm-email/MTIz:1vNotAKey:nothing/")
    posted = visitor.post("/accounts/confirm-email/MTIz:1vNotAKey:nothing/")

    assert "This link no longer works" in page.content.decode()
    assert posted.status_code == 404
    assert not User.objects.get().emailaddress_set.get().verified


def test_without_confirmation_nobody_gets_in(visitor):
    visitor.post(SIGNUP, FORM)

    answer = visitor.post(
        reverse("account_login"), {"login": FORM["email"], "password": FORM["password1"]}, follow=True
    )

    assert "_auth_user_id" not in visitor.session
    assert "Look into your mail" in answer.content.decode()


def test_a_forged_host_does_not_reach_the_mail(visitor, settings):
    settings.ALLOWED_HOSTS = ["*"]
    settings.SITE_URL = "https://batua.example"

    visitor.post(SIGNUP, FORM, headers={"Host": "evil.example"})

    assert "https://batua.example/accounts/confirm-email/" in mail.outbox[0].body
    assert all("evil.example" not in text for text in (mail.outbox[0].body, mail.outbox[0].alternatives[0][0]))


def test_the_mail_says_what_it_is_in_text_and_html(visitor):
    visitor.post(SIGNUP, FORM)

    welcome = mail.outbox[0]

    assert (welcome.subject, welcome.to) == ("Welcome to Batua: confirm your address", ["asha@example.org"])
    assert "Confirm my address:\nhttp://testserver/accounts/confirm-email/" in welcome.body
    assert f'href="http://testserver{link_in(welcome)}"' in welcome.alternatives[0][0]


def test_the_form_guesses_from_the_browsers_language(visitor):
    page = visitor.get(SIGNUP, headers={"Accept-Language": "de-CH,de;q=0.9"}).content.decode()

    for value in ("CHF", "de-CH", "Europe/Zurich"):
        assert f'<option value="{value}" selected>' in page


def test_the_guesses_are_asked_for_again_with_the_devices_zone(visitor):
    answer = visitor.get(
        reverse("accounts:guess"), {"time_zone": "Asia/Calcutta"}, headers={"Accept-Language": "en-US"}
    )

    assert answer.json() == {"locale": "en-IN", "time_zone": "Asia/Kolkata", "currency": "INR", "week_start": "6"}


def test_what_was_chosen_is_not_guessed_again_after_a_mistake(visitor):
    answer = visitor.post(SIGNUP, FORM | {"password2": "something else"}, headers={"Accept-Language": "en-IN"})

    page = answer.content.decode()
    assert "data-guess" not in page
    assert '<option value="EUR" selected>' in page
    assert User.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("currency", "XXX", "XXX is not one of the available choices"),
        ("locale", "tlh", "tlh is not one of the available choices"),
        ("time_zone", "Mars/Olympus", "Mars/Olympus is not one of the available choices"),
        ("month_start", "29", "29 is not one of the available choices"),
        ("week_start", "7", "7 is not one of the available choices"),
        ("theme", "pink", "pink is not one of the available choices"),
        ("email", "asha", "This is not an e-mail address."),
        ("password1", "short", "Use 10 characters or more"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(visitor, field, value, sentence):
    page = visitor.post(SIGNUP, FORM | {field: value}).content.decode()

    assert sentence in page
    assert User.objects.count() == 0
    assert mail.outbox == []


def test_a_mistake_in_a_folded_field_unfolds_it(visitor):
    assert '<details class="more" open>' in visitor.post(SIGNUP, FORM | {"theme": "pink"}).content.decode()


def test_a_taken_address_gets_the_same_answer_as_a_new_one(visitor, alice):
    taken = visitor.post(SIGNUP, FORM | {"email": "ALICE@example.org"}, follow=True)
    new = visitor.post(SIGNUP, FORM, follow=True)

    assert taken.redirect_chain == new.redirect_chain
    assert "alice" not in taken.content.decode().replace("A link is on its way to alice@example.org.", "")
    assert User.objects.with_email("alice@example.org").count() == 1
    assert User.objects.count() == 2
    assert [message.subject for message in mail.outbox] == [
        "You already have an account at Batua",
        "Welcome to Batua: confirm your address",
    ]


def test_a_taken_address_costs_the_work_of_a_new_one(visitor, alice, monkeypatch):
    hashed = []
    make = User.set_password
    monkeypatch.setattr(User, "set_password", lambda user, password: (hashed.append(user.email), make(user, password)))

    visitor.post(SIGNUP, FORM | {"email": "alice@example.org"})

    assert len(hashed) == 1
    assert hashed[0].endswith("@rehearsal.invalid")
    assert User.objects.count() == 1


def test_two_forms_at_once_make_one_account(visitor, alice, monkeypatch):
    """The second form found the address free when it was checked, and taken when it was saved."""
    monkeypatch.setattr(SignupForm, "validate_unique_email", lambda form, email: email)

    answer = visitor.post(SIGNUP, FORM | {"email": "alice@example.org"})

    assert answer["Location"] == "/accounts/confirm-email/"
    assert User.objects.count() == 1
    assert [message.subject for message in mail.outbox] == ["You already have an account at Batua"]


def test_passwords_are_hashed_with_argon2(visitor, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

    visitor.post(SIGNUP, FORM)

    assert User.objects.get().password.startswith("argon2$argon2id$")
