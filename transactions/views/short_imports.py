"""The check of a short file: read again with each question, all of its lines on one page."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_htmx.http import reswap, retarget

from batua.htmx import HtmxRequest, SeeOther, render_page, wants_fragment
from transactions import checking, import_page, kept_marks, labels, line_choice, reading_page
from transactions.booking import ChoiceError
from transactions.checking import CHOSEN, Checked, NothingTaken
from transactions.models import ImportBatch, Upload


def check(request: HtmxRequest, kept: Upload) -> HttpResponse:
    """The second step, read as the address says, as it was asked for last, or as it shows."""
    sent = request.GET if CHOSEN in request.GET else kept_marks.reading(kept)
    return _page(request, kept, checking.check(kept, sent, household=request.household, user=request.user))


def read(request: HtmxRequest, kept: Upload) -> HttpResponse:
    """The file read another way; what was chosen for its lines stays."""
    found = _as_sent(request, kept)
    return _page(request, kept, found, dropped=_keep(request, kept, found))


def choose(request: HtmxRequest, kept: Upload) -> HttpResponse:
    """Keeps what was chosen; of one line, it is offered for the other lines of its payee, or given to them."""
    marks, alike = kept_marks.sent_with(kept, request.POST), line_choice.number(request.POST.get("alike", ""))
    turned = kept_marks.turned(kept_marks.of(kept), marks)
    is_part = wants_fragment(request) and alike is None and reading_page.is_as_seen(request.POST)
    if is_part and len(turned) != 1:
        kept_marks.keep(kept, marks)
        return HttpResponse(status=204)
    found = _as_sent(request, kept)
    dropped = _keep(request, kept, found)
    if is_part:
        context = {"upload": kept, "offer": _offer(kept, found, turned[0])}
        return render(request, "transactions/_import_offer.html", context)
    if alike is not None:
        _spread(kept, found, alike)
    answer = _page(request, kept, found, dropped=dropped)
    return retarget(reswap(answer, "outerHTML"), "#transactions-import-preview")


def commit(request: HtmxRequest, kept: Upload) -> HttpResponse:
    """Imports the lines that are ticked, as they were seen."""
    found = _as_sent(request, kept)
    if found.statement is not None and not reading_page.is_as_seen(request.POST):
        found.form.add_error(None, _("You changed how the file is read. Look at its lines again, then import them."))
        return _page(request, kept, found, dropped=_keep(request, kept, found))
    batch = _imported(request, kept, found)
    if batch is not None:
        return SeeOther(reverse("transactions:import-done", args=[batch.pk]))
    _keep(request, kept, found)
    return _page(request, kept, found)


def _as_sent(request: HtmxRequest, kept: Upload) -> Checked:
    return checking.check(kept, request.POST, household=request.household, user=request.user)


def _imported(request: HtmxRequest, kept: Upload, found: Checked) -> ImportBatch | None:
    """None, and an error, where it is refused."""
    if found.statement is None:
        return None
    try:
        return checking.commit(found, kept, created_by=request.user)
    except (NothingTaken, ChoiceError) as error:
        found.form.add_error(None, str(error))
        return None


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


def _offer(kept: Upload, found: Checked, number: int) -> import_page.Offer | None:
    if found.preview is None:
        return None
    own = labels.of(kept.household)
    return import_page.offer(import_page.choosable(found.preview, kept_marks.of(kept), own), number, own)


def _spread(kept: Upload, found: Checked, number: int) -> None:
    """Lets the other lines of the line's payee become what it becomes."""
    if found.preview is None:
        return
    own, marks = labels.of(kept.household), kept_marks.of(kept)
    alike = kept_marks.alike(import_page.choosable(found.preview, marks, own), number, own.open_kinds)
    if alike is not None:
        kept_marks.keep(kept, kept_marks.spread(marks, alike))


def _page(request: HtmxRequest, kept: Upload, found: Checked, *, dropped: str = "") -> HttpResponse:
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
