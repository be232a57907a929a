"""A file from the export page is a statement that the import page reads."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from transactions.importers import read
from transactions.models import Transaction
from transactions.tests.factories import make_transaction, make_wallet


@pytest.mark.parametrize("query", ["format=csv", "format=csv&bom=on", "format=xlsx"])
def test_what_the_page_writes_is_read_as_an_export_of_batua(as_alice, household, query):
    make_transaction(household, "250", note="=1+1", comment="with milk")
    make_transaction(household, "-20.50")

    file = as_alice.get(f"{reverse('reports:export-download')}?{query}")
    content = b"".join(file.streaming_content)
    statement = read(content, filename=file["Content-Disposition"].split('"')[1])

    assert statement.reading.app == "Batua"
    assert sorted(line.amount for line in statement.lines) == [-250, 20.5]
    assert {(line.ours.note, line.ours.comment) for line in statement.lines} == {("=1+1", "with milk"), ("", "")}


def test_the_import_page_knows_every_entry_of_its_own_books(as_alice, household):
    savings = make_wallet(household, "Savings")
    make_transaction(household, "250", note="Tea")
    make_transaction(household, "400", kind="transfer", to_wallet=savings)
    content = b"".join(as_alice.get(reverse("reports:export-download")).streaming_content)

    sent = {"file": SimpleUploadedFile("batua.csv", content)}
    page = as_alice.post(reverse("transactions:import"), sent, follow=True).content.decode()

    assert "2 known" in page
    assert "Batua" in page
    assert Transaction.objects.of(household).count() == 2
