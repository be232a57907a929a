"""The form of one entry: what may be typed, in which words it is refused, and what is filled in for the member."""

import datetime
import uuid
from collections.abc import Mapping
from copy import copy
from dataclasses import fields, replace
from typing import Any

from django import forms
from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Household, User
from batua import periods
from batua.amount_field import AmountField
from transactions import recording, suggesting
from transactions.forms.meanwhile import differences
from transactions.labels import Labels, shown_name
from transactions.models import Category, Transaction
from transactions.recording import Draft, KeyIsUsedError, StaleEntryError

EXPENSE, INCOME, TRANSFER = Transaction.Kind.EXPENSE, Transaction.Kind.INCOME, Transaction.Kind.TRANSFER
A_YEAR = datetime.timedelta(days=366)


class TextField(forms.CharField):
    """Text of several lines: a line's end is one character, whatever the browser sends."""

    widget = forms.Textarea(attrs={"rows": 2})

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class CategorySelect(forms.Select):
    """Says of each category which kind it is of, for the page's script."""

    kinds: Mapping[Any, str] = {}

    def create_option(self, name: str, value: Any, *rest: Any, **options: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *rest, **options)
        if value in self.kinds:
            option["attrs"]["data-kind"] = self.kinds[value]
        return option


def _choice(label: Any, refused: Any, **options: Any) -> forms.TypedChoiceField:
    sentences = {"invalid_choice": refused, "required": gettext_lazy("Choose one of the list.")}
    return forms.TypedChoiceField(
        label=label, required=False, coerce=int, empty_value=None, error_messages=sentences, **options
    )


