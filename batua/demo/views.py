"""The button on the public page that opens the demo household."""

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import SESSION_KEY, open_to_viewers
from accounts.models import Membership
from batua.demo import books
from batua.htmx import HtmxRequest


@login_not_required
@open_to_viewers
@require_POST
def visit(request: HtmxRequest) -> HttpResponse:
    try:
        household = books.open_household(today=timezone.localdate(None, books.ZONE))
    except books.DemoRefused as refusal:
        raise Http404(str(refusal)) from refusal
    owner = household.memberships.get(role=Membership.Role.OWNER).user
    login(request, owner, backend="allauth.account.auth_backends.AuthenticationBackend")
    request.session[SESSION_KEY] = household.pk
    messages.success(request, _("These are demo books: change what you like."))
    return redirect("reports:dashboard")
