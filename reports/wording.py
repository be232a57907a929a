"""Numbers in words: how a period went beside the one before it."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from batua.display import MINUS
from batua.period_picker import period_label
from batua.periods import Period
from reports.reader import Reader
from transactions.ledger import Totals

SEVERAL_TIMES = 3
NEARLY_ALL = 99


def before(period: Period, reader: Reader) -> str:
    """The period before, as a sentence goes on with it: in October, in 2025, in the 18 days before."""
    if period.months is None:
        days = period.length
        return ngettext("on the day before", "in the %(count)d days before", days) % {"count": days}
    first, last = period.months
    if first == last and first.year == reader.today.year:
        return _("in %(period)s") % {"period": reader.month(first)}
    return _("in %(period)s") % {"period": period_label(period, locale=reader.locale)}


def change(now: Decimal, then: Decimal, reader: Reader, *, when: str) -> str:
    """An amount beside that of the period before, which ``when`` names; never a percentage that says nothing."""
    named = {"when": when, "then": reader.words(then)}
    if now == then:
        return (_("The same as %(when)s") if now else _("Nothing %(when)s either")) % named
    if not then:
        return _("Nothing %(when)s") % named
    if not now:
        return _("%(then)s %(when)s") % named
    if now < 0 or then < 0:
        named["difference"] = reader.words(abs(now - then))
        return (
            _("%(difference)s more than %(when)s") if now > then else _("%(difference)s less than %(when)s")
        ) % named
    if now >= then * SEVERAL_TIMES:
        return _("%(times)d times as much as %(when)s") % {"times": round(now / then), **named}
    percent = round(abs(now - then) * 100 / then)
    if not percent:
        return _("About the same as %(when)s") % named
    if now > then:
        return _("%(percent)s more than %(when)s") % {"percent": _percent(percent), **named}
    return _("%(percent)s less than %(when)s") % {"percent": _percent(min(percent, NEARLY_ALL)), **named}


def brief_change(now: Decimal, then: Decimal, reader: Reader) -> str:
    """The same in a cell: +12 %, −8 %, ×3, new; in money where a percentage would say nothing."""
    if now == then:
        return _percent(0)
    if not then:
        return _("new")
    sign = "+" if now > then else MINUS
    if now < 0 or then < 0:
        return f"{sign}{reader.words(abs(now - then))}"
    if now >= then * SEVERAL_TIMES:
        return f"×{round(now / then)}"
    percent = round(abs(now - then) * 100 / then)
    if not percent:
        return _percent(0)
    return f"{sign}{_percent(min(percent, NEARLY_ALL) if now else percent)}"


def balance(net: Decimal, reader: Reader, *, period: str) -> str:
    """What the period did to the balance."""
    if not net:
        return _("Unchanged in %(period)s") % {"period": period}
    moved = {"amount": reader.words(abs(net)), "period": period}
    return (_("Up %(amount)s in %(period)s") if net > 0 else _("Down %(amount)s in %(period)s")) % moved


def kept(totals: Totals, reader: Reader) -> str:
    """How much of the income was not spent, or how much more than the income was; nothing without income."""
    if totals.saved_share is not None:
        return _("You kept %(percent)s of what came in.") % {"percent": _percent(totals.saved_share)}
    if totals.income <= 0:
        return ""
    return _("You spent %(amount)s more than came in.") % {"amount": reader.words(-totals.net)}


def _percent(number: int) -> str:
    return f"{number}\N{NO-BREAK SPACE}%"
