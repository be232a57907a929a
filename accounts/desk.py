"""The support desk: Django's admin behind our own door, with pages of our own alone, where looking leaves a trace."""

from typing import Any

from allauth.core.internal.httpkit import add_query_params
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django import forms
from django.contrib import admin, messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import audit
from accounts.middleware import open_to_viewers
from accounts.models import SecurityEvent, User


def has_second_factor(user: Any) -> bool:
    """Whether the person set up an app's codes or a passkey; recovery codes alone are none."""
    return bool(is_mfa_enabled(user, types=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]))


class SupportDesk(admin.AdminSite):
    """Open to staff with a second factor, who came in by everyone's door: its rate limits hold for them too."""

    site_header = site_title = gettext_lazy("Batua support desk")
    index_title = gettext_lazy("Who needs help?")
    site_url = "/dashboard/"

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Takes pages that are made for this desk. Those of packages let staff change addresses and read secrets."""
        if admin_class is not None and issubclass(admin_class, Looking):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and has_second_factor(request.user)

    @login_not_required
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        wanted = request.GET.get(REDIRECT_FIELD_NAME, "")
        if not url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
            wanted = reverse("admin:index")
        if not request.user.is_authenticated:
            return redirect(add_query_params(resolve_url("account_login"), {REDIRECT_FIELD_NAME: wanted}))
        if not super().has_permission(request):
            raise PermissionDenied(_("The support desk is for staff."))
        if not has_second_factor(request.user):
            messages.warning(request, _("Staff work with a second factor. Set one up, then come back to the desk."))
            return redirect("mfa_index")
        return redirect(wanted)

    @open_to_viewers
    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:  # type: ignore[override]
        """Where everyone changes theirs: there it is told by mail and ends the other sessions."""
        return redirect("account_change_password")


class _ReadOnly:
    """Every member of staff may look; nobody adds, changes or deletes."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_staff)

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class RowsInside(_ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    """Rows that belong to the one on the page."""

    extra = 0
    can_delete = False
    show_change_link = False


class Looking(_ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """Pages to look at. That somebody opened a row is a security event."""

    show_full_result_count = False
    actions = None
    ordering = ("-pk",)

    @open_to_viewers
    def change_view(self, request: Any, object_id: str, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        obj = self.get_object(request, object_id)
        if obj is not None and request.method == "GET" and self.has_view_permission(request, obj):
            self._note(request, obj)
        return super().change_view(request, object_id, form_url, extra_context)

    def _note(self, request: Any, obj: models.Model) -> None:
        person = obj.pk if isinstance(obj, User) else 0
        household = obj.pk if obj._meta.label == "accounts.Household" else getattr(obj, "household_id", None)
        audit.record(
            SecurityEvent.Kind.STAFF_LOOKED,
            request=request,
            user=person,
            household=household or 0,
            what=obj._meta.model_name,
            row=str(obj.pk),
        )


class ReasonForm(forms.ModelForm):  # type: ignore[type-arg]
    """What staff may mend, and why."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        min_length=10,
        max_length=100,
        widget=forms.TextInput(attrs={"size": 60}),
        help_text=gettext_lazy("Who asked for it, and why? It is kept for thirteen months."),
        error_messages={"required": gettext_lazy("Say why. Nothing of somebody else's is changed without a reason.")},
    )


class Mending(Looking):
    """Pages where staff with the right to may change a few words of a row, once they say why."""

    form = ReasonForm
    mendable: tuple[str, ...] = ()

    def has_change_permission(self, request: Any, obj: object = None) -> bool:
        return bool(request.user.has_perm(f"{self.opts.app_label}.change_{self.opts.model_name}"))

    def get_fields(self, request: Any, obj: Any = None) -> list[Any]:
        fields = [str(field) for field in self.fields or ()]
        return [*fields, "reason"] if self.has_change_permission(request, obj) else fields

    def get_readonly_fields(self, request: Any, obj: Any = None) -> list[str]:
        return [str(field) for field in self.fields or () if field not in self.mendable]

    def construct_change_message(self, request: Any, form: Any, formsets: Any, add: Any = None) -> str:  # type: ignore[override]
        changed = ", ".join(name for name in form.changed_data if name != "reason") or "—"
        return f"{form.cleaned_data['reason']} ({changed})"
