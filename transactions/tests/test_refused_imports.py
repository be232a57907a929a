"""A press of the button that is refused loses nothing of what was ticked and chosen."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from transactions.models import Transaction, Upload
from transactions.tests.factories import make_category

MONTH = b"Date,Description,Amount\n2026-11-03,Coffee,-4.50\n2026-11-04,Pay,900.00\n2026-11-05,Rice,-120.00\n"
_STEPS = ("check", "commit")


@pytest.fixture
def press(as_alice):
    as_alice.post(reverse("transactions:import"), {"file": SimpleUploadedFile("bank.csv", MONTH)})
    check, commit = (reverse(f"transactions:import-{name}", args=[Upload.objects.get().pk]) for name in _STEPS)
    shown = as_alice.get(check).context["check"].shown
    return lambda **sent: as_alice.post(commit, {"shown": shown, **sent})


def marks(page) -> list[tuple[bool, str]]:
    return [(row.marks.is_ticked, row.marks.chosen) for row in page.context["check"].rows]


def test_ticks_and_categories_stay_as_they_were_chosen(press, household):
    treats, gone = make_category(household, "Treats"), make_category(household, "Gone")
    gone.delete()

    page = press(line=["2", "4"], **{"category-2": str(treats.pk), "category-4": str(gone.pk)})

    assert page.status_code == 422
    assert "Line 4: choose one of the listed categories." in page.content.decode()
    ticked, chosen = zip(*marks(page), strict=True)
    assert ticked == (True, False, True)
    assert chosen[0] == str(treats.pk)
    assert f'<option value="{chosen[2]}" selected>Other' in page.context["check"].rows[2].options
    assert "Import 2 lines" in page.content.decode()
    assert not Transaction.objects.exists()


def test_lines_that_were_all_unticked_stay_unticked(press, household):
    page = press()

    assert page.status_code == 422
    assert [is_ticked for is_ticked, _chosen in marks(page)] == [False, False, False]
    assert "Import 0 lines" in page.content.decode()


def test_lines_that_somebody_imported_meanwhile_are_not_called_unticked(press, as_alice):
    Upload.objects.update(created_by=None)  # Somebody else sent that in.
    as_alice.post(reverse("transactions:import"), {"file": SimpleUploadedFile("bank.csv", MONTH)})
    other = Upload.objects.latest("pk")
    as_alice.post(reverse("transactions:import-commit", args=[other.pk]), {"shown": "2,3,4", "line": ["2", "3", "4"]})

    page = press(line=["2", "4"])

    assert page.status_code == 422
    assert "The lines that you ticked are in your books already." in page.content.decode()
    assert [row.verdict for row in page.context["check"].rows] == ["Known", "Known", "Known"]
    assert Transaction.objects.count() == 3
