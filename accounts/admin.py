"""People, households and security events at the support desk: looked at, not edited; no secret is ever shown."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.desk import Looking, RowsInside
from accounts.models import Household, Membership, SecurityEvent, User


class MembershipInline(RowsInside):
    model = Membership


class AddressInline(RowsInside):
    model = EmailAddress
    fields = ("email", "verified", "primary")
    verbose_name_plural = _("addresses")


class FactorInline(RowsInside):
    """Which factors there are; never what is in them."""

    model = Authenticator
    fields = ("type", "created_at", "last_used_at")


@admin.register(User)
class UserAdmin(Looking):
    list_display = ("email", "name", "is_active", "is_staff", "date_joined", "last_login")
    search_fields = ("email", "name", "=id")
    fields = ("email", "name", "locale", "time_zone", "theme", "is_active", "is_staff", "date_joined", "last_login")
    inlines = [MembershipInline, AddressInline, FactorInline]


@admin.register(Household)
class HouseholdAdmin(Looking):
    list_display = ("name", "currency", "month_start", "created_at")
    search_fields = ("name", "members__email", "=id")
    fields = ("name", "currency", "month_start", "week_start", "created_at", "books")
    readonly_fields = ("books",)
    inlines = [MembershipInline]

    @admin.display(description=_("books"))
    def books(self, household: Household) -> str:
        entries = reverse("admin:transactions_transaction_changelist")
        return format_html('<a href="{}?household={}">{}</a>', entries, household.pk, _("Entries"))


@admin.register(SecurityEvent)
class SecurityEventAdmin(Looking):
    list_display = ("at", "event_in_words", "person", "actor", "household", "network", "facts")
    search_fields = ("=person", "=actor", "=household", "=event")
    search_help_text = _("The number of a person or a household, or a kind of event such as signed-in")

    @admin.display(description=_("event"))
    def event_in_words(self, row: SecurityEvent) -> str:
        return str(dict(SecurityEvent.Kind.choices).get(row.event, row.event))
