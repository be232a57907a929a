from django.urls import reverse

from transactions.tests.factories import make_transaction

ALICE = {"name": "Alice", "locale": "de-DE", "time_zone": "Europe/Berlin", "theme": "dark"}


def books(**changes):
    return {"name": "Our books", "currency": "INR", "month_start": "1", "week_start": "6"} | changes


def test_the_profile_is_saved(as_alice, alice):
    answer = as_alice.post(reverse("accounts:profile"), ALICE)

    alice.refresh_from_db()
    assert answer.status_code == 303
    assert (alice.locale, alice.time_zone, alice.theme) == ("de-DE", "Europe/Berlin", "dark")


def test_an_unknown_time_zone_is_refused_and_nothing_is_saved(as_alice, alice):
    answer = as_alice.post(reverse("accounts:profile"), ALICE | {"time_zone": "Mars/Olympus"})

    alice.refresh_from_db()
    assert answer.status_code == 422
    assert alice.time_zone == "Asia/Kolkata"


def test_the_currency_changes_while_there_are_no_entries(as_alice, household):
    as_alice.post(reverse("accounts:household"), books(currency="EUR"))

    household.refresh_from_db()
    assert (household.name, household.currency, household.week_start) == ("Our books", "EUR", 6)


def test_the_currency_is_fixed_once_entries_exist(as_alice, household):
    make_transaction(household, "10")

    answer = as_alice.post(reverse("accounts:household"), books(currency="EUR"))

    household.refresh_from_db()
    assert answer.status_code == 422
    assert "There are entries in the old currency" in answer.content.decode()
    assert (household.name, household.currency) == ("Alice's household", "INR")


def test_a_viewer_keeps_a_profile_but_not_the_household(as_viewer, viewer, household):
    as_viewer.post(reverse("accounts:profile"), ALICE | {"name": "Vera B"})
    answer = as_viewer.post(reverse("accounts:household"), books())

    viewer.refresh_from_db()
    household.refresh_from_db()
    assert viewer.name == "Vera B"
    assert answer.status_code == 403
    assert "only their owner and editors can change them" in answer.content.decode()
    assert household.name == "Alice's household"


def test_bob_cannot_open_alices_books(as_bob, household):
    assert as_bob.post(reverse("accounts:switch", args=[household.pk])).status_code == 404


def test_the_landing_page_is_open_and_sends_members_to_their_dashboard(client, as_alice):
    assert "Open your books" in client.get("/").content.decode()
    assert as_alice.get("/")["Location"] == "/dashboard/"
