"""Who someone is: a person, named by an e-mail address."""

from typing import ClassVar

from django.apps import apps
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class UserQuerySet(models.QuerySet["User"]):
    def with_email(self, email: str) -> "UserQuerySet":
        return self.filter(email__iexact=email)


class People(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes people; an e-mail address is all that names one."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        user: User = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    @transaction.atomic
    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Someone made on the shell: whoever may type there vouches for the address, so it needs no mail."""
        user = self.create_user(email, password, is_staff=True, is_superuser=True, **fields)
        addresses = apps.get_model("account", "EmailAddress")
        addresses._default_manager.create(user=user, email=user.email, verified=True, primary=True)
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        person: User = self.get(email__iexact=email)
        return person


class User(AbstractUser):
    """A person. The e-mail address is the identity, whatever its case; the rest is how they like to read."""

    class Theme(models.TextChoices):
        SYSTEM = "system", _("As the device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    locale = models.CharField(_("dates and numbers"), max_length=16, default="en-IN")
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    theme = models.CharField(_("theme"), max_length=8, choices=Theme, default=Theme.SYSTEM)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="one_person_per_email"),
            # allauth looks for the address as it would write it: one in capitals could never sign in.
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="email_is_in_lower_case"),
            models.CheckConstraint(condition=models.Q(theme__in=["system", "light", "dark"]), name="theme_is_known"),
        ]

    def __str__(self) -> str:
        return self.email

    def get_full_name(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] or self.email.split("@")[0]
