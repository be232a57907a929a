"""The budgets of a month as a page prints them. What the numbers mean is known to ``budgets.progress``, the door."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from batua import display, money
from batua.period_picker import period_label

if TYPE_CHECKING:
    from budgets.progress import Progress

FULL = 100
# By the value of progress.Pace.
TONES = {"on-track": "", "fast": "warning", "over": "spending"}


@dataclass(frozen=True)
class Bar:
    """What ``ui/_bar.html`` draws, in percent of its length.

    Not over: the whole length is what there is to spend. Over: it is what was spent, hatched beyond ``fill``.
    """

    fill: int
    over: bool
    pace: int | None
    tone: str
    label: str


@dataclass(frozen=True)
class Line:
    """One budget of a month, every field ready to print, empty where there is nothing to say.

    ``url`` leads to the entries behind it; ``pace_tone`` is a pill's tone; ``notes`` are whole sentences of their own.
    """

    id: int
    url: str
    category: str
    colour: int
    icon: str
    period: str
    is_archived: bool
    spent: str
    share: str
    left: str
    per_day: str
    pace: str
    pace_tone: str
    notes: list[str]
    is_over: bool
    bar: Bar


def lines(progresses: Iterable["Progress"], *, month: date, today: date, locale: str) -> list[Line]:
    """The budgets of a month as a page prints them, in the order they come; no query."""
    return [_Printer(progress, today, locale).line(month) for progress in progresses]


class _Printer:
    """One budget in words."""

    def __init__(self, progress: "Progress", today: date, locale: str) -> None:
        self.progress, self.today, self.locale = progress, today, locale

    def line(self, month: date) -> Line:
        progress, pace = self.progress, self.progress.pace(self.today)
        tone = TONES[pace.value] if pace else ""
        amounts = {
            "category": progress.category,
            "spent": self._money(progress.spent),
            "limit": self._money(max(progress.available, Decimal(0))),
            "left": self._money(abs(progress.left)),
        }
        return Line(
            id=progress.id,
            url=self._url(month),
            category=progress.category,
            colour=progress.colour,
            icon=progress.icon,
            period=self._period(),
            is_archived=progress.is_archived,
            spent=_("%(spent)s of %(limit)s") % amounts,
            share="" if progress.used.is_infinite() else _("%(share)d %%") % {"share": int(progress.used * FULL)},
            left=(_("%(left)s over") if progress.is_over else _("%(left)s left")) % amounts,
            per_day=self._per_day(),
            pace=self._pace(pace.value) if pace else "",
            pace_tone=tone or "neutral",
            notes=[note for note in (self._carried(), self._back(), self._merged()) if note],
            is_over=progress.is_over,
            bar=self._bar(tone, _("%(category)s: %(spent)s of %(limit)s spent") % amounts),
        )

    def _money(self, value: Decimal) -> str:
        return money.format_money(value, currency=self.progress.currency, locale=self.locale)

    def _about(self, value: Decimal) -> str:
        """Without decimals: nobody knows the future to the cent."""
        parts = money.money_parts(value.quantize(Decimal(1)), currency=self.progress.currency, locale=self.locale)
        return f"{parts.prefix}{parts.whole}{parts.suffix}"

    def _url(self, month: date) -> str:
        query = f"period={month:%Y-%m}" if self.progress.cadence == "monthly" else self._days()
        return f"{reverse('transactions:list')}?{query}&category={self.progress.category_id}"

    def _days(self) -> str:
        period = self.progress.period
        return f"period=custom&from={period.start}&to={period.last_day}"

    def _period(self) -> str:
        label = {"period": period_label(self.progress.period, locale=self.locale)}
        match self.progress.cadence:
            case "weekly":
                return _("Week %(period)s") % label
            case "quarterly":
                return _("Quarter %(period)s") % label
            case "yearly":
                return _("Year %(period)s") % label
        return ""

    def _per_day(self) -> str:
        found = self.progress.left_per_day(self.today)
        if found is None:
            return ""
        amount, days = found
        sentence = ngettext("%(amount)s for today", "%(amount)s a day for %(days)d days", days)
        return sentence % {"amount": self._money(amount), "days": days}

    def _pace(self, pace: str) -> str:
        word = {
            "on-track": pgettext("pace of spending", "On track"),
            "fast": pgettext("pace of spending", "Fast"),
            "over": pgettext("pace of spending", "Over"),
        }[pace]
        projected, last_day = self.progress.projected(self.today), self.progress.period.last_day
        if projected is None or last_day is None or last_day == self.today:
            return word
        return _("%(pace)s · about %(amount)s by %(day)s") % {
            "pace": word,
            "amount": self._about(projected),
            "day": display.day_within(last_day, today=self.today, locale=self.locale),
        }

    def _carried(self) -> str:
        carried = self.progress.carried
        if not carried:
            return ""
        amounts = {"limit": self._money(self.progress.limit), "carried": self._money(abs(carried))}
        if carried < 0:
            return _("%(limit)s planned, less %(carried)s overspent before") % amounts
        if self.progress.period.start is not None and self.progress.period.start > self.today:
            return _("%(limit)s planned, and %(carried)s carried over so far") % amounts
        return _("%(limit)s planned, and %(carried)s carried over") % amounts

    def _back(self) -> str:
        outlay = self.progress.outlay
        if not outlay.back:
            return ""
        amounts = {"gross": self._money(outlay.gross), "back": self._money(outlay.back)}
        return _("%(gross)s spent, %(back)s back") % amounts

    def _merged(self) -> str:
        names = self.progress.merged_in
        return (
            _("With what was planned for %(names)s") % {"names": get_text_list(list(names), _("and"))} if names else ""
        )

    def _bar(self, tone: str, label: str) -> Bar:
        progress, pace = self.progress, self.progress.share_gone(self.today)
        if not progress.is_over:
            return Bar(max(0, int(progress.used * FULL)), over=False, pace=pace, tone=tone, label=label)
        fill = max(0, int(progress.available * FULL / progress.spent)) if progress.spent > 0 else 0
        return Bar(fill, over=True, pace=pace and pace * fill // FULL, tone=tone, label=label)
