"""Imports a bank's file from a shell: the same preview and commit as in the browser."""

import hashlib
import json
from argparse import ArgumentParser
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import Household, Membership, User
from batua import money
from transactions import checking, importers, importing, profiles
from transactions.booking import IsEntry
from transactions.importers.base import Choices, Statement, StatementError, StatementLine, Status
from transactions.importers.overrules import ROLES
from transactions.models import Wallet
from transactions.statement_reading import glimpsed, read, told, told_error, told_remark
from transactions.verdicts import OFFERED, TAKEN, Preview, PreviewLine, Verdict

# Why a line is left aside that could be taken with --take.
OFFERS = {
    Verdict.DELETED: "Deleted earlier; it does not come back by itself.",
    Verdict.UNTICKED: "Left out of an earlier import; it does not come back by itself.",
    Verdict.PENDING: "Pending: the bank has not booked it yet.",
    Verdict.LOOKALIKE: "Looks like the entry of %(day)s, “%(note)s”.",
}
LEFT_OUT = "Line %(line)s: the account %(account)s has no wallet."
UNFIT = "Line %(line)s: the amount %(amount)s does not fit the wallet's currency, %(currency)s."
FOREIGN_LINE = "Line %(line)s: the amount is in %(own)s, the wallet in %(currency)s."
FOREIGN_FILE = "The amounts are in %(own)s, the wallet is in %(currency)s: they are taken one to one."


class Command(BaseCommand):
    help = "Import a bank's file into a wallet; --dry-run only says what would happen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--member", required=True, metavar="EMAIL")
        parser.add_argument("--wallet", required=True, metavar="NAME")
        parser.add_argument("--household", metavar="NAME", help="needed when the member has several")
        parser.add_argument("--date-order", choices=["dmy", "mdy", "ymd", "ydm"], help="overrules what the file shows")
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="ROLE=COLUMN",
            help=f"what a column of a table holds, by its number or its name: {', '.join(ROLES)}; ROLE= for none",
        )
        parser.add_argument(
            "--account",
            action="append",
            default=[],
            metavar="ACCOUNT=WALLET",
            help="wallet of one of the file's accounts",
        )
        parser.add_argument(
            "--take",
            action="append",
            default=[],
            choices=[verdict.value for verdict in OFFERED],
            help="take lines that are left aside by themselves",
        )
        parser.add_argument(
            "--join",
            action="append",
            default=[],
            metavar="LINE",
            help="the line of this number, or each one with “all”, is the entry that it looks like: the entry stays"
            " as it is, and the line is known from then on",
        )
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("--json", action="store_true", help="answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        member = User.objects.with_email(options["member"]).first()
        if member is None:
            raise CommandError(f"No member has the address {options['member']}.")
        household = _household(member, options["household"])
        wallet = _wallet(household, options["wallet"])
        path: Path = options["file"]
        content = _content(path)
        statement = _statement(content, path.name, household, member, options, wallet)
        wallets = _wallets(household, statement, wallet, options["account"])
        layout = profiles.layout_of(statement)
        with importing.held(household=household, statement=statement, wallets=wallets, layout=layout) as books:
            joined = _joined(books.preview, options["join"])
            taken = _taken(books.preview, options["take"], joined)
            if taken and not options["dry_run"]:
                books.commit(
                    created_by=member,
                    file_name=path.name,
                    file_sha256=hashlib.sha256(content).hexdigest(),
                    taken={each.line.number for each in taken},
                    choices={number: IsEntry(entry) for number, entry in joined.items()},
                )
        answer = report(books.preview, taken, joined, currency=wallet.currency)
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2) if options["json"] else in_words(answer))


def report(preview: Preview, taken: list[PreviewLine], joined: Mapping[int, int], *, currency: str) -> dict[str, Any]:
    """What is in the file and what becomes of it: plain decimals, ISO days.

    A line that tells of a transfer which is here counts as known, and so does one that is ``joined`` to an entry.
    """
    statement = preview.statement
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
        "transfers": sum(each.verdict is Verdict.TRANSFER for each in taken),
        "known": len(preview.of(Verdict.KNOWN, Verdict.JOINS)) + len(joined),
        "recognised": len(joined),
        "skipped": [
            *({"line": remark.line, "reason": told(remark.sentence)} for remark in statement.skipped),
            *({"line": each.line.number, "reason": _reason(each)} for each in _left(preview, taken)),
        ],
        "remarks": [told_remark(each) for each in statement.remarks],
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
    order = (
        f"The file leaves open which number is the day: read as {answer['date_order']}. Overrule it with --date-order."
    )
    skipped = [f"Skipped line {each['line']}: {each['reason']}" for each in answer["skipped"]]
    return "\n".join(
        [summary, *([order] if answer["ambiguous"] else []), *answer["remarks"], *answer["problems"], *skipped]
    )


