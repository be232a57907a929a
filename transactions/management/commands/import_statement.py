"""Imports a bank's file from a shell: the same preview and commit as in the browser, and remembered as there."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.http import QueryDict

from accounts.models import Household, Membership, User
from transactions import importers, importing
from transactions.forms import reading_fields
from transactions.forms.new_wallets import KIND, NAME
from transactions.forms.reading_fields import COLUMN, EVERY_ROLE, FIELDS, VALUES, ReadingFields
from transactions.forms.statements import NEW_WALLET, accounts_of
from transactions.importers import survey
from transactions.importers.base import Choices, Statement
from transactions.importers.overrules import ROLES
from transactions.importing import Held
from transactions.imports import checking, opening_words, profiles
from transactions.imports.checking import Checked
from transactions.imports.refusals import ChoiceError
from transactions.imports.statement_reading import glimpsed, read
from transactions.management import day_order, line_options, shell_wallets
from transactions.management.day_order import InOrder
from transactions.management.import_answer import in_words, report
from transactions.models import Upload, Wallet

# An account of the file, and where its lines go all the same.
ELSEWHERE = "Account %(account)s is kept in “%(known)s”. Its lines go into “%(wallet)s”, as you named it."
NOWHERE = "Nobody has said yet where account %(account)s is kept. Its lines go into “%(wallet)s”, as you named it."


class Command(BaseCommand):
    help = "Import a bank's file into a wallet; --dry-run only says what would happen."
    # As Django's own commands that ask: where their answers come from.
    stealth_options = ("stdin",)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--member", required=True, metavar="EMAIL")
        parser.add_argument("--wallet", metavar="NAME", help="where the lines go; needed unless a new one is named")
        parser.add_argument(
            "--new-wallet",
            action="append",
            default=[],
            metavar="NAME[=KIND]",
            help="make a wallet of this name, for what --wallet or --account say, or for all lines;"
            f" KIND is one of {', '.join(Wallet.Kind.values)}",
        )
        parser.add_argument("--household", metavar="NAME", help="needed when the member has several")
        for name, values in VALUES.items():
            named = "; ".join(f"{value}: {label}" for value, label in values.items())
            text = f"{ReadingFields.base_fields[name].label}, whatever the file shows; empty: as it shows. {named}"
            option = f"--{name.replace('_', '-')}"
            parser.add_argument(option, choices=["", *values], metavar=name.upper(), help=text)
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
        line_options.add_to(parser)
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("--json", action="store_true", help="answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        member = _member(options["member"])
        household = _household(member, options["household"])
        wallet, new = shell_wallets.named(household, options["wallet"], options["new_wallet"])
        path: Path = options["file"]
        kept = Upload(household=household, file_name=path.name, content=_content(path))
        sent = _sent(kept, options, wallet)
        found, statement = _read(kept, sent, member)
        orders = day_order.open_orders(statement, lambda order: _in_order(found, kept, order))
        if orders and not options["dry_run"]:
            sent["date_order"], orders = self._order(orders, options.get("stdin") or sys.stdin), []
            found, statement = _read(kept, sent, member)
        placed = _placed(found, statement, wallet, options["account"], new)
        with importing.held(
            household=household, statement=statement, wallets=found.wallets, layout=found.layout
        ) as books:
            own = shell_wallets.open_wallets(household)
            lines = line_options.of(books.preview, options, own)
            begins = opening_words.of_preview(books.preview, books.wallets, household=household)
            if lines.taken and not options["dry_run"]:
                numbers = {each.line.number for each in lines.taken}
                _write(found, books, kept, created_by=member, taken=numbers, choices=lines.choices)
            else:
                # Of what was only looked at, or brought nothing, no wallet is left.
                transaction.set_rollback(True)
        said = opening_words.told(begins, currency=household.currency, locale=member.locale)
        answer = report(
            books.preview,
            lines,
            own.values(),
            currency=wallet.currency,
            remarks=[*found.warnings, *found.notices, *said, *placed],
            orders=orders,
            beginnings=begins,
        )
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2) if options["json"] else in_words(answer))

    def _order(self, orders: list[InOrder], answers: Any) -> str:
        """What a person at the terminal says. Raises CommandError where there is none, or no answer."""

        def say(text: str) -> None:
            # Beside the answer, which a program may read.
            self.stderr.write(text, style_func=str)

        is_terminal = answers is not None and answers.isatty()
        order = day_order.asked(orders, say=say, answers=answers) if is_terminal else None
        if order is None:
            named = " or ".join(f"--date-order {each.days.order}" for each in orders)
            raise CommandError(f"{day_order.shown(orders)}\nNothing was imported. Choose with {named}.")
        return order


def _write(found: Checked, books: Held, kept: Upload, **lines: Any) -> None:
    """Imports the lines. Raises CommandError for what nothing but the writing can see: money that is there already."""
    try:
        checking.write(found, books, kept, **lines)
    except ChoiceError as error:
        raise CommandError(str(error)) from error


def _sent(kept: Upload, options: Mapping[str, Any], wallet: Wallet) -> QueryDict:
    """What the options name, as the page's form has it; what they do not name is as it was remembered."""
    sent = QueryDict(f"wallet={wallet.pk or NEW_WALLET}", mutable=True)
    if wallet.pk is None:
        sent.update({f"wallet{NAME}": wallet.name, f"wallet{KIND}": wallet.kind})
    sent.update({name: options[name] for name in FIELDS if options[name] is not None})
    delimiter = {"tab": "\t"}.get(options["delimiter"], options["delimiter"])
    cut = Choices(encoding=options["encoding"] or None, delimiter=delimiter or None)
    sent.update(reading_fields.sent_as(_columns(options["column"], kept, cut)))
    return sent


