"""What a value looks like on a page: amounts with quiet currency and decimals, days as people say them.

Lists call this once for each row, so that templates receive fields that are ready to print.
"""

import datetime
from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_decimal
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from batua import money

MINUS = "\N{MINUS SIGN}"


def amount(value: Decimal, *, currency: str, locale: str, kind: str = "plain") -> SafeString:
    """A figure whose colour says its kind: income, expense, back (money back), transfer or plain."""
    parts = money.money_parts(value, currency=currency, locale=locale)
    return _figure(parts, sign=parts.sign, kind=kind)


def entry_amount(value: Decimal, *, currency: str, locale: str, kind: str) -> SafeString:
    """An entry's amount as it moves the purse: spending with a minus, income with a plus, a refund as money back."""
    parts = money.money_parts(abs(value), currency=currency, locale=locale)
    if kind == "transfer":
        return _figure(parts, sign="", kind=kind)
    comes_in = (kind == "income") == (value > 0)
    return _figure(parts, sign="+" if comes_in else MINUS, kind="back" if value < 0 else kind)


def in_words(value: Decimal, *, currency: str, locale: str) -> str:
    """An amount within a sentence: plain text, its minus as the figures have it."""
    return money.format_money(value, currency=currency, locale=locale).replace("-", MINUS)


def _figure(parts: money.Parts, *, sign: str, kind: str) -> SafeString:
    """Joined by hand, four times as fast as ``format_html``: a page has hundreds. Digits and groups need no escape."""
    currency, fraction = _part("currency", parts.prefix), _part("decimals", parts.fraction)
    return SafeString(  # nosec B703 # digits, and parts that are escaped
        f'<span class="amount" data-kind="{kind}">{_part("sign", sign)}{currency}{parts.whole}{fraction}'
        f"{_part('currency', parts.suffix)}</span>"
    )


@lru_cache(1024)
def _part(name: str, text: str) -> SafeString:
    return format_html('<span class="amount__{}">{}</span>', name, text) if text else SafeString("")


def count(number: int, *, locale: str) -> str:
    """How many, with the marks of the member's locale: 20,998."""
    return str(format_decimal(number, locale=babel_locale(locale)))


@lru_cache(512)
def babel_locale(name: str) -> Locale:
    """The Babel locale a member chose; an unknown name reads as English."""
    try:
        return Locale.parse(name, sep="-" if "-" in name else "_")
    except (ValueError, UnknownLocaleError):
        return Locale.parse("en")


@lru_cache(512)
def picture(name: str, css_class: str = "icon") -> SafeString:
    """A picture from the sprite; it says nothing to a screen reader, the words beside it do."""
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        css_class,
        static("img/icons.svg"),
        name,
    )


def day(date: datetime.date, *, today: datetime.date, locale: str) -> str:
    """Today, Yesterday, 3 Nov, or 3 Nov 2025."""
    distance = (today - date).days
    if distance == 0:
        return _("Today")
    if distance == 1:
        return _("Yesterday")
    if distance == -1:
        return _("Tomorrow")
    if date.year == today.year:
        return str(format_skeleton("MMMd", date, locale=babel_locale(locale)))
    return exact_day(date, locale=locale)


def day_within(date: datetime.date, *, today: datetime.date, locale: str) -> str:
    """The same within a sentence: today, yesterday."""
    near = {
        0: pgettext("within a sentence", "today"),
        1: pgettext("within a sentence", "yesterday"),
        -1: pgettext("within a sentence", "tomorrow"),
    }
    return near.get((today - date).days) or day(date, today=today, locale=locale)


def exact_day(date: datetime.date, *, locale: str) -> str:
    """3 Nov 2025, as the member's locale writes it."""
    return str(format_date(date, "medium", locale=babel_locale(locale)))


def clock(moment: datetime.datetime, *, locale: str) -> str:
    """3:05 PM or 15:05 of an instant, in the active time zone."""
    return str(format_time(timezone.localtime(moment), "short", locale=babel_locale(locale)))
