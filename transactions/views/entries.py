"""The entries' page: list, summary, suggestion, and one entry added, changed or deleted."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from batua.htmx import HtmxRequest, changed, refused, render_page, wants_fragment
from batua.period_picker import period_picker
from transactions import labels, listing, recording, rows, suggesting, summary
from transactions.forms.entries import EntryForm
from transactions.forms.filters import FilterForm
from transactions.models import Category, Transaction
from transactions.selection import chips


def for_writers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Offers no form to those who may only look; their writes the middleware refuses anyhow."""

    @wraps(view)
    def guarded(request: HtmxRequest, *args: Any, **options: Any) -> HttpResponse:
        if not request.membership.may_write:
            raise PermissionDenied(_("You can look at these books, but only their owner and editors can change them."))
        return view(request, *args, **options)

    return guarded


@require_GET
def index(request: HtmxRequest) -> HttpResponse:
    form = _filter_form(request)
    if not form.is_valid():
        return refused(request, form)
    context = _shown(request, form)
    response = render_page(request, "transactions/list.html", "transactions/_table.html", context)
    # A filter form asks with its empty fields too: show and remember the short address.
    if wants_fragment(request) and request.htmx.current_url_abs_path != context["url"]:
        response["HX-Push-Url"] = context["url"]
    return response


@require_GET
def sums(request: HtmxRequest) -> HttpResponse:
    """The summary alone: the words of a search are found at once, added up when the list stands."""
    form = _filter_form(request)
    if not form.is_valid():
        return refused(request, form)
    if not request.htmx:
        return redirect(f"{reverse('transactions:list')}?{form.selection.query}&sums=now")
    shown = summary.of(request.household, form.selection, locale=request.user.locale)
    return render(request, "transactions/_summary.html", {"summary": shown})


@require_GET
def suggest(request: HtmxRequest) -> HttpResponse:
    kind, note = request.GET.get("kind", ""), request.GET.get("note", "")
    suggestion = None
    if kind in Category.Kind.values and not request.GET.get("category"):
        own = labels.of(request.household)
        suggestion = suggesting.category_for(request.household, note=note[:200], kind=kind, labels=own)
    return render(request, "transactions/_suggestion.html", {"suggestion": suggestion})


@for_writers
@require_http_methods(["GET", "POST"])
def create(request: HtmxRequest) -> HttpResponse:
    if request.method == "POST":
        form = _entry_form(request, request.POST)
        if form.is_valid() and form.save():
            return _saved(request, form)
    else:
        form = _entry_form(request, initial=_started(request))
    return _form_page(request, form, title=_("New entry"))


@for_writers
@require_http_methods(["GET", "POST"])
def update(request: HtmxRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(Transaction.objects.of(request.household), pk=pk)
    if request.method == "POST":
        form = _entry_form(request, request.POST, entry=entry)
        if form.is_valid() and form.save():
            return _saved(request, form)
    else:
        form = _entry_form(request, entry=entry)
    row = rows.row(entry, _reader(request, form.labels, request.GET.get("back", "")))
    return _form_page(request, form, title=_("Edit entry"), row=row, bank_text=entry.bank_text)


@for_writers
@require_http_methods(["GET", "POST"])
def delete(request: HtmxRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(Transaction.objects.of(request.household), pk=pk)
    if request.method == "POST":
        recording.remove(household=request.household, pk=entry.pk)
        return changed(request, "transactions-changed", then=_back(request), message=_("Entry deleted."))
    row = rows.row(entry, _reader(request, labels.of(request.household)))
    context = {"row": row, "action": request.get_full_path(), "back": _back(request)}
    return render(request, "transactions/delete.html", context)


def _filter_form(request: HtmxRequest) -> FilterForm:
    return FilterForm(
        request.GET,
        labels=labels.of(request.household),
        today=timezone.localdate(),
        month_start=request.household.month_start,
    )


def _reader(request: HtmxRequest, own: labels.Labels, back: str = "") -> rows.Reader:
    return rows.Reader(
        household=request.household,
        labels=own,
        locale=request.user.locale,
        today=timezone.localdate(),
        may_write=request.membership.may_write,
        back=back,
    )


def _shown(request: HtmxRequest, form: FilterForm) -> dict[str, Any]:
    """What a valid filter shows."""
    household, selection, locale = request.household, form.selection, request.user.locale
    page = listing.page(selection, form.place, _reader(request, form.labels, form.query))
    is_summed = not selection.text or "sums" in request.GET
    sums_url = "" if is_summed else f"{reverse('transactions:sums')}?{selection.query}"
    return {
        "filter": form,
        "filter_lists": form.lists(),
        "list_url": request.path,
        "may_write": request.membership.may_write,
        "page": page,
        "sums_url": sums_url,
        "url": f"{request.path}?{form.query}" if form.query else request.path,
        "chips": chips(selection, labels=form.labels, locale=locale, path=request.path),
        "summary": summary.of(household, selection, locale=locale) if is_summed else None,
        "period_picker": period_picker(
            request,
            form.chosen,
            today=form.today,
            month_start=form.month_start,
            locale=locale,
            without=("before", "after", "sums"),
        ),
    }


def _entry_form(request: HtmxRequest, *sent: Any, **options: Any) -> EntryForm:
    return EntryForm(
        *sent,
        household=request.household,
        user=request.user,
        labels=labels.of(request.household),
        today=timezone.localdate(),
        **options,
    )


def _started(request: HtmxRequest) -> dict[str, Any]:
    """What a new entry begins with: what the address says, and the wallet of the newest entry."""
    named = {name: request.GET[name] for name in ("kind", "date", "wallet", "category") if name in request.GET}
    return {"wallet": suggesting.wallet_for(request.household), **named}


def _form_page(request: HtmxRequest, form: EntryForm, **context: Any) -> HttpResponse:
    context |= {
        "form": form,
        "action": request.get_full_path(),
        "back": _back(request),
        "in_place": wants_fragment(request),
        "suggestion": form.suggested(),
        "days": form.near_days(),
    }
    status = 422 if form.errors else 200
    return render_page(request, "transactions/edit.html", "transactions/_form.html", context, status=status)


def _saved(request: HtmxRequest, form: EntryForm) -> HttpResponse:
    events = ["transactions-changed", *(["categories-changed"] if form.cleaned_data["category_name"] else [])]
    return changed(request, *events, then=_back(request), message=_("Entry saved."))


def _back(request: HtmxRequest) -> str:
    """The list as it was left, or the page of ours where the form was opened; never another site."""
    back = request.GET.get("back", "")
    if back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return back
    return f"{reverse('transactions:list')}?{back}" if back else reverse("transactions:list")
