"""The charts."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from batua.htmx import HtmxRequest, refused, render_page
from batua.period_picker import PeriodForm, period_picker
from reports import chart_cards, payee_card, report_link, trends
from reports.charts_form import ChartsForm
from reports.reader import Reader


@require_GET
def charts(request: HtmxRequest) -> HttpResponse:
    household = request.household
    form = ChartsForm(request.GET, today=timezone.localdate(), month_start=household.month_start)
    if not form.is_valid():
        return refused(request, form)
    reader = Reader.of(request, today=form.today)
    found = trends.build(household, form.wanted, today=form.today)
    context = {
        "charts": chart_cards.printed(found, reader) if found else None,
        "report": report_link.of(form.chosen, reader),
        "may_write": reader.may_write,
        "period_picker": period_picker(
            request, form.chosen, today=form.today, month_start=form.month_start, locale=reader.locale
        ),
    }
    return render_page(request, "reports/charts.html", "reports/_charts.html", context)


@require_GET
def payees(request: HtmxRequest) -> HttpResponse:
    """The payees of a period: to add them up reads its entries, for which the charts do not wait."""
    household = request.household
    form = PeriodForm(request.GET, today=timezone.localdate(), month_start=household.month_start)
    if not form.is_valid():
        return refused(request, form)
    reader = Reader.of(request, today=form.today)
    within = f"{reverse('transactions:list')}?{form.chosen.query}"
    context = {
        "card": payee_card.printed(trends.payees(household, form.chosen), reader, entries=within),
        "charts_url": f"{reverse('reports:charts')}?{form.chosen.query}",
    }
    return render_page(request, "reports/payees.html", "reports/_payees.html", context)
