"""Lines that say what an account held before all of its others: apps write it as a payment, and it is none."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from transactions.importers.amounts import cell
from transactions.importers.layout import Columns
from transactions.importers.vocabulary import CLOSING_WORDS, OPENING_WORDS, fold, names

# Beside the words of banks: as apps call the line, its type or its category, and books of double entry the account
# that it comes from.
_WORDS = OPENING_WORDS | frozenset(
    names(
        """initial balance, initial balances, initial account balance, account opening balance, opening balances,
        starting balances, opening closing balances,
        anfangsbestände, anfangssalden, anfangsstand, startsaldo, eröffnungssaldo, eröffnungsbilanz, soldes initiaux,
        soldes d'ouverture, solde d'ouverture, solde de départ, saldo de apertura, saldos de apertura, saldos iniciales,
        saldo de abertura, saldos de abertura, saldos iniciais, saldi iniziali, saldo di apertura, saldi di apertura,
        bilanci d'apertura, beginsaldi, openingssaldo, openingsbalans, bilans otwarcia, salda początkowe,
        ingående balans, ingående balanser, åpningssaldo, åbningssaldo, alkusaldo, počáteční stav, počáteční zůstatky,
        začiatočný zostatok, kezdő egyenleg, nyitóegyenleg, sold de deschidere, açılış bakiyesi, açılış bakiyeleri,
        υπόλοιπο έναρξης, початковий залишок, начальный баланс, входящие остатки, יתרת פתיחה,
        期初餘額, 初始余额, 初始餘額, 开户余额, 開始残高, 初期残高, 초기 잔액, 기초 잔액"""
    )
)
_CLOSING = CLOSING_WORDS | frozenset(names("closing balances, closing entries, closing, books closed, schlussbilanz"))
_LONGEST = max(map(len, _WORDS)) + 8
# Monefy names the account behind the word: Initial balance 'Cash'.
_OF_AN_ACCOUNT = re.compile(r"(.*?)\s*(?:'.*'|\".*\")")


@lru_cache(maxsize=4096)
def is_named(text: str) -> bool:
    """Whether a text says this and nothing else."""
    return 0 < len(text) <= _LONGEST and fold(text) in _WORDS


def is_closing(text: str) -> bool:
    """Whether a text says that the books of a year are closed."""
    return fold(text) in _CLOSING


@lru_cache(maxsize=4096)
def is_account(path: str) -> bool:
    """Whether a category of double entry, such as Equity:Opening Balances, is where beginnings come from."""
    return any(map(is_named, path.split(":")[1:]))


def telling(columns: Columns) -> Callable[[Sequence[str], str, str], bool] | None:
    """Says of a row's cells, of what the line is called and of its category if it is such a line.

    None for tables of banks, where it is a balance and no line at all. An export of ours has no such lines: a wallet's
    beginning is the wallet's own.
    """
    extra = columns.of_app
    if extra is None or extra.app.is_ours or extra.app.is_double_entry or extra.people:
        return None
    words, kind = extra.app.opens, extra.kind

    def tells(cells: Sequence[str], text: str, category: str) -> bool:
        if _is_cell(text) or _is_cell(category):
            return True
        named = "" if kind is None else cell(cells, kind)
        return is_named(named) or (bool(words) and fold(named) in words)

    return tells


@lru_cache(maxsize=4096)
def _is_cell(text: str) -> bool:
    of_account = _OF_AN_ACCOUNT.fullmatch(text) if len(text) < 200 else None
    return is_named(of_account[1] if of_account else text)
