"""Long statements, read and imported while their member watches."""

from django.urls import reverse

from accounts import jobs
from transactions.imports import staging
from transactions.imports.overtaking import OvertakenError
from transactions.imports.refusals import ChoiceError
from transactions.imports.staging import CannotBeRead
from transactions.models import Upload


@jobs.for_member()
def read_statement(progress: jobs.Progress, *, upload: int, query: str) -> None:
    """Judges each line of the file, read as the query says."""
    kept = _kept(progress, upload)
    try:
        staging.read(kept, query, user=progress.job.asked_by, seen=progress.step)
    except CannotBeRead as error:
        raise jobs.Refusal(str(error)) from error
    progress.page(reverse("transactions:import-check", args=[kept.pk]))


@jobs.for_member()
def write_statement(progress: jobs.Progress, *, upload: int) -> None:
    """Imports the file that was read: all that is chosen, or nothing; shown again where others changed the books."""
    kept = _kept(progress, upload)
    try:
        batch = staging.commit(kept, by=progress.job.asked_by, seen=progress.step)
    except OvertakenError:
        # Its page says what changed, and shows the lines as they are judged now.
        progress.page(reverse("transactions:import-check", args=[kept.pk]))
        return
    except (CannotBeRead, ChoiceError) as error:
        raise jobs.Refusal(str(error)) from error
    progress.page(reverse("transactions:import-done", args=[batch.pk]))


def _kept(progress: jobs.Progress, upload: int) -> Upload:
    household = progress.job.household
    own = Upload.objects.of(household).select_related("household").defer("content")
    kept = own.filter(pk=upload).first()
    if kept is None:
        raise jobs.Refusal(staging.FORGOTTEN)
    return kept
