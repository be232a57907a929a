"""The import page in three steps, file, check, done; the list of imports; an import taken back."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Max, Min
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from accounts.middleware import for_writers
from batua.htmx import HtmxRequest, SeeOther, changed, render_page
from batua.limits import UPLOADS, limited
from transactions import checking, import_list, import_page, kept_marks, labels, reading_page, taking_back, uploads
from transactions.booking import ChoiceError
from transactions.checking import CHOSEN, Checked, NothingTaken
from transactions.forms.statements import StatementForm
from transactions.models import ImportBatch, ImportedLine, Upload
from transactions.views import long_imports
from transactions.views.long_imports import pressed

MOST_BATCHES = 200


@for_writers
@limited(UPLOADS)
@require_http_methods(["GET", "POST"])
def upload(request: HtmxRequest) -> HttpResponse:
    """The first step: choose a file."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = StatementForm(*sent, user=request.user)
    if not form.is_valid():
        context = {"form": form, "batches": import_list.latest(request.household, locale=request.user.locale)}
        return render(request, "transactions/import.html", context, status=form.status)
    kept = uploads.keep(
        household=request.household,
        created_by=request.user,
        file_name=form.cleaned_data["file"].name,
        content=form.content,
    )
    if uploads.is_long(form.content, kept.file_name):
        return long_imports.begin(request, kept)
    return SeeOther(reverse("transactions:import-check", args=[kept.pk]))


@for_writers
@require_GET
def check(request: HtmxRequest, pk: int) -> HttpResponse:
    """The second step: see what would happen to each line."""
    kept = get_object_or_404(Upload.objects.of(request.household), pk=pk)
    if kept.batch_id:
        return SeeOther(_done_url(kept.batch_id))
    if kept.staged is not None or uploads.is_long(bytes(kept.content), kept.file_name):
        return long_imports.check(request, kept)
    sent = request.GET if CHOSEN in request.GET else kept_marks.reading(kept)
    return _check_page(request, kept, checking.check(kept, sent, household=request.household, user=request.user))


@pressed
def read(request: HtmxRequest, pk: int) -> HttpResponse:
    """The file read another way; what was chosen for its lines stays."""
    kept = get_object_or_404(Upload.objects.of(request.household), pk=pk)
    if kept.batch_id:
        return SeeOther(_done_url(kept.batch_id))
    if kept.staged is not None or uploads.is_long(bytes(kept.content), kept.file_name):
        return long_imports.read(request, kept)
    found = checking.check(kept, request.POST, household=request.household, user=request.user)
    return _check_page(request, kept, found, dropped=_keep(request, kept, found))


@pressed
def commit(request: HtmxRequest, pk: int) -> HttpResponse:
    """The second step's button: what is ticked is imported, once."""
    kept = get_object_or_404(Upload.objects.of(request.household), pk=pk)
    if kept.batch_id:
        return SeeOther(_done_url(kept.batch_id))
    if kept.staged is not None or uploads.is_long(bytes(kept.content), kept.file_name):
        return long_imports.commit(request, kept)
    found = checking.check(kept, request.POST, household=request.household, user=request.user)
    if found.statement is not None and not reading_page.is_as_seen(request.POST):
        found.form.add_error(None, _("You changed how the file is read. Look at its lines again, then import them."))
        return _check_page(request, kept, found, dropped=_keep(request, kept, found))
    try:
        batch = checking.commit(found, kept, created_by=request.user) if found.statement is not None else None
    except (NothingTaken, ChoiceError) as error:
        found.form.add_error(None, str(error))
        batch = None
    if batch is not None:
        return SeeOther(_done_url(batch.pk))
    _keep(request, kept, found)
    return _check_page(request, kept, found)


@require_GET
def done(request: HtmxRequest, pk: int) -> HttpResponse:
    """The third step: what came of it."""
    batch = _own_batch(request, pk)
    context = {
        "batch": batch,
        "said": import_list.said(batch, locale=request.user.locale),
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
            request, "transactions-changed", then="transactions:imports", message=import_list.taken_back(gone)
        )
    context = {
        "batch": batch,
        "said": import_list.said(batch, locale=request.user.locale),
        "entries": import_list.entries(batch, changed_entries, today=timezone.localdate(), locale=request.user.locale),
        "back": _done_url(batch.pk),
    }
    return render(request, "transactions/import_take_back.html", context)


@require_GET
def batches(request: HtmxRequest) -> HttpResponse:
    """Every import of the household, newest first."""
    context = {"batches": import_list.latest(request.household, locale=request.user.locale, limit=MOST_BATCHES)}
    return render(request, "transactions/imports.html", context)


def _own_batch(request: HtmxRequest, pk: int) -> ImportBatch:
    own = ImportBatch.objects.of(request.household).select_related("wallet", "household", "created_by")
    return get_object_or_404(own, pk=pk)


def _keep(request: HtmxRequest, kept: Upload, found: Checked) -> str:
    """Keeps what the page sends, and says of which lines it cannot be kept."""
    marks = kept_marks.sent_with(kept, request.POST)
    lost: list[int] = []
    if found.preview is not None:
        marks, lost = kept_marks.fitting(marks, found.preview, labels.of(request.household))
    kept_marks.keep(kept, marks, reading=reading_page.query(found))
    if not lost:
        return ""
    sentence = ngettext(
        "What you chose for line %(lines)s does not fit the line as it is read now: it is as suggested again.",
        "What you chose for lines %(lines)s does not fit them as they are read now: they are as suggested again.",
        len(lost),
    )
    return sentence % {"lines": ", ".join(map(str, lost))}


def _check_page(request: HtmxRequest, kept: Upload, found: Checked, *, dropped: str = "") -> HttpResponse:
    path = reverse("transactions:import-check", args=[kept.pk])
    context: dict[str, Any] = {"upload": kept, "form": found.form, "path": path, "profile": found.profile}
    context["warnings"], context["dropped"] = found.warnings, dropped
    context["reading"] = reading_page.build(found, path=path, locale=request.user.locale)
    if found.preview is not None:
        context["check"] = import_page.build(
            found.preview,
            user=request.user,
            household=request.household,
            today=timezone.localdate(),
            chosen=kept_marks.of(kept),
        )
    return render_page(
        request,
        "transactions/import_check.html",
        "transactions/_import_preview.html",
        context,
        status=422 if found.form.errors else 200,
    )


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
