"""What an archive holds, ready to print."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from batua.backup.archive import Archive


@dataclass(frozen=True)
class Contents:
    """An archive in words: its household, when it was made, and a sentence for each kind of row."""

    household: str
    made: str
    counts: tuple[str, ...]
    digest: str


def contents(archive: Archive, *, made: str) -> Contents:
    """``made``: when the archive was made, already written the reader's way."""
    counts = (*in_words(archive.manifest.rows), _("Kept in %(currency)s") % {"currency": archive.currency})
    return Contents(archive.manifest.household, made, counts, archive.manifest.digest)


def in_words(rows: Callable[[str], int]) -> tuple[str, ...]:
    """How many there are of what a person knows by name; ``rows`` counts a table of the archive."""
    return (
        ngettext("%(n)d entry", "%(n)d entries", rows("entries")) % {"n": rows("entries")},
        ngettext("%(n)d wallet", "%(n)d wallets", rows("wallets")) % {"n": rows("wallets")},
        ngettext("%(n)d category", "%(n)d categories", rows("categories")) % {"n": rows("categories")},
        ngettext("%(n)d budget", "%(n)d budgets", rows("budgets")) % {"n": rows("budgets")},
        ngettext("%(n)d import", "%(n)d imports", rows("import_batches")) % {"n": rows("import_batches")},
    )
