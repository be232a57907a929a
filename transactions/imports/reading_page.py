"""How a file was read, as the import page shows it: each guess with what else it could be, and where accounts go."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.http import QueryDict
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from batua import display
from transactions.forms import new_wallets
from transactions.forms.new_wallets import NewWallet
from transactions.forms.reading_fields import COLUMN, FIELDS, FURTHER_ROLES, NO_COLUMN, ORDERS, ROLES
from transactions.forms.statements import NEW_WALLET, NO_WALLET, accounts_of
from transactions.importers.base import DateReading, Reading, Statement
from transactions.importers.glimpse import Glimpse
from transactions.imports import file_formats
from transactions.imports.checking import CHOSEN, RECALLED, Checked
from transactions.models import Wallet

LONGEST_SAMPLE = 24
# Selects that every file's page may have.
_FIXED = ("wallet", *FIELDS)
_NAMING = (f"wallet{new_wallets.NAME}", f"wallet{new_wallets.KIND}")
NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class DayChoice:
    """One order in which the file's days can be read, and the days it makes of them."""

    order: str
    label: str
    days: str
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class Naming:
    """The fields of a wallet that is still to be made: its name, what is wrong with that, and its kind."""

    name: str
    typed: str
    problem: str
    kind: str
    kinds: SafeString


@dataclass(frozen=True)
class Select:
    """A select of the form that is not known before the file is: a column's role, an account's wallet.

    ``new`` names that wallet where it may be a new one.
    """

    name: str
    label: str
    options: SafeString
    chosen: str
    new: Naming | None = None


@dataclass(frozen=True)
class Heading:
    """A column's name, and what it is taken for."""

    name: str
    role: str


@dataclass(frozen=True)
class FirstRows:
    """What stands in a table whose columns have to be asked for."""

    headings: list[Heading]
    rows: list[list[str]]


@dataclass(frozen=True)
class ReadingPage:
    """``hidden`` are the choices as an address or a form that reads the file anew has to send them along.
    ``seen`` is what the page's own selects say, for a press of its button: what else they say then was not seen.

    ``recalled``: of a long file, the order of its days that was remembered, as long as nobody chose one.
    ``first_rows``: of a table whose columns could not be told. The member says what they hold.
    ``account`` is the one that all of the file is of, by its number or name. ``new``: how the wallet of lines that
    name no account is called where it is a new one.
    ``person``: of a file that several people share, whose part of each line is taken.
    """

    days: list[DayChoice] = field(default_factory=list)
    columns: list[Select] = field(default_factory=list)
    accounts: list[Select] = field(default_factory=list)
    person: Select | None = None
    hidden: list[tuple[str, str]] = field(default_factory=list)
    seen: str = ""
    recalled: str = ""
    said: str = ""
    details: str = ""
    account: str = ""
    new: Naming | None = None
    is_table: bool = False
    is_open: bool = False
    first_rows: FirstRows | None = None


def build(found: Checked, *, path: str, locale: str, told: Mapping[str, Any] | None = None) -> ReadingPage:
    """``path`` is the address of the page, which other readings are asked from.

    ``told``: what was kept of a long file when all of it was read, of which ``found`` is but the first look; empty
    until then, None for a short one.
    """
    hidden = _chosen(found)
    statement = found.statement or found.plain
    if found.glimpse is not None:
        return _of_glimpse(found, found.glimpse, statement, hidden)
    if statement is None:
        return ReadingPage(hidden=hidden, is_table=True, is_open=True)
    reading = statement.reading
    columns, accounts = _columns(found, reading) if reading else [], _accounts(found, statement)
    accounts = [*accounts, *_later_accounts(found, accounts, told or NOTHING)]
    person = _person(found, reading) if reading and reading.people else None
    return ReadingPage(
        days=[_day(each, statement, hidden, path, locale) for each in statement.readings],
        columns=columns,
        accounts=accounts,
        person=person,
        hidden=hidden,
        seen=_seen(found, [*columns, *accounts, *([person] if person else [])]),
        recalled=found.form.sent.get(RECALLED, ""),
        said=_said(statement, told, locale=locale),
        details=_details(statement),
        account=statement.account or "",
        new=_naming(found.form.shown_wallet(statement)),
        is_table=reading is not None,
        is_open=bool(found.form.remembered() or found.form.errors),
    )


