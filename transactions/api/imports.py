"""``/api/imports``: a bank's file sent in, looked at line by line, imported once, and taken back."""

import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy
from ninja import Field, File, Query, Router, Schema
from ninja.files import UploadedFile as SentFile
from ninja.responses import Status

from accounts.access.doors import LOOKING
from accounts.access.once import once
from batua.limits import READINGS, UPLOADS
from batua.rest import paging, pressure
from batua.rest.paging import Page, PageQuery
from batua.rest.problems import Problem, ProblemDetails, invalid
from transactions import wire
from transactions.api import previews
from transactions.api.previews import CommitIn, PreviewOut, ReadingIn
from transactions.forms.files import StatementForm
from transactions.imports import checking, taking_back, uploads
from transactions.imports.checking import NothingTaken
from transactions.imports.refusals import ChoiceError
from transactions.models import ImportBatch, Upload
from transactions.wire import Plain

router = Router(tags=["Imports"])
_TOO_LONG = gettext_lazy(
    "A program may send in up to %(most)d lines at once. Send it in parts, or import it on its page, in the background."
)


class ImportOut(Schema):
    """An import, and what came of it."""

    id: int
    file_name: str = Field(examples=["november.csv"])
    format: str = Field(examples=["csv"])
    app: str | None = Field(description="The app whose export it was; null for a bank's file.", examples=["YNAB"])
    wallet_id: int | None = Field(description="Null when the lines went into several wallets.")
    new: int
    known: int = Field(description="Lines that were here already, and those that were recognised as an entry.")
    skipped: int
    created_at: datetime.datetime
    reverted_at: datetime.datetime | None


class RevertIn(Schema):
    """Which entries go although somebody changed them since."""

    also: list[int] = Field(
        [], max_length=10_000, examples=[[4711]], description="Ids of changed entries that shall go all the same."
    )


class RevertOut(Schema):
    """What came of taking an import back."""

    gone: int = Field(description="Entries that went.")
    kept: int = Field(description="Entries that stay, because somebody changed them since.")
    reverted: ImportOut


@router.get("/", response=Page[ImportOut], summary="List imports, newest first")
def list_imports(request: Any, page: Query[PageQuery]) -> Plain:
    found, following = paging.cut(ImportBatch.objects.of(request.household), page, order=["-pk"])
    return {"items": [wire.batch_of(each) for each in found], "next": following}


@router.get("/{int:pk}", response=ImportOut, summary="One import")
def show_import(request: Any, pk: int) -> Plain:
    return wire.batch_of(_own(request, pk))


@router.post("/{int:pk}/revert", response=RevertOut, summary="Take an import back")
def revert_import(request: Any, pk: int, body: RevertIn) -> Plain:
    """What it brought goes; what somebody changed since stays, unless it is named. A second time does nothing."""
    batch = _own(request, pk)
    also = set(taking_back.changed_since(batch)) & set(body.also)
    gone = taking_back.take_back(batch=batch, also=also)
    return {"gone": gone.gone, "kept": gone.kept, "reverted": wire.batch_of(_own(request, pk))}


@router.post("/uploads/", response={201: PreviewOut}, summary="Send in a bank's file")
@once
def upload_statement(request: Any, page: Query[PageQuery], file: File[SentFile]) -> Status[Plain]:
    """CSV, OFX, QFX, QIF, MT940, CAMT.053, Excel or a journal. Nothing is imported yet; the file is kept for a day.

    To keep it is a change: it needs a token, and a member, that may change things.

    Where it cannot be read as it shows, `problems` say why: read it another way.
    """
    pressure.count(UPLOADS, request)
    form = StatementForm({}, request.FILES, user=request.user)
    if not form.is_valid():
        refused = invalid(form)
        raise Problem(form.status, refused.detail, errors=refused.errors)
    (sent,) = form.readable
    _refuse_long(is_long=sent.front is not None)
    kept = uploads.keep(
        household=request.household,
        created_by=request.user,
        file_name=sent.name,
        content=sent.content,
    )
    return Status(201, _as_it_shows(request, kept, page))


@router.get("/uploads/{int:pk}", response={200: PreviewOut, 413: ProblemDetails}, summary="What a file would bring")
def show_upload(request: Any, pk: int, page: Query[PageQuery]) -> Plain:
    """Read as it shows by itself, or as the last file of the same bank was."""
    pressure.count(READINGS, request)
    return _as_it_shows(request, _own_upload(request, pk), page)


@router.post(
    "/uploads/{int:pk}/preview",
    response=PreviewOut,
    auth=LOOKING,
    summary="What a file would bring, read another way",
)
def preview_upload(request: Any, pk: int, body: ReadingIn, page: Query[PageQuery]) -> Plain:
    """Nothing is written: who may only look may ask."""
    pressure.count(READINGS, request)
    kept = _own_upload(request, pk)
    found = None if kept.batch_id else previews.checked(request, kept, body)
    return previews.plain(kept, found, page)


@router.post("/uploads/{int:pk}/commit", response=ImportOut, summary="Import a file")
def commit_upload(request: Any, pk: int, body: CommitIn) -> Plain:
    """Once: sent again, it answers with the same import."""
    kept = _own_upload(request, pk)
    if kept.batch_id:
        return wire.batch_of(_own(request, kept.batch_id))
    found = previews.checked(request, kept, body)
    previews.choose(found, body)
    try:
        batch = checking.commit(found, kept, created_by=request.user)
    except NothingTaken as error:
        raise Problem(422, errors={"lines": [str(error)]}) from error
    except ChoiceError as error:
        named = {"entries": body.entries, "transfers": body.transfers}
        asked = next((name for name, lines in named.items() if str(error.line) in lines), "categories")
        raise Problem(422, errors={f"{asked}.{error.line}": [str(error)]}) from error
    return wire.batch_of(_own(request, batch.pk))


def _own(request: Any, pk: int) -> ImportBatch:
    batch: ImportBatch = get_object_or_404(ImportBatch.objects.of(request.household).select_related("household"), pk=pk)
    return batch


def _own_upload(request: Any, pk: int) -> Upload:
    kept: Upload = get_object_or_404(Upload.objects.of(request.household), pk=pk)
    # One that was sent in on the page.
    _refuse_long(is_long=uploads.is_kept_long(kept))
    return kept


def _refuse_long(*, is_long: bool) -> None:
    if is_long:
        raise Problem(413, _TOO_LONG % {"most": uploads.LONG})


def _as_it_shows(request: Any, kept: Upload, page: PageQuery) -> Plain:
    return previews.plain(kept, None if kept.batch_id else previews.as_it_shows(request, kept), page)
