"""Which category a note most likely belongs to, and why: the household's own earlier choice first, then keywords."""

from dataclasses import dataclass
from enum import Enum

from django.db.models import F, Func, TextField, Value

from accounts.models import Household
from transactions import categorize
from transactions.labels import CategoryLabel, Labels
from transactions.models import Category, Transaction


class Reason(Enum):
    """What speaks for a suggestion."""

    LAST_TIME = "last-time"
    WORD = "word"
    FILE = "file"


@dataclass(frozen=True)
class Suggestion:
    """A category for a note; ``word`` is the part of the note that speaks for it, if a word does."""

    category: CategoryLabel
    reason: Reason
    word: str = ""


class Folded(Func):
    """Lower case without accents, as the database's own search folds."""

    function = "batua_fold"
    output_field = TextField()


def category_for(household: Household, *, note: str, kind: str, labels: Labels) -> Suggestion | None:
    """A category of this kind for the note, or None; two queries when there is a note."""
    note = " ".join(note.replace("\0", "").split())
    if not note:
        return None
    chosen = _chosen_last_time(household, note=note, kind=kind)
    if chosen in labels.categories and _is_offered(labels.categories[chosen]):
        return Suggestion(labels.categories[chosen], Reason.LAST_TIME)
    offered = [category.id for category in labels.of_kind(kind) if _is_offered(category)]
    keywords = Category.objects.of(household).filter(pk__in=offered).by_name().values_list("pk", "keywords")
    found = categorize.suggest(note, keywords=keywords)
    return Suggestion(labels.categories[found.category], Reason.WORD, found.word) if found else None


def wallet_for(household: Household) -> int | None:
    """The wallet of the newest entry; one query."""
    newest: int | None = Transaction.objects.of(household).newest_first().values_list("wallet", flat=True).first()
    return newest


def _is_offered(category: CategoryLabel) -> bool:
    # "Other" is what an entry gets when nothing is known: as a suggestion it would hide a keyword added since.
    return not category.is_archived and not category.is_other


def _chosen_last_time(household: Household, *, note: str, kind: str) -> int | None:
    """The category of the newest entry with the same note, whatever its case and accents."""
    return (
        Transaction.objects.of(household)
        .mentioning(household, note)
        .filter(kind=kind)
        .annotate(folded=Folded(F("note")))
        .filter(folded=Folded(Value(note)))
        .newest_first()
        .values_list("category", flat=True)
        .first()
    )
