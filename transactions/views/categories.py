"""The categories' page: one added, changed, archived, brought back, merged into another or deleted."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.middleware import for_writers
from batua.htmx import HtmxRequest, changed, render_page, wants_fragment
from transactions import category_list, merging, retiring
from transactions.forms.categories import CategoryForm, MergeForm
from transactions.merging import MergeError, Uses, entries_in_words
from transactions.models import Category
from transactions.retiring import OtherStaysError, RefusalError


@require_GET
def index(request: HtmxRequest) -> HttpResponse:
    context = {
        "groups": category_list.of(request.household),
        "may_write": request.membership.may_write,
        "list_url": request.path,
    }
    return render_page(request, "transactions/categories.html", "transactions/_categories.html", context)


@for_writers
@require_http_methods(["GET", "POST"])
def create(request: HtmxRequest) -> HttpResponse:
    form = CategoryForm(_sent(request), household=request.household, kind=request.GET.get("kind", ""))
    if form.is_valid() and form.save():
        return _done(request, _("Category added."))
    return _form_page(request, form, title=_("New category"))


@for_writers
@require_http_methods(["GET", "POST"])
def update(request: HtmxRequest, pk: int) -> HttpResponse:
    category = _own(request, pk)
    form = CategoryForm(_sent(request), household=request.household, category=category)
    if form.is_valid() and form.save():
        return _done(request, _("Category saved."))
    return _form_page(request, form, title=category.name, category=category)


@require_POST
def archive(request: HtmxRequest, pk: int) -> HttpResponse:
    category = _own(request, pk)
    try:
        retiring.archive_category(category=category)
    except OtherStaysError as error:
        form = CategoryForm(household=request.household, category=category)
        return _form_page(request, form, title=category.name, category=category, refusal=str(error))
    return _done(request, _("%(name)s is in the archive.") % {"name": category.name})


@require_POST
def reopen(request: HtmxRequest, pk: int) -> HttpResponse:
    category = _own(request, pk)
    retiring.reopen_category(category=category)
    return _done(request, _("%(name)s is in use again.") % {"name": category.name})


@for_writers
@require_http_methods(["GET", "POST"])
def merge(request: HtmxRequest, pk: int) -> HttpResponse:
    source, refusal = _own(request, pk), ""
    form = MergeForm(_sent(request), source=source, initial=request.GET)
    if form.is_valid():
        target = form.cleaned_data["into"]
        try:
            moved = entries_in_words(merging.merge(source=source, target=target))
        except MergeError:
            refusal = _("One of the two was changed meanwhile, so nothing was moved. Look again.")
        else:
            return _done(request, _("%(entries)s moved to %(name)s.") % {"entries": moved, "name": target.name})
    if source.is_other:
        refusal = str(OtherStaysError(source.name))
    context = {
        "form": form,
        "category": source,
        "refusal": refusal,
        "sentences": _what_happens(merging.uses(source), source, form.target()),
        **_places(request, source),
    }
    status = 422 if form.errors or (refusal and form.is_bound) else 200
    return render_page(
        request, "transactions/category_merge.html", "transactions/_category_merge.html", context, status=status
    )


@for_writers
@require_http_methods(["GET", "POST"])
def delete(request: HtmxRequest, pk: int) -> HttpResponse:
    category, refusal = _own(request, pk), ""
    if request.method == "POST":
        try:
            retiring.delete_category(category=category)
        except RefusalError as error:
            refusal = str(error)
        else:
            return _done(request, _("Category deleted."))
    context = {"category": category, "refusal": refusal, "uses": merging.uses(category), **_places(request, category)}
    status = 422 if refusal else 200
    return render_page(
        request, "transactions/category_delete.html", "transactions/_category_delete.html", context, status=status
    )


def _own(request: HtmxRequest, pk: int) -> Category:
    return get_object_or_404(Category.objects.of(request.household).select_related("household"), pk=pk)


def _sent(request: HtmxRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _done(request: HtmxRequest, message: str) -> HttpResponse:
    return changed(request, "categories-changed", then="transactions:categories", message=message)


def _what_happens(uses: Uses, source: Category, target: Category | None) -> list[str]:
    """What a merge will do, before it is done."""
    names = {"uses": uses, "source": source.name, "target": target.name if target else _("the category you choose")}
    if not uses:
        first = _("Nothing uses %(source)s. Only its keywords move to %(target)s.")
    else:
        first = ngettext(
            "%(uses)s moves from %(source)s to %(target)s.",
            "%(uses)s move from %(source)s to %(target)s.",
            uses.entries + len(uses.others),
        )
    return [first % names, *_afterwards(uses, names)]


def _afterwards(uses: Uses, names: dict[str, Any]) -> list[str]:
    own = [_("What %(target)s has of its own already stays as it is.") % names] if uses.others else []
    return [*own, _("%(source)s is gone then. This cannot be undone.") % names]


def _places(request: HtmxRequest, category: Category | None) -> dict[str, Any]:
    """Where the buttons around a category's form lead."""
    places = {"back": reverse("transactions:categories"), "in_place": wants_fragment(request)}
    if category is not None:
        names = ("update", "archive", "reopen", "merge", "delete")
        places |= {f"{name}_url": reverse(f"transactions:category-{name}", args=[category.pk]) for name in names}
    return places


def _form_page(
    request: HtmxRequest, form: CategoryForm, *, title: str, category: Category | None = None, refusal: str = ""
) -> HttpResponse:
    context = {"form": form, "title": title, "category": category, "refusal": refusal, **_places(request, category)}
    context["action"] = context.get("update_url", request.get_full_path())
    status = 422 if form.errors or refusal else 200
    return render_page(
        request, "transactions/category_edit.html", "transactions/_category_form.html", context, status=status
    )
