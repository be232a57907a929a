"""What stands in an entry now, where it is not what a member typed: for a form that somebody else overtook."""

from django.utils.translation import gettext as _

from accounts.models import Household
from batua import display, money
from transactions.labels import CategoryLabel, Labels, WalletLabel
from transactions.models import Transaction
from transactions.recording import Draft


def differences(kept: Draft, typed: Draft, *, labels: Labels, household: Household, locale: str) -> list[str]:
    """The parts of an entry that differ, each with what is kept: "amount ₹200.00"."""
    kind = Transaction.Kind(kept.kind)
    sentences = {
        "kind": _("kind %(value)s") % {"value": kind.label},
        "amount": _("amount %(value)s")
        % {"value": money.format_money(kept.amount, currency=household.currency, locale=locale)},
        "date": _("day %(value)s") % {"value": display.exact_day(kept.date, locale=locale)},
        "category": _("category %(value)s") % {"value": _name(labels.categories.get(kept.category or 0))},
        "wallet": _("wallet %(value)s") % {"value": _name(labels.wallets.get(kept.wallet))},
        "to_wallet": _("to wallet %(value)s") % {"value": _name(labels.wallets.get(kept.to_wallet or 0))},
        "note": _("note “%(value)s”") % {"value": kept.note},
        "comment": _("comment “%(value)s”") % {"value": kept.comment},
    }
    return [sentence for name, sentence in sentences.items() if getattr(kept, name) != getattr(typed, name)]


def _name(label: CategoryLabel | WalletLabel | None) -> str:
    return label.name if label else _("none")
