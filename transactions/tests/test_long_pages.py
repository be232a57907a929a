"""The page of a long file says what that of a short one does: it came before, the books changed, days are unusual."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import Job
from transactions.imports import profiles, uploads
from transactions.models import ImportBatch, StagedLine, StatementProfile, Transaction, Upload, Wallet
from transactions.tests.factories import make_category, make_transaction, make_wallet
from transactions.tests.long_files import MONTH, at, choose, line, sent, shown

OTHER = "Booked,Payee,Value\n" + "".join(f"2026-11-{day:02},Card {day},-{day}.50\n" for day in range(1, 29))
WITH_PAY = MONTH + "2026-11-16,Pay,900.00\n"
# The first lines leave open which number is the day; a later one does not.
OPEN = "Date,Text,Amount\n" + "".join(f"0{month}/04/2026,Tea {month},-1.00\n" for month in range(1, 9))
# Two columns of plain figures: nothing says which of them counts.
BY_HAND = "Wann;Was;Punkte;Zahl\n" + "".join(
    f"{day:02}.11.2026;Tee {day};{day + 6},00;{day},50\n" for day in range(3, 29)
)
LATER = OPEN.replace("2026", "2025") + "25/04/2025,Cake,-2.00\n" + "26/04/2025,Rice,-3.00\n"


@pytest.fixture(autouse=True)
def one_bank(household):
    """The household's one wallet is kept for a bank's files."""
    Wallet.objects.of(household).update(kind=Wallet.Kind.BANK)


def reached(client, name: str = "import-check"):
    """The page that the last job leads to."""
    job = Job.objects.latest("pk")
    assert (job.state, job.leads_to) == ("done", at(name))
    return client.get(job.leads_to)


def pressed(client, run_jobs, **values) -> None:
    assert client.post(at("import-commit"), values).status_code == 303
    run_jobs()


def test_the_very_same_long_file_is_said_to_be_here(staged, as_alice, run_jobs):
    staged(MONTH)
    first = as_alice.get(at("import-check"))
    pressed(as_alice, run_jobs)

    staged(MONTH)
    again = as_alice.get(at("import-check"))
    staged(OTHER)
    other = as_alice.get(at("import-check"))

    assert (first.context["notices"], other.context["notices"]) == ([], [])
    assert again.context["notices"] == ["This very file was imported before, as “bank.csv”, into “Cash”."]
    assert "This very file was imported before" in again.content.decode()


def test_a_long_file_that_was_taken_back_is_not_said_to_be_here(staged, as_alice, run_jobs):
    staged(MONTH)
    pressed(as_alice, run_jobs)
    ImportBatch.objects.update(taken_back_at="2026-11-25T00:00Z")

    staged(MONTH)

    assert as_alice.get(at("import-check")).context["notices"] == []


def test_entries_that_came_meanwhile_are_seen_before_a_long_file_goes_in(staged, as_alice, household, run_jobs):
    staged(MONTH)
    make_transaction(household, "3.50", on=date(2026, 11, 4), note="By hand")

    pressed(as_alice, run_jobs)
    page = reached(as_alice)

    assert Transaction.objects.count() == 1
    assert not ImportBatch.objects.exists()
    assert page.context["notices"] == [
        "Your books changed since this page was made: line 4 is judged anew. Look at it, then import."
    ]
    assert page.context["check"].sums.verdicts == "27 to import · 1 to look at"
    assert [row.note for row in shown(as_alice, show="lookalike").rows] == ["Shop 3"]
    pressed(as_alice, run_jobs)
    assert Transaction.objects.count() == 28


def test_the_same_payments_of_another_long_file_do_not_come_twice(staged, as_alice, run_jobs):
    staged(OTHER)
    other = Upload.objects.latest("pk")
    staged(MONTH)
    pressed(as_alice, run_jobs)
    as_alice.post(at("import-commit").replace(str(Upload.objects.latest("pk").pk), str(other.pk)))
    run_jobs()

    page = as_alice.get(Job.objects.latest("pk").leads_to)

    assert page.context["check"].sums.verdicts == "0 to import · 28 to look at"
    assert "lines 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 … are judged anew" in page.context["notices"][0]
    assert Transaction.objects.count() == 28


def test_what_was_chosen_for_lines_stays_when_they_are_judged_anew(staged, as_alice, household, run_jobs):
    staged(MONTH)
    choose(as_alice, 6, "category", make_category(household, "Treats").pk)
    choose(as_alice, 5, "take")
    StagedLine.objects.filter(place=2).update(is_taken=True)
    make_transaction(household, "3.50", on=date(2026, 11, 4), note="By hand")

    pressed(as_alice, run_jobs)
    page = reached(as_alice)
    pressed(as_alice, run_jobs)

    # The member had ticked the third line by hand: it is shown once more, and stays ticked.
    assert page.context["check"].sums.ticked == 27
    assert Transaction.objects.get(note="Shop 7").category.name == "Treats"
    assert set(Transaction.objects.filter(note__startswith="Shop").values_list("note", flat=True)) == {
        f"Shop {day}" for day in range(1, 29) if day != 6
    }


def other_side(household):
    """What left the savings for the account that the file is of."""
    savings = make_wallet(household, "Savings", kind=Wallet.Kind.CASH)
    return make_transaction(household, "900", kind="expense", on=date(2026, 11, 15), category="Other", wallet=savings)


def verdict_of_pay(page) -> list[str]:
    return [row.verdict for row in page.context["check"].rows if row.note == "Pay"]


def test_both_sides_of_a_transfer_become_one_in_a_long_file(staged, as_alice, household, run_jobs):
    staged(WITH_PAY)
    other_side(household)

    pressed(as_alice, run_jobs)
    page = reached(as_alice)
    pressed(as_alice, run_jobs)

    assert verdict_of_pay(page) == ["Transfer"]
    assert Transaction.objects.filter(kind="transfer").count() == 1
    assert Transaction.objects.count() == 29


def test_a_transfer_whose_other_side_is_gone_is_seen_as_what_it_is_now(staged, as_alice, household, run_jobs):
    other = other_side(household)
    staged(WITH_PAY)
    before = as_alice.get(at("import-check"))
    other.delete()

    pressed(as_alice, run_jobs)
    page = reached(as_alice)

    assert (verdict_of_pay(before), verdict_of_pay(page)) == (["Transfer"], ["New"])
    assert "line 30 is judged anew" in page.context["notices"][0]


def test_what_changed_elsewhere_in_the_books_stops_nothing(staged, as_alice, household, run_jobs):
    staged(MONTH)
    make_transaction(household, "77.00", on=date(2026, 11, 4), note="Shoes")

    pressed(as_alice, run_jobs)

    assert Transaction.objects.count() == 29


def test_what_is_known_by_now_is_left_out_without_a_word(staged, as_alice, run_jobs):
    staged(MONTH)
    first = at("import-commit")
    Upload.objects.update(created_by=None)  # Somebody else sent that in.
    staged(MONTH)
    pressed(as_alice, run_jobs)

    as_alice.post(first)
    run_jobs()

    assert [(batch.new_count, batch.known_count) for batch in ImportBatch.objects.order_by("pk")] == [(28, 0), (0, 28)]


def remembered_as_month_first(client, run_jobs) -> None:
    sent(client, OPEN)
    page = client.get(at("import-check"))
    wallet = page.context["form"].sent["wallet"]
    client.post(at("import-read"), {"read": "1", "wallet": wallet, "date_order": "mdy"})
    run_jobs()
    pressed(client, run_jobs)
    assert profiles.chosen(StatementProfile.objects.get()) == {"date_order": "mdy"}


@pytest.fixture
def _short_front(_long, monkeypatch):
    monkeypatch.setattr(uploads, "FRONT", 120)


def as_the_page_has_it(client) -> dict[str, str]:
    return dict(client.get(at("import-check")).context["reading"].hidden)


@pytest.mark.usefixtures("_short_front")
def test_an_order_of_days_that_is_remembered_is_not_asked_for_again(as_alice, run_jobs):
    remembered_as_month_first(as_alice, run_jobs)

    sent(as_alice, OPEN.replace("2026", "2025"))
    run_jobs()
    page = reached(as_alice)

    assert page.context["check"].rows[0].iso == "2025-01-04"
    assert [row.iso for row in page.context["check"].rows if row.iso.startswith("2025-04")] == ["2025-04-04"]


@pytest.mark.usefixtures("_long")
def test_what_columns_hold_is_asked_once_and_not_again(as_alice, run_jobs):
    first = sent(as_alice, BY_HAND)
    asked = as_the_page_has_it(as_alice)
    as_alice.post(at("import-read"), asked | {"column-amount": "3"})
    run_jobs()
    asked_at = at("import-check")
    pressed(as_alice, run_jobs)

    sent(as_alice, BY_HAND.replace("2026", "2025"))
    run_jobs()

    assert first.url == asked_at
    assert reached(as_alice).context["check"].rows[0].iso == "2025-11-03"
    assert line(0).amount == Decimal("3.50")


@pytest.mark.usefixtures("_short_front")
def test_an_order_of_days_that_is_remembered_yields_to_later_lines(as_alice, run_jobs):
    remembered_as_month_first(as_alice, run_jobs)
    sent(as_alice, LATER)
    asked = as_the_page_has_it(as_alice)

    as_alice.post(at("import-read"), asked)
    run_jobs()
    page = as_alice.get(at("import-check"))
    pressed(as_alice, run_jobs)

    assert asked["date_order"] == "mdy"
    assert [row.iso for row in page.context["check"].rows][:2] == ["2025-04-01", "2025-04-02"]
    assert page.context["check"].broken_count == 0
    assert page.context["form"]["date_order"].value() == "dmy"
    assert page.context["notices"] == [
        "You chose “Month first” for such files. Later lines of this one show that it is not so here."
    ]
    profile = StatementProfile.objects.get()
    assert (profiles.chosen(profile), profiles.proven_by(profile).date_order) == ({}, "dmy")


@pytest.mark.usefixtures("_short_front")
def test_an_order_of_days_that_is_remembered_counts_where_all_of_the_file_leaves_it_open(as_alice, run_jobs):
    remembered_as_month_first(as_alice, run_jobs)
    sent(as_alice, OPEN.replace("2026", "2025"))

    as_alice.post(at("import-read"), as_the_page_has_it(as_alice))
    run_jobs()
    page = as_alice.get(at("import-check"))

    assert page.context["check"].rows[0].iso == "2025-01-04"
    assert page.context["notices"] == []


@pytest.mark.usefixtures("_short_front")
def test_an_order_that_the_member_chooses_for_this_file_counts_whatever_it_says(as_alice, run_jobs):
    remembered_as_month_first(as_alice, run_jobs)
    sent(as_alice, LATER)
    reading = as_alice.get(at("import-check")).context["reading"]
    month_first = next(choice for choice in reading.days if choice.order == "mdy")

    chosen = dict(as_alice.get(month_first.url).context["reading"].hidden)
    as_alice.post(at("import-read"), chosen)
    run_jobs()

    assert "recalled" not in chosen
    assert as_alice.get(at("import-check")).context["check"].broken_count == 2
