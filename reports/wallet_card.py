"""Wallets over time ready to print: a line for each, its legend, and the table twin."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reports import flow_card, lines, markup
from reports.cash_flow import CashFlow, Flow, Grain
from reports.lines import Lines, Point, Series
from reports.reader import Reader
from transactions.ledger import WalletHistory

# Category hues in an order that keeps neighbours apart; the dashes (four of them) tell them apart without colour.
HUES = ("9", "2", "6", "11", "7", "3", "10", "4", "1", "8", "12", "5")
DASHES = 4


@dataclass(frozen=True)
class Key:
    """A wallet in the legend, and what lies in it at the end of its line."""

    look: str
    colour: str
    url: str
    name: str
    amount: SafeString


class Row(NamedTuple):
    """The balances at the end of one step."""

    name: str
    cells: list[str]


@dataclass(frozen=True)
class WalletCard:
    """``step`` heads the table's first column."""

    chart: Lines
    legend: list[Key]
    step: str
    rows: list[Row]
    body: SafeString


def printed(
    wallets: list[WalletHistory], days: CashFlow, reader: Reader, *, entries: str, within: str, wide: int = lines.WIDE
) -> WalletCard:
    """The chart of the wallets' balances along ``days``; ``within`` is the address of the period's entries."""
    shown = [wallet for wallet in wallets if wallet.moves or wallet.start or not wallet.is_archived]
    flows = list(_until(days, max([reader.today, *(day for wallet in shown for day in wallet.moves)])))
    balances = [list(_balances(wallet, flows)) for wallet in shown]
    missing: list[Decimal | None] = [None] * (len(days.flows) - len(flows))
    series = [
        Series(str(number % DASHES), HUES[number % len(HUES)], (*amounts, *missing))
        for number, amounts in enumerate(balances)
    ]
    names = [_name(wallet) for wallet in shown]
    points, rows = [], []
    for number, flow in enumerate(days.flows):
        cells = [reader.words(amounts[number]) for amounts in balances] if number < len(flows) else []
        name = flow_card.step_name(flow, days, reader)
        told = [f"{wallet} {cell}" for wallet, cell in zip(names, cells, strict=False)]
        axis = flow_card.axis_name(flow, days, reader)
        points.append(Point(axis, "\n".join([name, *told]), f"{entries}?{flow.period.query}"))
        if cells:
            rows.append(Row(name, cells))
    chart = lines.lines(points, series, printed=reader.brief, wide=wide)
    return WalletCard(
        chart=chart,
        legend=[
            Key(each.look, each.colour, f"{within}&wallet={wallet.id}", name, reader.figure(_last(wallet, amounts)))
            for each, wallet, name, amounts in zip(series, shown, names, balances, strict=True)
        ],
        step={Grain.DAY: _("Day"), Grain.MONTH: _("Month"), Grain.YEAR: _("Year")}[days.grain],
        rows=rows,
        body=markup.table_rows((row.name, row.cells) for row in rows),
    )


def _until(days: CashFlow, last: date) -> Iterator[Flow]:
    """The steps that have begun, or have entries: a balance of tomorrow is not known."""
    return (flow for flow in days.flows if (flow.period.start or flow.name) <= last)


def _balances(wallet: WalletHistory, flows: list[Flow]) -> Iterator[Decimal]:
    """What lies in the wallet at the end of each step."""
    moves = sorted(wallet.moves.items(), reverse=True)
    balance = wallet.start
    names = [flow.name for flow in flows[1:]]
    for following in [*names, None]:
        while moves and (following is None or moves[-1][0] < following):
            balance += moves.pop()[1]
        yield balance


def _last(wallet: WalletHistory, balances: list[Decimal]) -> Decimal:
    return balances[-1] if balances else wallet.start


def _name(wallet: WalletHistory) -> str:
    return _("%(name)s (archived)") % {"name": wallet.name} if wallet.is_archived else wallet.name
