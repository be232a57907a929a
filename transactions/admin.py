"""Books at the support desk: looked at; of an entry a few words may be mended, its money never."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.desk import Looking, Mending, ReasonForm
from transactions.models import Category, ImportBatch, Transaction, Wallet

IN_ONE_HOUSEHOLD = ("=household__id", "=household__members__email")
WHOSE = _("The number of a household, or the whole address of a member")


class EntryForm(ReasonForm):
    """Categories of the entry's own household and kind alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "category" in self.fields:
            entry = self.instance
            own = Category.objects.of(entry.household).filter(kind=entry.kind)
            self.fields["category"].queryset = own.by_name()  # type: ignore[attr-defined]
            self.fields["category"].required = entry.kind != Transaction.Kind.TRANSFER


@admin.register(Transaction)
class TransactionAdmin(Mending):
    form = EntryForm
    list_display = ("date", "household", "kind", "amount", "currency", "category", "wallet", "note")
    list_select_related = ("household", "category", "wallet")
    search_fields = IN_ONE_HOUSEHOLD
    search_help_text = WHOSE
    fields = ("household", "date", "kind", "amount", "currency", "wallet", "to_wallet", "category", "note", "comment",
              "bank_text", "created_by", "created_at", "updated_at")  # fmt: skip
    mendable = ("category", "note", "comment")

    def save_model(self, request: Any, obj: Transaction, form: Any, change: Any) -> None:
        """Only what was changed: the rest may be under somebody's hands."""
        obj.save(update_fields=[name for name in form.changed_data if name in self.mendable])


@admin.register(Wallet)
class WalletAdmin(Looking):
    list_display = ("name", "household", "kind", "currency", "archived_at")
    list_select_related = ("household",)
    search_fields = IN_ONE_HOUSEHOLD
    search_help_text = WHOSE


@admin.register(Category)
class CategoryAdmin(Looking):
    list_display = ("name", "household", "kind", "is_other", "archived_at")
    list_select_related = ("household",)
    search_fields = IN_ONE_HOUSEHOLD
    search_help_text = WHOSE


@admin.register(ImportBatch)
class ImportBatchAdmin(Looking):
    list_display = ("file_name", "household", "file_format", "new_count", "known_count", "created_at", "taken_back_at")
    list_select_related = ("household",)
    search_fields = IN_ONE_HOUSEHOLD
    search_help_text = WHOSE