def query(found: Checked) -> str:
    """The choices by which the file is read, as an address has them."""
    return urlencode(_chosen(found))


def _chosen(found: Checked) -> list[tuple[str, str]]:
    sent = found.form.sent
    names = [*_FIXED, *_NAMING, RECALLED, *(name for name in sent if name.startswith((COLUMN, "account-")))]
    return [(CHOSEN, "1"), *((name, str(sent[name])) for name in names if sent.get(name))]


def is_as_seen(sent: QueryDict) -> bool:
    """Whether the selects of a page still say what they said when its lines were shown."""
    seen = parse_qsl(sent.get("seen", ""), keep_blank_values=True)
    return all(sent.get(name, value) == value for name, value in seen)


def _seen(found: Checked, selects: Iterable[Select]) -> str:
    fixed = ((name, str(found.form.sent.get(name, ""))) for name in _FIXED)
    return urlencode([*fixed, *((select.name, select.chosen) for select in selects)])


def _of_glimpse(
    found: Checked, seen: Glimpse, statement: Statement | None, hidden: list[tuple[str, str]]
) -> ReadingPage:
    """The columns are asked for, with the first rows beside them."""
    names = _names(seen.header)
    sent = found.form.sent
    roles = {sent.get(f"{COLUMN}{role}", ""): str(label) for role, label in ROLES.items()}
    every = _roles(sent).items()
    columns = [_asked(role, str(label), names, seen, sent.get(f"{COLUMN}{role}", "")) for role, label in every]
    accounts = _accounts(found, statement) if statement else []
    return ReadingPage(
        columns=columns,
        accounts=accounts,
        hidden=hidden,
        seen=_seen(found, [*columns, *accounts]),
        said=file_formats.named(seen.format, ""),
        details=_details(statement) if statement else seen.format.upper(),
        new=_naming(found.form.shown_wallet(statement)),
        is_table=True,
        first_rows=FirstRows(
            [Heading(name, roles.get(str(place), "")) for place, name in enumerate(names)],
            [[*row[: len(names)], *[""] * (len(names) - len(row))] for row in seen.rows],
        ),
    )


def _asked(role: str, label: str, names: Sequence[str], seen: Glimpse, chosen: str) -> Select:
    """The columns to choose from, each with the first thing that stands in it."""
    samples = [
        next((row[place] for row in seen.rows if place < len(row) and row[place]), "") for place in range(len(names))
    ]
    said = (
        _("%(column)s, such as “%(sample)s”") % {"column": name, "sample": sample[:LONGEST_SAMPLE]} if sample else name
        for name, sample in zip(names, samples, strict=True)
    )
    options = [("", _("No column")), *((str(place), each) for place, each in enumerate(said))]
    return Select(f"{COLUMN}{role}", label, _options(options, chosen), chosen)


def _roles(sent: Mapping[str, Any]) -> dict[str, Any]:
    """What columns are asked for; of what only a shell names, what it named."""
    return ROLES | {role: label for role, label in FURTHER_ROLES.items() if sent.get(f"{COLUMN}{role}")}


def _names(header: Sequence[str]) -> list[str]:
    return [name.strip() or _("Column %(number)s") % {"number": place + 1} for place, name in enumerate(header)]


def _day(
    reading: DateReading, statement: Statement, hidden: list[tuple[str, str]], path: str, locale: str
) -> DayChoice:
    others = (pair for pair in hidden if pair[0] not in {"date_order", RECALLED})
    query = urlencode([*others, ("date_order", reading.order)])
    return DayChoice(
        order=reading.order,
        label=str(ORDERS[reading.order]),
        days=_between(reading.first, reading.last, locale=locale),
        url=f"{path}?{query}",
        is_chosen=reading.order == statement.date_order,
    )


def _said(statement: Statement, told: Mapping[str, Any] | None, *, locale: str) -> str:
    """What the file is, how many lines it has and between which days: as far as all of it was read."""
    app = statement.reading.app if statement.reading else ""
    parts = [file_formats.named(statement.format, app)]
    lines = len(statement.lines) if told is None else sum(count for count, *_sums in told.get("sums", {}).values())
    if lines:
        sentence = ngettext("%(count)s line", "%(count)s lines", lines)
        parts.append(sentence % {"count": display.count(lines, locale=locale)})
    if told is None and statement.lines:
        days = [line.date for line in statement.lines]
        parts.append(_between(min(days), max(days), locale=locale))
    return " · ".join(parts)


