from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from transactions.models import Transaction, Upload, Wallet
from transactions.tests.reading import FILES, sample

FOLDERS = ("camt", "journal", "mt940", "ods", "ofx", "qif", "xls", "xlsx")
SAMPLES = [str(path.relative_to(FILES)) for folder in FOLDERS for path in sorted((FILES / folder).iterdir())]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_of_any_format_is_checked_and_imported_on_the_pages(as_alice, household, name):
    content = (FILES / name).read_bytes()
    file = SimpleUploadedFile(name.rpartition("/")[2], content)

    assert as_alice.post(reverse("transactions:import"), {"file": file}).status_code == 303
    upload = Upload.objects.of(household).get()
    page = as_alice.get(reverse("transactions:import-check", args=[upload.pk]))
    lines = [line for line in sample(name).lines if line.amount]
    assert page.status_code == 200
    assert [row.number for row in page.context["check"].rows] == [line.number for line in lines]

    numbers = [line.number for line in lines]
    values = {
        "wallet": Wallet.objects.of(household).get(name="Cash").pk,
        "shown": ",".join(map(str, numbers)),
        "line": numbers,
    }
    assert as_alice.post(reverse("transactions:import-commit", args=[upload.pk]), values).status_code == 303
    entries = Transaction.objects.of(household).exclude(kind=Transaction.Kind.TRANSFER)
    moved = Decimal(sum(entry.amount if entry.kind == "income" else -entry.amount for entry in entries))
    parts = [part for line in lines for part in line.splits if part.transfer]
    brought = [line.amount for line in lines if not (line.transfer or line.is_opening)]
    kept = sum(brought) - sum(part.amount for part in parts)
    assert moved == kept


def test_what_was_decided_for_a_whole_file_stands_above_its_lines(as_alice, household):
    file = SimpleUploadedFile("card.csv", (FILES / "layouts" / "amex-us.csv").read_bytes())
    as_alice.post(reverse("transactions:import"), {"file": file})
    page = as_alice.get(reverse("transactions:import-check", args=[Upload.objects.of(household).get().pk]))

    above, _table, _below = page.content.decode().partition("<table")
    assert "The card&#x27;s charges are positive in this file" in above
    assert "<details" not in above.rpartition("The card&#x27;s charges")[0].rpartition("</details>")[2]
