"""The link that shows whose an address is, once more, for whoever waits for it."""

from allauth.account.internal.flows.email_verification import send_verification_email_at_login
from allauth.account.internal.stagekit import unstash_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from batua.htmx import HtmxRequest, SeeOther


@login_not_required
@require_POST
def send_again(request: HtmxRequest) -> HttpResponse:
    """To the address of the sign-up or sign-in that waits; a taken one gets its mail and the same answer."""
    waiting = unstash_login(request, peek=True)
    if waiting is None:
        messages.info(request, _("Sign in: if your address is not confirmed yet, that sends the link once more."))
        return SeeOther(reverse("account_login"))
    if not send_verification_email_at_login(request, waiting):
        messages.info(request, _("A mail went out a moment ago. Wait three minutes, then ask again."))
    return SeeOther(reverse("account_email_verification_sent"))
