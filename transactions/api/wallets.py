"""``/api/wallets``: where money lies, each wallet with its balance."""

from decimal import Decimal
from typing import Annotated, Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema
from ninja.responses import Status
from pydantic import WithJsonSchema

from accounts.access.once import once
from batua import money
from batua.amount_field import plainly_written
from batua.rest import versions
from batua.rest.problems import Problem, ProblemDetails, invalid
from batua.rest.values import AmountText
from transactions import ledger, retiring
from transactions.forms.wallets import WalletForm
from transactions.ledger import WalletBalance
from transactions.models import Wallet
from transactions.retiring import RefusalError
from transactions.wire import Plain

router = Router(tags=["Wallets"])

# Not the enumeration itself: its name in the description would be Kind, as that of categories.
WalletKind = Annotated[str, WithJsonSchema({"type": "string", "enum": list(Wallet.Kind.values)})]


class WalletOut(Schema):
    """A wallet."""

    id: int
    name: str = Field(examples=["Cash"])
    kind: WalletKind
    currency: str = Field(examples=["INR"])
    opening_balance: str = Field(examples=["500.00"])
    balance: str = Field(examples=["1250.50"], description="The opening balance and all entries up to now.")
    entries: int
    is_archived: bool


class WalletPatch(Schema):
    """What may be changed of a wallet; what is left out stays."""

    name: str | None = Field(None, max_length=200, examples=["Savings"])
    kind: WalletKind | None = None
    opening_balance: AmountText | None = None


class WalletIn(WalletPatch):
    """A new wallet."""

    name: str = Field(max_length=200, examples=["Savings"])


@router.get("/", response=list[WalletOut], summary="List wallets")
def list_wallets(request: Any) -> list[Plain]:
    opening = dict(Wallet.objects.of(request.household).values_list("pk", "opening_balance"))
    return [_plain(request, each, opening[each.id]) for each in ledger.wallet_balances(request.household)]


@router.post("/", response={201: WalletOut}, summary="Add a wallet")
@once
def add_wallet(request: Any, response: HttpResponse, body: WalletIn) -> Status[Plain]:
    sent = {"kind": Wallet.Kind.BANK, **body.model_dump(exclude_none=True)}
    return Status(201, _saved(request, response, sent))


@router.get("/{int:pk}", response=WalletOut, summary="One wallet")
def show_wallet(request: Any, response: HttpResponse, pk: int) -> Plain:
    return _shown(request, response, _own(request, pk))


@router.patch("/{int:pk}", response=WalletOut, summary="Change a wallet")
@versions.guarded
def change_wallet(request: Any, response: HttpResponse, pk: int, body: WalletPatch) -> Plain:
    with transaction.atomic():
        wallet = _own(request, pk, held=Wallet.objects.select_for_update(of=["self"], no_key=True))
        versions.expect(request, _version(wallet))
        kept = {"name": wallet.name, "kind": wallet.kind, "opening_balance": _text(request, wallet.opening_balance)}
        return _saved(request, response, kept | body.model_dump(exclude_none=True), wallet=wallet)


@router.post(
    "/{int:pk}/archive", response={200: WalletOut, 409: ProblemDetails}, summary="Put a wallet into the archive"
)
def archive_wallet(request: Any, response: HttpResponse, pk: int) -> Plain:
    """It keeps its entries and is offered no more. The last wallet in use stays in use (409)."""
    wallet = _own(request, pk)
    try:
        retiring.archive_wallet(wallet=wallet)
    except RefusalError as error:
        raise Problem(409, str(error)) from error
    return _shown(request, response, _own(request, pk))


@router.post("/{int:pk}/reopen", response=WalletOut, summary="Use an archived wallet again")
def reopen_wallet(request: Any, response: HttpResponse, pk: int) -> Plain:
    retiring.reopen_wallet(wallet=_own(request, pk))
    return _shown(request, response, _own(request, pk))


@router.delete("/{int:pk}", response={204: None, 409: ProblemDetails}, summary="Delete an unused wallet")
def delete_wallet(request: Any, pk: int) -> Status[None]:
    """One that entries or imports touch can only be archived (409)."""
    wallet = _own(request, pk)
    try:
        retiring.delete_wallet(wallet=wallet)
    except RefusalError as error:
        raise Problem(409, str(error)) from error
    return Status(204, None)


def _own(request: Any, pk: int, *, held: Any = Wallet.objects) -> Wallet:
    wallet: Wallet = get_object_or_404(held.of(request.household), pk=pk)
    return wallet


def _saved(request: Any, response: HttpResponse, sent: Plain, *, wallet: Wallet | None = None) -> Plain:
    form = WalletForm(sent, household=request.household, user=request.user, wallet=wallet)
    plainly_written(form)
    if not form.is_valid() or not form.save():
        raise invalid(form)
    return _shown(request, response, _own(request, form.saved))


def _shown(request: Any, response: HttpResponse, wallet: Wallet) -> Plain:
    versions.tag(response, _version(wallet))
    balance = next(each for each in ledger.wallet_balances(request.household) if each.id == wallet.pk)
    return _plain(request, balance, wallet.opening_balance)


def _plain(request: Any, wallet: WalletBalance, opening: Decimal) -> Plain:
    return {
        "id": wallet.id,
        "name": wallet.name,
        "kind": wallet.kind,
        "currency": request.household.currency,
        "opening_balance": _text(request, opening),
        "balance": _text(request, wallet.balance),
        "entries": wallet.entries,
        "is_archived": wallet.is_archived,
    }


def _text(request: Any, amount: Decimal) -> str:
    return money.plain_amount(amount, currency=request.household.currency)


def _version(wallet: Wallet) -> str:
    return versions.of_values(wallet.name, wallet.kind, wallet.opening_balance, wallet.archived_at)
