"""Files are called what people call them: by the app that wrote them, else by their format; details are for a fold."""

import pytest
from django.urls import reverse

from transactions.models import ImportBatch
from transactions.tests.long_files import MONTH
from transactions.tests.long_files import at as long_at
from transactions.tests.test_importing import at, checked, pressed

BANK = "Date;Text;Amount\n05.04.2026;Café;-3,50\n16.04.2026;Pay;1.000,00\n".encode("iso-8859-1")
MINT = (
    b'"Date","Description","Original Description","Amount","Transaction Type","Category","Account Name","Labels",'
    b'"Notes"\n"11/04/2026","Tea","TEA","2.50","debit","Coffee Shops","Checking","",""\n'
)
HEADER, LINE = MINT.decode().splitlines()
LONG_MINT = "\n".join([HEADER, *(LINE.replace("2.50", f"{place}.50") for place in range(1, 29))])


def reading(client, upload):
    return client.get(at("check", upload)).context["reading"]


def test_a_file_is_told_by_its_lines_and_days_and_how_it_was_read_is_a_detail(as_alice, household):
    upload = checked(as_alice, household, BANK)

    page = reading(as_alice, upload)

    assert page.said == "Table (CSV) · 2 lines · 5 Apr 2026 to 16 Apr 2026"
    assert page.details.startswith("CSV · ")
    assert page.details.endswith(" · Day first")
    shown = as_alice.get(at("check", upload)).content.decode()
    assert "Read as: CSV" in shown.partition("Is something read wrong?")[2]


def test_an_apps_export_is_called_by_the_app(as_alice, household):
    upload = checked(as_alice, household, MINT)
    assert reading(as_alice, upload).said == "Export of Mint · 1 line · 4 Nov 2026"

    pressed(as_alice, upload)

    batch = ImportBatch.objects.get()
    assert (batch.plain_format, batch.app) == ("csv", "Mint")
    lists = [reverse("transactions:import"), reverse("transactions:imports"), at("done", batch)]
    assert all("Export of Mint" in as_alice.get(page).content.decode() for page in lists)
    told = as_alice.get(f"/api/imports/{batch.pk}").json()
    assert (told["format"], told["app"]) == ("csv", "Mint")


def test_a_banks_table_is_of_no_app(as_alice, household):
    pressed(as_alice, checked(as_alice, household, BANK))

    batch = ImportBatch.objects.get()
    assert (batch.file_format, batch.app) == ("csv", "")
    assert as_alice.get(f"/api/imports/{batch.pk}").json()["app"] is None
    assert "Table (CSV)" in as_alice.get(reverse("transactions:imports")).content.decode()


@pytest.mark.parametrize(("content", "app"), [(MONTH, ""), (LONG_MINT, "Mint")])
def test_a_long_file_is_told_when_it_was_read(staged, as_alice, run_jobs, content, app):
    staged(content)

    told = as_alice.get(long_at("import-check")).context["reading"].said
    as_alice.post(long_at("import-commit"))
    run_jobs()

    assert told == ("Export of Mint · 28 lines" if app else "Table (CSV) · 28 lines")
    assert ImportBatch.objects.get().app == app
