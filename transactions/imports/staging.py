"""A long file between its reading and its import: judged line by line in the background, its lines in the database."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from transactions import importing
from transactions.forms.reading_fields import ORDERS
from transactions.forms.statements import ReadingForm, accounts_of
from transactions.importers import dates
from transactions.importers.base import Proven, Statement
from transactions.importing import Staged
from transactions.imports import (
    check_page,
    checking,
    file_formats,
    joining,
    long_file,
    long_wallets,
    opening_words,
    openings,
    overtaking,
    profiles,
    recalling,
    shelved,
    uploads,
)
from transactions.imports.checking import RECALLED, Checked
from transactions.imports.choosing import Chooser
from transactions.imports.judging import EVERY_ACCOUNT, Judge
from transactions.imports.long_file import IS_OF_ENTRY, LongFile
from transactions.imports.opening_words import OfLines
from transactions.imports.openings import Stated
from transactions.imports.overtaking import OvertakenError
from transactions.imports.shelved import PORTION, RowsOnTable
from transactions.models import ImportBatch, StagedLine, Upload, Wallet

FORGOTTEN = gettext_lazy("The file is not here any more: it is forgotten after a day. Choose it again.")


class CannotBeRead(Exception):
    """The file cannot be read as it was asked for; the text is a sentence for the member."""


def front(upload: Upload, sent: QueryDict | None = None, *, user: User) -> Checked:
    """How the first lines of the file are read: enough to show and to choose."""
    content = bytes(upload.front) if upload.front else uploads.front(uploads.content(upload), upload.file_name)
    return checking.check(upload, sent or QueryDict(), household=upload.household, user=user, content=content)


@transaction.atomic
def read(upload: Upload, query: str, *, user: User, seen: Callable[[int, int], None]) -> None:
    """Judges each line of the file as the choices in ``query`` have it read, and keeps what is said above the lines.

    What was chosen for lines before is forgotten. Raises CannotBeRead.
    """
    uploads.held(upload).get()
    household = upload.household
    books = overtaking.state_of(household)
    asked, statement, layout, before = _settled(upload, query, user)
    form = asked.form
    known = profiles.wallets_of(household, accounts_of(statement))
    wallets = form.wallets(statement, known, before=before)
    total = len(statement.lines)
    shelf = RowsOnTable(upload)
    judge = Judge(household, wallets, Chooser(household), shelf, layout=layout)
    for done in judge.judge(statement, portion=PORTION):
        seen(done, total)
    shelf.complete()
    upload.staged = {
        "query": asked.query,
        "digest": uploads.digest(upload),
        "books": books,
        "yielded": asked.yielded,
        "layout": layout,
        "format": statement.format,
        "app": statement.reading.app if statement.reading else "",
        "choices": {name: value for name, value in form.remembered().items() if name not in asked.settled},
        "header": list(statement.reading.header) if statement.reading else [],
        "proven": statement.reading.proven._asdict() if statement.reading else {},
        "account": statement.account or "",
        "accounts": accounts_of(statement),
        "of_accounts": statement.of_accounts,
        "wallets": {account: wallet.pk or wallet.name for account, wallet in wallets.items()},
        "called": long_wallets.still_called(upload, accounts_of(statement)),
        "names": {name: wallet.pk for name, wallet in judge.wallets_by_name.items() if wallet.pk},
        "left_aside": importing.left_aside(statement),
        "refused": len(statement.problems),
        "is_foreign": statement.currency not in {None, household.currency},
        "sums": long_file.sums(upload),
        **_beginnings(upload, statement, wallets),
        "stated": {account: each.plain() for account, each in openings.stated(statement).items()},
        "said": asdict(check_page.said(statement, household=household, locale=user.locale)),
    }
    upload.save(update_fields=["staged"])


def _beginnings(upload: Upload, statement: Statement, wallets: Mapping[str, Wallet]) -> dict[str, Any]:
    """What lines say that wallets begin with; where some do, which of them are dated after others, in one more walk."""
    found = long_file.beginnings(upload)
    names, others = {account: wallet.name for account, wallet in wallets.items()}, wallets.get(EVERY_ACCOUNT)
    usual = others.name if others is not None else ""
    named = ((names.get(line.account, usual), line) for line in statement.lines) if found else ()
    late = opening_words.late_days(named)
    return {"opening": found, "late": {wallet: day.isoformat() for wallet, day in late.items()}}


class _Asked(NamedTuple):
    """All of a file as it was asked for.

    ``query`` asks for it as it was read in the end. ``settled`` are choices in it that are the file's own, and
    ``yielded`` is the order of days that was remembered, where a later line proves another one.
    """

    form: ReadingForm
    statement: Statement | None
    query: str
    settled: frozenset[str] = frozenset()
    yielded: str = ""


class _Settled(NamedTuple):
    """How all of a file is read, its layout, and where such files went before."""

    asked: _Asked
    statement: Statement
    layout: str
    before: Wallet | None


def _settled(upload: Upload, query: str, user: User) -> _Settled:
    """Reads the file with what is asked and what is remembered; its bytes are let go. Raises CannotBeRead."""
    household, content = upload.household, uploads.content(upload)
    asked = _asked(upload, content, query, user)
    form, statement = asked.form, asked.statement
    if statement is None:
        raise CannotBeRead(" ".join(str(each) for errors in form.errors.values() for each in errors))
    layout = profiles.layout_of(statement)
    sent = {"wallet": form.cleaned_data["wallet"]}
    known_files = profiles.of_layout(household, layout)
    recalled = recalling.recall(household, known_files, plain=statement, file_name=upload.file_name, sent=sent)
    if any(proven := recalled.proven(statement)):
        form.proven = proven
        statement = form.statement(content, upload.file_name) or statement
    return _Settled(asked, statement, layout, recalled.profile.wallet if recalled.profile else None)


def _asked(upload: Upload, content: bytes, query: str, user: User) -> _Asked:
    sent = QueryDict(query)
    asked = _Asked(*_read(upload, content, sent, user), query)
    order = sent.get(RECALLED, "")
    if not order or order != sent.get("date_order") or not _contradicts(asked.statement):
        return asked
    plain = sent.copy()
    plain["date_order"] = plain[RECALLED] = ""
    form, own = _read(upload, content, plain, user)
    if own is None or own.date_order is None or own.ambiguous:
        return asked
    # The first lines, which leave it open, are shown as the others are read.
    shown = sent.copy()
    shown["date_order"] = own.date_order
    del shown[RECALLED]
    return _Asked(form, own, shown.urlencode(), frozenset({"date_order"}), order)


def _contradicts(statement: Statement | None) -> bool:
    """Whether some line has no day in the order that was asked for."""
    return statement is None or any(each.sentence.text == dates.NOT_IN_THIS_ORDER for each in statement.problems)


def _read(upload: Upload, content: bytes, sent: QueryDict, user: User) -> tuple[ReadingForm, Statement | None]:
    form = ReadingForm(sent, household=upload.household, user=user, file_name=upload.file_name)
    return form, form.statement(content, upload.file_name) if form.is_valid() else None


def beginning(upload: Upload, *, locale: str) -> list[str]:
    """What wallets will begin with, of a file that was read; a query or two where it says so."""
    told, household = upload.staged or {}, upload.household
    stated = {account: Stated.read(each) for account, each in told.get("stated", {}).items()}
    late = {wallet: date.fromisoformat(day) for wallet, day in told.get("late", {}).items()}
    called = long_wallets.renamed(upload)
    lines = {
        called.get(wallet, wallet): OfLines(Decimal(amount), late.get(wallet))
        for wallet, amount in told.get("opening", {}).items()
    }
    if not stated and not lines:
        return []
    try:
        wallets = _wallets(upload, list(Wallet.objects.of(household).select_related("household")))
    except CannotBeRead:
        return []
    found = opening_words.beginnings(household, stated, wallets, lines)
    return opening_words.told(found, currency=household.currency, locale=locale)


def notices(upload: Upload) -> list[str]:
    """What to know above the lines of a file that was read: it came before, or is not read as it was remembered."""
    told = upload.staged or {}
    said = checking.imported_before(upload.household, told["digest"]) if told.get("digest") else []
    if order := told.get("yielded"):
        sentence = _("You chose “%(order)s” for such files. Later lines of this one show that it is not so here.")
        said.append(sentence % {"order": ORDERS[order]})
    if lines := told.get("overtaken"):
        said.append(str(OvertakenError(lines)))
    return said


def commit(upload: Upload, *, by: User, seen: Callable[[int, int], None]) -> ImportBatch:
    """Imports the lines of the file that are taken, once. Raises CannotBeRead, ChoiceError.

    Where others changed the books, so that some of these lines are another thing now, nothing is imported, and the
    lines lie there as they are judged now: OvertakenError.
    """
    with transaction.atomic():
        kept = uploads.held(upload).get()
        if kept.batch_id:
            return ImportBatch.objects.of(kept.household).get(pk=kept.batch_id)
        staged = _staged(LongFile(kept))
        importing.lock(kept.household, staged.wallets)
        joining.hold(kept.household, shelved.entries(staged.taken.filter(IS_OF_ENTRY)))
        lines = overtaking.overtaken(LongFile(kept), staged.wallets, seen=seen)
        if not lines:
            return _write(kept, by, seen)
    raise OvertakenError(lines)


def _write(kept: Upload, by: User, seen: Callable[[int, int], None]) -> ImportBatch:
    file = LongFile(kept)
    total, staged = file.totals.count, _staged(file)
    batch = importing.commit_staged(staged, created_by=by, seen=lambda done: seen(min(done, total), total))
    profiles.remember(
        household=kept.household,
        layout=staged.layout,
        file_name=kept.file_name,
        account=file.told["account"],
        wallets=staged.wallets,
        choices=file.told["choices"],
        proven=Proven(**file.told.get("proven", {})),
        header=file.told.get("header", ()),
    )
    StagedLine.objects.filter(upload=kept).delete()
    Upload.objects.filter(pk=kept.pk).update(batch=batch, content=b"", front=None, staged=None)
    return batch


def _staged(file: LongFile) -> Staged:
    household, told = file.upload.household, file.told
    every = list(Wallet.objects.of(household).select_related("household"))
    wallets = _wallets(file.upload, every)
    if problems := long_wallets.of(file.upload, every).problems:
        raise CannotBeRead(" ".join(problems.values()))
    return Staged(
        upload=file.upload,
        taken=file.taken_lines(),
        left=file.left_lines(),
        file_format=file_formats.kept(told["format"], told.get("app", "")),
        layout=told["layout"],
        wallets=wallets,
        as_read={account: key for account, key in told["wallets"].items() if isinstance(key, str)},
        wallets_by_name=told["names"],
        stated={account: Stated.read(each) for account, each in told.get("stated", {}).items()},
        counts=file.counts,
        aside=told["left_aside"],
        refused=told["refused"],
    )


def _wallets(upload: Upload, every: list[Wallet]) -> dict[str, Wallet]:
    """Where the accounts of a file that was read go; ``every``: all wallets that the household has. CannotBeRead."""
    own = {wallet.pk for wallet in every}
    if any(isinstance(key, int) and key not in own for key in (upload.staged or {})["wallets"].values()):
        raise CannotBeRead(_("A wallet of this import is gone. Read the file again."))
    return long_wallets.made(upload, every)
