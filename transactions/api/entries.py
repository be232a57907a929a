"""``/api/transactions``: entries listed, summed, added, changed and deleted as on their page."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router
from ninja.responses import Status

from accounts.access.once import once
from batua import money
from batua.rest import bodies, paging, versions
from batua.rest.paging import Page, PageQuery
from batua.rest.problems import Problem
from transactions import labels, listing, recording, totalling, wire
from transactions.api import choosing, drafts
from transactions.api.schemas import (
    Filters,
    SummaryOut,
    TransactionIn,
    TransactionOut,
    TransactionPatch,
    TransactionPut,
)
from transactions.models import Transaction
from transactions.wire import Plain

router = Router(tags=["Transactions"])


@router.get("/", response=Page[TransactionOut], summary="List entries, newest first")
def list_transactions(request: Any, filters: Query[Filters], page: Query[PageQuery]) -> Plain:
    form, place = choosing.chosen(request, filters), choosing.place_of(page.cursor)
    rows, has_more = listing.entries(form.selection, place, request.household, shape=wire.Row, length=page.limit)
    following = paging.encoded([rows[-1].date, rows[-1].id]) if has_more else None
    return {"items": [wire.entry(row, form.labels) for row in rows], "next": following}


@router.post("/", response={201: TransactionOut}, summary="Add an entry", openapi_extra=bodies.described(TransactionIn))
@once
def add_transaction(request: Any, response: HttpResponse) -> Status[Plain]:
    """JSON, or a form as a browser sends it. Left out, the category is detected from the note."""
    sent = bodies.checked(bodies.json_or_form(request), TransactionIn).model_dump(exclude_none=True)
    form = drafts.form_for(request, sent, own=labels.of(request.household))
    if not form.is_valid() or not form.save():
        raise drafts.refused(form, sent)
    return Status(201, _shown(request, response, form.saved))


@router.get("/summary", response=SummaryOut, summary="Income, expense and balance")
def sum_transactions(request: Any, filters: Query[Filters]) -> Plain:
    """What the filters choose adds up to: of all time, unless they say a period."""
    totals, number = totalling.sums(request.household, choosing.chosen(request, filters).selection)
    sums = {"income": totals.income, "expense": totals.spending, "balance": totals.net}
    plain = {name: money.plain_amount(amount, currency=totals.currency) for name, amount in sums.items()}
    return {**plain, "currency": totals.currency, "count": number}


@router.get("/{int:pk}", response=TransactionOut, summary="One entry")
def show_transaction(request: Any, response: HttpResponse, pk: int) -> Plain:
    return _shown(request, response, pk)


@router.put("/{int:pk}", response=TransactionOut, summary="Replace an entry")
@versions.guarded
def replace_transaction(request: Any, response: HttpResponse, pk: int, body: TransactionPut) -> Plain:
    """What is left out is empty, or detected anew."""
    entry = _own(request, pk)
    return _change(request, response, entry, body.model_dump(exclude_none=True))


@router.patch("/{int:pk}", response=TransactionOut, summary="Change an entry")
@versions.guarded
def change_transaction(request: Any, response: HttpResponse, pk: int, body: TransactionPatch) -> Plain:
    """What is left out stays. `"category": null` has it detected anew."""
    entry = _own(request, pk)
    return _change(request, response, entry, drafts.patched(entry, body))


@router.delete("/{int:pk}", response={204: None}, summary="Delete an entry")
@versions.guarded
def delete_transaction(request: Any, pk: int) -> Status[None]:
    recording.remove(household=request.household, pk=_own(request, pk).pk)
    return Status(204, None)


def _own(request: HttpRequest, pk: int) -> Transaction:
    """The entry, in the version that the request is about."""
    own = Transaction.objects.of(request.household)  # type: ignore[attr-defined]
    entry: Transaction = get_object_or_404(own, pk=pk)
    versions.expect(request, entry.version)
    return entry


def _change(request: Any, response: HttpResponse, entry: Transaction, sent: drafts.Sent) -> Plain:
    form = drafts.form_for(request, sent, own=labels.of(request.household), entry=entry)
    if not form.is_valid():
        raise drafts.refused(form, sent)
    if not form.save():
        # Somebody was quicker, between our look and our write.
        if not Transaction.objects.of(request.household).filter(pk=entry.pk, version=entry.version).exists():
            raise Problem(412)
        raise drafts.refused(form, sent)
    return _shown(request, response, entry.pk)


def _shown(request: Any, response: HttpResponse, pk: int) -> Plain:
    row = wire.read(request.household, pk)
    if row is None:
        raise Http404
    versions.tag(response, row.version)
    return wire.entry(row, labels.of(request.household))
