"""The export page, its preview, and the file itself."""

from collections.abc import Callable

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts import audit
from batua import metrics
from batua.htmx import HtmxRequest, refused, render_page, wants_fragment
from batua.limits import EXPORTS, limited
from batua.period_picker import period_picker
from reports import export_preview, exports, pdf, report_link, sheet
from reports.export_form import ExportForm
from reports.reader import Reader
from transactions import ledger


@require_GET
def page(request: HtmxRequest) -> HttpResponse:
    form = _form(request)
    if not form.is_valid():
        return refused(request, form)
    reader = _reader(request, form)
    address = form.address()
    context = {
        "form": form,
        "formats": form.formats(),
        "filter_lists": form.lists(),
        "report": report_link.of(form.chosen, reader),
        "preview": export_preview.build(request.household, form, reader=reader),
        "download_url": f"{reverse('reports:export-download')}?{address}",
        "period_picker": period_picker(
            request, form.chosen, today=form.today, month_start=form.month_start, locale=reader.locale
        ),
    }
    response = render_page(request, "reports/export.html", "reports/_export.html", context)
    if wants_fragment(request):
        response["HX-Replace-Url"] = f"{request.path}?{address}"
    return response


@limited(EXPORTS, methods=("GET",))
@require_GET
def download(request: HtmxRequest) -> HttpResponseBase:
    household, form = request.household, _form(request)
    if not form.is_valid():
        return refused(request, form)
    kind, reader = form.file_format, _reader(request, form)
    if kind.most is not None:
        _totals, number = ledger.sums(household, form.selection)
        if problem := export_preview.problem_of(form, number, reader=reader):
            form.add_error(None, problem)
            return refused(request, form)
    response = _WRITERS[kind.key](request, form, reader)
    audit.record("exported", request=request, format=kind.key)
    response["Content-Type"] = kind.content_type
    response["Content-Disposition"] = exports.attachment(household, form.chosen, today=form.today, ending=kind.key)
    response["Cache-Control"] = "private, no-store"
    metrics.exported(kind.key)
    return response


def _csv(request: HtmxRequest, form: ExportForm, reader: Reader) -> HttpResponseBase:
    mark = ledger.BOM if form.has_bom else b""
    return StreamingHttpResponse(exports.csv_file(request.household, form.selection, mark=mark))


def _xlsx(request: HtmxRequest, form: ExportForm, reader: Reader) -> HttpResponseBase:
    lines = ledger.export_lines(request.household, form.selection)
    return FileResponse(exports.workbook(lines, currency=reader.currency))


def _pdf(request: HtmxRequest, form: ExportForm, reader: Reader) -> HttpResponseBase:
    household = request.household
    totals, _number = ledger.sums(household, form.selection)
    lines = list(ledger.export_lines(household, form.selection))
    printed = sheet.build(household, form.chosen, lines, totals, reader=reader, filters=sheet.filters_of(form))
    return HttpResponse(pdf.written(printed))


_WRITERS: dict[str, Callable[[HtmxRequest, ExportForm, Reader], HttpResponseBase]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "pdf": _pdf,
}


def _form(request: HtmxRequest) -> ExportForm:
    return ExportForm(
        request.GET,
        labels=ledger.labels.of(request.household),
        today=timezone.localdate(),
        month_start=request.household.month_start,
    )


def _reader(request: HtmxRequest, form: ExportForm) -> Reader:
    return Reader(
        request.household.currency, request.user.locale, form.today, form.month_start, request.membership.may_write
    )
