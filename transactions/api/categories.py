"""``/api/categories``: what money is for; a category merged into another takes its entries along."""

from typing import Any, Literal

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema
from ninja.responses import Status

from accounts.access.once import once
from batua.rest import versions
from batua.rest.problems import Problem, ProblemDetails, invalid
from transactions import merging, retiring
from transactions.forms.categories import CategoryForm, MergeForm
from transactions.merging import MergeError
from transactions.models import Category
from transactions.recording import next_colour
from transactions.retiring import OtherStaysError, RefusalError
from transactions.wire import Plain

router = Router(tags=["Categories"])

CategoryType = Literal["expense", "income"]


class CategoryOut(Schema):
    """A category."""

    id: int
    type: CategoryType
    name: str = Field(examples=["Groceries"])
    colour: int = Field(description="1 to 12.")
    icon: str = Field(examples=["shopping-basket"])
    keywords: list[str] = Field(description="Words that lead an entry to it.")
    is_other: bool = Field(description="Takes what fits nowhere else; it can be neither archived nor deleted.")
    is_archived: bool


class CategoryPatch(Schema):
    """What may be changed of a category; what is left out stays. Its type stays always."""

    name: str | None = Field(None, max_length=200, examples=["Groceries"])
    colour: int | None = Field(None, description="1 to 12.")
    icon: str | None = Field(None, max_length=40)
    keywords: list[str] | None = None


class CategoryIn(CategoryPatch):
    """A new category."""

    type: CategoryType
    name: str = Field(max_length=200, examples=["Groceries"])


class CategoryFilters(Schema):
    """Which categories are listed: all, unless this says otherwise."""

    type: CategoryType | None = None


class MergeIn(Schema):
    """Where a category's entries go."""

    into: int = Field(examples=[12], description="The id of a category in use, of the same type.")


class MergeOut(Schema):
    """What came of a merge."""

    moved: int = Field(description="How many entries moved.")
    into: CategoryOut


@router.get("/", response=list[CategoryOut], summary="List categories")
def list_categories(request: Any, filters: Query[CategoryFilters]) -> list[Plain]:
    found = Category.objects.of(request.household).by_name()
    return [_plain(each) for each in (found.filter(kind=filters.type) if filters.type else found)]


@router.post("/", response={201: CategoryOut}, summary="Add a category")
@once
def add_category(request: Any, response: HttpResponse, body: CategoryIn) -> Status[Plain]:
    """Left out, the colour is one that few categories have, and the icon a tag."""
    sent = {"colour": next_colour(request.household), "icon": "tag", **body.model_dump(exclude_none=True)}
    return Status(201, _saved(request, response, sent))


@router.get("/{int:pk}", response=CategoryOut, summary="One category")
def show_category(request: Any, response: HttpResponse, pk: int) -> Plain:
    return _shown(response, _own(request, pk))


@router.patch("/{int:pk}", response=CategoryOut, summary="Change a category")
@versions.guarded
def change_category(request: Any, response: HttpResponse, pk: int, body: CategoryPatch) -> Plain:
    with transaction.atomic():
        category = _own(request, pk, held=Category.objects.select_for_update(of=["self"], no_key=True))
        versions.expect(request, _version(category))
        kept = {name: getattr(category, name) for name in ("name", "colour", "icon", "keywords")}
        return _saved(request, response, kept | body.model_dump(exclude_none=True), category=category)


@router.post(
    "/{int:pk}/archive", response={200: CategoryOut, 409: ProblemDetails}, summary="Put a category into the archive"
)
def archive_category(request: Any, response: HttpResponse, pk: int) -> Plain:
    """It keeps its entries and is offered no more. "Other" stays (409)."""
    category = _own(request, pk)
    try:
        retiring.archive_category(category=category)
    except RefusalError as error:
        raise Problem(409, str(error)) from error
    return _shown(response, _own(request, pk))


@router.post("/{int:pk}/reopen", response=CategoryOut, summary="Use an archived category again")
def reopen_category(request: Any, response: HttpResponse, pk: int) -> Plain:
    retiring.reopen_category(category=_own(request, pk))
    return _shown(response, _own(request, pk))


@router.post("/{int:pk}/merge", response={200: MergeOut, 409: ProblemDetails}, summary="Merge a category into another")
def merge_category(request: Any, pk: int, body: MergeIn) -> Plain:
    """Its entries, keywords and budget move; then it is gone. This cannot be undone."""
    source = _own(request, pk)
    if source.is_other:
        raise Problem(409, str(OtherStaysError(source.name)))
    form = MergeForm(body.model_dump(), source=source)
    if not form.is_valid():
        raise invalid(form)
    target = form.cleaned_data["into"]
    try:
        moved = merging.merge(source=source, target=target)
    except MergeError as error:
        sentence = _("One of the two was changed meanwhile, so nothing was moved. Look again.")
        raise Problem(409, sentence) from error
    return {"moved": moved, "into": _plain(_own(request, target.pk))}


@router.delete("/{int:pk}", response={204: None, 409: ProblemDetails}, summary="Delete an unused category")
def delete_category(request: Any, pk: int) -> Status[None]:
    """One that is in use can be archived or merged (409)."""
    category = _own(request, pk)
    try:
        retiring.delete_category(category=category)
    except RefusalError as error:
        raise Problem(409, str(error)) from error
    return Status(204, None)


def _own(request: Any, pk: int, *, held: Any = Category.objects) -> Category:
    category: Category = get_object_or_404(held.of(request.household).select_related("household"), pk=pk)
    return category


def _saved(request: Any, response: HttpResponse, sent: Plain, *, category: Category | None = None) -> Plain:
    typed = sent | {"kind": sent.get("type"), "keywords": ", ".join(sent.get("keywords") or [])}
    form = CategoryForm(typed, household=request.household, category=category)
    if not form.is_valid() or not form.save():
        raise invalid(form)
    return _shown(response, _own(request, form.saved))


def _shown(response: HttpResponse, category: Category) -> Plain:
    versions.tag(response, _version(category))
    return _plain(category)


def _plain(category: Category) -> Plain:
    return {
        "id": category.pk,
        "type": category.kind,
        **{name: getattr(category, name) for name in ("name", "colour", "icon", "keywords", "is_other")},
        "is_archived": category.archived_at is not None,
    }


def _version(category: Category) -> str:
    parts = (category.name, category.colour, category.icon, category.keywords, category.archived_at)
    return versions.of_values(*parts)
