"""That a wallet will begin with something, as a page, a shell and a program hear it before the import."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from accounts.models import Household
from batua import display
from transactions.importers.base import StatementLine
from transactions.imports import openings
from transactions.imports.openings import Stated
from transactions.imports.verdicts import Preview, PreviewLine, Verdict
from transactions.models import Wallet


class Beginning(NamedTuple):
    """A wallet, and what it will begin with. ``by_lines``: lines of the file say so, rather than its balances.

    ``late``: the day that such a line has, where other lines of the wallet stand before it.
    """

    wallet: str
    opening: Decimal
    by_lines: bool
    late: date | None = None


class OfLines(NamedTuple):
    """What lines say a wallet begins with, in all; ``late`` as in Beginning."""

    amount: Decimal
    late: date | None = None


def of_lines(rows: Sequence[PreviewLine]) -> dict[str, OfLines]:
    """Name of the wallet → what these lines say it begins with, as they are suggested."""
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        if row.verdict is Verdict.OPENING:
            sums[row.wallet_name] += row.line.amount
    late = late_days((row.wallet_name, row.line) for row in rows) if sums else {}
    return {wallet: OfLines(amount, late.get(wallet)) for wallet, amount in sums.items()}


def late_days(lines: Iterable[tuple[str, StatementLine]]) -> dict[str, date]:
    """Wallet → the day of its beginning, where other lines of it are dated before. Lines come with their wallets."""
    begins, others = dict[str, date](), dict[str, date]()
    for wallet, line in lines:
        found = begins if line.is_opening else others
        found[wallet] = min(line.date, found.get(wallet, line.date))
    return {wallet: day for wallet, day in begins.items() if wallet in others and others[wallet] < day}


def beginnings(
    household: Household, found: Mapping[str, Stated], wallets: Mapping[str, Wallet], lines: Mapping[str, OfLines]
) -> list[Beginning]:
    """What wallets will begin with where nobody objects: by what the file states, and by what its lines say."""
    shifts = {each.wallet.name: each for each in openings.moved(household, found, wallets)}
    told = []
    for name in dict.fromkeys([*shifts, *lines]):
        shift, of_lines = shifts.get(name), lines.get(name)
        opening = shift.wallet.opening_balance + shift.by if shift is not None else Decimal(0)
        if of_lines is not None:
            opening += of_lines.amount
        told.append(Beginning(name, opening, of_lines is not None, of_lines.late if of_lines else None))
    return told


def of_preview(preview: Preview, wallets: Mapping[str, Wallet], *, household: Household) -> list[Beginning]:
    """The same of a file whose lines are at hand."""
    return beginnings(household, openings.stated(preview.statement), wallets, of_lines(preview.lines))


def told(found: Sequence[Beginning], *, currency: str, locale: str) -> list[str]:
    """The sentences that say so."""
    return [sentence for each in found for sentence in _told(each, currency, locale)]


def _told(each: Beginning, currency: str, locale: str) -> Iterable[str]:
    values = {
        "wallet": each.wallet,
        "opening": display.in_words(each.opening, currency=currency, locale=locale),
    }
    if not each.by_lines:
        yield _("“%(wallet)s” will begin with %(opening)s: that is what the bank had before these lines.") % values
    elif each.opening < 0:
        yield _("“%(wallet)s” will begin with %(opening)s: that was owed before, so it is no spending.") % values
    else:
        yield _("“%(wallet)s” will begin with %(opening)s: that was there before, so it is no income.") % values
    if each.late is not None:
        values["day"] = display.exact_day(each.late, locale=locale)
        yield (
            _("The file dates that %(day)s, after other lines of “%(wallet)s”; it counts from the first one.") % values
        )
