"""A long file between its reading and its import: judged line by line in the background, its lines in the database."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.db.models import Count, Q, Sum
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from transactions import checking, import_page, importing, profiles, reading_page, uploads
from transactions.booking import ChoiceError
from transactions.checking import Checked
from transactions.choosing import Chooser
from transactions.forms.statements import ReadingForm, accounts_of, new_wallet
from transactions.importing import Staged
from transactions.judging import Judge
from transactions.models import ImportBatch, StagedLine, Upload, Wallet
from transactions.shelved import PORTION, RowsOnTable
from transactions.verdicts import TAKEN, Totals, Verdict

FORGOTTEN = gettext_lazy("The file is not here any more: it is forgotten after a day. Choose it again.")
CHANGED = gettext_lazy("An entry that line %(line)s belongs to has changed meanwhile. Read the file again.")


class CannotBeRead(Exception):
    """The file cannot be read as it was asked for; the text is a sentence for the member."""


def front(upload: Upload, sent: QueryDict | None = None, *, user: User) -> Checked:
    """How the first lines of the file are read: enough to show and to choose."""
    content = uploads.front(bytes(upload.content))
    return checking.check(upload, sent or QueryDict(), household=upload.household, user=user, content=content)


def query(found: Checked, *, locale: str) -> str:
    """The choices by which the file is read, as an address has them."""
    return urlencode(reading_page.build(found, path="", locale=locale).hidden)


@transaction.atomic
def read(upload: Upload, query: str, *, user: User, seen: Callable[[int, int], None]) -> None:
    """Judges each line of the file as the choices in ``query`` have it read, and keeps what is said above the lines."""
    household, content = upload.household, bytes(upload.content)
    form = ReadingForm(QueryDict(query), household=household, user=user, file_name=upload.file_name)
    statement = form.statement(content, upload.file_name) if form.is_valid() else None
    if statement is None:
        raise CannotBeRead(" ".join(str(each) for errors in form.errors.values() for each in errors))
    wallets = form.wallets(statement, profiles.wallets_of(household, accounts_of(statement)))
    layout, total = profiles.layout_of(statement), len(statement.lines)
    judge = Judge(household, wallets, Chooser(household), RowsOnTable(upload), layout=layout)
    for done in judge.judge(statement, portion=PORTION):
        seen(done, total)
    upload.staged = {
        "query": query,
        "layout": layout,
        "format": statement.format,
        "choices": form.remembered(),
        "account": statement.account or "",
        "wallets": {account: wallet.pk or wallet.name for account, wallet in wallets.items()},
        "names": {name: wallet.pk for name, wallet in judge.wallets_by_name.items() if wallet.pk},
        "left_aside": importing.left_aside(statement),
        "refused": len(statement.problems),
        "said": asdict(import_page.said(statement, household=household, locale=user.locale)),
    }
    upload.save(update_fields=["staged"])


def why_not(error: CannotBeRead | ChoiceError) -> str:
    """Why nothing was imported, for the member."""
    return str(CHANGED) % {"line": error.line} if isinstance(error, ChoiceError) else str(error)


class LongFile:
    """What became of the lines of a long file that was read."""

    def __init__(self, upload: Upload) -> None:
        self.upload = upload
        self.told: Mapping[str, Any] = upload.staged or {}

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many lines have each verdict."""
        lines = StagedLine.objects.filter(upload=self.upload).order_by()
        return dict(lines.values_list("verdict").annotate(count=Count("pk")))

    @cached_property
    def totals(self) -> Totals:
        """What the lines that are taken by themselves bring in and take out; one query."""
        moved = [Verdict.TRANSFER.value, Verdict.JOINS.value]
        lines = StagedLine.objects.filter(upload=self.upload, verdict__in=[each.value for each in TAKEN])
        sums = lines.exclude(verdict__in=moved).aggregate(
            came_in=Sum("amount", filter=Q(amount__gt=0), default=0),
            went_out=Sum("amount", filter=Q(amount__lt=0), default=0),
        )
        return Totals(sum(self.counts.get(each.value, 0) for each in TAKEN), sums["came_in"], -sums["went_out"])


def commit(upload: Upload, *, by: User, also: list[str], seen: Callable[[int, int], None]) -> ImportBatch:
    """Imports the file that was read, once: new lines, and those of the verdicts in ``also``."""
    with transaction.atomic():
        held = Upload.objects.of(upload.household).select_for_update(of=["self"]).select_related("household")
        kept = held.get(pk=upload.pk)
        if kept.batch_id:
            return ImportBatch.objects.of(kept.household).get(pk=kept.batch_id)
        file = LongFile(kept)
        verdicts = [*TAKEN, *(Verdict(each) for each in also)]
        total = sum(file.counts.get(each.value, 0) for each in verdicts)
        staged = _staged(file)
        batch = importing.commit_staged(
            staged, created_by=by, verdicts=verdicts, seen=lambda done: seen(min(done, total), total)
        )
        _remember(file, staged)
        StagedLine.objects.filter(upload=kept).delete()
        Upload.objects.filter(pk=kept.pk).update(batch=batch, content=b"", staged=None)
    return batch


def _staged(file: LongFile) -> Staged:
    household, told = file.upload.household, file.told
    own = {wallet.pk: wallet for wallet in Wallet.objects.of(household).select_related("household")}
    missing = [key for key in told["wallets"].values() if isinstance(key, int) and key not in own]
    if missing:
        raise CannotBeRead(_("A wallet of this import is gone. Read the file again."))
    wallets = {
        account: own[key] if isinstance(key, int) else new_wallet(household, key)
        for account, key in told["wallets"].items()
    }
    return Staged(
        upload=file.upload,
        file_format=told["format"],
        layout=told["layout"],
        wallets=wallets,
        wallets_by_name=told["names"],
        counts=file.counts,
        aside=told["left_aside"],
        refused=told["refused"],
    )


def _remember(file: LongFile, staged: Staged) -> None:
    """As after the import of a short file."""
    saved = {account: wallet for account, wallet in staged.wallets.items() if wallet.pk}
    accounts, only = {account: wallet for account, wallet in saved.items() if account}, saved.get("")
    if file.told["account"] and not accounts and only is not None:
        accounts = {file.told["account"]: only}
    name = file.upload.file_name
    profiles.remember(
        household=file.upload.household,
        layout=staged.layout,
        name=name.rpartition(".")[0] or name,
        wallet=only,
        choices=file.told["choices"],
        accounts=accounts,
    )
