"""What Batua remembers of banks' files: profiles listed, renamed, forgotten."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from accounts.middleware import for_writers
from batua.htmx import HtmxRequest, changed
from transactions import profiles
from transactions.forms.profiles import ProfileForm
from transactions.importers.base import Proven
from transactions.models import StatementProfile

_ORDERS = {"dmy": gettext_lazy("day first"), "mdy": gettext_lazy("month first"), "ymd": gettext_lazy("year first")}


@require_GET
def index(request: HtmxRequest) -> HttpResponse:
    own = StatementProfile.objects.of(request.household).select_related("wallet").order_by("name", "pk")
    context = {"profiles": own, "may_write": request.membership.may_write}
    return render(request, "transactions/profiles.html", context)


@for_writers
@require_http_methods(["GET", "POST"])
def update(request: HtmxRequest, pk: int) -> HttpResponse:
    profile = _own(request, pk)
    form = ProfileForm(request.POST if request.method == "POST" else None, profile=profile)
    if form.is_valid():
        form.save()
        return changed(request, then="transactions:profiles", message=_("Saved."))
    context = {"form": form, "profile": profile, "said": _said(profile), "back": reverse("transactions:profiles")}
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


def _said(profile: StatementProfile) -> str:
    number, shown = len(profiles.chosen(profile)), ", ".join(map(str, _proven(profiles.proven_by(profile))))
    own = _("%(count)d of your own choices are used for its files.") % {"count": number} if number else ""
    known = _("Earlier files showed: %(what)s.") % {"what": shown} if shown else ""
    return " ".join(filter(None, (own, known))) or _("Its files are read as they show.")


def _proven(proven: Proven) -> Iterator[str]:
    if proven.date_order:
        yield str(_ORDERS.get(proven.date_order, proven.date_order))
    if proven.decimal_mark:
        yield _("decimals after a point") if proven.decimal_mark == "." else _("decimals after a comma")
    if proven.is_bare_out:
        yield _("amounts without a sign went out")
