"""The filter of the entries' page: what an address may ask for. A filter that does not validate is never widened."""

import datetime
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from batua.period_picker import PeriodForm
from transactions.labels import Labels, shown_name
from transactions.listing import Place, Turn, place_query
from transactions.models import Category, Transaction
from transactions.selection import Selection

_PLACE = re.compile(r"(\d{4}-\d\d-\d\d)_(\d{1,18})", re.ASCII)
_NOT_HERE = _("This address asks for a category or a wallet that is not here. It may have been removed or merged.")


class PlaceField(forms.CharField):
    """A place between two entries: ``2026-11-10_1234`` is the day and the number of the entry before or after it."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        found = _PLACE.fullmatch(text)
        try:
            return (datetime.date.fromisoformat(found[1]), int(found[2])) if found else self._refuse()
        except ValueError:
            return self._refuse()

    def _refuse(self) -> None:
        raise forms.ValidationError(_("This page of the list does not exist. Start again from the newest entries."))


class Option(NamedTuple):
    """One value to choose."""

    value: Any
    label: Any
    is_chosen: bool


class OptionList(NamedTuple):
    """The values of one field; ``shape`` is radio or checkbox."""

    name: str
    title: Any
    shape: str
    options: list[Option]


def _several() -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(required=False, coerce=int, error_messages={"invalid_choice": _NOT_HERE})


class FilterForm(PeriodForm):
    """Reads kind, categories, wallets, period, text and place from the address; a valid one has a ``selection``."""

    fields: dict[str, Any]
    default_period = "all-time"
    kind = forms.ChoiceField(
        required=False,
        choices=Transaction.Kind.choices,
        error_messages={"invalid_choice": _("This kind of entry is not known. Choose one of the list.")},
    )
    category = _several()
    wallet = _several()
    text = forms.CharField(
        required=False,
        max_length=200,
        error_messages={"max_length": _("This is too long to search for. Use %(limit_value)d characters or fewer.")},
    )
    note = forms.ChoiceField(
        required=False,
        choices=[("whole", _("The whole note"))],
        error_messages={"invalid_choice": _("This way to search is not known. Search for words instead.")},
    )
    before = PlaceField(required=False)
    after = PlaceField(required=False)

    def __init__(self, data: Mapping[str, Any], *, labels: Labels, today: datetime.date, month_start: int) -> None:
        super().__init__(data, today=today, month_start=month_start)
        self.labels = labels
        # Asked for when there is something to choose: an export of everything reads no labels.
        self.fields["category"].choices = lambda: [(key, key) for key in labels.categories]
        self.fields["wallet"].choices = lambda: [(key, key) for key in labels.wallets]

    def lists(self) -> list[OptionList]:
        """What can be chosen, ready to print: Django's widgets would take as long as the whole list of entries."""
        kinds = [("", _("All")), *Transaction.Kind.choices]
        wallets = [(label.id, shown_name(label)) for label in self.labels.wallets.values()]
        lists = [self._list("kind", _("Kind"), kinds, shape="radio")]
        lists += [self._list("wallet", _("Wallets"), wallets)] if len(wallets) > 1 else []
        for kind, title in ((Category.Kind.EXPENSE, _("Spending on")), (Category.Kind.INCOME, _("Income from"))):
            categories = [(label.id, shown_name(label)) for label in self.labels.of_kind(kind)]
            lists.append(self._list("category", title, categories))
        return lists

    def _list(self, name: str, title: Any, choices: Iterable[tuple[Any, Any]], shape: str = "checkbox") -> OptionList:
        value = self.cleaned_data[name]
        chosen = set(value) if isinstance(value, list) else {value}
        return OptionList(name, title, shape, [Option(key, label, key in chosen) for key, label in choices])

    @property
    def selection(self) -> Selection:
        """What a valid address asks for, wherever in the list one stands."""
        cleaned = self.cleaned_data
        return Selection(
            period=self.chosen,
            kind=cleaned["kind"],
            categories=tuple(cleaned["category"]),
            wallets=tuple(cleaned["wallet"]),
            text=" ".join(cleaned["text"].split()),
            is_note=bool(cleaned["note"] and cleaned["text"]),
        )

    @property
    def place(self) -> Place | None:
        """Where in the list one stands; None at its newest end."""
        if self.cleaned_data["before"]:
            return Place(Turn.OLDER, *self.cleaned_data["before"])
        if self.cleaned_data["after"]:
            return Place(Turn.NEWER, *self.cleaned_data["after"])
        return None

    @property
    def query(self) -> str:
        """The address in its shortest form, without the question mark."""
        return "&".join(filter(None, [self.selection.query, place_query(self.place) if self.place else ""]))
