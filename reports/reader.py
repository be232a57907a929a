"""Who reads a report: their currency, their way to write amounts and days, and what they may do."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date, format_skeleton
from babel.numbers import format_compact_currency, format_decimal
from django.utils.safestring import SafeString

from batua import display, money
from batua.htmx import HtmxRequest


@dataclass(frozen=True)
class Reader:
    """A member looking at a household's books on a day."""

    currency: str
    locale: str
    today: date
    month_start: int
    may_write: bool

    @classmethod
    def of(cls, request: HtmxRequest, *, today: date) -> "Reader":
        """The member who asks, looking at the open household on their day."""
        household = request.household
        return cls(household.currency, request.user.locale, today, household.month_start, request.membership.may_write)

    def words(self, amount: Decimal) -> str:
        """₹1,25,000.50, within a sentence or a cell."""
        return money.format_money(amount, currency=self.currency, locale=self.locale)

    def figure(self, amount: Decimal, kind: str = "plain") -> SafeString:
        """The same as a styled figure."""
        return display.amount(amount, currency=self.currency, locale=self.locale, kind=kind)

    def brief(self, amount: Decimal) -> str:
        """₹1.3L, where a chart has little room."""
        return _brief(amount, self.currency, self.locale)

    def count(self, number: int) -> str:
        """1,301."""
        return _count(number, self.locale)

    def day(self, day: date, parts: str) -> str:
        """The day in the parts that a CLDR skeleton names, in the order of the member's language."""
        return _day(day, parts, self.locale)

    def month(self, name: date) -> str:
        """October: where the year is plain."""
        return str(format_date(name, "LLLL", locale=display.babel_locale(self.locale)))

    def initial(self, name: date) -> str:
        """O: where twelve months stand side by side."""
        return str(format_date(name, "LLLLL", locale=display.babel_locale(self.locale)))


# A chart names thirty days, and the same ones for each reader of a language: Babel takes a while for each.
@lru_cache(4096)
def _day(day: date, parts: str, locale: str) -> str:
    return str(format_skeleton(parts, day, locale=display.babel_locale(locale)))


@lru_cache(4096)
def _count(number: int, locale: str) -> str:
    return str(format_decimal(number, locale=display.babel_locale(locale)))


@lru_cache(1024)
def _brief(amount: Decimal, currency: str, locale: str) -> str:
    return str(format_compact_currency(amount, currency, locale=display.babel_locale(locale), fraction_digits=1))
