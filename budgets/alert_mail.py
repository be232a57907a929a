"""What a mail about limits says, in the words and numbers of the member who reads it."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Household, User
from batua.letters import Fact, Letter, Link, at_our_address
from batua.period_picker import month_label
from budgets import progress
from budgets.lines import Line
from budgets.progress import Progress

WHOLLY = 100


@dataclass(frozen=True)
class News:
    """A budget that reached a share of what it had, in percent."""

    budget: Progress
    threshold: int


def letter(reader: User, household: Household, news: list[News], *, month: date, today: date) -> Letter:
    """One mail with all that is new."""
    address = at_our_address(reverse("budgets:list"))
    lines = progress.lines([each.budget for each in news], month=month, today=today, locale=reader.locale)
    opening = _("How budgets stand in %(month)s (%(household)s):") % {
        "month": month_label(month, locale=reader.locale),
        "household": household.name,
    }
    return Letter(
        subject=_subject(news),
        opening=(opening,),
        facts=tuple(_fact(line) for line in lines),
        link=Link(_("All budgets"), f"{address}?period={month:%Y-%m}"),
        closing=(_("You get each of these mails once, because you asked for them."),),
        more=(Link(_("Turn these mails off"), f"{address}#budgets-alerts"),),
    )


def _fact(line: Line) -> Fact:
    name = f"{line.category} ({line.period})" if line.period else line.category
    left = f"{line.left} ({line.per_day})" if line.per_day else line.left
    return Fact(name, f"{line.spent}, {left}")


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
