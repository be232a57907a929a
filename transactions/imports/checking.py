"""One look at a file that was sent in: read as its layout is known, or as the member asks, and what it would bring."""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Household, User
from transactions import importing
from transactions.forms.reading_fields import COLUMN
from transactions.forms.statements import NEW_WALLET, ReadingForm, accounts_of
from transactions.importers.base import NOTHING_PROVEN, Choices, Statement, StatementError
from transactions.importers.glimpse import Glimpse
from transactions.importing import Held
from transactions.imports import opening_words, profiles, recalling, uploads
from transactions.imports.booking import Chosen
from transactions.imports.opening_words import Beginning
from transactions.imports.recalling import Recalled
from transactions.imports.refusals import UnnamedError
from transactions.imports.statement_reading import glimpsed, read
from transactions.imports.verdicts import Preview, Verdict
from transactions.models import ImportBatch, StatementProfile, Upload, Wallet

# Sent along by a page on which the member could choose; without it, what was remembered counts.
CHOSEN = "read"
# Sent along by a page of a long file: the order of days that was remembered; all of the file has a say in it yet.
RECALLED = "recalled"
_PUT_AWAY = gettext_lazy(
    "Lines like these went into “%(wallet)s”, which is in the archive now."
    " Bring it back first, or what was imported there comes again."
)


@dataclass
class Checked:
    """A file as it was read just now. ``statement`` is None where it cannot be read so: the form says why.

    ``plain`` is the file as it shows by itself, None where nobody could tell without the member's help; ``glimpse`` is
    then what a table shows all the same, and its guesses are what the form begins with.
    ``warnings``: wallets to bring back before the lines are taken; ``notices``: what else to know before.
    """

    form: ReadingForm
    household: Household
    layout: str
    profile: StatementProfile | None
    plain: Statement | None
    glimpse: Glimpse | None = None
    statement: Statement | None = None
    known: Mapping[str, Wallet] = field(default_factory=dict)
    wallets: Mapping[str, Wallet] = field(default_factory=dict)
    warnings: Sequence[str] = ()
    notices: Sequence[str] = ()

    @cached_property
    def preview(self) -> Preview | None:
        """What would happen to each line; asked of the database when it is first asked for."""
        if self.statement is None:
            return None
        return importing.preview(
            household=self.household, statement=self.statement, wallets=self.wallets, layout=self.layout
        )

    @cached_property
    def beginnings(self) -> list[Beginning]:
        """What wallets would begin with, as the lines are suggested; asked of the database when first asked for."""
        if self.preview is None:
            return []
        return opening_words.of_preview(self.preview, self.wallets, household=self.household)

    @property
    def beginning(self) -> list[str]:
        """The sentences that say so."""
        return opening_words.told(self.beginnings, currency=self.household.currency, locale=self.form.user.locale)


def check(
    upload: Upload, sent: QueryDict, *, household: Household, user: User, content: bytes | None = None
) -> Checked:
    """Reads the file again, or the part of it that is given; nothing is written."""
    is_whole = content is None
    content = bytes(upload.content) if content is None else content
    plain = _plainly(content, upload.file_name, user, household)
    seen = None if plain else glimpsed(content, file_name=upload.file_name, locale=user.locale, choices=_cut(sent))
    layout = _layout(plain, seen)
    known = profiles.of_layout(household, layout)
    if CHOSEN in sent:
        sent = recalling.with_sign_of_wallet(sent, known)
    recalled = recalling.recall(household, known, plain=plain, file_name=upload.file_name, sent=sent)
    profile, chosen = recalled.profile, _chosen(sent, plain, recalled, seen)
    if not is_whole and CHOSEN not in sent and not sent.get("date_order"):
        chosen[RECALLED] = chosen.get("date_order", "")
    form = ReadingForm(
        chosen, household=household, user=user, file_name=upload.file_name, proven=recalled.proven(plain)
    )
    found = Checked(form, household, layout, profile, plain, seen)
    if not form.is_valid():
        return found
    is_plain = form.choices() == Choices()
    statement = plain if plain is not None and is_plain else form.statement(content, upload.file_name)
    if statement is None:
        return found
    _take(found, statement, recalled)
    # A front of a long file is no file that was imported.
    before = imported_before(household, hashlib.sha256(content).hexdigest()) if is_whole else []
    sign = form.cleaned_data["sign"]
    is_chosen = CHOSEN in sent or bool(sent.get("wallet"))
    found.notices = [*recalling.notices(recalled, statement, sign=sign, is_chosen=is_chosen), *before]
    return found


def _take(found: Checked, statement: Statement, recalled: Recalled) -> None:
    """The statement as the form has it read, and where its lines go."""
    before = recalled.profile.wallet if recalled.profile else None
    found.layout = found.layout or profiles.layout_of(statement)
    found.known = profiles.wallets_of(found.household, accounts_of(statement))
    found.wallets = found.form.wallets(statement, found.known, before=before)
    found.warnings = [str(_PUT_AWAY) % {"wallet": name} for name in _in_archive(found, statement)]
    if not found.form.errors:
        found.statement = statement


