"""The page of sessions: where a person is signed in, and how to end it from here."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts import devices, sign_ins
from accounts.middleware import open_to_viewers
from accounts.models import SignIn, User
from batua import display
from batua.htmx import HtmxRequest, SeeOther


@dataclass(frozen=True)
class Row:
    """One session, ready to print."""

    device: str
    address: str
    began: str
    seen: str
    is_here: bool
    end_url: str


@open_to_viewers
@require_GET
def index(request: HtmxRequest) -> HttpResponse:
    here = request.session.get(sign_ins.ROW_KEY)
    found = SignIn.objects.of(request.user).open_at(timezone.now()).latest_first()
    rows = sorted((_row(row, user=request.user, here=here) for row in found), key=lambda row: not row.is_here)
    return render(request, "accounts/sessions.html", {"rows": rows, "has_others": any(not row.is_here for row in rows)})


@open_to_viewers
@require_POST
def end(request: HtmxRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(SignIn.objects.of(request.user).open_at(timezone.now()), pk=pk)
    if row.pk == request.session.get(sign_ins.ROW_KEY):
        logout(request)
        return SeeOther(reverse("account_login"))
    sign_ins.end(sign_in=row, request=request)
    messages.success(request, _("Ended. Nobody is signed in on that device any more."))
    return SeeOther(reverse("accounts:sessions"))


@open_to_viewers
@require_POST
def end_others(request: HtmxRequest) -> HttpResponse:
    number = sign_ins.end_others(request=request)
    said = ngettext("%(number)s other session ended.", "%(number)s other sessions ended.", number)
    messages.success(request, said % {"number": number})
    return SeeOther(reverse("accounts:sessions"))


def _row(row: SignIn, *, user: User, here: int | None) -> Row:
    return Row(
        device=devices.named(row.agent),
        address=row.address or _("unknown address"),
        began=_moment(row.began_at, user),
        seen=_moment(row.seen_at, user),
        is_here=row.pk == here,
        end_url=reverse("accounts:session-end", args=[row.pk]),
    )


def _moment(at: datetime, user: User) -> str:
    local = timezone.localtime(at)
    return f"{display.exact_day(local.date(), locale=user.locale)}, {local:%H:%M}"
