"""The dashboard."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from batua.htmx import HtmxRequest, refused, render_page
from batua.period_picker import PeriodForm, period_picker
from reports import cards, dashboard, report_link
from reports.reader import Reader


@require_GET
def home(request: HtmxRequest) -> HttpResponse:
    household = request.household
    form = PeriodForm(request.GET, today=timezone.localdate(), month_start=household.month_start)
    if not form.is_valid():
        return refused(request, form)
    reader = Reader.of(request, today=form.today)
    board = dashboard.build(household, form.chosen, today=form.today)
    context = {
        "cards": cards.printed(board, reader) if board else None,
        "report": report_link.of(form.chosen, reader),
        "may_write": reader.may_write,
        "period_picker": period_picker(
            request, form.chosen, today=form.today, month_start=form.month_start, locale=reader.locale
        ),
    }
    return render_page(request, "reports/dashboard.html", "reports/_dashboard.html", context)
