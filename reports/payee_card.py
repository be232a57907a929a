"""Spending by payee ready to print: the greatest first, the long tail folded away."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote_plus

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports import charts
from reports.reader import Reader
from transactions.ledger import Payees, PayeeSum

MOST_ROWS = 10


@dataclass(frozen=True)
class PayeeRow:
    """What was spent on a payee; ``length`` is its bar's in percent, the same as in ``title``, in words."""

    url: str
    name: str
    title: str
    amount: SafeString
    share: str
    length: str
    number: str
    entries: str


@dataclass(frozen=True)
class Body:
    """Rows that stand together; folded away under the words of ``fold``, if it has any."""

    rows: list[PayeeRow]
    fold: str = ""


@dataclass(frozen=True)
class PayeeCard:
    """The greatest payees, the ``rest`` under a line that says how ``many`` they are, and what is in no line."""

    first: list[PayeeRow]
    rest: list[PayeeRow]
    many: str
    back: list[PayeeRow]
    notes: list[str]

    @property
    def bodies(self) -> list[Body]:
        """The parts of the table, none empty."""
        bodies = [Body(self.first), Body(self.rest, self.many), Body(self.back)]
        return [body for body in bodies if body.rows]


def printed(payees: Payees, reader: Reader, *, entries: str) -> PayeeCard:
    """The payees in their order; ``entries`` is the address of the period's entries."""
    spent = [each for each in payees.first if each.amount >= 0]
    lengths = charts.lengths([each.amount for each in spent])
    rows = [_row(each, length, payees, reader, entries) for each, length in zip(spent, lengths, strict=True)]
    cut = MOST_ROWS if len(rows) > MOST_ROWS + 1 else len(rows)
    rest = len(rows) - cut
    return PayeeCard(
        first=rows[:cut],
        rest=rows[cut:],
        many=ngettext("%(count)d more payee", "%(count)d more payees", rest) % {"count": rest},
        back=[_row(each, 0, payees, reader, entries) for each in payees.first if each.amount < 0],
        notes=list(_notes(payees, reader)),
    )


def _row(each: PayeeSum, length: int, payees: Payees, reader: Reader, entries: str) -> PayeeRow:
    came_back = each.amount < 0
    share = _("money back") if came_back else _share(each, payees)
    counted = ngettext("%(count)d entry", "%(count)d entries", each.entries) % {"count": each.entries}
    return PayeeRow(
        url=f"{entries}&kind=expense&text={quote_plus(each.name)}&note=whole",
        name=each.name,
        title=f"{each.name}\n{reader.words(each.amount)} · {share}\n{counted}",
        amount=reader.figure(abs(each.amount), "back") if came_back else reader.figure(each.amount),
        share=share,
        length=f"{length}%" if length else "",
        number=reader.count(each.entries),
        entries=counted,
    )


def _share(each: PayeeSum, payees: Payees) -> str:
    space = "\N{NO-BREAK SPACE}"
    percent = round(each.amount * 100 / payees.spent) if payees.spent else 0
    return f"{percent}{space}%" if percent or not each.amount else f"<{space}1{space}%"


def _notes(payees: Payees, reader: Reader) -> Sequence[str]:
    """What no line shows, so that all of it adds up to the spending."""
    notes = []
    if payees.more:
        beyond = ngettext(
            "%(count)d payee with less: %(amount)s", "%(count)d payees with less: %(amount)s together", payees.more
        )
        notes.append(beyond % {"count": payees.more, "amount": reader.words(payees.others.amount)})
    if payees.nameless.entries:
        nameless = ngettext(
            "%(count)d entry says not what for: %(amount)s",
            "%(count)d entries say not what for: %(amount)s",
            payees.nameless.entries,
        )
        notes.append(nameless % {"count": payees.nameless.entries, "amount": reader.words(payees.nameless.amount)})
    return notes
