"""Two categories become one; and what refers to a category, said before it goes."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.formats import number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from transactions import categorize
from transactions.models import Category, Transaction, YearTotal
from transactions.signals import category_merged, category_uses


class MergeError(Exception):
    """The two cannot become one: gone meanwhile, of different kinds, archived, or the source is "Other"."""


@dataclass(frozen=True)
class Uses:
    """What refers to a category: its entries, and what the apps above say in words of their own, such as "1 budget"."""

    entries: int
    others: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.entries or self.others)

    def __str__(self) -> str:
        own = [entries_in_words(self.entries)] if self.entries else []
        return get_text_list([*own, *self.others], _("and"))


def entries_in_words(number: int) -> str:
    """No entries, 1 entry, 1,234 entries."""
    if not number:
        return _("no entries")
    sentence = ngettext("%(number)s entry", "%(number)s entries", number)
    return sentence % {"number": number_format(number, force_grouping=True)}


def uses(category: Category) -> Uses:
    """Everything that refers to the category."""
    counts = YearTotal.objects.of(category.household).filter(category=category).values_list("entries", flat=True)
    answers = category_uses.send(Category, household=category.household, category=category.pk)
    return Uses(sum(counts), tuple(str(sentence) for _receiver, sentence in answers if sentence))


@transaction.atomic
def merge(*, source: Category, target: Category) -> int:
    """Moves the source's entries, keywords and other uses to the target and deletes it; how many entries moved.

    Raises MergeError, and then nothing has changed.
    """
    entries = Transaction.objects.of(source.household).filter(category=source)
    # Entries first, as whoever edits one: the other way round the two could wait for each other.
    list(entries.select_for_update().order_by("pk").values_list("pk"))
    source, target = _locked(source, target)
    moved: int = entries.update(category=target)
    target.keywords = joined_keywords(target.keywords, source.keywords)
    target.save(update_fields=["keywords"])
    category_merged.send(Category, household=source.household, source=source.pk, target=target.pk)
    try:
        source.delete()
    except IntegrityError as error:
        raise MergeError(f"{source} is still referred to.") from error
    return moved


def joined_keywords(*lists: list[str]) -> list[str]:
    """All keywords in their order, each once, however it is written."""
    found: dict[str, str] = {}
    for word in (word for words in lists for word in words):
        found.setdefault(categorize.fold(word), word)
    return list(found.values())


def _locked(source: Category, target: Category) -> tuple[Category, Category]:
    """Both rows as they stand now, held until the end: nobody books on the source any more, or merges the target away.

    The lower key first, so that two merges wait for each other and do not deadlock. The target stays open to entries.
    """
    rows = Category.objects.of(source.household).select_related("household")
    holds = {
        source.pk: rows.select_for_update(of=("self",)),
        target.pk: rows.select_for_update(of=("self",), no_key=True),
    }
    found = {key: holds[key].filter(pk=key).first() for key in sorted(holds)}
    origin, goal = found[source.pk], found[target.pk]
    if origin is None or goal is None:
        raise MergeError("A category is gone.")
    if source.pk == target.pk or origin.is_other or origin.kind != goal.kind or goal.archived_at:
        raise MergeError(f"{origin} cannot become {goal}.")
    return origin, goal
