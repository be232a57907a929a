"""The postings of a journal of plain-text accounting: an account, and what is moved in it."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from transactions.importers.base import StatementError, gettext_noop, sentence
from transactions.importers.numbers import CURRENCY_SIGNS, LONGEST, NOT_AN_AMOUNT, NumberFormat
from transactions.importers.vocabulary import CURRENCY_WORDS

BY_BALANCE = gettext_noop("%(account)s has a balance instead of an amount; write the amount.")
TWO_OPEN = gettext_noop("More than one posting has no amount.")
NOT_ZERO = gettext_noop("The postings do not add up to zero: %(rest)s is left.")
SEVERAL = gettext_noop("%(account)s has no amount, and the others are in several currencies.")

_FIGURE = re.compile(r"[0-9](?:[0-9.,'\u00a0\u202f\u2019 ]*[0-9])?|\.[0-9]+")
_APART = re.compile(r"\s{2,}|\t")
# Beancount writes accounts without spaces, and one space before the amount.
_BARE = re.compile(r"([^\W\d_][^\s:;]*(?::[^\s:;]+)+)\s+(?=[-+.0-9(])")
_COST = re.compile(r"(\{\{?)([^{}]*)\}")
_PRICE = re.compile(r"\(?(@@?)\)?([^={]*)")
_PARTS_OF_COST = re.compile(r",\s")
_OF_LOT = re.compile(r'[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|".*"')
# Between quotation marks a commodity may have digits and spaces.
_NAMED = re.compile(r'"([^"]+)"')
_MARK = re.compile(r"[*!]\s+")
_BALANCE = re.compile(r"(?<!\{)=")
_PRICES = re.compile(r"[@{]|\(@")
# Some write the halves of a cent away.
_ROUNDED = Decimal("0.005")


class Sum(NamedTuple):
    """An amount as it is written: its figure, its sign, and the currency or whatever else it counts."""

    figure: str
    is_negative: bool
    commodity: str

    def value(self, number: NumberFormat) -> Decimal:
        """StatementError where the figure is not one of this format."""
        found = number.read(self.figure).value
        return -found if self.is_negative else found


@dataclass(frozen=True, slots=True)
class Posting:
    """``price`` is what the amount came to, of each unit or (``is_total``) in all; "" accounts are no postings."""

    line: int
    account: str
    comment: str
    amount: Sum | None = None
    price: Sum | None = None
    is_total: bool = False


class Moved(NamedTuple):
    """What a posting moves, in a currency (None: the file does not say which) or in something that is none."""

    posting: Posting
    value: Decimal
    currency: str | None
    is_money: bool


def currency_of(commodity: str) -> tuple[str | None, bool]:
    """The code of a currency, where its sign is that of one alone, and whether it is a currency at all."""
    folded = commodity.casefold()
    if folded in CURRENCY_SIGNS:
        return CURRENCY_SIGNS[folded], True
    code = CURRENCY_WORDS.get(folded)
    return code, code is not None or not commodity


def is_virtual(text: str) -> bool:
    """Whether a posting stands outside the balance: its account is in brackets."""
    return _without_mark(text)[:1] in {"(", "["}


def read(text: str, line: int) -> Posting | None:
    """A posting; None for what stands outside the balance, and for a comment. StatementError."""
    plain, _semicolon, comment = text.strip().partition(";")
    plain = _without_mark(plain)
    if not plain or is_virtual(plain):
        return None
    account, rest = _parted(plain)
    # What waits for its day in a journal of ledger.
    account = account[1:-1] if account.startswith("<") and account.endswith(">") else account
    posting = Posting(line, account, comment.strip())
    if not rest:
        return posting
    own, balance = _before(_BALANCE, rest)
    amount, _behind = _before(_PRICES, own)
    if not amount and balance:
        raise StatementError(sentence(BY_BALANCE, account=account))
    posting = replace(posting, amount=sum_of(amount))
    for found in (_COST.search(own), _PRICE.search(own)):
        if found and (price := _price(found[2])):
            return replace(posting, price=sum_of(price), is_total=len(found[1]) == 2)
    return posting


def _without_mark(text: str) -> str:
    plain = text.strip()
    return _MARK.sub("", plain, count=1) if plain[:1] in {"*", "!"} else plain


def _price(text: str) -> str:
    """The amount of a cost or price; of a cost, day and name of the lot stand beside it. "" where there is none."""
    parts = (part.strip().removeprefix("=").strip(" ,") for part in _PARTS_OF_COST.split(text))
    return next((part for part in parts if part and not _OF_LOT.fullmatch(part)), "")


def sum_of(text: str) -> Sum:
    """An amount with its currency before or behind it; StatementError for any other text."""
    named = _NAMED.search(text)
    plain = text if named is None else text.replace(named[0], " ")
    found = _FIGURE.search(plain)
    if not found:
        raise StatementError(sentence(NOT_AN_AMOUNT, text=text.strip()[:LONGEST]))
    before, behind = plain[: found.start()], plain[found.end() :].strip(" .,")
    commodity = (before.replace("-", "").replace("+", "") + behind).strip(' "')
    if any(map(str.isdigit, commodity)) or before.count("-") > 1 or "-" in behind or set(commodity) & set("()*/"):
        raise StatementError(sentence(NOT_AN_AMOUNT, text=text.strip()[:LONGEST]))
    return Sum(found[0].strip(), "-" in before, commodity if named is None else named[1])


def balanced(postings: Sequence[Posting], number: NumberFormat, *, is_category: Callable[[str], bool]) -> list[Moved]:
    """What each posting moves, of a category what it came to; the one without an amount has the rest of the others.

    StatementError where that is open.
    """
    missing = [posting for posting in postings if posting.amount is None]
    if len(missing) > 1:
        raise StatementError(sentence(TWO_OPEN))
    rest = defaultdict[str, Decimal](Decimal)
    for posting in postings:
        for commodity, weight in _weights(posting, number):
            rest[commodity] += weight
    left = {commodity: value for commodity, value in rest.items() if abs(value) > _ROUNDED}
    if missing and len(left) > 1 and not is_category(missing[0].account):
        raise StatementError(sentence(SEVERAL, account=missing[0].account))
    if left and not missing and len(rest) == 1 and not any(posting.price for posting in postings):
        raise StatementError(sentence(NOT_ZERO, rest=sum(left.values())))
    moved: list[Moved] = []
    for posting in postings:
        if posting.amount is None:
            moved += _rest(posting, left or rest)
        else:
            moved.append(_moved(posting, posting.amount, number, is_weighed=is_category(posting.account)))
    return moved


def _rest(posting: Posting, left: Mapping[str, Decimal]) -> Iterator[Moved]:
    """What is left for the posting without an amount; of several, only what is money."""
    if len(left) < 2:
        commodity, value = next(iter(left.items()), ("", Decimal(0)))
        yield Moved(posting, -value, *currency_of(commodity))
        return
    for commodity, value in left.items():
        if (told := currency_of(commodity))[1]:
            yield Moved(posting, -value, *told)


def figures(posting: Posting) -> Iterator[str]:
    """The figures of money, from which the file's decimal mark is told."""
    for found in (posting.amount, posting.price):
        if found is not None and currency_of(found.commodity)[1]:
            yield found.figure


def _moved(posting: Posting, amount: Sum, number: NumberFormat, *, is_weighed: bool) -> Moved:
    commodity, value = next(_weights(posting, number)) if is_weighed else (amount.commodity, amount.value(number))
    return Moved(posting, value, *currency_of(commodity))


def _weights(posting: Posting, number: NumberFormat) -> Iterator[tuple[str, Decimal]]:
    """What a posting with an amount counts for in the balance: with a price, what it came to."""
    if posting.amount is None:
        return
    value = posting.amount.value(number)
    if posting.price is None:
        yield posting.amount.commodity, value
        return
    price = abs(posting.price.value(number))
    yield posting.price.commodity, price.copy_sign(value) if posting.is_total else value * price


def _parted(plain: str) -> tuple[str, str]:
    """An account, and what stands behind it."""
    parts = _APART.split(plain, maxsplit=1)
    if len(parts) == 1 and (found := _BARE.match(plain)):
        return found[1], plain[found.end() :]
    return parts[0], parts[1].strip() if len(parts) > 1 else ""


def _before(mark: re.Pattern[str], text: str) -> tuple[str, str]:
    found = mark.search(text)
    return (text[: found.start()].strip(), text[found.start() :]) if found else (text.strip(), "")
