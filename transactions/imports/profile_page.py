"""What is remembered of a bank's files, as a person reads it: ready to print."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from transactions.forms.reading_fields import COLUMN, EVERY_ROLE, NO_COLUMN, VALUES, ReadingFields, position
from transactions.imports import profiles
from transactions.labels import Labels, shown_name
from transactions.models import StatementAccount, StatementProfile

NO_COLUMN_AT_ALL = gettext_lazy("No column")
_ORDERS = {
    "dmy": gettext_lazy("day first"),
    "mdy": gettext_lazy("month first"),
    "ymd": gettext_lazy("year first"),
    "ydm": gettext_lazy("year, day, month"),
}
_MARKS = {".": gettext_lazy("decimals after a point"), ",": gettext_lazy("decimals after a comma")}
_BARE = {
    True: gettext_lazy("amounts without a sign went out"),
    False: gettext_lazy("amounts without a sign came in"),
}


@dataclass(frozen=True)
class Fact:
    """One thing that is remembered."""

    label: str
    value: str


@dataclass(frozen=True)
class Row:
    """A profile, or an account that files name, in the list of them; ``edit_url`` is "" for who may only look."""

    name: str
    wallet: str
    edit_url: str
    facts: Sequence[Fact] = ()


def account_row(account: StatementAccount, own: Labels, *, may_write: bool) -> Row:
    """The account as the list has it."""
    return Row(
        name=account.name,
        wallet=shown_name(own.wallet(account.wallet_id)),
        edit_url=reverse("transactions:account-update", args=[account.pk]) if may_write else "",
    )


def row(profile: StatementProfile, *, may_write: bool) -> Row:
    """The profile with all that it holds."""
    return Row(
        name=profile.name,
        wallet=profile.wallet.name if profile.wallet else "",
        edit_url=reverse("transactions:profile-update", args=[profile.pk]) if may_write else "",
        facts=[*_told(profile)],
    )


def said(profile: StatementProfile) -> str:
    """The same in a sentence or two."""
    number, shown = len(profiles.chosen(profile)), ", ".join(proven(profile).values())
    own = _("%(count)d of your own choices are used for its files.") % {"count": number} if number else ""
    known = _("Earlier files showed: %(what)s.") % {"what": shown} if shown else ""
    return " ".join(filter(None, (own, known))) or _("Its files are read as they show.")


def proven(profile: StatementProfile) -> dict[str, str]:
    """Each thing that files proved, by its name among ``profiles.PROVEN``, in words."""
    found = profiles.proven_by(profile)
    told: dict[str, Any] = {
        "order": _ORDERS.get(found.date_order or ""),
        "mark": _MARKS.get(found.decimal_mark or ""),
        "bare": None if found.is_bare_out is None else _BARE[found.is_bare_out],
    }
    return {name: str(words) for name, words in told.items() if words}


def column_names(profile: StatementProfile) -> list[str]:
    """What the columns of its files are called, as far as somebody may have to choose among them."""
    chosen = (value for name, value in profiles.chosen(profile).items() if name.startswith(COLUMN))
    places = [place for value in chosen if (place := position(value)) is not None]
    header = profiles.header_of(profile)
    header += [""] * (max(places, default=-1) + 1 - len(header))
    return [name.strip() or _("Column %(number)s") % {"number": place} for place, name in enumerate(header, 1)]


def _told(profile: StatementProfile) -> Iterator[Fact]:
    yield from _chosen(profile)
    if shown := ", ".join(proven(profile).values()):
        yield Fact(_("Earlier files showed"), capfirst(shown))


def _chosen(profile: StatementProfile) -> Iterator[Fact]:
    names, kept = column_names(profile), profiles.chosen(profile)
    for name, values in VALUES.items():
        if kept.get(name) in values:
            yield Fact(str(ReadingFields.base_fields[name].label), str(values[kept[name]]))
    for role, label in EVERY_ROLE.items():
        if value := kept.get(f"{COLUMN}{role}"):
            place = position(value)
            named = value if place is None else names[place]
            yield Fact(str(label), str(NO_COLUMN_AT_ALL) if value == NO_COLUMN else named)
