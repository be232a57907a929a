"""What a member asked for that takes a while: how far it is, and the file or page that comes of it."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models.households import Household
from accounts.models.people import User


class JobQuerySet(models.QuerySet["Job"]):
    def of(self, user: User, household: Household) -> "JobQuerySet":
        """What this person asked for in this household: not even another member sees it."""
        return self.filter(asked_by=user, household=household)

    def open(self) -> "JobQuerySet":
        return self.filter(state__in=[Job.State.WAITING, Job.State.RUNNING])

    def without_content(self) -> "JobQuerySet":
        return self.defer("content")


class Job(models.Model):
    """One piece of work in the background, as the member who asked for it sees it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("At work")
        DONE = "done", _("Ready")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Stopped")

    class Kind(models.TextChoices):
        EXPORT = "export", _("Export")
        IMPORT = "import", _("Import")

    # The database deletes the row with its household or its person (see the migration).
    household = models.ForeignKey(Household, models.DO_NOTHING, related_name="+", db_constraint=False)
    asked_by = models.ForeignKey(User, models.DO_NOTHING, related_name="+", db_constraint=False)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("of"), default=0)
    problem = models.CharField(_("what went wrong"), max_length=300, blank=True)
    file_name = models.CharField(_("file"), max_length=200, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    content = models.BinaryField(null=True)
    leads_to = models.CharField(_("page of the outcome"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("asked"), db_default=Now(), editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True)

    objects: ClassVar = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        indexes: ClassVar = [
            models.Index(fields=["asked_by", "household", "-created_at"], name="jobs_of_a_member"),
            models.Index(fields=["household"], name="jobs_of_a_household"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "running", "done", "failed", "cancelled"]),
                name="job_state_is_known",
            ),
            models.CheckConstraint(condition=models.Q(kind__in=["export", "import"]), name="job_kind_is_known"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RUNNING)

    @property
    def percent(self) -> int | None:
        """How far it is, 0 to 100; None while the whole is not known."""
        return min(100, self.done * 100 // self.total) if self.total else None
