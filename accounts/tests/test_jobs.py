"""Jobs that a member waits for: asked for, done, watched, stopped; and nobody else's."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts import jobs
from accounts.models import Job, Membership


@jobs.for_member()
def write_poem(progress: jobs.Progress, *, lines: int) -> None:
    for line in range(lines):
        progress.step(line, lines)
    progress.file("रोज़\n".encode() * lines, name="poem.txt", content_type="text/plain")


@jobs.for_member()
def refuse(progress: jobs.Progress) -> None:
    raise jobs.Refusal("There is nothing to write about.")


@jobs.for_member()
def break_down(progress: jobs.Progress) -> None:
    raise ZeroDivisionError


@jobs.for_member()
def look_around(progress: jobs.Progress) -> None:
    progress.page(reverse("reports:dashboard"))


@jobs.for_member()
def tell_the_zone(progress: jobs.Progress) -> None:
    progress.file(timezone.get_current_timezone_name().encode(), name="zone.txt", content_type="text/plain")


@pytest.fixture
def ask(alice, household):
    def ask_for(task, **arguments) -> Job:
        return jobs.start(member=alice, household=household, kind="export", title="A poem", task=task, **arguments)

    return ask_for


def state_of(job: Job) -> str:
    job.refresh_from_db()
    return job.state


def test_a_job_is_done_and_its_file_fetched(as_alice, ask, run_jobs):
    job = ask(write_poem, lines=3)
    assert "Waiting for its turn." in as_alice.get(reverse("accounts:job", args=[job.pk])).content.decode()

    assert run_jobs() == 1

    assert state_of(job) == "done"
    page = as_alice.get(reverse("accounts:job", args=[job.pk])).content.decode()
    assert "Ready: poem.txt" in page
    file = as_alice.get(reverse("accounts:job-file", args=[job.pk]))
    assert file.getvalue().decode() == "रोज़\nरोज़\nरोज़\n"
    assert file["Content-Disposition"] == 'attachment; filename="poem.txt"'


def test_how_far_it_is_shows_on_its_page(as_alice, ask):
    job = ask(write_poem, lines=3)
    Job.objects.filter(pk=job.pk).update(state="running", done=1, total=3)

    page = as_alice.get(reverse("accounts:job", args=[job.pk]), headers={"HX-Request": "true"}).content.decode()

    assert "33 % done." in page
    assert 'value="33"' in page
    assert 'hx-trigger="every 1s"' in page


def test_a_finished_job_is_not_asked_after_again(as_alice, ask, run_jobs):
    job = ask(write_poem, lines=1)
    run_jobs()

    assert "hx-trigger" not in as_alice.get(reverse("accounts:job", args=[job.pk])).content.decode().split("<main")[1]


def test_a_refusal_is_told_in_its_own_words(as_alice, ask, run_jobs):
    job = ask(refuse)
    run_jobs()

    assert state_of(job) == "failed"
    assert "There is nothing to write about." in as_alice.get(reverse("accounts:job", args=[job.pk])).content.decode()


def test_a_breakdown_is_told_kindly_and_stays_an_error(as_alice, ask, run_jobs):
    job = ask(break_down)
    with pytest.raises(ZeroDivisionError):
        run_jobs()

    assert state_of(job) == "failed"
    assert "Something went wrong on our side." in as_alice.get(reverse("accounts:job", args=[job.pk])).content.decode()


def test_an_outcome_with_a_page_leads_there(as_alice, ask, run_jobs):
    job = ask(look_around)
    run_jobs()

    page = as_alice.get(reverse("accounts:job", args=[job.pk]))
    part = as_alice.get(reverse("accounts:job", args=[job.pk]), headers={"HX-Request": "true"})

    assert (page.status_code, page["Location"]) == (302, "/dashboard/")
    assert part["HX-Redirect"] == "/dashboard/"


def test_it_is_done_in_the_members_time_zone(ask, run_jobs):
    job = ask(tell_the_zone)
    run_jobs()

    job.refresh_from_db()
    assert bytes(job.content) == b"Asia/Kolkata"


def test_a_stopped_job_is_not_begun(as_alice, ask, run_jobs):
    job = ask(write_poem, lines=3)

    answer = as_alice.post(reverse("accounts:job-cancel", args=[job.pk]))
    run_jobs()

    assert (answer.status_code, state_of(job), job.content) == (303, "cancelled", None)
    assert "Stopped." in as_alice.get(reverse("accounts:job", args=[job.pk])).content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_job_at_work_ends_at_its_next_step(ask):
    job = ask(write_poem, lines=3)
    progress = jobs.Progress(job)
    progress.step(1, 3)

    jobs.cancel(job)

    with pytest.raises(jobs.Cancelled):
        progress.step(2, 3)
    assert state_of(job) == "cancelled"


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_from_within_a_transaction(ask):
    """What others see before the commit is what was written beside it: a rollback does not take it back."""
    job = ask(write_poem, lines=3)
    with transaction.atomic():
        jobs.Progress(job).step(2, 3)
        transaction.set_rollback(True)

    job.refresh_from_db()
    assert (job.done, job.total, job.percent) == (2, 3, 66)


def test_a_finished_file_can_be_removed(as_alice, ask, run_jobs):
    job = ask(write_poem, lines=1)
    run_jobs()

    as_alice.post(reverse("accounts:job-cancel", args=[job.pk]))

    assert not Job.objects.exists()


def test_files_of_another_member_are_not_there(as_viewer, viewer, household, ask, run_jobs):
    job = ask(write_poem, lines=1)
    run_jobs()

    for name in ("accounts:job", "accounts:job-file"):
        assert as_viewer.get(reverse(name, args=[job.pk])).status_code == 404
    assert as_viewer.post(reverse("accounts:job-cancel", args=[job.pk])).status_code == 404
    assert "A poem" not in as_viewer.get(reverse("accounts:jobs")).content.decode()


def test_a_viewer_may_stop_their_own(as_viewer, viewer, household):
    job = jobs.start(member=viewer, household=household, kind="export", title="Mine", task=write_poem, lines=1)

    assert as_viewer.post(reverse("accounts:job-cancel", args=[job.pk])).status_code == 303
    assert state_of(job) == "cancelled"


def test_files_are_kept_for_a_day(ask):
    old, young = ask(write_poem, lines=1), ask(write_poem, lines=1)
    now = datetime(2026, 11, 25, 12, tzinfo=UTC)
    Job.objects.filter(pk=old.pk).update(created_at=now - timedelta(hours=24, seconds=1))
    Job.objects.filter(pk=young.pk).update(created_at=now - timedelta(hours=23))

    assert jobs.purge(now=now) == 1
    assert list(Job.objects.all()) == [young]


def test_jobs_leave_with_their_household_and_their_person(alice, household, ask):
    ask(write_poem, lines=1)
    household.delete()
    assert not Job.objects.exists()


def test_jobs_leave_with_their_person(alice, household, ask):
    ask(write_poem, lines=1)
    Membership.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM account_emailaddress")
        cursor.execute("DELETE FROM accounts_user")

    assert not Job.objects.exists()


def test_the_list_costs_the_same_with_many_files(as_alice, ask, run_jobs, django_assert_max_num_queries):
    ask(write_poem, lines=1)
    as_alice.get(reverse("accounts:jobs"))
    with django_assert_max_num_queries(5) as few:
        as_alice.get(reverse("accounts:jobs"))
    for _number in range(10):
        ask(write_poem, lines=1)
    run_jobs()

    with django_assert_max_num_queries(len(few)):
        as_alice.get(reverse("accounts:jobs"))
