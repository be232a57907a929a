"""People and households for support staff: looked at, not edited; no password is ever shown."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest

from accounts.models import Household, Membership, User

# Staff come in by the same door as everyone: its rate limits and its verified address hold for them too.
admin.site.login = login_not_required(secure_admin_login(admin.site.login))  # type: ignore[method-assign]


class ReadOnly:
    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class MembershipInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    model = Membership
    extra = 0


@admin.register(User)
class UserAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("email", "name", "is_active", "date_joined", "last_login")
    search_fields = ("email", "name")
    fields = ("email", "name", "locale", "time_zone", "theme", "is_active", "is_staff", "date_joined", "last_login")
    inlines = [MembershipInline]


@admin.register(Household)
class HouseholdAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "currency", "month_start", "created_at")
    search_fields = ("name", "members__email")
    inlines = [MembershipInline]
