"""What Batua remembers of banks' files: accounts, and profiles listed with all that they hold, changed, forgotten."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.middleware import for_writers
from batua.htmx import HtmxRequest, changed
from transactions import labels
from transactions.forms.profiles import ProfileForm
from transactions.imports import profile_page
from transactions.models import StatementAccount, StatementProfile


@require_GET
def index(request: HtmxRequest) -> HttpResponse:
    own = StatementProfile.objects.of(request.household).select_related("wallet").order_by("name", "pk")
    may_write = request.membership.may_write
    accounts = StatementAccount.objects.of(request.household).order_by("name", "pk")
    wallets = labels.later(request.household)
    context = {
        "profiles": [profile_page.row(each, may_write=may_write) for each in own],
        "accounts": [profile_page.account_row(each, wallets, may_write=may_write) for each in accounts],
    }
    return render(request, "transactions/profiles.html", context)


@for_writers
@require_http_methods(["GET", "POST"])
def update(request: HtmxRequest, pk: int) -> HttpResponse:
    profile = _own(request, pk)
    form = ProfileForm(request.POST if request.method == "POST" else None, profile=profile)
    if form.is_valid():
        form.save()
        return changed(request, then="transactions:profiles", message=_("Saved."))
    said, back = profile_page.said(profile), reverse("transactions:profiles")
    context = {"form": form, "profile": profile, "said": said, "back": back}
    return render(request, "transactions/profile_edit.html", context, status=422 if form.errors else 200)


@for_writers
@require_http_methods(["GET", "POST"])
def delete(request: HtmxRequest, pk: int) -> HttpResponse:
    profile = _own(request, pk)
    if request.method == "POST":
        profile.delete()
        return changed(
            request, then="transactions:profiles", message=_("%(name)s is forgotten.") % {"name": profile.name}
        )
    context = {"profile": profile, "back": reverse("transactions:profiles")}
    return render(request, "transactions/profile_delete.html", context)


def _own(request: HtmxRequest, pk: int) -> StatementProfile:
    own = StatementProfile.objects.of(request.household).select_related("household", "wallet")
    return get_object_or_404(own, pk=pk)
