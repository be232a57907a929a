"""What is told about limits that are nearly, or wholly, used up: to whom by mail, to which webhooks, and what is new.

For each category and period one mail at 80 % and one at 100 %, never twice: a row says that it was said, written in the
transaction that is over before the mail goes out. What is new at once stands in one mail; webhooks hear of each.
"""

import zoneinfo
from collections.abc import Iterable
from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.utils import timezone

from accounts.models import Household, Membership, User, Webhook
from accounts.webhooks import outbox
from accounts.webhooks.outbox import Event
from batua import letters, periods
from budgets import alert_mail, progress, wire
from budgets.alert_mail import WHOLLY, News
from budgets.models import Alert, AlertReader
from budgets.progress import Progress

NEARLY = 80


def is_read_by(membership: Membership) -> bool:
    """Does the member want the mails?"""
    return AlertReader.objects.filter(membership=membership).exists()


def begin(*, membership: Membership) -> None:
    """The member gets the mails from now on."""
    AlertReader.objects.get_or_create(membership=membership)


def end(*, membership: Membership) -> None:
    """The member gets no mail any more."""
    AlertReader.objects.filter(membership=membership).delete()


def send(*, now: datetime) -> int:
    """Sends what is new in every household that has a reader or a webhook for it; how many mails went out."""
    keys = AlertReader.objects.values_list("membership__household", flat=True)
    listening = set(Webhook.objects.listening_to(Event.BUDGET_CROSSED).values_list("household", flat=True))
    return sum(_send(key, now, is_heard=key in listening) for key in sorted({*keys, *listening}))


def _send(household_key: int, now: datetime, *, is_heard: bool) -> int:
    """The mails of one household. Its row is held meanwhile, so two runs at once do not both find the same news."""
    with transaction.atomic():
        household = Household.objects.select_for_update(no_key=True).filter(pk=household_key).first()
        readers = _readers(household_key)
        if household is None or not (readers or is_heard):
            return 0
        today = _today(household, now)
        month = periods.month_of(today, month_start=household.month_start)
        news = _news(household, progress.for_month(household, month, today=today))
        for each in news:
            outbox.announce(household=household, event=Event.BUDGET_CROSSED, told=partial(_told, each, today))
        for reader in readers if news else []:
            letters.post(alert_mail.letter(reader, household, news, month=month, today=today), to=reader.email)
    return len(readers) if news else 0


def _told(news: News, today: date) -> wire.Plain:
    return {"threshold": news.threshold, "budget": wire.budget(news.budget, today=today)}


def _readers(household_key: int) -> list[User]:
    of_household = Membership.objects.filter(household=household_key, pk__in=AlertReader.objects.values("pk"))
    return [each.user for each in of_household.select_related("user").order_by("pk") if each.user.is_active]


def _today(household: Household, now: datetime) -> date:
    """The household's day is that of its owner, wherever the other members are."""
    memberships = Membership.objects.filter(household=household, role=Membership.Role.OWNER).select_related("user")
    owner = memberships.order_by("pk").first()
    try:
        zone = zoneinfo.ZoneInfo(owner.user.time_zone if owner else "UTC")
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        zone = zoneinfo.ZoneInfo("UTC")
    return timezone.localtime(now, zone).date()


def _news(household: Household, budgets: Iterable[Progress]) -> list[News]:
    """What has not been said yet, and now counts as said; of one budget only the higher share."""
    reached = [
        (budget, threshold) for budget in budgets for threshold in (NEARLY, WHOLLY) if budget.used * 100 >= threshold
    ]
    kept = Alert.objects.filter(household=household, category__in=[budget.category_id for budget, _share in reached])
    said = set(kept.values_list("category", "begins", "threshold"))
    new = [pair for pair in reached if (pair[0].category_id, pair[0].begins, pair[1]) not in said]
    Alert.objects.bulk_create(
        Alert(household=household, category_id=budget.category_id, begins=budget.begins, threshold=threshold)
        for budget, threshold in new
    )
    highest = {budget.id: News(budget, threshold) for budget, threshold in new}
    fully = {budget.id for budget, threshold in reached if threshold == WHOLLY}
    # Who was told of 100 % first (a limit went down and up again) need not hear of 80 % after it.
    return [each for each in highest.values() if each.threshold == WHOLLY or each.budget.id not in fully]
