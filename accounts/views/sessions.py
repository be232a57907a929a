"""The page of sessions: where a person and their programs are signed in, and how to end it from here."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts import audit, devices, sign_ins
from accounts.access import sessions
from accounts.middleware import open_to_viewers
from accounts.models import ApiSession, SecurityEvent, SignIn, User
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
    programs = [_program(row, user=request.user) for row in sessions.working(request.user)]
    has_others = bool(programs) or any(not row.is_here for row in rows)
    context = {"rows": rows, "programs": programs, "has_others": has_others}
    return render(request, "accounts/sessions.html", context)


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
def end_program(request: HtmxRequest, uuid: UUID) -> HttpResponse:
    row = get_object_or_404(ApiSession.objects.live().of(request.user), pk=uuid)
    sessions.end(row.pk)
    audit.record(SecurityEvent.Kind.SESSION_ENDED, request=request, way="api")
    messages.success(request, _("Ended. The program has to sign in again."))
    return SeeOther(reverse("accounts:sessions"))


@open_to_viewers
@require_POST
def end_others(request: HtmxRequest) -> HttpResponse:
    number = sign_ins.end_others(request=request) + sessions.end_all(request.user)
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


def _program(row: ApiSession, *, user: User) -> Row:
    return Row(
        device=devices.program(row.agent),
        address=row.address or _("unknown address"),
        began=_moment(row.created_at, user),
        seen=_moment(row.used_at, user),
        is_here=False,
        end_url=reverse("accounts:session-end-program", args=[row.pk]),
    )


def _moment(at: datetime, user: User) -> str:
    local = timezone.localtime(at)
    return f"{display.exact_day(local.date(), locale=user.locale)}, {local:%H:%M}"
