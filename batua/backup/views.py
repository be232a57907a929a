"""The page of backups: fetch one, look into one, make a household from one. Its owner's affair."""

import tempfile
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from accounts import audit
from accounts.fresh import confirmed
from accounts.middleware import SESSION_KEY
from accounts.models import Membership
from batua import display, metrics
from batua.backup import page
from batua.backup.archive import ArchiveError
from batua.backup.forms import RestoreForm
from batua.backup.restoring import restore
from batua.backup.writing import write
from batua.htmx import HtmxRequest, SeeOther, render_page, wants_fragment
from batua.limits import EXPORTS, UPLOADS, limited


def for_owners(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Marks a view that only an owner of the household may open."""

    @wraps(view)
    def guarded(request: HtmxRequest, *args: Any, **options: Any) -> HttpResponseBase:
        if request.membership.role != Membership.Role.OWNER:
            raise PermissionDenied(_("Only an owner of these books can back them up or restore a backup."))
        return view(request, *args, **options)

    return guarded


@for_owners
@limited(UPLOADS)
@require_http_methods(["GET", "POST"])
def show(request: HtmxRequest) -> HttpResponse:
    """The page; a file that is sent is looked into, and restored once it is confirmed."""
    if request.method == "GET":
        return _answer(request, RestoreForm())
    form = RestoreForm(request.POST, request.FILES)
    if not form.is_valid():
        return _answer(request, form)
    if not form.is_confirmed:
        return _answer(request, form, _contents(request, form))
    try:
        household = restore(archive=form.archive, owner=request.user).household
    except ArchiveError as error:
        form.refuse(error)
        return _answer(request, form)
    audit.record("restored", request=request, household=household)
    request.session[SESSION_KEY] = household.pk
    messages.success(request, _("Restored. These are the new books; the others are as they were."))
    dashboard = reverse("reports:dashboard")
    return HttpResponseClientRedirect(dashboard) if wants_fragment(request) else SeeOther(dashboard)


@for_owners
@limited(EXPORTS, methods=("GET",))
@confirmed(back_to="backup:show")
@require_GET
def download(request: HtmxRequest) -> FileResponse:
    """The archive of the open household. It is whole before its first byte is sent."""
    now = timezone.now()
    file = tempfile.TemporaryFile()  # noqa: SIM115 -- closed, and so deleted, with the response
    write(household=request.household, file=file, made_at=now)
    file.seek(0)
    audit.record("backed-up", request=request)
    name = f"batua-{slugify(request.household.name) or 'household'}-{timezone.localdate().isoformat()}.zip"
    metrics.exported("backup")
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


def _contents(request: HtmxRequest, form: RestoreForm) -> page.Contents:
    made_on = timezone.localtime(form.archive.manifest.made_at).date()
    return page.contents(form.archive, made=display.exact_day(made_on, locale=request.user.locale))


def _answer(request: HtmxRequest, form: RestoreForm, contents: page.Contents | None = None) -> HttpResponse:
    context = {"form": form, "contents": contents}
    status = 422 if form.errors else 200
    return render_page(request, "backup/backup.html", "backup/_contents.html", context, status=status)