def _joined(preview: Preview, named: list[str]) -> dict[int, int]:
    """Line → the entry that it looks like, of those lines that are named."""
    alike = {str(each.line.number): each.like.id for each in preview.of(Verdict.LOOKALIKE) if each.like}
    for number in named:
        if number != "all" and number not in alike:
            raise CommandError(f"Line {number} looks like no entry, so it cannot be joined to one.")
    return {int(number): entry for number, entry in alike.items() if "all" in named or number in named}


def _taken(preview: Preview, also: list[str], joined: Collection[int]) -> list[PreviewLine]:
    """New lines; those of a file in another currency too, since whoever runs this names the wallet."""
    foreign = preview.of(Verdict.FOREIGN) if preview.is_foreign else []
    booked = [each for each in foreign if each.line.status is Status.BOOKED or Verdict.PENDING.value in also]
    found = [*preview.of(*TAKEN, *map(Verdict, also)), *booked]
    numbers = {each.line.number for each in found}
    return [*found, *(each for each in preview.lines if each.line.number in joined and each.line.number not in numbers)]


def _left(preview: Preview, taken: list[PreviewLine]) -> list[PreviewLine]:
    """Lines that could be taken and are not."""
    numbers = {each.line.number for each in taken}
    offered = preview.of(*OFFERED, *([Verdict.FOREIGN] if preview.is_foreign else []))
    return [each for each in offered if each.line.number not in numbers]


def _reason(each: PreviewLine) -> str:
    values = {"day": each.like.date, "note": each.like.note} if each.like else {}
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


def _statement(
    content: bytes, file_name: str, household: Household, member: User, options: Mapping[str, Any], wallet: Wallet
) -> Statement:
    """The file as the options have it read, else as files like it were read before."""
    known = checking.remembered(content, file_name=file_name, household=household, user=member, wallet=wallet)
    choices = replace(
        known.choices,
        date_order=options["date_order"] or known.choices.date_order,
        columns={**known.choices.columns, **_columns(options["column"], content, file_name)},
    )
    if known.plain is not None and choices == Choices():
        return known.plain
    try:
        return read(content, file_name=file_name, locale=member.locale, currency=household.currency, choices=choices)
    except StatementError as error:
        raise CommandError(told_error(error) + _columns_to_name(content, file_name)) from error


def _columns(named: list[str], content: bytes, file_name: str) -> dict[str, int | None]:
    """Role → place of the columns that the command line gives; StatementError is for the reader to raise."""
    if not named:
        return {}
    seen = glimpsed(content, file_name=file_name)
    header = [name.strip().casefold() for name in seen.header] if seen else []
    found: dict[str, int | None] = {}
    for role, _equals, column in (pair.partition("=") for pair in named):
        if role not in ROLES:
            raise CommandError(f"“{role}” is nothing that a column holds. There are: {', '.join(ROLES)}.")
        if column.casefold() in header:
            found[role] = header.index(column.casefold())
        elif column and not (column.isdecimal() and int(column)):
            raise CommandError(f"The file has no column “{column}”.{_columns_to_name(content, file_name)}")
        else:
            found[role] = int(column) - 1 if column else None
    return found


def _columns_to_name(content: bytes, file_name: str) -> str:
    """Of a table: how its columns can be said."""
    seen = glimpsed(content, file_name=file_name)
    if seen is None:
        return ""
    names = ", ".join(f"{number} {name}".strip() for number, name in enumerate(seen.header, 1))
    return f" Say what its columns hold, for example --column date=1 --column amount=3. They are: {names}."


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            # One byte more than the limit is enough to see that it is too large.
            return file.read(importers.MAX_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error


def _household(member: User, name: str | None) -> Household:
    writers = [Membership.Role.OWNER, Membership.Role.EDITOR]
    households = Household.objects.filter(memberships__user=member, memberships__role__in=writers)
    found = list(households.filter(name__iexact=name) if name else households)
    if len(found) == 1:
        return found[0]
    names = ", ".join(sorted(household.name for household in households))
    if not names:
        raise CommandError(f"{member.email} may write to no household.")
    raise CommandError(f"Say which household with --household NAME. {member.email} may write to: {names}.")


def _wallets(household: Household, statement: Statement, wallet: Wallet, named: list[str]) -> dict[str, Wallet]:
    """Account of the file → wallet: as named here, as remembered, of the same name; else the one wallet."""
    own = dict(pair.rpartition("=")[::2] for pair in named)
    accounts = {line.account for line in statement.lines} - {""}
    for account in own.keys() - accounts:
        raise CommandError(f"The file has no account “{account}”. It has: {', '.join(sorted(accounts)) or 'none'}.")
    known = profiles.wallets_of(household, accounts)
    return known | {account: _wallet(household, name) for account, name in own.items()} | {"": wallet}


def _wallet(household: Household, name: str) -> Wallet:
    wallets = Wallet.objects.of(household).open()
    wallet = wallets.filter(name__iexact=name).select_related("household").first()
    if wallet is None:
        names = ", ".join(wallets.in_order().values_list("name", flat=True))
        raise CommandError(f"There is no wallet “{name}”. There are: {names}.")
    return wallet
