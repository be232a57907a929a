"""What a member waits for: a job's page with its progress, the file that comes of it, and the list of all."""

import io

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from accounts import jobs
from accounts.middleware import open_to_viewers
from accounts.models import Job
from batua import display
from batua.htmx import HtmxRequest, SeeOther, render_page, wants_fragment


@require_GET
def files(request: HtmxRequest) -> HttpResponse:
    """What this member has asked for within the last day."""
    found = Job.objects.of(request.user, request.household).without_content().order_by("-created_at", "-pk")
    rows = [(job, display.clock(job.created_at, locale=request.user.locale)) for job in found]
    context = {"rows": rows, "at_work": any(job.is_open for job, _asked in rows)}
    return render_page(request, "accounts/jobs.html", "accounts/_jobs.html", context)


@require_GET
def show(request: HtmxRequest, pk: int) -> HttpResponse:
    """How far the job is; once it is done, a page leads to the file, or is followed to where the outcome is."""
    job = _job_of(request, pk)
    if job.state == Job.State.DONE and job.leads_to:
        if wants_fragment(request):
            return HttpResponseClientRedirect(job.leads_to)
        return redirect(job.leads_to)
    return render_page(request, "accounts/job.html", "accounts/_job.html", {"job": job})


@require_GET
def download(request: HtmxRequest, pk: int) -> FileResponse:
    job = get_object_or_404(Job.objects.of(request.user, request.household), pk=pk)
    if job.content is None:
        raise Http404
    return FileResponse(
        io.BytesIO(job.content), as_attachment=True, filename=job.file_name, content_type=job.content_type
    )


@open_to_viewers
@require_POST
def cancel(request: HtmxRequest, pk: int) -> HttpResponse:
    """Stops a job that is at work; puts one that is finished off the list."""
    job = _job_of(request, pk)
    if not jobs.cancel(job):
        job.delete()
        messages.success(request, _("Removed."))
    return SeeOther(reverse("accounts:jobs"))


def _job_of(request: HtmxRequest, pk: int) -> Job:
    found: Job = get_object_or_404(Job.objects.of(request.user, request.household).without_content(), pk=pk)
    return found
