"""A file that was sent in, as the views of its check page ask for it, and where they lead once it is imported."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from batua.htmx import HtmxRequest, SeeOther, wants_fragment
from transactions.models import Upload


def own(request: HtmxRequest, pk: int) -> Upload:
    """The household's file, a short one with its content. Raises Http404."""
    files = Upload.objects.of(request.household).select_related("household")
    kept: Upload = get_object_or_404(files.defer("content"), pk=pk)
    if kept.staged is None and kept.front is None:
        # What it holds and whether it is imported, at one moment: another press may import it at any.
        kept = get_object_or_404(files, pk=pk)
    return kept


def pressed(view: Callable[[HtmxRequest, Upload], HttpResponse]) -> Callable[[HtmxRequest, int], HttpResponse]:
    """Marks a view of the check page's buttons: of a file that is imported by now, they lead to what came of it.

    GET of their address, where a refused press leaves, is the check page.
    """

    @wraps(view)
    @require_http_methods(["GET", "POST"])
    def guarded(request: HtmxRequest, pk: int) -> HttpResponse:
        kept = own(request, pk)
        if request.method != "POST":
            return SeeOther(reverse("transactions:import-check", args=[pk]))
        return outcome(request, kept.batch_id) if kept.batch_id else view(request, kept)

    return guarded


def outcome(request: HtmxRequest, batch: int) -> HttpResponse:
    """Leads to what came of an import."""
    done = reverse("transactions:import-done", args=[batch])
    return HttpResponseClientRedirect(done) if wants_fragment(request) else SeeOther(done)


def outcome_of(request: HtmxRequest, pk: int) -> HttpResponse:
    """Leads to what came of a file that is not there to be checked any more. Raises Http404 for a forgotten one."""
    kept = own(request, pk)
    if not kept.batch_id:
        raise Http404
    return outcome(request, kept.batch_id)