def _read(kept: Upload, sent: QueryDict, member: User) -> tuple[Checked, Statement]:
    """The file as the options have it read, else as files like it were read before. Raises CommandError."""
    found = checking.check(kept, sent, household=kept.household, user=member)
    if found.glimpse is not None and found.profile is None:
        # Guesses at columns are for a page, where somebody looks at them.
        for role in EVERY_ROLE:
            sent.setdefault(f"{COLUMN}{role}", "")
        found = checking.check(kept, sent, household=kept.household, user=member)
    if found.statement is None:
        errors = (str(sentence) for sentences in found.form.errors.values() for sentence in sentences)
        raise CommandError(" ".join(errors) + _columns_to_name(kept))
    return found, found.statement


def _in_order(found: Checked, kept: Upload, order: str) -> Statement:
    """The file in another order of its days that fits it as well."""
    return read(
        bytes(kept.content),
        file_name=kept.file_name,
        locale=found.form.user.locale,
        currency=found.household.currency,
        choices=replace(found.form.choices(), date_order=order),
    )


def _columns(named: list[str], kept: Upload, cut: Choices) -> dict[str, int | None]:
    """Role → place of the columns that the command line gives, of a file whose rows are cut so."""
    if not named:
        return {}
    seen = glimpsed(bytes(kept.content), file_name=kept.file_name, choices=cut)
    header = [name.strip().casefold() for name in seen.header] if seen else []
    found: dict[str, int | None] = {}
    for role, _equals, column in (pair.partition("=") for pair in named):
        if role not in ROLES:
            raise CommandError(f"“{role}” is nothing that a column holds. There are: {', '.join(ROLES)}.")
        if column.casefold() in header:
            found[role] = header.index(column.casefold())
        elif column and not (column.isdecimal() and int(column)):
            raise CommandError(f"The file has no column “{column}”.{_columns_to_name(kept)}")
        else:
            found[role] = int(column) - 1 if column else None
    return found


def _columns_to_name(kept: Upload) -> str:
    """Of a table: how its columns can be said."""
    seen = glimpsed(bytes(kept.content), file_name=kept.file_name)
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


def _member(address: str) -> User:
    member: User | None = User.objects.with_email(address).first()
    if member is None:
        raise CommandError(f"No member has the address {address}.")
    return member


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


def _placed(
    found: Checked, statement: Statement, wallet: Wallet, named: list[str], new: dict[str, Wallet]
) -> list[str]:
    """Gives each account of the file its wallet: as named here, as remembered, of the same name; else the one wallet.

    Returns what to know of that: accounts that are kept elsewhere, or that nobody has placed yet.
    """
    household, own = found.household, dict(pair.rpartition("=")[::2] for pair in named)
    accounts = accounts_of(statement)
    for account in own.keys() - set(accounts):
        raise CommandError(f"The file has no account “{account}”. It has: {', '.join(sorted(accounts)) or 'none'}.")
    every = shell_wallets.open_wallets(household) | new
    placed = {account: line_options.wallet_named(every, name) for account, name in own.items()}
    wallets = {account: placed.get(account) or found.known.get(account) or wallet for account in accounts}
    if not accounts or survey.of(statement.lines).has_nameless:
        wallets[""] = wallet
    found.wallets = wallets
    if accounts or not statement.account:
        open_ones = [account for account in accounts if account not in placed and account not in found.known]
        # A wallet that is made for the file's one account is no other account's.
        open_ones = open_ones if len(accounts) > 1 or wallet.pk else []
        return [NOWHERE % {"account": account, "wallet": wallet.name} for account in open_ones]
    known = profiles.wallets_of(household, [statement.account]).get(statement.account)
    if known == wallet or not (known or wallet.pk):
        return []
    values = {"account": statement.account, "wallet": wallet.name, "known": known.name if known else ""}
    return [(ELSEWHERE if known else NOWHERE) % values]
