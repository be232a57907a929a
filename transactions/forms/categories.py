"""What may be typed about a category, and which one another may become."""

import re
from collections.abc import Mapping, MutableMapping
from typing import Any

from django import forms
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Household
from transactions import categorize
from transactions.category_looks import COLOURS, ICONS
from transactions.forms.names import NameField
from transactions.merging import joined_keywords
from transactions.models import Category
from transactions.recording import next_colour

LONGEST_KEYWORD = 60
MOST_KEYWORDS = 200
_BETWEEN_KEYWORDS = re.compile(r"[,;\n\r]+")


class KeywordsField(forms.CharField):
    """Words and phrases with commas between them, read into a list; each once, whatever its case and accents."""

    widget = forms.Textarea(attrs={"rows": 2, "autocapitalize": "none", "spellcheck": "false"})

    def to_python(self, value: Any) -> Any:
        text = (super().to_python(value) or "").replace("\0", " ")
        phrases = (" ".join(phrase.split()) for phrase in _BETWEEN_KEYWORDS.split(text))
        return [phrase for phrase in phrases if phrase]

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        if len(value) > MOST_KEYWORDS:
            raise forms.ValidationError(
                _("These are %(count)d keywords. Keep the %(most)d that matter."),
                params={"count": len(value), "most": MOST_KEYWORDS},
            )
        for phrase in value:
            if len(phrase) > LONGEST_KEYWORD:
                raise forms.ValidationError(
                    _("“%(start)s…” is longer than %(longest)d characters. Put commas between the keywords."),
                    params={"start": phrase[:20], "longest": LONGEST_KEYWORD},
                )
            if not categorize.fold(phrase):
                raise forms.ValidationError(
                    _("“%(phrase)s” has no letter and no digit to look for. Take it out."), params={"phrase": phrase}
                )

    def run_validators(self, value: Any) -> None:
        """The validators of text do not apply to a list; its phrases were looked at one by one."""


class CategoryForm(forms.Form):
    """Makes a category, or changes ``category``, whose kind stays: its entries are of that kind.

    ``saved`` is its key.
    """

    fields: dict[str, Any]
    kind = forms.ChoiceField(
        label=gettext_lazy("For"),
        choices=Category.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose spending or income."),
            "invalid_choice": gettext_lazy("Choose spending or income."),
        },
    )
    name = NameField()
    colour = forms.TypedChoiceField(
        label=gettext_lazy("Colour"),
        choices=COLOURS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose a colour."),
            "invalid_choice": gettext_lazy("Choose one of these colours."),
        },
    )
    icon = forms.ChoiceField(
        label=gettext_lazy("Icon"),
        choices=ICONS,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose an icon."),
            "invalid_choice": gettext_lazy("Choose one of these icons."),
        },
    )
    keywords = KeywordsField(
        label=gettext_lazy("Keywords"),
        required=False,
        help_text=gettext_lazy("An entry with one of these words gets this category. Put commas between them."),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        household: Household,
        category: Category | None = None,
        kind: str = "",
    ) -> None:
        self.household, self.category = household, category
        self.saved = category.pk if category else 0
        started = _initial_of(category) if category else {"kind": kind or "expense", "icon": "tag"}
        super().__init__(data, initial=started, auto_id="id_category_%s")
        if category is not None:
            del self.fields["kind"]
            if category.icon not in ICONS:
                self.fields["icon"].choices = [(category.icon, category.icon), *ICONS.items()]
        elif data is None:
            self.initial["colour"] = next_colour(household)
        if data is None:
            self.fields["name"].widget.attrs["autofocus"] = True

    @property
    def is_unfolded(self) -> bool:
        """Is something wrong in the folded part?"""
        return bool(self["icon"].errors)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind = self.category.kind if self.category else cleaned.get("kind")
        if not kind:
            return cleaned
        others = Category.objects.of(self.household).filter(kind=kind)
        others = others.exclude(pk=self.category.pk) if self.category else others
        if "name" in cleaned:
            self._refuse_a_taken_name(others.filter(name__iexact=cleaned["name"]).first())
        if "keywords" in cleaned:
            cleaned["keywords"] = joined_keywords(cleaned["keywords"])
            self._refuse_taken_keywords(cleaned["keywords"], others.open().by_name())
        return cleaned

    def save(self) -> bool:
        """Writes the category; False when somebody took the name a moment ago, with that among the form's errors."""
        values = {name: self.cleaned_data[name] for name in self.fields}
        own = Category.objects.of(self.household)
        try:
            with transaction.atomic():
                if self.category is not None:
                    own.filter(pk=self.category.pk).update(**values)
                else:
                    self.saved = own.create(household=self.household, **values).pk
        except IntegrityError:
            self.add_error("name", _taken() % {"name": values["name"]})
        return not self.errors

    def _refuse_a_taken_name(self, namesake: Category | None) -> None:
        if namesake is None:
            return
        archived = _("“%(name)s” is in the archive. Use it again, or choose another name.")
        self.add_error("name", (archived if namesake.archived_at else _taken()) % {"name": namesake.name})

    def _refuse_taken_keywords(self, keywords: list[str], others: Any) -> None:
        """A word of two categories would lead to one of them only: say to which, instead of doing nothing."""
        kept = {categorize.fold(word) for word in (self.category.keywords if self.category else [])}
        taken = {
            categorize.fold(word): name for name, words in others.values_list("name", "keywords") for word in words
        }
        for word in keywords:
            folded = categorize.fold(word)
            if folded in taken and folded not in kept:
                sentence = _("“%(word)s” leads to %(name)s already. Take it out there first.")
                self.add_error("keywords", sentence % {"word": word, "name": taken[folded]})
                return


class MergeForm(forms.Form):
    """Where the entries of a category go: an open category of the same kind."""

    fields: dict[str, Any]
    into = forms.ModelChoiceField(
        Category.objects.none(),
        label=gettext_lazy("Move them to"),
        empty_label=gettext_lazy("Choose a category"),
        error_messages={
            "required": gettext_lazy("Choose the category that they go to."),
            "invalid_choice": gettext_lazy("This category cannot be chosen any more. Choose another."),
        },
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        source: Category,
        initial: MutableMapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial, auto_id="id_category_%s")
        others = Category.objects.of(source.household).open().filter(kind=source.kind).exclude(pk=source.pk)
        self.fields["into"].queryset = others.by_name()

    def target(self) -> Category | None:
        """The category chosen so far, if it is one that can be chosen."""
        try:
            chosen: Category = self.fields["into"].clean(self["into"].value())
        except forms.ValidationError:
            return None
        return chosen


def _taken() -> str:
    return _("There is a category named “%(name)s” already. Choose another name.")


def _initial_of(category: Category) -> dict[str, Any]:
    return {name: getattr(category, name) for name in ("name", "colour", "icon", "keywords")}
