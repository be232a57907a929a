from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.utils.translation import gettext_lazy as _

from batua import metrics


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        import_module("accounts.receivers")
        import_module("accounts.sign_ins")
        import_module("accounts.factors")
        import_module("accounts.kept_form")
        import_module("accounts.waiting").follow_limits()
        user_logged_in.connect(metrics.login_succeeded, dispatch_uid="metrics")
        user_login_failed.connect(metrics.login_failed, dispatch_uid="metrics")


class DeskConfig(AdminConfig):
    """Django's admin, as our support desk."""

    default_site = "accounts.desk.SupportDesk"
