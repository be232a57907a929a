"""The accounts that banks' files name: each given another wallet, or forgotten."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.middleware import for_writers
from batua.htmx import HtmxRequest, changed
from transactions.forms.profiles import AccountForm
from transactions.models import StatementAccount


@for_writers
@require_http_methods(["GET", "POST"])
def update(request: HtmxRequest, pk: int) -> HttpResponse:
    account = _own(request, pk)
    form = AccountForm(request.POST if request.method == "POST" else None, account=account)
    if form.is_valid():
        form.save()
        return changed(request, then="transactions:profiles", message=_("Saved."))
    context = {"form": form, "account": account, "back": reverse("transactions:profiles")}
    return render(request, "transactions/account_edit.html", context, status=422 if form.errors else 200)


@for_writers
@require_http_methods(["GET", "POST"])
def delete(request: HtmxRequest, pk: int) -> HttpResponse:
    account = _own(request, pk)
    if request.method == "POST":
        account.delete()
        message = _("Account %(name)s is forgotten.") % {"name": account.name}
        return changed(request, then="transactions:profiles", message=message)
    context = {"account": account, "back": reverse("transactions:profiles")}
    return render(request, "transactions/account_delete.html", context)


def _own(request: HtmxRequest, pk: int) -> StatementAccount:
    own = StatementAccount.objects.of(request.household).select_related("household", "wallet")
    return get_object_or_404(own, pk=pk)
