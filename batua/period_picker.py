"""The period in an address: read by one form, changed by one control, the same on every page."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from babel.dates import format_interval, format_skeleton
from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from batua import display, periods
from batua.periods import Period, PeriodError, PeriodProblem

PARAMETERS = ("period", "from", "to")

CHOICE_LABELS = {
    "this-month": _("This month"),
    "last-month": _("Last month"),
    "last-3-months": _("Last 3 months"),
    "last-6-months": _("Last 6 months"),
    "this-year": _("This year"),
    "all-time": _("All time"),
}

SENTENCES = {
    PeriodProblem.UNKNOWN: _("This period is not known. Choose one of the list."),
    PeriodProblem.DAY_MISSING: _("A period of your own needs a first and a last day. Fill in both."),
    PeriodProblem.BACKWARDS: _("The last day comes before the first. Swap them."),
    PeriodProblem.OUT_OF_RANGE: _("These days are outside the years 1900 to 2100. Check the year."),
}

_DAY = datetime.timedelta(days=1)


class PeriodForm(forms.Form):
    """Reads ``?period=…&from=…&to=…``; ``to`` is the last day inside. Once valid, ``chosen`` is the Period.

    A page with more filters inherits from it, so that all pages read the same address alike.
    """

    period = forms.CharField(
        required=False, max_length=20, error_messages={"max_length": SENTENCES[PeriodProblem.UNKNOWN]}
    )
    default_period = "this-month"

    def __init__(self, data: Mapping[str, Any], *, today: datetime.date, month_start: int, **options: Any) -> None:
        super().__init__(data, **options)
        self.today = today
        self.month_start = month_start
        # "from" cannot be written as a class attribute.
        for name, label in (("from", _("From")), ("to", _("To"))):
            self.fields[name] = forms.DateField(
                label=label,
                required=False,
                input_formats=["%Y-%m-%d"],
                error_messages={"invalid": _("This is not a day of the calendar. Write it like 2026-11-03.")},
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                self.chosen = self._resolve(cleaned["period"], cleaned["from"], cleaned["to"])
            except PeriodError as error:
                self.add_error("period", SENTENCES[error.code])
        return cleaned

    def _resolve(self, key: str, first: datetime.date | None, last: datetime.date | None) -> Period:
        if not key:
            key = "custom" if first or last else self.default_period
        if last is not None and last.year > periods.LAST_YEAR:
            raise PeriodError(PeriodProblem.OUT_OF_RANGE, str(last))
        return periods.resolve(
            key,
            today=self.today,
            month_start=self.month_start,
            start=first,
            end=last + _DAY if last else None,
        )


@dataclass(frozen=True)
class Choice:
    """One period to choose, with the address that chooses it."""

    key: str
    label: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class PeriodPicker:
    """What ``ui/_period_picker.html`` prints.

    ``days`` says from which day to which when the label alone does not: a household month that begins on pay day.
    ``start`` and ``end`` are the ISO dates of the two date fields, ``end`` being the last day inside; ``action`` and
    ``kept`` (names and values) are the form that asks for a period of one's own; ``is_custom`` when no choice is shown.
    """

    label: str
    days: str
    choices: tuple[Choice, ...]
    previous_url: str
    next_url: str
    start: str
    end: str
    action: str
    kept: tuple[tuple[str, str], ...]
    is_custom: bool


def period_picker(
    request: HttpRequest,
    period: Period,
    *,
    today: datetime.date,
    month_start: int,
    locale: str,
    without: tuple[str, ...] = (),
) -> PeriodPicker:
    """The control for this page's address; its other parameters stay, but for those named in ``without``."""
    kept = request.GET.copy()
    for name in (*PARAMETERS, *without):
        kept.pop(name, None)
    choices = tuple(
        Choice(key, str(label), _address(request.path, key, kept), _same_days(key, period, today, month_start))
        for key, label in CHOICE_LABELS.items()
    )
    steps = periods.previous(period, month_start=month_start), periods.following(period, month_start=month_start)
    previous_url, next_url = ("" if step is None else _address(request.path, step, kept) for step in steps)
    return PeriodPicker(
        label=period_label(period, locale=locale),
        days=_days(period, locale) if period.months is not None and month_start != 1 else "",
        choices=choices,
        previous_url=previous_url,
        next_url=next_url,
        start="" if period.start is None else str(period.start),
        end="" if period.last_day is None else str(period.last_day),
        action=request.path,
        kept=tuple((name, value) for name, values in kept.lists() for value in values),
        is_custom=not any(choice.is_current for choice in choices),
    )


def period_label(period: Period, *, locale: str) -> str:
    """What people call a period: November 2026, Sep – Nov 2026, 2026, 3 – 20 Nov 2026, All time."""
    if period.months is not None:
        first, last = period.months
        if first == last:
            return month_label(first, locale=locale)
        if (first.year, first.month, last.month) == (last.year, 1, 12):
            return f"{first:%Y}"
        return _interval(first, last, "yMMM", locale)
    return _days(period, locale)


def month_label(name: datetime.date, *, locale: str) -> str:
    """November 2026."""
    return str(format_skeleton("yMMMM", name, locale=display.babel_locale(locale)))


def _days(period: Period, locale: str) -> str:
    if period.start is None or period.last_day is None:
        return str(CHOICE_LABELS["all-time"])
    return _interval(period.start, period.last_day, "yMMMd", locale)


def _interval(first: datetime.date, last: datetime.date, skeleton: str, locale: str) -> str:
    return str(format_interval(first, last, skeleton=skeleton, locale=display.babel_locale(locale)))


def _same_days(key: str, period: Period, today: datetime.date, month_start: int) -> bool:
    choice = periods.resolve(key, today=today, month_start=month_start)
    return (choice.start, choice.end) == (period.start, period.end)


def _address(path: str, period: Period | str, kept: QueryDict) -> str:
    query = f"period={period}" if isinstance(period, str) else period.query
    return "?".join((path, "&".join(filter(None, (query, kept.urlencode())))))
