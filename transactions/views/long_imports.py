"""The check of a long file: read and imported in the background, shown by its verdicts, a page of lines at a time."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import jobs
from accounts.models import Job
from batua.htmx import HtmxRequest, SeeOther, render_page
from transactions import long_page, reading_page, staging, tasks
from transactions.checking import CHOSEN, Checked
from transactions.models import Upload
from transactions.verdicts import OFFERED


def begin(request: HtmxRequest, kept: Upload) -> HttpResponse:
    """Reads a long file as its first lines show, or as it is remembered."""
    found = staging.front(kept, user=request.user)
    if found.form.errors or found.glimpse is not None or (found.plain is not None and found.plain.ambiguous):
        # Somebody has to say first how it is to be read.
        return SeeOther(reverse("transactions:import-check", args=[kept.pk]))
    return _ask_to_read(request, kept, found)


def check(request: HtmxRequest, kept: Upload) -> HttpResponse:
    """The second step: how the file is read, and what would happen to its lines."""
    staged = kept.staged or {}
    sent = request.GET if CHOSEN in request.GET else QueryDict(staged.get("query", ""))
    return _page(request, kept, staging.front(kept, sent, user=request.user))


@require_POST
def read(request: HtmxRequest, pk: int) -> HttpResponse:
    """Reads the file anew, as the member chose."""
    kept = get_object_or_404(Upload.objects.of(request.household).filter(batch=None), pk=pk)
    found = staging.front(kept, request.POST, user=request.user)
    return _page(request, kept, found) if found.form.errors else _ask_to_read(request, kept, found)


def commit(request: HtmxRequest, kept: Upload) -> HttpResponse:
    """Imports what was read: new lines, and the kinds that are ticked."""
    if kept.staged is None:
        return SeeOther(reverse("transactions:import-check", args=[kept.pk]))
    offered = {each.value for each in OFFERED}
    also = sorted(offered & set(request.POST.getlist("also")))
    job = jobs.start(
        member=request.user,
        household=request.household,
        kind=Job.Kind.IMPORT,
        title=_("Import of %(file)s") % {"file": kept.file_name},
        task=tasks.write_statement,
        upload=kept.pk,
        also=also,
    )
    return SeeOther(reverse("accounts:job", args=[job.pk]))


def _ask_to_read(request: HtmxRequest, kept: Upload, found: Checked) -> HttpResponse:
    job = jobs.start(
        member=request.user,
        household=request.household,
        kind=Job.Kind.IMPORT,
        title=_("Check of %(file)s") % {"file": kept.file_name},
        task=tasks.read_statement,
        upload=kept.pk,
        query=staging.query(found, locale=request.user.locale),
    )
    return SeeOther(reverse("accounts:job", args=[job.pk]))


def _page(request: HtmxRequest, kept: Upload, found: Checked) -> HttpResponse:
    path = reverse("transactions:import-check", args=[kept.pk])
    reading = reading_page.build(found, path=path, locale=request.user.locale)
    context: dict[str, Any] = {"upload": kept, "form": found.form, "path": path, "profile": found.profile}
    context["reading"] = reading
    if kept.staged is not None and kept.staged["query"] == staging.query(found, locale=request.user.locale):
        context["check"] = long_page.build(
            kept,
            request.GET,
            path=path,
            household=request.household,
            user=request.user,
            today=timezone.localdate(),
        )
    return render_page(
        request,
        "transactions/import_long.html",
        "transactions/_import_long.html",
        context,
        status=422 if found.form.errors else 200,
    )
