"""Mails about limits: to who asked, once at 80 % and once at 100 %, all that is new in one."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from accounts.models import Membership, Webhook, WebhookDelivery
from budgets import alerts
from budgets.models import Alert, AlertReader
from budgets.tests.factories import make_budget, make_limit
from transactions.signals import category_merged
from transactions.tests.factories import make_transaction, the_category

NOVEMBER = date(2026, 11, 1)
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
def reader(household, alice) -> Membership:
    membership = Membership.objects.get(household=household, user=alice)
    alerts.begin(membership=membership)
    return membership


@pytest.fixture
def send(django_capture_on_commit_callbacks):
    def sending(now: datetime = NOW) -> int:
        with django_capture_on_commit_callbacks(execute=True):
            return alerts.send(now=now)

    return sending


def said() -> list[tuple[str, int]]:
    return list(Alert.objects.order_by("pk").values_list("category__name", "threshold"))


def test_at_80_percent_a_mail_goes_out_once(household, reader, send, mailoutbox):
    make_budget(household, "1000")
    make_transaction(household, "799.99")
    send()
    assert mailoutbox == []

    make_transaction(household, "0.01")
    send()
    send()

    (mail,) = mailoutbox
    assert mail.to == ["alice@example.org"]
    assert mail.subject == "80 % of what was planned for Groceries is spent"
    assert "Groceries: ₹800.00 of ₹1,000.00, ₹200.00 left (₹33.33 a day for 6 days)" in mail.body
    assert "/budgets/?period=2026-11" in mail.body
    assert "/budgets/#budgets-alerts" in mail.body
    assert said() == [("Groceries", 80)]


def test_at_100_percent_another_goes_out_and_then_none(household, reader, send, mailoutbox):
    make_budget(household, "1000")
    make_transaction(household, "800")
    send()
    make_transaction(household, "200")
    send()
    make_transaction(household, "500")
    send()

    assert [mail.subject for mail in mailoutbox] == [
        "80 % of what was planned for Groceries is spent",
        "All that was planned for Groceries is spent",
    ]
    assert said() == [("Groceries", 80), ("Groceries", 100)]


def test_over_at_once_is_one_mail(household, reader, send, mailoutbox):
    make_budget(household, "0")
    make_transaction(household, "0.01")

    send()
    send()

    assert [mail.subject for mail in mailoutbox] == ["Groceries is over its limit"]
    assert said() == [("Groceries", 80), ("Groceries", 100)]


def test_all_that_is_new_stands_in_one_mail(household, reader, send, mailoutbox):
    for category in ("Rent", "Fuel", "Toys"):
        make_budget(household, "100", category=category)
    make_transaction(household, "90", category="Rent")
    make_transaction(household, "120", category="Fuel")

    send()

    (mail,) = mailoutbox
    assert mail.subject == "2 budgets need a look"
    assert "Rent: ₹90.00 of ₹100.00, ₹10.00 left" in mail.body
    assert "Fuel: ₹120.00 of ₹100.00, ₹20.00 over" in mail.body
    assert "Toys" not in mail.body


def test_a_raised_limit_says_nothing_twice(household, reader, send, mailoutbox):
    budget = make_budget(household, "100")
    make_transaction(household, "100")
    send()
    make_limit(budget, "1000", from_month=NOVEMBER)
    send()
    make_transaction(household, "750")
    send()
    make_transaction(household, "300")
    send()

    assert len(mailoutbox) == 1


def test_the_next_month_is_another_month(household, reader, send, mailoutbox):
    make_budget(household, "100")
    make_transaction(household, "90")
    make_transaction(household, "90", on=date(2026, 12, 1))

    send()
    send(datetime(2026, 12, 2, tzinfo=UTC))

    assert len(mailoutbox) == 2
    assert list(Alert.objects.order_by("begins").values_list("begins", flat=True)) == [NOVEMBER, date(2026, 12, 1)]


def test_a_yearly_limit_is_told_of_once_a_year(household, reader, send, mailoutbox):
    make_budget(household, "100", cadence="yearly")
    make_transaction(household, "90")

    send()
    send(datetime(2026, 12, 2, tzinfo=UTC))

    assert len(mailoutbox) == 1
    assert Alert.objects.get().begins == date(2026, 1, 1)


def test_nobody_who_did_not_ask_gets_a_mail(household, viewer, send, mailoutbox):
    make_budget(household, "100")
    make_transaction(household, "150")

    assert send() == 0
    assert mailoutbox == []
    # Whoever asks later is told what is new then.
    assert not Alert.objects.exists()


def test_each_reader_gets_a_mail_of_their_own(household, reader, viewer, send, mailoutbox):
    alerts.begin(membership=Membership.objects.get(household=household, user=viewer))
    viewer.locale = "de-DE"
    viewer.save()
    make_budget(household, "1000")
    make_transaction(household, "850.50")

    send()

    assert [mail.to for mail in mailoutbox] == [["alice@example.org"], ["vera@example.org"]]
    assert "₹850.50 of ₹1,000.00" in mailoutbox[0].body
    assert "850,50\xa0₹ of 1.000,00\xa0₹" in mailoutbox[1].body


def test_no_household_hears_of_another(household, reader, bobs_household, send, mailoutbox):
    make_budget(bobs_household, "100", category="Secret")
    make_transaction(bobs_household, "150", category="Secret")

    send()

    assert mailoutbox == []
    assert not Alert.objects.exists()


@pytest.mark.parametrize(
    ("zone", "category"),
    # It is 20:00 in London on 31 January: February already in Kolkata, still January in Los Angeles.
    [("Asia/Kolkata", "February"), ("America/Los_Angeles", "January"), ("Mars/Olympus", "January")],
)
def test_the_month_is_that_of_the_owners_clock(household, alice, reader, send, mailoutbox, zone, category):
    alice.time_zone = zone
    alice.save()
    for name, day in (("January", date(2026, 1, 31)), ("February", date(2026, 2, 1))):
        make_budget(household, "100", category=name)
        make_transaction(household, "90", category=name, on=day)

    send(datetime(2026, 1, 31, 20, tzinfo=UTC))

    assert said() == [(category, 80)]


def test_no_mail_goes_out_before_the_row_is_kept(household, reader, mailoutbox, django_capture_on_commit_callbacks):
    make_budget(household, "100")
    make_transaction(household, "90")

    with django_capture_on_commit_callbacks() as waiting:
        alerts.send(now=NOW)

    assert mailoutbox == []
    assert said() == [("Groceries", 80)]
    assert len(waiting) == 1


def test_the_database_keeps_an_alert_from_being_there_twice(household):
    row = {"household": household, "category": the_category(household, "Tea", "expense"), "begins": NOVEMBER}
    Alert.objects.create(threshold=80, **row)

    for threshold in (80, 81):
        with pytest.raises(IntegrityError), transaction.atomic():
            Alert.objects.create(threshold=threshold, **row)

    assert said() == [("Tea", 80)]


def test_alerts_go_with_a_merged_category(household):
    source, target = (the_category(household, name, "expense") for name in ("Food", "Groceries"))
    Alert.objects.create(household=household, category=source, begins=NOVEMBER, threshold=80)
    category_merged.send(sender=None, household=household, source=source.pk, target=target.pk)

    source.delete()

    assert not Alert.objects.exists()


def test_a_reader_goes_with_the_membership(reader, alice):
    alice.delete()

    assert not AlertReader.objects.exists()


def test_the_command_says_how_many_went_out(household, reader, capsys, mailoutbox):
    call_command("send_budget_alerts")

    assert capsys.readouterr().out == "Mails about budgets sent: 0\n"


@pytest.mark.django_db(transaction=True)
def test_the_command_sends(household, reader, capsys, mailoutbox, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    make_budget(household, "100")
    make_transaction(household, Decimal("90"))

    call_command("send_budget_alerts")
    call_command("send_budget_alerts")

    assert capsys.readouterr().out == "Mails about budgets sent: 1\nMails about budgets sent: 0\n"
    assert len(mailoutbox) == 1


def test_a_member_turns_the_mails_on_and_off(as_viewer, viewer, household):
    membership = Membership.objects.get(household=household, user=viewer)

    page = as_viewer.get("/budgets/").content.decode()
    assert "Turn mails on" in page
    assert as_viewer.post("/budgets/alerts/", {"wanted": "yes"}).status_code == 303
    assert as_viewer.post("/budgets/alerts/", {"wanted": "yes"}).status_code == 303
    assert list(AlertReader.objects.values_list("membership", flat=True)) == [membership.pk]
    assert "Turn mails off" in as_viewer.get("/budgets/").content.decode()

    answer = as_viewer.post("/budgets/alerts/", {"wanted": "no"}, headers={"HX-Request": "true"})

    assert answer.status_code == 204
    assert "You will get no mail about budgets any more." in answer["HX-Trigger"]
    assert not AlertReader.objects.exists()


def test_a_webhook_hears_of_a_limit_once_also_where_nobody_wants_mails(household, send, mailoutbox, run_jobs):
    Webhook.objects.create(household=household, url="https://1.1.1.1/", events=["budget.crossed"])
    budget = make_budget(household, "1000")
    make_transaction(household, "1000.50")

    send()
    send()

    (told,) = [json.loads(body)["data"] for body in WebhookDelivery.objects.values_list("body", flat=True)]
    assert told["threshold"] == 100
    assert (told["budget"]["id"], told["budget"]["category"]) == (budget.pk, "Groceries")
    assert (told["budget"]["amount"], told["budget"]["spent"], told["budget"]["left"]) == (
        "1000.00",
        "1000.50",
        "-0.50",
    )
    assert (told["budget"]["start_date"], told["budget"]["end_date"]) == ("2026-11-01", "2026-11-30")
    assert mailoutbox == []
