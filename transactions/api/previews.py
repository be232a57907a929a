"""What a file would bring, line by line, as programs see it; and what they overrule of how it was read."""

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from ninja import Field, Schema

from batua import money
from batua.rest import paging
from batua.rest.paging import PageQuery
from batua.rest.problems import Problem, invalid
from transactions import labels
from transactions.forms import new_wallets, reading_fields
from transactions.forms.reading_fields import EVERY_ROLE, NOT_THERE
from transactions.forms.statements import accounts_of
from transactions.imports import checking, verdicts
from transactions.imports.checking import Checked
from transactions.imports.line_choice import AS_BANK, AS_ENTRY, AS_TRANSFER, TO_WALLET
from transactions.imports.statement_reading import told, told_remark
from transactions.imports.verdicts import PreviewLine, Verdict
from transactions.labels import Labels
from transactions.models import Upload, Wallet
from transactions.suggesting import Reason
from transactions.wire import Plain

_NO_ROLE = gettext_lazy("A column holds one of: %(roles)s.")
_NO_ACCOUNT = gettext_lazy("The file has no account of this name.")
_SAID_TWICE = gettext_lazy("Line %(line)s can only be one thing: a category, a transfer or an entry.")
_NO_LINE = gettext_lazy("The file has no entry on line %(line)s.")


class NewWalletIn(Schema):
    """What a wallet that the import makes is called."""

    name: str = Field("", max_length=200, examples=["Giro"], description="Left out: as its account or the file.")
    kind: str = Field("", max_length=20, examples=["bank"], description=f"One of: {', '.join(Wallet.Kind.values)}.")


class ReadingIn(Schema):
    """What is overruled of how the file was read; nothing has to be.

    What is left out is as in the last file of the same bank. An empty text takes back what was chosen then.
    """

    wallet: str = Field("", max_length=20, description="A wallet's id, or `new`.", examples=["12"])
    date_order: str = Field("", max_length=3, description="`dmy`, `mdy`, `ymd` or `ydm`.")
    decimal_mark: str = Field("", max_length=1, description="`.` or `,`.")
    sign: str = Field("", max_length=8, description="`plain`: minus is money out. `inverted`: minus is money in.")
    encoding: str = Field("", max_length=20, examples=["windows-1252"])
    delimiter: str = Field("", max_length=3, description="`,` `;` `|` or `tab`.")
    columns: dict[str, int | None] = Field(
        {},
        max_length=20,
        examples=[{"date": 0, "amount": 4, "bank id": 7}],
        description=f"Role → position of its column from 0, null for none. Roles: {', '.join(EVERY_ROLE)}.",
    )
    accounts: dict[str, str] = Field(
        {},
        max_length=200,
        description="Account as the file names it → a wallet's id, `new`, or `out` to leave its lines out.",
    )
    new_wallets: dict[str, NewWalletIn] = Field(
        {},
        max_length=200,
        description="Account → what its wallet is called where it is a new one; an empty text is the file's own.",
    )


class CommitIn(ReadingIn):
    """What is imported."""

    lines: list[int] | None = Field(
        None, max_length=200_000, description="Numbers of the lines to take. Left out: those with `is_taken`."
    )
    categories: dict[str, int | None] = Field(
        {}, max_length=200_000, description="Line number → a category's id, null for a transfer."
    )
    transfers: dict[str, int] = Field(
        {},
        max_length=200_000,
        examples=[{"14": 3}],
        description="Line number → the id of the wallet that the money went to, or came from: one transfer is written,"
        " which the other wallet's statement is recognised by. These lines are taken as any other.",
    )
    entries: dict[str, int] = Field(
        {},
        max_length=200_000,
        examples=[{"12": 4711}],
        description="Line number → the id of the entry that the line is, as `like_id` names it. The entry stays as it"
        " is, and the line is known from then on. These lines are taken without being among `lines`.",
    )
    corrected: list[str] = Field(
        [],
        max_length=200_000,
        examples=[["12"]],
        description="Lines of `entries` whose entry gets their amount and day.",
    )


