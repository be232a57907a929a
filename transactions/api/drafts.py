"""From what a program sends to the entry's form, and from the form's errors back to the program's names."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from batua import money
from batua.amount_field import plainly_written
from batua.rest.problems import Problem, invalid
from transactions import suggesting
from transactions.api.schemas import TransactionPatch
from transactions.forms.entries import EntryForm
from transactions.labels import Labels
from transactions.models import Transaction

FORM_NAMES = {"type": "kind", "amount": "amount", "date": "date", "note": "note", "comment": "comment"}
TRANSFER = Transaction.Kind.TRANSFER

Sent = Mapping[str, Any]


def form_for(request: Any, sent: Sent, *, own: Labels, entry: Transaction | None = None) -> EntryForm:
    """The page's form, filled with what was sent. Raises Problem for a name that is not there."""
    today = timezone.localdate()
    typed = {form_name: sent[name] for name, form_name in FORM_NAMES.items() if sent.get(name) is not None}
    if entry is None:
        typed.setdefault("date", today)
    else:
        typed["version"] = entry.version
    if typed["kind"] != TRANSFER:
        typed |= _category(sent, own, entry)
    typed |= {name: _wallet(sent, name, own) for name in ("wallet", "to_wallet")}
    if typed["wallet"] is None:
        typed["wallet"] = entry.wallet_id if entry else _usual_wallet(request, own)
    form = EntryForm(typed, household=request.household, user=request.user, labels=own, today=today, entry=entry)
    plainly_written(form)
    return form


def patched(entry: Transaction, patch: TransactionPatch) -> Sent:
    """The entry's fields with those that were sent; a category of another type does not stay."""
    named = patch.model_fields_set
    changes = patch.model_dump(exclude_none=True, include=named)
    kept: dict[str, Any] = {
        "type": entry.kind,
        "amount": money.plain_amount(entry.amount, currency=entry.currency),
        "date": entry.date,
        "note": entry.note,
        "comment": entry.comment,
    }
    if not {"category", "category_id"} & named and changes.get("type", entry.kind) == entry.kind:
        kept["category_id"] = entry.category_id
    for name in ("wallet", "to_wallet"):
        if not {name, f"{name}_id"} & named:
            kept[f"{name}_id"] = getattr(entry, f"{name}_id")
    return kept | changes


def refused(form: EntryForm, sent: Sent) -> Problem:
    """The form's own sentences beside the names that were sent."""
    names = {"kind": "type", "category_name": "category"}
    names |= {name: f"{name}_id" for name in ("category", "wallet", "to_wallet") if not sent.get(name)}
    return invalid(form, names)


def _category(sent: Sent, own: Labels, entry: Transaction | None) -> Sent:
    """A category that can be chosen by its id, any other by its name: the form makes it, or takes it back into use."""
    key, name = sent.get("category_id"), " ".join((sent.get("category") or "").split())
    if not name:
        return {} if key is None else {"category": key}
    of_name = [each for each in own.of_kind(sent["type"]) if each.name.casefold() == name.casefold()]
    found = of_name[0] if of_name else None
    if key is not None and (found is None or found.id != key):
        raise _contradiction("category")
    if found is not None and (not found.is_archived or (entry is not None and entry.category_id == found.id)):
        return {"category": found.id}
    return {"category_name": name}


def _wallet(sent: Sent, name: str, own: Labels) -> int | None:
    key, wanted = sent.get(f"{name}_id"), " ".join((sent.get(name) or "").split())
    if not wanted:
        return key
    of_name = [each.id for each in own.wallets.values() if each.name.casefold() == wanted.casefold()]
    if not of_name:
        raise Problem(422, errors={name: [_("There is no wallet named “%(name)s”.") % {"name": wanted[:60]}]})
    if key is not None and key != of_name[0]:
        raise _contradiction(name)
    return of_name[0]


def _usual_wallet(request: Any, own: Labels) -> int | None:
    """What the page's form begins with; the first one in use where that is in the archive."""
    usual, offered = suggesting.wallet_for(request.household), [each.id for each in own.open_wallets]
    return usual if usual in offered else next(iter(offered), None)


def _contradiction(name: str) -> Problem:
    sentence = _("%(name)s and %(name)s_id are not the same one. Send only one of them.")
    return Problem(422, errors={name: [sentence % {"name": name}]})
