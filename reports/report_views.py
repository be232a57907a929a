"""The report of a month or a year as a PDF, made while somebody waits."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts import audit
from batua import metrics, periods
from batua.htmx import HtmxRequest
from batua.limits import EXPORTS, limited
from batua.local.packages import PANGO
from batua.periods import Period
from reports import exports, pdf, report, report_card
from reports.reader import Reader


@limited(EXPORTS, methods=("GET",))
@require_GET
def month(request: HtmxRequest, year: int, month: int) -> HttpResponse:
    if not 1 <= month <= report.MONTHS_OF_A_YEAR:
        raise Http404
    return _file(request, report.of_month(request.household, date(_known(year), month, 1)))


@limited(EXPORTS, methods=("GET",))
@require_GET
def year(request: HtmxRequest, year: int) -> HttpResponse:
    return _file(request, report.of_year(request.household, _known(year)))


def _known(year: int) -> int:
    if not periods.FIRST_YEAR <= year <= periods.LAST_YEAR:
        raise Http404
    return year


def _file(request: HtmxRequest, period: Period) -> HttpResponse:
    household, today = request.household, timezone.localdate()
    if not PANGO.is_met():
        # The page of exports says what to install.
        return redirect(f"{reverse('reports:export')}?{period.query}&format=pdf")
    reader = Reader.of(request, today=today)
    pages = report_card.printed(report.build(household, period, today=today), household, reader)
    made = pdf.of_template("reports/report.html", {"report": pages}, style="report")
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = exports.attachment(household, period, today=today, ending="pdf", word="report")
    response["Cache-Control"] = "private, no-store"
    audit.record("exported", request=request, format="report")
    metrics.exported("pdf")
    return response
