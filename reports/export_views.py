"""The export page, its preview, and the file itself."""

from collections.abc import Callable

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts import audit, jobs
from accounts.middleware import for_every_member
from accounts.models import Job
from batua import metrics
from batua.htmx import HtmxRequest, SeeOther, refused, render_page, wants_fragment
from batua.limits import EXPORTS, limited
from batua.period_picker import period_label, period_picker
from reports import export_preview, exports, pdf, report_link, sheet, tasks
from reports.export_form import ExportForm
from reports.reader import Reader
from transactions import ledger


@require_GET
def page(request: HtmxRequest) -> HttpResponse:
    form = _form(request)
    if not form.is_valid():
        return refused(request, form)
    reader = Reader.of(request, today=form.today)
    address = form.address()
    context = {
        "form": form,
        "formats": form.formats(),
        "filter_lists": form.lists(),
        "report": report_link.of(form.chosen, reader),
        "preview": export_preview.build(request.household, form, reader=reader),
        "download_url": f"{reverse('reports:export-download')}?{address}",
        "prepare_url": f"{reverse('reports:export-prepare')}?{address}",
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
    form = _form(request)
    if not form.is_valid():
        return refused(request, form)
    file = written(request, form)
    if form.has_error(NON_FIELD_ERRORS, "long"):
        # An old address, or entries that came since: the page offers to prepare it.
        return redirect(f"{reverse('reports:export')}?{form.address()}")
    return file or refused(request, form)


def written(request: HtmxRequest, form: ExportForm) -> HttpResponseBase | None:
    """The file that a valid form asks for; None when it cannot be made, with the reason among the form's errors."""
    household, kind, reader = request.household, form.file_format, Reader.of(request, today=form.today)
    if kind.most is not None:
        _totals, number = ledger.sums(household, form.selection)
        if problem := export_preview.problem_of(form, number, reader=reader):
            form.add_error(None, problem)
        elif export_preview.is_long(form, number):
            waits = _("This PDF takes a while. Have it prepared on the export page, or take another format.")
            form.add_error(None, ValidationError(waits, code="long"))
        if form.errors:
            return None
    response = _WRITERS[kind.key](request, form, reader)
    audit.record("exported", request=request, format=kind.key)
    response["Content-Type"] = kind.content_type
    response["Content-Disposition"] = exports.attachment(household, form.chosen, today=form.today, ending=kind.key)
    response["Cache-Control"] = "private, no-store"
    metrics.exported(kind.key)
    return response


@limited(EXPORTS)
@for_every_member
@require_POST
def prepare(request: HtmxRequest) -> HttpResponse:
    """A PDF that takes a while: made in the background, watched on the page of its job."""
    household, form = request.household, _form(request)
    if form.is_valid():
        _totals, number = ledger.sums(household, form.selection)
        if problem := export_preview.problem_of(form, number, reader=Reader.of(request, today=form.today)):
            form.add_error(None, problem)
    if form.errors or form.file_format.at_once is None:
        return refused(request, form)
    job = jobs.start(
        member=request.user,
        household=household,
        kind=Job.Kind.EXPORT,
        title=_("PDF of %(period)s") % {"period": period_label(form.chosen, locale=request.user.locale)},
        task=tasks.print_entries,
        query=form.address(),
        today=str(form.today),
    )
    audit.record("exported", request=request, format=form.file_format.key)
    metrics.exported(form.file_format.key)
    return SeeOther(reverse("accounts:job", args=[job.pk]))


def _csv(request: HtmxRequest, form: ExportForm, reader: Reader) -> HttpResponseBase:
    mark = ledger.BOM if form.has_bom else b""
    return StreamingHttpResponse(exports.csv_file(request.household, form.selection, mark=mark))


def _xlsx(request: HtmxRequest, form: ExportForm, reader: Reader) -> HttpResponseBase:
    lines = ledger.export_lines(request.household, form.selection)
    return FileResponse(exports.workbook(lines, currency=reader.currency))


def _pdf(request: HtmxRequest, form: ExportForm, reader: Reader) -> HttpResponseBase:
    household = request.household
    totals, number = ledger.sums(household, form.selection)
    head = sheet.head(household, form.chosen, totals, number, reader=reader, filters=sheet.filters_of(form))
    lines = ledger.export_lines(household, form.selection)
    return HttpResponse(pdf.written(sheet.build(head, form.chosen, lines, reader=reader)))


_WRITERS: dict[str, Callable[[HtmxRequest, ExportForm, Reader], HttpResponseBase]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "pdf": _pdf,
}


def _form(request: HtmxRequest) -> ExportForm:
    return ExportForm(
        request.GET,
        labels=ledger.labels.later(request.household),
        today=timezone.localdate(),
        month_start=request.household.month_start,
    )
