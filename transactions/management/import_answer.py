"""What a shell hears of a file's import: for a person in words, for a program as plain values."""

from collections.abc import Collection, Sequence
from typing import Any

from batua import money
from transactions.importers.base import Statement, StatementLine
from transactions.imports.opening_words import Beginning
from transactions.imports.statement_reading import told, told_remark
from transactions.imports.verdicts import OFFERED, Likeness, Preview, PreviewLine, Verdict
from transactions.management import day_order
from transactions.management.day_order import InOrder
from transactions.management.line_options import LineOptions
from transactions.models import Wallet

# Why a line is left aside that could be taken with --take.
OFFERS = {
    Verdict.DELETED: "Deleted earlier; it does not come back by itself.",
    Verdict.UNTICKED: "Left out of an earlier import; it does not come back by itself.",
    Verdict.PENDING: "Pending: the bank has not booked it yet.",
    Verdict.BEGUN: "What “%(wallet)s” begins with: it has begun already. Add it with --take begun.",
    Verdict.LOOKALIKE: "Looks like the entry of %(day)s, “%(note)s”.",
}
# Why it looks like one, where amount and day do not show it.
LIKENESSES = {
    Likeness.LATE: "May be the other side of the transfer of %(day)s, “%(note)s”. Say so with --join %(line)s.",
    Likeness.ID: "The bank gave its number to the entry of %(day)s, “%(note)s”, %(amount)s."
    " Say that it is that one with --join %(line)s.",
    Likeness.DAY: "An earlier file had it on %(day)s, “%(note)s”. Say that it is that one with --join %(line)s.",
}
AS_LAST_TIME = (
    "Its payee's money went to “%(wallet)s” last time. Take it as a transfer with --transfer %(line)s=%(wallet)s,"
    " all such lines with --take transfer, or as none with --transfer %(line)s=."
)
MAYBE = "Line %(line)s may be a transfer with “%(wallet)s”. Say so with --transfer %(line)s=%(wallet)s."
LEFT_OUT = "Line %(line)s: the account %(account)s has no wallet."
UNFIT = "Line %(line)s: the amount %(amount)s does not fit the wallet's currency, %(currency)s."
FOREIGN_LINE = "Line %(line)s: the amount is in %(own)s, the wallet in %(currency)s."
FOREIGN_FILE = "The amounts are in %(own)s, the wallet is in %(currency)s: they are taken one to one."


def report(
    preview: Preview,
    lines: LineOptions,
    own: Collection[Wallet],
    *,
    currency: str,
    remarks: Sequence[str] = (),
    orders: Sequence[InOrder] = (),
    beginnings: Sequence[Beginning] = (),
) -> dict[str, Any]:
    """What is in the file and what becomes of it: plain decimals, ISO days.

    A line that tells of a transfer which is here counts as known, and so does one that is joined to an entry.
    ``own`` are the open wallets. ``remarks``: what else to know of where it goes. ``beginnings``: what wallets begin
    with then.
    ``orders``: those in which its days can be read, where it leaves that open; a sample is the same line in each.
    """
    statement, taken, joined = preview.statement, lines.taken, lines.joined
    places = _places(statement, currency)
    return {
        "format": statement.format,
        "encoding": statement.encoding,
        "delimiter": statement.delimiter,
        "date_order": statement.date_order,
        "ambiguous": statement.ambiguous,
        "transactions": len(statement.lines),
        "credits": f"{statement.credits:.{places}f}",
        "debits": f"{statement.debits:.{places}f}",
        "first": _line(statement.lines[0], places) if statement.lines else None,
        "last": _line(statement.lines[-1], places) if statement.lines else None,
        "new": sum(each.verdict is not Verdict.JOINS for each in taken) - len(joined),
        "transfers": sum(lines.is_moved(each) for each in taken),
        "known": len(preview.of(Verdict.KNOWN, Verdict.JOINS)) + len(joined),
        "recognised": len(joined),
        "skipped": [
            *({"line": remark.line, "reason": told(remark.sentence)} for remark in statement.skipped),
            *({"line": each.line.number, "reason": _reason(each, own, currency)} for each in _left(preview, taken)),
        ],
        "beginnings": [
            {"wallet": each.wallet, "opening_balance": money.plain_amount(each.opening, currency=currency)}
            for each in beginnings
        ],
        "readings": [each.plain(places=places) for each in orders],
        "remarks": [*map(told_remark, statement.remarks), *remarks, *_maybe(lines, own)],
        "problems": [*map(told_remark, statement.problems), *_misfits(preview, currency)],
    }


