"""The wallets' page: what lies where; a wallet added, changed, archived, brought back or deleted."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.middleware import for_writers
from batua.htmx import HtmxRequest, changed, render_page, wants_fragment
from transactions import ledger, retiring, wallet_list
from transactions.forms.wallets import WalletForm
from transactions.merging import entries_in_words
from transactions.models import Wallet
from transactions.retiring import LastWalletError, RefusalError


@require_GET
def index(request: HtmxRequest) -> HttpResponse:
    context = {
        "wallets": wallet_list.of(request.household, locale=request.user.locale),
        "may_write": request.membership.may_write,
        "list_url": request.path,
    }
    return render_page(request, "transactions/wallets.html", "transactions/_wallets.html", context)


@for_writers
@require_http_methods(["GET", "POST"])
def create(request: HtmxRequest) -> HttpResponse:
    form = WalletForm(_sent(request), household=request.household, user=request.user)
    if form.is_valid() and form.save():
        return _done(request, _("Wallet added."))
    return _form_page(request, form, title=_("New wallet"))


@for_writers
@require_http_methods(["GET", "POST"])
def update(request: HtmxRequest, pk: int) -> HttpResponse:
    wallet = _own(request, pk)
    form = WalletForm(_sent(request), household=request.household, user=request.user, wallet=wallet)
    if form.is_valid() and form.save():
        return _done(request, _("Wallet saved."))
    return _form_page(request, form, title=wallet.name, wallet=wallet)


@require_POST
def archive(request: HtmxRequest, pk: int) -> HttpResponse:
    wallet = _own(request, pk)
    try:
        retiring.archive_wallet(wallet=wallet)
    except LastWalletError as error:
        form = WalletForm(household=request.household, user=request.user, wallet=wallet)
        return _form_page(request, form, title=wallet.name, wallet=wallet, refusal=str(error))
    return _done(request, _("%(name)s is in the archive.") % {"name": wallet.name})


@require_POST
def reopen(request: HtmxRequest, pk: int) -> HttpResponse:
    wallet = _own(request, pk)
    retiring.reopen_wallet(wallet=wallet)
    return _done(request, _("%(name)s is in use again.") % {"name": wallet.name})


@for_writers
@require_http_methods(["GET", "POST"])
def delete(request: HtmxRequest, pk: int) -> HttpResponse:
    wallet, refusal = _own(request, pk), ""
    if request.method == "POST":
        try:
            retiring.delete_wallet(wallet=wallet)
        except RefusalError as error:
            refusal = str(error)
        else:
            return _done(request, _("Wallet deleted."))
    number = next(row.entries for row in ledger.wallet_balances(request.household) if row.id == wallet.pk)
    context = {
        "wallet": wallet,
        "refusal": refusal,
        "entries": entries_in_words(number) if number else "",
        **_places(request, wallet),
    }
    status = 422 if refusal else 200
    return render_page(
        request, "transactions/wallet_delete.html", "transactions/_wallet_delete.html", context, status=status
    )


def _own(request: HtmxRequest, pk: int) -> Wallet:
    return get_object_or_404(Wallet.objects.of(request.household), pk=pk)


def _sent(request: HtmxRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _done(request: HtmxRequest, message: str) -> HttpResponse:
    return changed(request, "wallets-changed", then="transactions:wallets", message=message)


def _places(request: HtmxRequest, wallet: Wallet | None) -> dict[str, Any]:
    """Where the buttons around a wallet's form lead."""
    places = {"back": reverse("transactions:wallets"), "in_place": wants_fragment(request)}
    if wallet is not None:
        names = ("update", "archive", "reopen", "delete")
        places |= {f"{name}_url": reverse(f"transactions:wallet-{name}", args=[wallet.pk]) for name in names}
    return places


def _form_page(
    request: HtmxRequest, form: WalletForm, *, title: str, wallet: Wallet | None = None, refusal: str = ""
) -> HttpResponse:
    context = {"form": form, "title": title, "wallet": wallet, "refusal": refusal, **_places(request, wallet)}
    context["action"] = context.get("update_url", reverse("transactions:wallet-create"))
    status = 422 if form.errors or refusal else 200
    return render_page(
        request, "transactions/wallet_edit.html", "transactions/_wallet_form.html", context, status=status
    )
