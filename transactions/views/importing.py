"""The import page in three steps: file, check, done."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Max, Min
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.middleware import for_writers
from batua.htmx import HtmxRequest, SeeOther, render_page
from transactions import import_page, importing, uploads
from transactions.forms.statements import ReadingForm, StatementForm
from transactions.importing import ChoiceError
from transactions.models import ImportBatch, ImportedLine, Upload, Wallet


@for_writers
@require_http_methods(["GET", "POST"])
def upload(request: HtmxRequest) -> HttpResponse:
    """The first step: choose a file and its wallet."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = StatementForm(*sent, household=request.household, user=request.user)
    if not form.is_valid():
        return render(request, "transactions/import.html", {"form": form}, status=form.status)
    kept = uploads.keep(
        household=request.household,
        created_by=request.user,
        file_name=form.cleaned_data["file"].name,
        content=form.content,
    )
    return SeeOther(f"{reverse('transactions:import-check', args=[kept.pk])}?wallet={form.cleaned_data['wallet'].pk}")


@for_writers
@require_GET
def check(request: HtmxRequest, pk: int) -> HttpResponse:
    """The second step: see what would happen to each line."""
    kept = get_object_or_404(Upload.objects.of(request.household), pk=pk)
    if kept.batch_id:
        return SeeOther(_done_url(kept.batch_id))
    return _check_page(request, kept, _reading_form(request, request.GET))


@require_POST
def commit(request: HtmxRequest, pk: int) -> HttpResponse:
    """The second step's button: what is ticked is imported, once."""
    kept = get_object_or_404(Upload.objects.of(request.household), pk=pk)
    if kept.batch_id:
        return SeeOther(_done_url(kept.batch_id))
    form = _reading_form(request, request.POST)
    statement = form.statement(bytes(kept.content), kept.file_name) if form.is_valid() else None
    if statement is None:
        return _check_page(request, kept, form)
    wallet = form.cleaned_data["wallet"]
    taken = form.taken(importing.preview(wallet=wallet, statement=statement))
    if not taken:
        form.add_error(None, _("No line is ticked, so there is nothing to import."))
        return _check_page(request, kept, form)
    try:
        batch = uploads.commit(
            kept,
            wallet=wallet,
            statement=statement,
            created_by=request.user,
            taken=taken,
            categories=form.categories(),
        )
    except ChoiceError as error:
        form.add_error(None, _("Line %(line)s: choose one of the listed categories.") % {"line": error.line})
        return _check_page(request, kept, form)
    return SeeOther(_done_url(batch.pk))


@require_GET
def done(request: HtmxRequest, pk: int) -> HttpResponse:
    """The third step: what came of it."""
    batch = get_object_or_404(ImportBatch.objects.of(request.household).select_related("wallet"), pk=pk)
    context = {"batch": batch, "entries_url": _entries_url(batch)}
    return render(request, "transactions/import_done.html", context)


def _reading_form(request: HtmxRequest, sent: QueryDict) -> ReadingForm:
    if "wallet" not in sent:
        first = Wallet.objects.of(request.household).open().in_order().first()
        sent = sent.copy()
        sent["wallet"] = str(first.pk) if first else ""
    return ReadingForm(sent, household=request.household, user=request.user)


def _check_page(request: HtmxRequest, kept: Upload, form: ReadingForm) -> HttpResponse:
    statement = form.statement(bytes(kept.content), kept.file_name) if form.is_valid() else None
    context: dict[str, Any] = {
        "upload": kept,
        "form": form,
        "path": reverse("transactions:import-check", args=[kept.pk]),
    }
    if statement is not None:
        context["wallet"] = wallet = form.cleaned_data["wallet"]
        context["check"] = import_page.build(
            importing.preview(wallet=wallet, statement=statement),
            wallet=wallet,
            user=request.user,
            today=timezone.localdate(),
            path=context["path"],
        )
    return render_page(
        request,
        "transactions/import_check.html",
        "transactions/_import_preview.html",
        context,
        status=422 if form.errors else 200,
    )


def _done_url(batch: int) -> str:
    return reverse("transactions:import-done", args=[batch])


def _entries_url(batch: ImportBatch) -> str:
    """The list of entries over the days of what was imported."""
    query = {"wallet": str(batch.wallet_id)}
    lines = ImportedLine.objects.of(batch.household).filter(batch=batch)
    first, last = lines.aggregate(first=Min("entry__date"), last=Max("entry__date")).values()
    if first:
        query |= {"period": "custom", "from": first.isoformat(), "to": last.isoformat()}
    return f"{reverse('transactions:list')}?{urlencode(query)}"
