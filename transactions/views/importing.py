"""The import page in three steps, file, check, done; the list of imports; an import taken back."""

from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Max, Min
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.middleware import for_writers
from batua.htmx import HtmxRequest, SeeOther, changed, wants_fragment
from batua.limits import UPLOADS, limited
from transactions.forms.files import ReadableFile, StatementsForm
from transactions.imports import batch_list, taking_back, uploads, waiting
from transactions.imports.keeping import BusyError
from transactions.models import ImportBatch, ImportedLine, Upload
from transactions.views import long_imports, sent_files, short_imports
from transactions.views.sent_files import outcome, pressed

MOST_BATCHES = 200


@for_writers
@limited(UPLOADS)
@require_http_methods(["GET", "POST"])
def upload(request: HtmxRequest) -> HttpResponse:
    """The first step: choose a file, or several, of which the first is checked first and the others wait."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = StatementsForm(*sent, user=request.user)
    is_right = form.is_valid()
    kept = [_kept(request, file) for file in form.readable]
    if not is_right:
        context = {
            "form": form,
            "waiting": waiting.rows(request.household, request.user),
            "batches": batch_list.latest(request.household, locale=request.user.locale),
        }
        return render(request, "transactions/import.html", context, status=form.status)
    if uploads.is_kept_long(kept[0]) and kept[0].staged is None:
        return long_imports.begin(request, kept[0])
    return SeeOther(reverse("transactions:import-check", args=[kept[0].pk]))


@for_writers
@require_http_methods(["GET", "POST"])
def discard(request: HtmxRequest, pk: int) -> HttpResponse:
    """A file that waits is not to be imported after all; ``on`` leads to the next one that waits.

    One that was imported meanwhile stays as it is.
    """
    get_object_or_404(Upload.objects.of(request.household).only("pk"), pk=pk)
    if request.method != "POST":
        return SeeOther(reverse("transactions:import"))
    own = waiting.of(request.household, request.user)
    try:
        waiting.put_away(request.household, request.user, pk)
    except BusyError as error:
        messages.error(request, str(error))
        return SeeOther(reverse("transactions:import"))
    following = own.first() if "on" in request.POST else None
    return SeeOther(
        reverse("transactions:import-check", args=[following.pk]) if following else reverse("transactions:import")
    )


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
            *batch_list.begins(batch, locale=request.user.locale),
            *batch_list.holds(batch, locale=request.user.locale),
            batch_list.made(batch, locale=request.user.locale),
        ],
        "entries_url": _entries_url(batch),
        "waiting": waiting.rows(request.household, request.user) if request.membership.may_write else [],
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
        message = batch_list.taken_back(gone, locale=request.user.locale)
        if not wants_fragment(request):
            # Its button leads to another page, which says it.
            messages.info(request, message)
        return changed(request, "transactions-changed", then="transactions:imports", message=message)
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


def _kept(request: HtmxRequest, file: ReadableFile) -> Upload:
    found = waiting.same(request.household, request.user, name=file.name, content=file.content)
    return found or uploads.keep(
        household=request.household,
        created_by=request.user,
        file_name=file.name,
        content=file.content,
        front=file.front,
    )


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
