"""The public page, the profile, and which household's books are open."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.forms import HouseholdForm, ProfileForm
from accounts.middleware import SESSION_KEY, open_to_viewers
from batua.htmx import HtmxRequest, SeeOther


@login_not_required
@require_GET
def landing(request: HtmxRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("reports:dashboard")
    return render(request, "landing.html")


@open_to_viewers
@require_http_methods(["GET", "POST"])
def profile(request: HtmxRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your profile is saved."))
        return SeeOther(request.path)
    books = HouseholdForm(instance=request.household) if request.household else None
    context = {"form": form, "books": books, "memberships": _memberships(request)}
    return render(request, "accounts/profile.html", context, status=422 if form.errors else 200)


@require_POST
def household(request: HtmxRequest) -> HttpResponse:
    books = HouseholdForm(request.POST, instance=request.household)
    if books.is_valid() and books.save_or_explain():
        messages.success(request, _("The household is saved."))
        return redirect("accounts:profile")
    context = {"form": ProfileForm(instance=request.user), "books": books, "memberships": _memberships(request)}
    return render(request, "accounts/profile.html", context, status=422)


@open_to_viewers
@require_POST
def switch(request: HtmxRequest, pk: int) -> HttpResponse:
    membership = get_object_or_404(_memberships(request), household=pk)
    request.session[SESSION_KEY] = membership.household_id
    return redirect("reports:dashboard")


@open_to_viewers
@require_GET
def keep_alive(request: HtmxRequest) -> HttpResponse:
    """Any request renews the session; this one brings nothing back."""
    return HttpResponse(status=204)


def _memberships(request: HtmxRequest):  # type: ignore[no-untyped-def]
    return request.user.memberships.select_related("household").order_by("pk")
