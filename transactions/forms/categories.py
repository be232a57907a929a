"""What may be typed about a category, and which one another may be merged into."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Household
from transactions.models import Category

ICONS = (
    "shopping-basket", "utensils", "bus", "fuel", "house", "zap", "smartphone", "landmark", "chart-line",
    "shield-check", "tv", "shopping-bag", "shirt", "heart-pulse", "dumbbell", "graduation-cap", "baby", "wrench", "scissors", "gift",
    "hand-heart", "plane", "clapperboard", "paw-print", "receipt", "wallet", "briefcase", "percent", "banknote",
    "circle-ellipsis",
)  # fmt: skip


class CategoryForm(forms.ModelForm):
    colour = forms.TypedChoiceField(
        label=_("Colour"), choices=[(number, str(number)) for number in range(1, 13)], coerce=int
    )
    icon = forms.ChoiceField(label=_("Icon"), choices=[(name, name.replace("-", " ")) for name in ICONS])
    keywords = forms.CharField(
        label=_("Keywords"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Words that suggest this category, with commas between them."),
    )

    class Meta:
        model = Category
        fields = ("kind", "name", "colour", "icon", "keywords")

    def __init__(self, *args: Any, household: Household, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.household = household
        self.instance.household = household
        if self.instance.pk:
            del self.fields["kind"]
            self.initial["keywords"] = ", ".join(self.instance.keywords)
            if self.instance.icon not in ICONS:
                self.fields["icon"].choices = [(self.instance.icon, self.instance.icon), *self.fields["icon"].choices]

    def clean_keywords(self) -> list[str]:
        words = [word.strip()[:60] for word in self.cleaned_data["keywords"].replace("\n", ",").split(",")]
        return list(dict.fromkeys(word for word in words if word))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind = cleaned.get("kind") or self.instance.kind
        same = Category.objects.of(self.household).filter(kind=kind, name__iexact=cleaned.get("name", ""))
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("name", _("You have a category of this name already. Choose another name."))
        return cleaned


class MergeForm(forms.Form):
    """Where the entries of a category go."""

    target = forms.ModelChoiceField(Category.objects.none(), label=_("Move its entries to"), empty_label=None)

    def __init__(self, *args: Any, source: Category, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Category.objects.of(source.household).open().filter(kind=source.kind).exclude(pk=source.pk)
        self.fields["target"].queryset = others.by_name()