def in_words(answer: dict[str, Any]) -> str:
    """The same for a person at a shell."""
    transfers = f" ({answer['transfers']} of them between own wallets)" if answer["transfers"] else ""
    recognised = f" ({answer['recognised']} of them entries that were here)" if answer["recognised"] else ""
    summary = (
        f"{answer['transactions']} transactions, {answer['credits']} in, {answer['debits']} out:"
        f" {answer['new']} new{transfers}, {answer['known']} known{recognised}."
    )
    order = [
        f"The file leaves open which number is the day: read as {answer['date_order']}. Overrule it with --date-order.",
        *(f"  {day_order.told(each)}" for each in answer["readings"]),
    ]
    skipped = [f"Skipped line {each['line']}: {each['reason']}" for each in answer["skipped"]]
    return "\n".join(
        [summary, *(order if answer["ambiguous"] else []), *answer["remarks"], *answer["problems"], *skipped]
    )


def _left(preview: Preview, taken: list[PreviewLine]) -> list[PreviewLine]:
    """Lines that could be taken and are not."""
    numbers = {each.line.number for each in taken}
    offered = {*OFFERED, *([Verdict.FOREIGN] if preview.is_foreign else [])}
    return [
        each
        for each in preview.lines
        if (each.verdict in offered or each.is_moved_as_last_time) and each.line.number not in numbers
    ]


def _maybe(lines: LineOptions, own: Collection[Wallet]) -> list[str]:
    """Lines that may be half of a transfer, and are taken as something else."""
    names = {wallet.pk: wallet.name for wallet in own}
    return [
        MAYBE % {"line": each.line.number, "wallet": end.name or names.get(end.wallet or 0, "")}
        for each in lines.taken
        if (end := each.other_end) is not None and not end.is_likely and not lines.is_moved(each)
    ]


def _reason(each: PreviewLine, own: Collection[Wallet], currency: str) -> str:
    if each.is_moved_as_last_time and each.other_end is not None:
        named = next((wallet.name for wallet in own if wallet.pk == each.other_end.wallet), "")
        return AS_LAST_TIME % {"line": each.line.number, "wallet": named}
    values: dict[str, object] = {"line": each.line.number, "wallet": each.wallet_name}
    if each.like is not None:
        amount = money.plain_amount(each.like.moved, currency=currency)
        values |= {"day": each.like.date, "note": each.like.note, "amount": amount}
    if each.likeness is not None:
        return LIKENESSES[each.likeness] % values
    # Of a file in another currency, only what is pending is left.
    return OFFERS.get(each.verdict, OFFERS[Verdict.PENDING]) % values


def _misfits(preview: Preview, currency: str) -> list[str]:
    """Why lines do not fit the wallet."""
    if preview.is_foreign:
        said = [FOREIGN_FILE % {"own": preview.statement.currency, "currency": currency}]
    else:
        said = [
            FOREIGN_LINE % {"line": each.line.number, "own": each.line.currency, "currency": currency}
            for each in preview.of(Verdict.FOREIGN)
        ]
    said += [
        LEFT_OUT % {"line": each.line.number, "account": each.line.account} for each in preview.of(Verdict.LEFT_OUT)
    ]
    return said + [
        UNFIT % {"line": each.line.number, "amount": each.line.amount, "currency": currency}
        for each in preview.of(Verdict.UNFIT)
    ]


def _line(line: StatementLine, places: int) -> dict[str, str]:
    return {"date": line.date.isoformat(), "amount": f"{line.amount:.{places}f}", "description": line.description}


def _places(statement: Statement, currency: str) -> int:
    """The currency's decimals, or as many as the file has: no digit of it is rounded away."""
    printed = (len(f"{line.amount:f}".partition(".")[2]) for line in statement.lines)
    return max([money.decimals(statement.currency or currency), *printed])