class LineOut(Schema):
    """A line of the file."""

    number: int
    date: datetime.date
    amount: str = Field(examples=["-4.50"], description="Money out has a minus.")
    note: str = Field(examples=["Coffee House"])
    verdict: str = Field(examples=[Verdict.NEW.value], description=", ".join(each.value for each in Verdict))
    is_taken: bool = Field(description="Taken unless `lines` say otherwise.")
    can_be_taken: bool
    category: str | None = Field(description="Null for a transfer, and for what a wallet begins with.")
    category_id: int | None
    wallet: str
    wallet_id: int | None = Field(description="Null while the wallet is still to be made.")
    other_wallet: str | None = Field(description="The other end of a transfer.")
    may_be_with: str | None = Field(
        description="A wallet in which the same amount moved: no transfer unless somebody says so, with null in"
        " `categories`."
    )
    reason: str | None = Field(
        description="What speaks for the category, or for a transfer that only the payee's last entry speaks for: "
        + ", ".join(each.value for each in Reason)
    )
    entry_id: int | None = Field(description="The entry that this line brought earlier.")
    like_id: int | None = Field(description="An entry that looks like it.")
    like_reason: str | None = Field(
        description="Why it looks like it, if not by amount and day. `late`: the other side of this transfer. "
        "`id`: the bank's own number is the same. `day`: an earlier file had it on another day."
    )


class BeginningOut(Schema):
    """A wallet that will begin with something else."""

    wallet: str
    opening_balance: str = Field(examples=["1200.00"], description="What is owed has a minus.")


class ProblemOut(Schema):
    """A line that cannot be read or is left aside, or a sentence about the whole file."""

    line: int | None
    problem: str


class PreviewOut(Schema):
    """A file that was sent in, and what would happen to each line. Once it is imported, there is only `import_id`."""

    id: int
    file_name: str
    import_id: int | None
    format: str = Field("", examples=["csv"])
    encoding: str = ""
    date_order: str | None = None
    is_date_order_sure: bool = True
    accounts: list[str] = []
    columns: list[str] = Field([], description="Names of a table's columns, in order.", examples=[["Date", "Amount"]])
    taken: int = 0
    came_in: str = "0"
    went_out: str = "0"
    verdicts: dict[str, int] = Field({}, examples=[{"new": 41, "known": 3}])
    beginnings: list[BeginningOut] = Field(
        [],
        description="What wallets will begin with: what the file says they held before its lines. It is neither income"
        " nor spending.",
    )
    problems: list[ProblemOut] = []
    lines: list[LineOut] = []
    next: str | None = Field(None, description="Send it as `cursor` for the lines after; null behind the last one.")


def as_it_shows(request: Any, upload: Upload) -> Checked:
    """The file, read by itself or as the last one of the bank; it may be that it cannot be read so."""
    return checking.check(upload, QueryDict(mutable=True), household=request.household, user=request.user)


def checked(request: Any, upload: Upload, body: ReadingIn) -> Checked:
    """The file, read as the body says. Raises Problem."""
    sent = _sent(body)
    found = checking.check(upload, sent, household=request.household, user=request.user)
    if body.accounts and found.statement is not None:
        accounts = accounts_of(found.statement)
        _refuse({f"accounts.{name}": _NO_ACCOUNT for name in body.accounts if name not in accounts})
        for place, account in enumerate(accounts):
            sent[f"account-{place}"] = body.accounts.get(account, "")
        found = checking.check(upload, sent, household=request.household, user=request.user)
    if body.new_wallets and found.statement is not None:
        found = checking.check(upload, _named(found, sent, body), household=request.household, user=request.user)
    if found.statement is None:
        raise invalid(found.form)
    _refuse_names(found)
    return found


