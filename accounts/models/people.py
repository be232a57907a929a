"""Who someone is: a person, named by an e-mail address."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.apps import apps
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts import addresses


class NormalForm(models.CharField):  # type: ignore[type-arg]
    """The normal form of the person's address, worked out whenever the row is written."""

    def pre_save(self, model_instance: Any, add: bool) -> str:  # noqa: FBT001
        form = addresses.normal_form(model_instance.email)
        setattr(model_instance, self.attname, form)
        return form


class UserQuerySet(models.QuerySet["User"]):
    def with_email(self, email: str) -> "UserQuerySet":
        """Whoever has the address, in whatever way it is written: one person or nobody."""
        return self.filter(email_key=addresses.normal_form(email))

    def update(self, **changes: Any) -> int:
        if isinstance(changes.get("email"), str):
            changes.setdefault("email_key", addresses.normal_form(changes["email"]))
        return super().update(**changes)

    def bulk_update(self, objs: Iterable["User"], fields: Iterable[str], batch_size: int | None = None) -> int:
        people, names = list(objs), _with_key(fields)
        for person in people:
            person.email_key = addresses.normal_form(person.email)
        return super().bulk_update(people, names, batch_size)


class People(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes people; an e-mail address is all that names one."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        user: User = self.model(email=addresses.canonical(email), **fields)
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
        person: User = self.with_email(email or "").get()
        return person


class User(AbstractUser):
    """A person. The e-mail address, however it is written, is the identity; the rest is how they like to read."""

    class Theme(models.TextChoices):
        SYSTEM = "system", _("As the device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"))
    email_key = NormalForm(max_length=512, editable=False)
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
            models.UniqueConstraint(fields=["email"], name="one_person_per_email"),
            models.UniqueConstraint(fields=["email_key"], name="one_person_per_normal_form"),
            # What is plain ASCII is its own normal form; for the rest PostgreSQL would have to know Python's Unicode.
            models.CheckConstraint(
                condition=models.Q(email_key=models.F("email")) | models.Q(email__regex=r"[^\x01-\x7f]|xn--|\.$"),
                name="email_key_follows_the_address",
            ),
            # allauth looks for the address as it would write it: one in capitals could never sign in.
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="email_is_in_lower_case"),
            models.CheckConstraint(condition=models.Q(theme__in=["system", "light", "dark"]), name="theme_is_known"),
        ]

    def __str__(self) -> str:
        return self.email

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **options: Any) -> None:
        names = None if update_fields is None else _with_key(update_fields)
        super().save(*args, update_fields=names, **options)

    def get_full_name(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] or self.email.split("@")[0]


def _with_key(names: Iterable[str]) -> list[str]:
    """An address is never written without its normal form."""
    return [*names, "email_key"] if "email" in set(names) else list(names)
