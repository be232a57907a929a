"""The page of personal tokens: which there are, a new one shown once, and the end of one."""

from dataclasses import dataclass

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import personal
from accounts.middleware import open_to_viewers
from accounts.models import PersonalToken
from accounts.token_form import TokenForm
from batua import display
from batua.htmx import HtmxRequest, SeeOther


@dataclass(frozen=True)
class Row:
    """A token in print."""

    key: int
    name: str
    ending: str
    scope: str
    expires: str
    used: str
    is_new: bool


@open_to_viewers
@require_http_methods(["GET", "POST"])
def tokens(request: HtmxRequest) -> HttpResponse:
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return make(request, form)
    return page(request, form, status=422 if form.errors else 200)


def make(request: HtmxRequest, form: TokenForm) -> HttpResponse:
    """Makes it for who has just proven to be the person: whoever sits down at an open session gets no token."""
    raise_if_reauthentication_required(request, app="account")
    try:
        row, token = personal.make(user=request.user, request=request, **form.cleaned_data)
    except personal.TooManyTokensError:
        form.add_error(None, _("You have as many tokens as anybody may have. Revoke one that you no longer need."))
        return page(request, form, status=422)
    return page(request, TokenForm(), status=201, token=token, new=row.pk)


@open_to_viewers
@require_POST
def revoke(request: HtmxRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(PersonalToken.objects.of_person(request.user).live(), pk=pk)
    personal.end(row=row, request=request)
    messages.success(request, _("“%(name)s” is revoked. It works no more.") % {"name": row.name})
    return SeeOther(reverse("accounts:tokens"))


def page(request: HtmxRequest, form: TokenForm, *, status: int, token: str = "", new: int = 0) -> HttpResponse:
    live = PersonalToken.objects.of_person(request.user).live().newest_first()
    rows = [_row(row, new=new, locale=request.user.locale) for row in live]
    return render(request, "accounts/tokens.html", {"form": form, "rows": rows, "token": token}, status=status)


def _row(row: PersonalToken, *, new: int, locale: str) -> Row:
    def day(moment: object) -> str:
        return display.exact_day(timezone.localtime(moment).date(), locale=locale)  # type: ignore[arg-type]

    return Row(
        key=row.pk,
        name=row.name,
        ending=row.ending,
        scope=row.get_scope_display(),
        expires=day(row.expires_at),
        used=day(row.used_at) if row.used_at else "",
        is_new=row.pk == new,
    )