def _named(found: Checked, sent: QueryDict, body: ReadingIn) -> QueryDict:
    """What is sent, with the names of new wallets as the page's form has them. Raises Problem."""
    places = _fields_of_wallets(found)
    _refuse({f"new_wallets.{account}": _NO_ACCOUNT for account in body.new_wallets if account not in places})
    kinds = {account: each.kind for account, each in body.new_wallets.items() if each.kind not in {"", *Wallet.Kind}}
    _refuse({_of_wallet(account): NOT_THERE for account in kinds})
    for account, each in body.new_wallets.items():
        fields = {new_wallets.NAME: each.name, new_wallets.KIND: each.kind}
        sent.update({f"{places[account]}{part}": value for part, value in fields.items() if value})
    return sent


def _fields_of_wallets(found: Checked) -> dict[str, str]:
    """Account → what the page's fields of its wallet begin with; "" is that of the file."""
    accounts = accounts_of(found.statement) if found.statement is not None else []
    return {"": "wallet", **{account: f"account-{place}" for place, account in enumerate(accounts)}}


def _of_wallet(account: str) -> str:
    return f"new_wallets.{account}" if account else "new_wallets"


def _refuse_names(found: Checked) -> None:
    problems = found.form.new_wallets.problems
    fields = {f"{field}{new_wallets.NAME}": account for account, field in _fields_of_wallets(found).items()}
    _refuse({_of_wallet(fields[field]): sentence for field, sentence in problems.items()})


def plain(upload: Upload, found: Checked | None, page: PageQuery) -> Plain:
    """A page of the preview; two queries. Raises Problem."""
    head: Plain = {"id": upload.pk, "file_name": upload.file_name, "import_id": upload.batch_id}
    if found is None:
        return head
    head["columns"] = _columns(found)
    if found.preview is None:
        wrong = (str(word) for words in found.form.errors.values() for word in words)
        return head | {"problems": [{"line": None, "problem": word} for word in wrong]}
    preview, currency = found.preview, found.household.currency
    statement, sums = preview.statement, verdicts.totals(preview.of(*verdicts.TAKEN))
    lines, following = _page(preview.lines, page)
    own, takeable = labels.of(found.household), {each.line.number for each in preview.takeable}
    return head | {
        "format": statement.format,
        "encoding": statement.encoding,
        "date_order": statement.date_order,
        "is_date_order_sure": not statement.ambiguous,
        "accounts": accounts_of(statement),
        "taken": sums.count,
        "came_in": money.plain_amount(sums.came_in, currency=currency),
        "went_out": money.plain_amount(sums.went_out, currency=currency),
        "verdicts": Counter(each.verdict.value for each in preview.lines),
        "beginnings": [
            {"wallet": each.wallet, "opening_balance": money.plain_amount(each.opening, currency=currency)}
            for each in found.beginnings
        ],
        "problems": [
            *({"line": None, "problem": sentence} for sentence in (*found.warnings, *found.notices)),
            *(
                {"line": each.line, "problem": told(each.sentence) if each.line else told_remark(each)}
                for each in (*statement.problems, *statement.remarks, *statement.skipped)
            ),
        ][: paging.LARGEST_PAGE],
        "lines": [_line(each, own, can_be_taken=each.line.number in takeable) for each in lines],
        "next": following,
    }


def _sent(body: ReadingIn) -> QueryDict:
    """What the body names, as the page's form has it; what it does not name is as it was remembered."""
    named = ", ".join(EVERY_ROLE)
    _refuse({f"columns.{role}": _NO_ROLE % {"roles": named} for role in body.columns if role not in EVERY_ROLE})
    sent = QueryDict(mutable=True)
    sent.update(
        body.model_dump(
            exclude={"columns", "accounts", "new_wallets", "lines", "categories", "transfers", "entries", "corrected"},
            exclude_unset=True,
        )
    )
    sent.update(reading_fields.sent_as(body.columns))
    return sent


