"""The import page in three steps, file, check, done; the list of imports; an import taken back."""

from urllib.parse import urlencode

from django.db.models import Max, Min
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.middleware import for_writers
from batua.htmx import HtmxRequest, SeeOther, changed
from batua.limits import UPLOADS, limited
from transactions.forms.statements import StatementForm
from transactions.imports import batch_list, taking_back, uploads
from transactions.models import ImportBatch, ImportedLine, Upload
from transactions.views import long_imports, sent_files, short_imports
from transactions.views.sent_files import outcome, pressed

MOST_BATCHES = 200


@for_writers
@limited(UPLOADS)
@require_http_methods(["GET", "POST"])
def upload(request: HtmxRequest) -> HttpResponse:
    """The first step: choose a file."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = StatementForm(*sent, user=request.user)
    if not form.is_valid():
        context = {"form": form, "batches": batch_list.latest(request.household, locale=request.user.locale)}
        return render(request, "transactions/import.html", context, status=form.status)
    kept = uploads.keep(
        household=request.household,
        created_by=request.user,
        file_name=form.name,
        content=form.content,
        front=form.front,
    )
    if uploads.is_kept_long(kept):
        return long_imports.begin(request, kept)
    return SeeOther(reverse("transactions:import-check", args=[kept.pk]))


@for_writers
@require_GET
def check(request: HtmxRequest, pk: int) -> HttpResponse:
    """The second step: see what would happen to each line."""
    kept = sent_files.own(request, pk)
    if kept.batch_id:
        return outcome(request, kept.batch_id)
    return long_imports.check(request, kept) if uploads.is_kept_long(kept) else short_imports.check(request, kept)


@pressed
def read(request: HtmxRequest, kept: Upload) -> HttpResponse:
    """The second step, with the file read another way."""
    return long_imports.read(request, kept) if uploads.is_kept_long(kept) else short_imports.read(request, kept)


@pressed
def choose(request: HtmxRequest, kept: Upload) -> HttpResponse:
    """The second step: what was chosen for lines is kept."""
    return long_imports.choose(request, kept) if uploads.is_kept_long(kept) else short_imports.choose(request, kept)


@pressed
def commit(request: HtmxRequest, kept: Upload) -> HttpResponse:
    """The second step's button: what is ticked is imported, once."""
    return long_imports.commit(request, kept) if uploads.is_kept_long(kept) else short_imports.commit(request, kept)


@require_GET
def done(request: HtmxRequest, pk: int) -> HttpResponse:
    """The third step: what came of it."""
    batch = _own_batch(request, pk)
    context = {
        "batch": batch,
        "said": [
            *batch_list.said(batch, locale=request.user.locale),
            *([] if batch.taken_back_at else batch_list.sums(batch, locale=request.user.locale)),
            *batch_list.holds(batch, locale=request.user.locale),
            batch_list.made(batch, locale=request.user.locale),
        ],
        "entries_url": _entries_url(batch),
        "may_take_back": request.membership.may_write and batch.taken_back_at is None,
    }
    return render(request, "transactions/import_done.html", context)


@for_writers
@require_http_methods(["GET", "POST"])
def take_back(request: HtmxRequest, pk: int) -> HttpResponse:
    """Undo an import; what was changed since stays unless it is ticked."""
    batch = _own_batch(request, pk)
    if batch.taken_back_at is not None:
        return SeeOther(_done_url(batch.pk))
    changed_entries = taking_back.changed_since(batch)
    if request.method == "POST":
        ticked = {entry for entry in changed_entries if str(entry) in request.POST.getlist("entry")}
        gone = taking_back.take_back(batch=batch, also=ticked)
        return changed(
            request, "transactions-changed", then="transactions:imports", message=batch_list.taken_back(gone)
        )
    context = {
        "batch": batch,
        "said": [
            *batch_list.said(batch, locale=request.user.locale),
            batch_list.made(batch, locale=request.user.locale),
            *batch_list.goes_back(batch, locale=request.user.locale),
        ],
        "entries": batch_list.entries(batch, changed_entries, today=timezone.localdate(), locale=request.user.locale),
        "recognises": ImportedLine.objects.recognised_by(batch).exists(),
        "back": _done_url(batch.pk),
    }
    return render(request, "transactions/import_take_back.html", context)


@require_GET
def batches(request: HtmxRequest) -> HttpResponse:
    """Every import of the household, newest first."""
    context = {"batches": batch_list.latest(request.household, locale=request.user.locale, limit=MOST_BATCHES)}
    return render(request, "transactions/imports.html", context)


def _own_batch(request: HtmxRequest, pk: int) -> ImportBatch:
    own = ImportBatch.objects.of(request.household).select_related("wallet", "household", "created_by")
    return get_object_or_404(own, pk=pk)


def _done_url(batch: int) -> str:
    return reverse("transactions:import-done", args=[batch])


def _entries_url(batch: ImportBatch) -> str:
    """The list of entries over the days of what was imported."""
    lines = ImportedLine.objects.of(batch.household).filter(batch=batch)
    first, last = lines.aggregate(first=Min("entry__date"), last=Max("entry__date")).values()
    query = {"wallet": str(batch.wallet_id)} if batch.wallet_id else {}
    if first:
        query |= {"period": "custom", "from": first.isoformat(), "to": last.isoformat()}
    return f"{reverse('transactions:list')}?{urlencode(query)}"
