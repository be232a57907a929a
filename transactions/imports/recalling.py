"""What earlier files teach about one that was sent in: into which wallet it goes, and how it is read where it is open.

What a file settles by itself is never overruled by what was remembered of others, only by the member.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import parse_qsl

from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import Household
from transactions.categorize import fold
from transactions.forms.statements import accounts_of
from transactions.importers.base import Proven, Statement
from transactions.imports import profiles
from transactions.models import StatementProfile, Transaction, Wallet

_SIGNS = {"plain", "inverted"}


class Recalled(NamedTuple):
    """``wallet`` is None for a new one. ``is_own``: the profile is that of files of this wallet.

    ``others`` are the wallets of other files of this layout.
    """

    profile: StatementProfile | None
    wallet: Wallet | None
    is_own: bool
    others: Sequence[Wallet] = ()

    def choices(self, plain: Statement | None) -> dict[str, str]:
        """What was chosen for such files, as far as this one leaves it open; signs are those of one wallet's files."""
        kept = profiles.chosen(self.profile) if self.profile is not None else {}
        settled = _settled(plain) if plain is not None else set()
        return {name: value for name, value in kept.items() if name not in settled and (self.is_own or name != "sign")}

    def proven(self, plain: Statement | None) -> Proven:
        """What earlier files showed beyond doubt; that bare amounts went out holds for one wallet's files alone."""
        found = profiles.left_open(plain, self.profile)
        return found if self.is_own else found._replace(is_bare_out=None)


def recall(
    household: Household,
    known: Sequence[StatementProfile],
    *,
    plain: Statement | None,
    file_name: str,
    sent: Mapping[str, str],
) -> Recalled:
    """What of these profiles of the file's layout counts, for the wallet that was sent or that the file shows."""
    open_wallets = list(Wallet.objects.of(household).open().in_order().select_related("household"))
    if asked := sent.get("wallet"):
        wallet = next((each for each in open_wallets if str(each.pk) == asked), None)
    else:
        wallet = _wallet(household, plain, known, open_wallets, file_name)
    return of_wallet(known, wallet)


def of_wallet(known: Sequence[StatementProfile], wallet: Wallet | None) -> Recalled:
    """The profile of the wallet's files, else the last one of the layout, and whether it is theirs."""
    key = wallet.pk if wallet is not None else None
    own = profiles.own_of(known, key)
    others = [each.wallet for each in known if each.wallet is not None and each.wallet_id != key]
    return Recalled(own or next(iter(known), None), wallet, own is not None, others)


def with_sign_of_wallet(sent: QueryDict, known: Sequence[StatementProfile]) -> QueryDict:
    """What a page sends; where another wallet was chosen there, a sign that was only remembered does not go along."""
    seen = dict(parse_qsl(sent.get("seen", ""), keep_blank_values=True))
    before, now = seen.get("wallet"), sent.get("wallet")
    if before is None or before == now or sent.get("sign", "") != seen.get("sign", ""):
        return sent
    signs = {str(each.wallet_id): profiles.chosen(each).get("sign", "") for each in known}
    if sent.get("sign", "") != signs.get(before, ""):
        return sent
    changed = sent.copy()
    changed["sign"] = signs.get(str(now), "")
    return changed


def notices(found: Recalled, statement: Statement, *, sign: str, is_chosen: bool) -> list[str]:
    """What to know of where the file goes and how it is read, because of earlier files.

    ``is_chosen``: the member saw the wallet, and could choose another.
    """
    said = []
    account, wallet, profile = statement.account, found.wallet, found.profile
    if account and wallet is not None and (other := profiles.account_of(wallet, beside=account)):
        said.append(
            _("This file is of account %(account)s. “%(wallet)s” has had files of account %(other)s so far.")
            % {"account": account, "wallet": wallet.name, "other": other}
        )
    if not account and found.others and wallet is not None and not is_chosen:
        names = ", ".join(f"“{each.name}”" for each in found.others)
        said.append(
            _("Files like this one also went into %(others)s. Look whether this one belongs into “%(wallet)s”.")
            % {"others": names, "wallet": wallet.name}
        )
    if not account and profile is None and wallet is not None and not is_chosen and not accounts_of(statement):
        said.extend(_where_it_is_new(wallet))
    remembered = profiles.chosen(profile).get("sign") if profile is not None and found.is_own else None
    if profile is not None and sign in _SIGNS and sign == remembered:
        sentence = (
            _("As you chose for “%(name)s”, minus is money in here. If that is wrong for this file, change the signs.")
            if sign == "inverted"
            else _("As you chose for “%(name)s”, minus is money out here. If that is wrong, change the signs.")
        )
        said.append(sentence % {"name": profile.name})
    return said


def _where_it_is_new(wallet: Wallet) -> list[str]:
    """That nothing tells where a file belongs whose like nobody imported before."""
    if wallet.kind == Wallet.Kind.CASH:
        sentence = _("“%(wallet)s” is money in hand. If this file is of a bank or a card, choose a new wallet for it.")
    elif profiles.has_files(wallet):
        sentence = _(
            "A file like this one is new here. Look whether it belongs into “%(wallet)s”, or choose a new wallet."
        )
    else:
        return []
    return [sentence % {"wallet": wallet.name}]


def _settled(plain: Statement) -> set[str]:
    """What of its reading the file shows by itself beyond doubt."""
    reading = plain.reading
    shown = {
        "date_order": plain.date_order is not None and not plain.ambiguous,
        "encoding": plain.encoding.startswith("utf-") or plain.encoding == "ascii",
        "decimal_mark": reading is not None and reading.proven.decimal_mark is not None,
    }
    return {name for name, is_shown in shown.items() if is_shown}


def _wallet(
    household: Household,
    plain: Statement | None,
    known: Sequence[StatementProfile],
    own: Sequence[Wallet],
    file_name: str,
) -> Wallet | None:
    """The wallet of the file's account, the one it is named after, that of the last such file, or the first of a bank.

    None, for a new one, where the file names an account and that wallet has had files of another.
    """
    last = next((each.wallet for each in known if each.wallet is not None), None)
    if last is not None and last.archived_at is None:
        usual: Wallet | None = last
    else:
        usual = next((wallet for wallet in own if wallet.kind != Wallet.Kind.CASH), None)
    if plain is None or not plain.account:
        return _named(file_name, own) or usual or next((each for each in own if _is_used(each)), None)
    if found := profiles.wallets_of(household, [plain.account]).get(plain.account):
        return found
    return usual if usual is not None and not profiles.account_of(usual, beside=plain.account) else None


def _is_used(wallet: Wallet) -> bool:
    """Whether anything is in it: an empty purse, as each household begins with, is no bank's account."""
    return wallet.kind != Wallet.Kind.CASH or Transaction.objects.of(wallet.household).filter(wallet=wallet).exists()


def _named(file_name: str, own: Sequence[Wallet]) -> Wallet | None:
    """The one wallet whose name is part of the file's name."""
    words = f" {fold(file_name.rpartition('.')[0].replace('_', ' '))} "
    found = [wallet for wallet in own if fold(wallet.name) and f" {fold(wallet.name)} " in words]
    return found[0] if len(found) == 1 else None