def choose(found: Checked, body: CommitIn) -> None:
    """The lines to take, and as what, are added to what the form was sent. Raises Problem."""
    numbers = [str(line.number) for line in found.statement.lines] if found.statement else []
    here = set(numbers)
    named = {
        "lines": body.lines or (),
        **{f"categories.{number}": [number] for number in body.categories},
        **{f"transfers.{number}": [number] for number in body.transfers},
        **{f"entries.{number}": [number] for number in body.entries},
    }
    _refuse({f"{name}.{number}": _SAID_TWICE % {"line": number} for name, number in _said_twice(body)})
    gone = {name: [each for each in of_name if str(each) not in here] for name, of_name in named.items()}
    _refuse({name: _NO_LINE % {"line": lines[0]} for name, lines in gone.items() if lines})
    if body.lines is not None:
        found.form.sent["shown"] = ",".join(numbers)
        found.form.sent.setlist("line", [str(number) for number in body.lines])
    for number, category in body.categories.items():
        found.form.sent[f"category-{number}"] = AS_TRANSFER if category is None else str(category)
    for number, wallet in body.transfers.items():
        found.form.sent[f"category-{number}"] = f"{TO_WALLET}{max(wallet, 0)}"
    for number, entry in body.entries.items():
        corrected = AS_BANK if number in body.corrected else ""
        found.form.sent[f"category-{number}"] = f"{AS_ENTRY}{max(entry, 0)}{corrected}"
        found.form.sent.appendlist("line", number)


def _said_twice(body: CommitIn) -> Iterator[tuple[str, str]]:
    """The second and third word about lines of which several things are said: where it stands, and the line."""
    seen = set(body.categories)
    for name, lines in (("transfers", body.transfers), ("entries", body.entries)):
        yield from ((name, number) for number in lines if number in seen)
        seen |= lines.keys()


def _refuse(errors: Mapping[str, str | Promise]) -> None:
    """What the file does not have is not passed over in silence. Raises Problem if there are errors."""
    if errors:
        raise Problem(422, errors={name: [str(sentence)] for name, sentence in errors.items()})


def _columns(found: Checked) -> list[str]:
    if found.glimpse is not None:
        return list(found.glimpse.header)
    reading = found.plain.reading if found.plain is not None else None
    return list(reading.header) if reading is not None else []


def _page(lines: tuple[PreviewLine, ...], page: PageQuery) -> tuple[list[PreviewLine], str | None]:
    after = 0
    if page.cursor:
        place = paging.decoded(page.cursor)
        if len(place) != 1 or not (place[0].isascii() and place[0].isdecimal()):
            raise paging.lost()
        after = int(place[0])
    rest = [each for each in lines if each.line.number > after]
    shown = rest[: page.limit]
    return shown, paging.encoded([shown[-1].line.number]) if len(rest) > page.limit else None


def _line(each: PreviewLine, own: Labels, *, can_be_taken: bool) -> Plain:
    is_moved, is_entry = each.verdict in verdicts.MOVED, each.verdict not in verdicts.NEITHER_IN_NOR_OUT
    category = own.category(each.choice.category) if is_entry else None
    reason = each.choice.reason if is_entry else None
    if each.is_moved_as_last_time:
        reason = Reason.LAST_TIME
    return {
        "number": each.line.number,
        "date": each.line.date,
        "amount": f"{each.line.amount:f}",
        "note": each.note,
        "verdict": each.verdict.value,
        "is_taken": each.is_ticked,
        "can_be_taken": can_be_taken,
        "category": category and (each.choice.new_name or category.name),
        "category_id": category.id if category and not each.choice.new_name else None,
        "wallet": each.wallet_name,
        "wallet_id": each.wallet,
        "other_wallet": _other_end(each, own) if is_moved else None,
        "may_be_with": _other_end(each, own) if not is_moved and can_be_taken else None,
        "reason": reason.value if reason else None,
        "entry_id": each.entry,
        "like_id": each.like.id if each.like else None,
        "like_reason": each.likeness.value if each.likeness else None,
    }


def _other_end(each: PreviewLine, own: Labels) -> str | None:
    end = each.other_end
    if end is None:
        return None
    return own.wallet(end.wallet).name if end.wallet else end.name
