"""The page on which a person leaves for good: what goes, with numbers, what stays, and the backup before it."""

from dataclasses import dataclass

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate, get_reauthentication_flows
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.leaving import Fate, fates, leave
from accounts.leaving_form import LeavingForm
from accounts.middleware import open_to_viewers
from accounts.models import Household
from batua.backup.page import in_words
from batua.backup.tables import TABLES
from batua.htmx import HtmxRequest, SeeOther


@dataclass(frozen=True)
class Books:
    """A household in print: what goes with the person, or who keeps it."""

    name: str
    counts: tuple[str, ...]
    heir: str
    is_open: bool
    key: int


@open_to_viewers
@require_http_methods(["GET", "POST"])
def delete(request: HtmxRequest) -> HttpResponse:
    form = LeavingForm(request.POST or None, request=request, is_proven=did_recently_reauthenticate(request))
    if request.method == "POST" and form.is_valid():
        leave(user=request.user, request=request)
        # The row is gone, and so is the session: this answer is the last one that knows of them.
        request.session.flush()
        request.user = AnonymousUser()
        messages.success(request, _("Your account is deleted. Thank you for having been here."))
        return SeeOther(reverse("accounts:landing"))
    return render(request, "leaving/delete.html", _context(request, form), status=422 if form.errors else 200)


def _context(request: HtmxRequest, form: LeavingForm) -> dict[str, object]:
    found = fates(request.user)
    others = [flow for flow in get_reauthentication_flows(request.user) if flow["id"] != "reauthenticate"]
    return {
        "form": form,
        "going": [_books(fate, request) for fate in found if fate.is_deleted],
        "passing": [_books(fate, request) for fate in found if fate.heir],
        "staying": [_books(fate, request) for fate in found if not fate.is_deleted and not fate.heir],
        "has_other_proof": bool(others) and "password" in form.fields,
    }


def _books(fate: Fate, request: HtmxRequest) -> Books:
    return Books(
        name=fate.household.name,
        counts=_counts(fate.household) if fate.is_deleted else (),
        heir=fate.heir.user.get_full_name() if fate.heir else "",
        is_open=fate.household == request.household,
        key=fate.household.pk,
    )


def _counts(household: Household) -> tuple[str, ...]:
    tables = {table.name: table for table in TABLES}

    def rows(name: str) -> int:
        table = tables[name]
        return table.model._default_manager.filter(**{table.path: household.pk}).count()

    return in_words(rows)
