"""The household's categories as their page prints them: spending and income, with what refers to each in numbers."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Sum
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import Household
from batua import display
from transactions.merging import entries_in_words
from transactions.models import Category, YearTotal

SHOWN_KEYWORDS = 8


@dataclass(frozen=True)
class Row:
    """One category, every field ready to print."""

    id: int
    name: str
    colour: int
    icon: SafeString
    entries: str
    keywords: str
    url: str
    edit_url: str
    edit_label: str
    reopen_url: str
    reopen_label: str


@dataclass(frozen=True)
class Group:
    """The categories of one kind, those in use and those in the archive."""

    kind: str
    title: str
    rows: list[Row]
    archived: list[Row]
    create_url: str
    create_label: str


def of(household: Household) -> list[Group]:
    """All categories of the household by kind and name; two queries."""
    counted = YearTotal.objects.of(household).exclude(category=None).order_by().values_list("category")
    entries = dict(counted.annotate(number=Sum("entries")))
    categories = list(Category.objects.of(household).by_name())
    return [
        _group(kind, [category for category in categories if category.kind == kind], entries) for kind in Category.Kind
    ]


def _group(kind: Category.Kind, categories: list[Category], entries: dict[int, int]) -> Group:
    labels = {
        Category.Kind.EXPENSE: _("Add a category of spending"),
        Category.Kind.INCOME: _("Add a category of income"),
    }
    return Group(
        kind=kind.value,
        title=str(kind.label),
        rows=[_row(category, entries.get(category.pk, 0)) for category in categories if not category.archived_at],
        archived=[_row(category, entries.get(category.pk, 0)) for category in categories if category.archived_at],
        create_url=f"{reverse('transactions:category-create')}?{urlencode({'kind': kind.value})}",
        create_label=labels[kind],
    )


def _row(category: Category, entries: int) -> Row:
    named = {"name": category.name}
    query = urlencode({"category": category.pk, "period": "all-time"})
    return Row(
        id=category.pk,
        name=category.name,
        colour=category.colour,
        icon=display.picture(category.icon),
        entries=entries_in_words(entries),
        keywords=_shortened(category.keywords),
        url=f"{reverse('transactions:list')}?{query}",
        edit_url=reverse("transactions:category-update", args=[category.pk]),
        edit_label=_("Change %(name)s") % named,
        reopen_url=reverse("transactions:category-reopen", args=[category.pk]),
        reopen_label=_("Use %(name)s again") % named,
    )


def _shortened(keywords: list[str]) -> str:
    """The first keywords, and how many more there are."""
    shown = ", ".join(keywords[:SHOWN_KEYWORDS])
    more = len(keywords) - SHOWN_KEYWORDS
    return _("%(keywords)s and %(count)d more") % {"keywords": shown, "count": more} if more > 0 else shown
