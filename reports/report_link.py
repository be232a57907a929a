"""The one click from a page to the report of the month or year it shows."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from batua.period_picker import month_label
from batua.periods import Period
from reports import report
from reports.reader import Reader


@dataclass(frozen=True)
class ReportLink:
    """A link that says which report it brings."""

    label: str
    url: str


def of(period: Period, reader: Reader) -> ReportLink:
    """The report of the page's own month or year; of any other period, that of today's month."""
    year, month = report.nearest(period, today=reader.today, month_start=reader.month_start)
    if month is None:
        return ReportLink(_("Report of %(period)s") % {"period": year}, reverse("reports:report-year", args=[year]))
    name = month_label(date(year, month, 1), locale=reader.locale)
    return ReportLink(_("Report of %(period)s") % {"period": name}, reverse("reports:report-month", args=[year, month]))