class EntryForm(forms.Form):
    """Makes an entry, or amends ``entry``; ``saved`` is its key.

    ``labels`` are the household's own: nothing else can be chosen.
    """

    fields: dict[str, Any]
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        widget=forms.RadioSelect,
        initial=EXPENSE.value,
        error_messages={
            "required": gettext_lazy("Choose spending or income."),
            "invalid_choice": gettext_lazy("This kind cannot be chosen. A transfer needs two wallets."),
        },
    )
    amount = AmountField(label=gettext_lazy("Amount"))
    is_money_back = forms.BooleanField(
        label=gettext_lazy("Money back"),
        required=False,
        help_text=gettext_lazy("A refund of something you paid: it makes that spending smaller."),
    )
    note = forms.CharField(
        label=gettext_lazy("What for"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "max_length": gettext_lazy(
                "This has %(show_value)d characters, and room is for %(limit_value)d. Put the rest into the comment."
            )
        },
    )
    category = _choice(
        gettext_lazy("Category"),
        gettext_lazy("This category is not one of yours. Choose another."),
        widget=CategorySelect,
    )
    category_name = forms.CharField(
        label=gettext_lazy("New category"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Made together with the entry, and used for it."),
        error_messages={
            "max_length": gettext_lazy(
                "This name has %(show_value)d characters. Shorten it to %(limit_value)d or fewer."
            )
        },
    )
    date = forms.DateField(
        label=gettext_lazy("Day"),
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": gettext_lazy("Choose a day."),
            "invalid": gettext_lazy("This is not a day of the calendar. Write it like 2026-11-03."),
        },
    )
    wallet = _choice(gettext_lazy("Wallet"), gettext_lazy("This wallet is not one of yours. Choose another."))
    to_wallet = _choice(gettext_lazy("To wallet"), gettext_lazy("This wallet is not one of yours. Choose another."))
    comment = TextField(
        label=gettext_lazy("Comment"),
        max_length=2000,
        required=False,
        error_messages={
            "max_length": gettext_lazy(
                "This comment has %(show_value)d characters. Shorten it to %(limit_value)d or fewer."
            )
        },
    )
    # Rendered once with the form: sending it twice makes one entry.
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        household: Household,
        user: User,
        labels: Labels,
        today: datetime.date,
        entry: Transaction | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        self.household, self.user, self.labels, self.today, self.entry = household, user, labels, today, entry
        self.saved = entry.pk if entry else 0
        started = _initial_of(entry) if entry else {"date": today, "key": uuid.uuid4(), **(initial or {})}
        super().__init__(data, initial=started, auto_id=f"id_{entry.pk if entry else 'new'}_%s")
        self.fields["amount"].written_in(currency=household.currency, locale=user.locale)
        if data is None:
            self.fields["amount"].widget.attrs["autofocus"] = True
        self.fields["kind"].choices = self._kinds()
        self.fields["category"].choices = self._categories()
        self.fields["category"].widget.kinds = {key: label.kind for key, label in labels.categories.items()}
        wallets = self._wallets()
        self.fields["wallet"].choices = wallets
        self.fields["wallet"].required = self.has_wallets
        self.fields["to_wallet"].choices = [("", _("Choose a wallet")), *wallets]

    @property
    def has_wallets(self) -> bool:
        """Is there more than one wallet to choose from?"""
        return len(self.fields["wallet"].choices) > 1

    @property
    def shows_wallets(self) -> bool:
        """Is there a wallet to choose, or something wrong with the one that was sent?"""
        return self.has_wallets or bool(self["wallet"].errors or self["to_wallet"].errors)

    @property
    def is_unfolded(self) -> bool:
        """Is there something to see in the folded part?"""
        folded = ("is_money_back", "comment", "category_name")
        return any(self[name].value() or self[name].errors for name in folded)

    def suggested(self) -> suggesting.Suggestion | None:
        """What an entry sent without a category would get, for a form that comes back with errors."""
        kind, note = str(self["kind"].value()), str(self["note"].value() or "")
        if not self.is_bound or self["category"].value() or kind not in Category.Kind.values:
            return None
        return suggesting.category_for(self.household, note=note[:200], kind=kind, labels=self.labels)

    def near_days(self) -> list[tuple[str, str]]:
        """The days that most entries are of, each with its ISO date."""
        yesterday = self.today - datetime.timedelta(days=1)
        return [(self.today.isoformat(), _("Today")), (yesterday.isoformat(), _("Yesterday"))]

    def clean_date(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["date"]
        if day.year < periods.FIRST_YEAR or day > self.today + A_YEAR:
            raise forms.ValidationError(_("This day is in %(year)s. Check the year.") % {"year": f"{day.year:04}"})
        return day

    def clean_wallet(self) -> int:
        offered = [wallet for wallet, _name in self.fields["wallet"].choices]
        if not offered:
            raise forms.ValidationError(_("There is no wallet yet. Add one first."))
        return int(self.cleaned_data["wallet"] or offered[0])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind = cleaned.get("kind")
        if {"key", "version"} & self.errors.keys():
            self.add_error(None, _("A part of this form got lost. Reload the page and try again."))
        if kind == TRANSFER:
            self._clean_transfer(cleaned)
        elif kind:
            cleaned["to_wallet"] = None
            self._clean_category(cleaned)
        if kind == EXPENSE and cleaned.get("is_money_back") and "amount" in cleaned:
            cleaned["amount"] = -abs(cleaned["amount"])
        return cleaned

    def save(self) -> bool:
        """Writes the entry; False when that was refused, with the reason among the form's errors."""
        draft = self._draft()
        try:
            if self.entry is None:
                made = recording.record(
                    household=self.household, by=self.user, draft=draft, key=self.cleaned_data["key"]
                )
                self.saved = made.pk
            else:
                version = self.cleaned_data["version"] or 0
                recording.amend(household=self.household, pk=self.entry.pk, version=version, draft=draft)
        except KeyIsUsedError:
            self._replace("key", uuid.uuid4())
            self.add_error(None, _("This form was saved before with other words. Save again to add a second entry."))
        except StaleEntryError:
            return self._is_settled(draft)
        except IntegrityError:
            # A category merged away, a wallet removed, between reading the choices and writing.
            self.add_error(None, _("Something you chose was removed meanwhile. Reload the page and choose again."))
        return not self.errors

    def _kinds(self) -> list[tuple[str, Any]]:
        can_move = len(self.labels.open_wallets) > 1 or (self.entry is not None and self.entry.kind == TRANSFER)
        return [choice for choice in Transaction.Kind.choices if can_move or choice[0] != TRANSFER]

    def _categories(self) -> list[tuple[Any, Any]]:
        current = self.entry.category_id if self.entry else None
        groups = [
            (
                label,
                [
                    (category.id, shown_name(category))
                    for category in self.labels.of_kind(kind)
                    if not category.is_archived or category.id == current
                ],
            )
            for kind, label in Category.Kind.choices
        ]
        return [("", _("As suggested, else “Other”")), *groups]

    def _wallets(self) -> list[tuple[int, str]]:
        current = (self.entry.wallet_id, self.entry.to_wallet_id) if self.entry else ()
        return self.labels.wallet_choices(*current)

    def _clean_transfer(self, cleaned: dict[str, Any]) -> None:
        cleaned["category"], cleaned["category_name"] = None, ""
        if "amount" in cleaned and cleaned["amount"] < 0:
            self.add_error("amount", _("A transfer has no minus. Swap the two wallets instead."))
        if "to_wallet" not in cleaned or "wallet" not in cleaned:
            return
        if cleaned["to_wallet"] is None:
            self.add_error("to_wallet", _("Choose the wallet that the money went into."))
        elif cleaned["to_wallet"] == cleaned["wallet"]:
            self.add_error("to_wallet", _("The money is in this wallet already. Choose another."))

    def _clean_category(self, cleaned: dict[str, Any]) -> None:
        chosen = self.labels.categories.get(cleaned.get("category") or 0)
        if chosen is None or cleaned.get("category_name") or chosen.kind == cleaned["kind"]:
            return
        sentences = {
            EXPENSE.value: _("“%(name)s” is a category of income. Choose one of spending."),
            INCOME.value: _("“%(name)s” is a category of spending. Choose one of income."),
        }
        self.add_error("category", sentences[cleaned["kind"]] % {"name": chosen.name})

    def _draft(self) -> Draft:
        names = {field.name for field in fields(Draft)}
        draft = Draft(**{name: value for name, value in self.cleaned_data.items() if name in names})
        if draft.kind == TRANSFER or draft.category or draft.category_name:
            return draft
        suggestion = suggesting.category_for(self.household, note=draft.note, kind=draft.kind, labels=self.labels)
        category = suggestion.category if suggestion else self.labels.other(draft.kind)
        return replace(draft, category=category.id)

    def _is_settled(self, draft: Draft) -> bool:
        """Somebody else was quicker: True when they saved the same; else says what stands now, and lets go on."""
        entry = Transaction.objects.of(self.household).filter(pk=self.entry.pk if self.entry else 0).first()
        if entry is None:
            self.add_error(None, _("This entry was deleted meanwhile. Copy what you need and add it anew."))
            return False
        changes = differences(
            recording.kept(entry), draft, labels=self.labels, household=self.household, locale=self.user.locale
        )
        if not changes:
            return True
        self._replace("version", entry.version)
        sentence = _("This entry was changed meanwhile. It now says: %(changes)s. Save again to keep what you typed.")
        self.add_error(None, sentence % {"changes": ", ".join(changes)})
        return False

    def _replace(self, name: str, value: Any) -> None:
        """Puts another value into a hidden field of a form that goes back to the member."""
        sent: Any = copy(self.data)
        sent[name] = str(value)
        self.data = sent


def _initial_of(entry: Transaction) -> dict[str, Any]:
    """An entry as its form shows it: a refund is its amount and a tick."""
    is_money_back = entry.kind == EXPENSE and entry.amount < 0
    return {
        "kind": entry.kind,
        "amount": -entry.amount if is_money_back else entry.amount,
        "is_money_back": is_money_back,
        "note": entry.note,
        "category": entry.category_id,
        "date": entry.date,
        "wallet": entry.wallet_id,
        "to_wallet": entry.to_wallet_id,
        "comment": entry.comment,
        "version": entry.version,
    }
