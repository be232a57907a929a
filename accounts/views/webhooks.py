"""The page of webhooks: one added, changed, tried, deleted; the log of what was sent, and a message sent again."""

from typing import Any

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import audit
from accounts.middleware import for_writers
from accounts.models import SecurityEvent, Webhook, WebhookDelivery
from accounts.webhooks import log, outbox
from accounts.webhooks.forms import MOST, WebhookForm, renew_secret
from batua.htmx import HtmxRequest, SeeOther
from batua.limits import Limit, limited

# Each is a look at the network that somebody else pays for.
MESSAGES = Limit("webhook", 60, 600)
CHANGED = SecurityEvent.Kind.WEBHOOK_CHANGED


@for_writers
@require_GET
def index(request: HtmxRequest) -> HttpResponse:
    rows = log.webhooks(request.household)
    return render(request, "accounts/webhooks.html", {"rows": rows, "may_add": len(rows) < MOST})


@for_writers
@limited(MESSAGES)
@require_http_methods(["GET", "POST"])
def create(request: HtmxRequest) -> HttpResponse:
    form = WebhookForm(_sent(request), household=request.household, user=request.user)
    if form.is_valid():
        # It gives away what is written from now on: who sits down at an open session makes none.
        raise_if_reauthentication_required(request, app="account")
    if form.is_valid() and form.save():
        audit.record(CHANGED, request=request, webhook=form.webhook and form.webhook.pk, change="added")
        return _with_secret(request, form.webhook, form.secret)
    return render(request, "accounts/webhook_new.html", {"form": form}, status=422 if form.errors else 200)


@for_writers
@limited(MESSAGES)
@require_http_methods(["GET", "POST"])
def update(request: HtmxRequest, pk: int) -> HttpResponse:
    webhook = _own(request, pk)
    form = WebhookForm(_sent(request), household=request.household, user=request.user, webhook=webhook)
    if form.is_valid() and "url" in form.changed_data:
        raise_if_reauthentication_required(request, app="account")
    if form.is_valid() and form.save():
        audit.record(CHANGED, request=request, webhook=webhook.pk, change="changed")
        messages.success(request, _("Webhook saved."))
        return _back(webhook)
    return _page(request, webhook, form=form)


@require_POST
def renew(request: HtmxRequest, pk: int) -> HttpResponse:
    webhook = _own(request, pk)
    raise_if_reauthentication_required(request, app="account")
    secret = renew_secret(webhook=webhook)
    audit.record(CHANGED, request=request, webhook=webhook.pk, change="signed anew")
    return _with_secret(request, webhook, secret)


@limited(MESSAGES)
@require_POST
def test(request: HtmxRequest, pk: int) -> HttpResponse:
    webhook = _own(request, pk)
    outbox.send(webhook=webhook, event=log.TEST, told={"message": "It works."})
    messages.success(request, _("A test is on its way. Reload the page to see what came of it."))
    return _back(webhook)


@limited(MESSAGES)
@require_POST
def send_again(request: HtmxRequest, pk: int) -> HttpResponse:
    delivery = get_object_or_404(WebhookDelivery.objects.of(request.household).select_related("webhook"), pk=pk)
    outbox.send_again(delivery=delivery)
    messages.success(request, _("The message is on its way again."))
    return _back(delivery.webhook)


@for_writers
@require_http_methods(["GET", "POST"])
def delete(request: HtmxRequest, pk: int) -> HttpResponse:
    webhook = _own(request, pk)
    if request.method == "POST":
        webhook.delete()
        audit.record(CHANGED, request=request, webhook=pk, change="deleted")
        messages.success(request, _("Webhook deleted."))
        return SeeOther(reverse("accounts:webhooks"))
    return render(request, "accounts/webhook_delete.html", {"webhook": webhook})


def _own(request: HtmxRequest, pk: int) -> Webhook:
    return get_object_or_404(Webhook.objects.of(request.household), pk=pk)


def _sent(request: HtmxRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _back(webhook: Webhook) -> HttpResponse:
    return SeeOther(reverse("accounts:webhook", args=[webhook.pk]))


def _with_secret(request: HtmxRequest, webhook: Webhook | None, secret: str) -> HttpResponse:
    """The only page that shows a secret: reading it again is not possible, making a new one is."""
    return render(request, "accounts/webhook_secret.html", {"webhook": webhook, "secret": secret})


def _page(request: HtmxRequest, webhook: Webhook, **context: Any) -> HttpResponse:
    context |= {"webhook": webhook, "deliveries": log.deliveries(webhook, locale=request.user.locale)}
    return render(request, "accounts/webhook.html", context, status=422 if context["form"].errors else 200)
