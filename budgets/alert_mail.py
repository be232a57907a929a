"""What a mail about limits says, in the words and numbers of the member who reads it."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Household, User
from batua.period_picker import month_label
from budgets import progress
from budgets.progress import Progress

WHOLLY = 100


@dataclass(frozen=True)
class News:
    """A budget that reached a share of what it had, in percent."""

    budget: Progress
    threshold: int


def written(
    reader: User, household: Household, news: list[News], *, month: date, today: date
) -> EmailMultiAlternatives:
    """One mail with all that is new; its links begin with SITE_URL."""
    subject = _subject(news)
    address = f"{settings.SITE_URL}{reverse('budgets:list')}"
    budgets = [each.budget for each in news]
    context = {
        "household": household.name,
        "month": month_label(month, locale=reader.locale),
        "lines": progress.lines(budgets, month=month, today=today, locale=reader.locale),
        "budgets_url": f"{address}?period={month:%Y-%m}",
        "switch_url": f"{address}#budgets-alerts",
        "site_url": settings.SITE_URL,
    }
    text = render_to_string("budgets/alert_message.txt", context)
    message = EmailMultiAlternatives(subject, text, to=[reader.email])
    html = render_to_string("account/email/rich.html", {"title": subject, "text": text})
    message.attach_alternative(html, "text/html")
    return message


def _subject(news: list[News]) -> str:
    """The category when it is one; a line break in its name cannot get into the mail's head."""
    if len(news) > 1:
        return ngettext("%(count)d budget needs a look", "%(count)d budgets need a look", len(news)) % {
            "count": len(news)
        }
    name = {"name": " ".join(news[0].budget.category.split())}
    if news[0].budget.is_over:
        return _("%(name)s is over its limit") % name
    if news[0].threshold == WHOLLY:
        return _("All that was planned for %(name)s is spent") % name
    return _("80 %% of what was planned for %(name)s is spent") % name
