"""The public page, the profile, and which household's books are open."""

from dataclasses import asdict

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import preferences
from accounts.forms import HouseholdForm, ProfileForm
from accounts.middleware import SESSION_KEY, open_to_viewers
from accounts.models import Household, Membership, User
from batua import session_clock
from batua.htmx import HtmxRequest, SeeOther


@login_not_required
@require_GET
def landing(request: HtmxRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("reports:dashboard")
    return render(request, "landing.html")


@login_not_required
@require_GET
def guess(request: HtmxRequest) -> HttpResponse:
    """The sign-up form's guesses once more, now that the page has told the device's time zone."""
    languages = request.headers.get("Accept-Language", "")
    guessed = preferences.guess(languages[:200], request.GET.get("time_zone", "")[:64])
    return JsonResponse(asdict(guessed))


@open_to_viewers
@require_http_methods(["GET", "POST"])
def profile(request: HtmxRequest) -> HttpResponse:
    # A fresh copy: what is typed but not saved must not colour the page around it.
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your profile is saved."))
        return SeeOther(request.path)
    books = HouseholdForm(instance=request.household) if request.household else None
    return _profile_page(request, form, books)


@require_POST
def household(request: HtmxRequest) -> HttpResponse:
    books = HouseholdForm(request.POST, instance=Household.objects.get(pk=request.household.pk))
    if books.is_valid() and books.save_or_explain():
        messages.success(request, _("The household is saved."))
        return SeeOther(reverse("accounts:profile"))
    return _profile_page(request, ProfileForm(instance=request.user), books)


@open_to_viewers
@require_POST
def switch(request: HtmxRequest, pk: int) -> HttpResponse:
    membership = get_object_or_404(Membership, user=request.user, household=pk)
    request.session[SESSION_KEY] = membership.household_id
    return redirect("reports:dashboard")


@open_to_viewers
@require_GET
def keep_alive(request: HtmxRequest) -> HttpResponse:
    """Renews the session at once, even when it was renewed within the last minute; its answer says for how long."""
    request.session.pop(session_clock.SEEN, None)
    session_clock.renew(request.session)
    return HttpResponse(status=204)


def _profile_page(request: HtmxRequest, form: ProfileForm, books: HouseholdForm | None) -> HttpResponse:
    others = Membership.objects.filter(user=request.user).exclude(household=request.household)
    context = {
        "form": form,
        "books": books,
        "owns": bool(request.membership) and request.membership.role == Membership.Role.OWNER,
        "role": request.membership and request.membership.get_role_display(),
        "others": others.select_related("household").order_by("pk"),
    }
    refused = form.errors or (books and books.errors)
    return render(request, "accounts/profile.html", context, status=422 if refused else 200)