def _between(first: datetime.date, last: datetime.date, *, locale: str) -> str:
    told = {"first": display.exact_day(first, locale=locale), "last": display.exact_day(last, locale=locale)}
    return told["first"] if first == last else _("%(first)s to %(last)s") % told


def _details(statement: Statement) -> str:
    """What was told from the file: format, characters, the order of the days."""
    order = str(ORDERS[statement.date_order]) if statement.date_order else ""
    return " · ".join(part for part in (statement.format.upper(), statement.encoding.upper(), order) if part)


def _columns(found: Checked, reading: Reading) -> list[Select]:
    """A select for each role: the columns of the file, by name or number."""
    names = _names(reading.header)
    sent, selects = found.form.sent, []
    for role, label in _roles(sent).items():
        if role == "amount" and reading.people:
            continue
        chosen, place = sent.get(f"{COLUMN}{role}", ""), reading.place(role)
        name = names[place] if place is not None and place < len(names) else "–"
        shown = _("%(column)s (as read)") % {"column": name}
        options = [
            ("", shown),
            (NO_COLUMN, _("No column")),
            *((str(number), name) for number, name in enumerate(names)),
        ]
        selects.append(Select(f"{COLUMN}{role}", str(label), _options(options, chosen), chosen))
    return selects


def _person(found: Checked, reading: Reading) -> Select:
    people = ((str(column.place), column.name) for column in reading.people)
    options = [("", _("The whole amount")), *people]
    chosen = found.form.sent.get("column-amount", "")
    return Select("column-amount", _("Whose part?"), _options(options, chosen), chosen)


def _accounts(found: Checked, statement: Statement) -> list[Select]:
    """A select for each account that the file names: one of the wallets, a new one, or none."""
    wallets = [(str(wallet.pk), wallet.name) for wallet in found.form.own]
    selects = []
    for place, account in enumerate(accounts_of(statement)):
        wallet = found.wallets.get(account)
        chosen = NO_WALLET if wallet is None else str(wallet.pk or NEW_WALLET)
        selects.append(_of_account(found, place, account, wallets, chosen, may_be_new=account not in found.known))
    return selects


def _later_accounts(found: Checked, first: Sequence[Select], told: Mapping[str, Any]) -> Iterator[Select]:
    """A select for each account that only the reading of the whole file came upon."""
    accounts: Sequence[str] = told.get("accounts", ())
    if [select.label for select in first] != list(accounts[: len(first)]):
        return
    wallets = [(str(wallet.pk), wallet.name) for wallet in found.form.own]
    for place, account in enumerate(accounts[len(first) :], len(first)):
        wallet = told["wallets"].get(account)
        is_own = str(wallet) in dict(wallets)
        kept = NO_WALLET if wallet is None else str(wallet) if is_own else NEW_WALLET
        chosen = str(found.form.sent.get(f"account-{place}") or kept)
        yield _of_account(found, place, account, wallets, chosen, may_be_new=True)


def _of_account(
    found: Checked, place: int, account: str, wallets: Sequence[tuple[str, str]], chosen: str, *, may_be_new: bool
) -> Select:
    name = f"account-{place}"
    new = [(NEW_WALLET, _("A new wallet"))] if may_be_new else []
    options = [*wallets, *new, (NO_WALLET, _("Leave its lines out"))]
    naming = _naming(found.form.new_wallets.shown(name, account)) if may_be_new else None
    return Select(name, account, _options(options, chosen), chosen, naming)


def _naming(new: NewWallet) -> Naming:
    field = new.field
    kinds = _options(((kind.value, str(kind.label)) for kind in Wallet.Kind), new.wallet.kind)
    return Naming(f"{field}{new_wallets.NAME}", new.typed, new.problem, f"{field}{new_wallets.KIND}", kinds)


def _options(options: Iterable[tuple[str, str]], chosen: str) -> SafeString:
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, SafeString(" selected") if value == chosen else "", label) for value, label in options),
    )