def _in_archive(found: Checked, statement: Statement) -> list[str]:
    """Wallets that such lines went into before, where they are in the archive and nothing else is known."""
    named = accounts_of(statement) or ([statement.account] if statement.account else [])
    unknown = [account for account in named if account not in found.known]
    if unknown or found.profile is None:
        return profiles.in_archive(found.household, unknown)
    wallet = None if named else found.profile.wallet
    return [wallet.name] if wallet is not None and wallet.archived_at is not None else []


class NothingTaken(Exception):
    """No line of the file is left to import; ``is_late``: those that are ticked are known by now."""

    def __init__(self, *, is_late: bool) -> None:
        super().__init__(is_late)
        self.is_late = is_late

    def __str__(self) -> str:
        if self.is_late:
            return _("The lines that you ticked are in your books already.")
        return _("No line is ticked, so there is nothing to import.")


@transaction.atomic
def commit(
    found: Checked, upload: Upload, *, created_by: User, look: Callable[[Preview], None] | None = None
) -> ImportBatch:
    """Imports the lines that the form ticks, once however often it is asked; and remembers how the file was read.

    ``look`` sees the lines as they are judged now, and may raise what speaks against it. Raises NothingTaken,
    UnnamedError, ChoiceError for a category that is not offered, ValueError for a file that cannot be read.
    """
    statement = found.statement
    if statement is None:
        raise ValueError("a file that cannot be read has nothing to import")
    if problems := found.form.new_wallets.problems:
        raise UnnamedError(problems)
    kept = uploads.locked(upload)
    if kept.batch is not None:
        return kept.batch
    with importing.held(
        household=found.household, statement=statement, wallets=found.wallets, layout=found.layout
    ) as books:
        taken = found.form.taken(books.preview)
        if not taken:
            raise NothingTaken(is_late=found.form.ticks_any(books.preview.of(Verdict.KNOWN)))
        if look is not None:
            look(books.preview)
        batch = write(found, books, kept, created_by=created_by, taken=taken, choices=found.form.line_choices())
    uploads.served(kept, batch)
    return batch


def write(
    found: Checked,
    books: Held,
    upload: Upload,
    *,
    created_by: User,
    taken: Collection[int],
    choices: Mapping[int, Chosen] | None = None,
) -> ImportBatch:
    """Writes the lines with these numbers, and remembers how the file was read and where it went. Raises ChoiceError.

    ``choices``: line number → what ``importing.Held.commit`` knows. The upload may be of a shell, which keeps no file.
    """
    batch = books.commit(
        created_by=created_by,
        file_name=upload.file_name,
        file_sha256=hashlib.sha256(upload.content).hexdigest(),
        taken=taken,
        choices=choices,
    )
    reading = books.preview.statement.reading
    profiles.remember(
        household=found.household,
        layout=found.layout,
        file_name=upload.file_name,
        account=books.preview.statement.account or "",
        wallets=books.wallets,
        choices=found.form.remembered(),
        proven=reading.proven if reading else NOTHING_PROVEN,
        header=reading.header if reading else (),
    )
    return batch


def _cut(sent: QueryDict) -> Choices:
    """What the member says about the file's characters and separator, as far as there are such."""
    delimiter = {"tab": "\t"}.get(sent.get("delimiter", ""), sent.get("delimiter"))
    return Choices(encoding=sent.get("encoding") or None, delimiter=delimiter or None)


def _layout(plain: Statement | None, seen: Glimpse | None) -> str:
    if plain is not None:
        return profiles.layout_of(plain)
    return profiles.layout_of_table(seen.format, seen.header) if seen is not None else ""


def _plainly(content: bytes, file_name: str, user: User, household: Household) -> Statement | None:
    try:
        return read(content, file_name=file_name, locale=user.locale, currency=household.currency)
    except StatementError:
        return None


def _chosen(sent: QueryDict, plain: Statement | None, recalled: Recalled, seen: Glimpse | None) -> QueryDict:
    """What the member sent, or what was remembered of the bank's files, or guessed; and a wallet in any case."""
    chosen = sent.copy()
    if CHOSEN not in sent and seen is not None and recalled.profile is None:
        for role, place in seen.guesses.items():
            chosen.setdefault(f"{COLUMN}{role}", str(place))
    if CHOSEN not in sent:
        for name, value in recalled.choices(plain).items():
            chosen.setdefault(name, value)
    if not chosen.get("wallet"):
        chosen["wallet"] = str(recalled.wallet.pk) if recalled.wallet else NEW_WALLET
    return chosen


def imported_before(household: Household, digest: str) -> list[str]:
    """That the very same file was imported before, by its SHA-256, where that was not taken back."""
    own = ImportBatch.objects.of(household).filter(taken_back_at=None).select_related("wallet")
    batch = own.filter(file_sha256=digest).order_by("-pk").first()
    if batch is None:
        return []
    if batch.wallet is None:
        return [_("This very file was imported before, as “%(file)s”.") % {"file": batch.file_name}]
    values = {"file": batch.file_name, "wallet": batch.wallet.name}
    return [_("This very file was imported before, as “%(file)s”, into “%(wallet)s”.") % values]
