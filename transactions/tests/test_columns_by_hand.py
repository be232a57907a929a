"""A table whose columns nobody can tell: its first rows are shown, and the member says what the columns hold."""

import io
import json
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils.html import strip_tags

from transactions.importers import glimpse
from transactions.importers.base import Choices
from transactions.models import StatementProfile, Transaction, Upload, Wallet
from transactions.tests.binary_sheets import table

# Two columns of plain figures: no name, no sign and no running balance says which of them counts.
TWO_FIGURES = "Wann;Was;Punkte;Zahl\n03.11.2026;Kaffee;7,00;4,50\n04.11.2026;Buch;9,00;12,00\n"
FORTH_AND_BACK = "Wann;Was;Fort;Her\n03.11.2026;Kaffee;4,50;\n04.11.2026;Lohn;;900,00\n05.11.2026;Tee;2,00;\n"


def sent(client, content: str | bytes, name: str = "club.csv"):
    file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
    return client.post(reverse("transactions:import"), {"file": file})


def page_of(client, **choices: str):
    return client.get(reverse("transactions:import-check", args=[Upload.objects.latest("pk").pk]), choices)


def seen(text: str) -> dict[str, int]:
    found = glimpse.of(text.encode(), filename="club.csv", choices=Choices())
    assert found is not None
    return dict(found.guesses)


def test_what_a_person_would_guess_is_guessed():
    assert seen(TWO_FIGURES) == {"date": 0, "amount": 2, "text": 1}
    assert seen(FORTH_AND_BACK) == {"date": 0, "debit": 2, "credit": 3, "text": 1}


@pytest.mark.parametrize(
    "text", ["hello", "Dear bank,\nsend it, please.\n", "a;b\n2026-11-03;Tea\n", "{}", "1,2\n3,4\n"]
)
def test_what_has_no_days_or_no_figures_is_no_table_to_ask_about(text):
    assert glimpse.of(text.encode(), filename="club.csv", choices=Choices()) is None


def test_the_first_rows_are_shown_with_guesses_and_what_comes_of_them(as_alice, household):
    sent(as_alice, TWO_FIGURES)

    page = page_of(as_alice)

    text = page.content.decode()
    assert "Say what the columns hold" in text
    assert "Wann, such as “03.11.2026”" in text
    assert [row.note for row in page.context["check"].rows] == ["Kaffee", "Buch"]


def test_another_column_is_seen_at_once_kept_and_used_for_the_next_file(as_alice, household):
    sent(as_alice, TWO_FIGURES)
    choices = {"read": "1", "column-date": "0", "column-text": "1", "column-amount": "3", "sign": "inverted"}
    page = page_of(as_alice, **choices)
    upload = Upload.objects.get()
    as_alice.post(reverse("transactions:import-commit", args=[upload.pk]), {**choices, "wallet": _bank(household)})

    sent(as_alice, TWO_FIGURES.replace("Kaffee;7,00;4,50", "Tee;7,00;2,50"))
    again = page_of(as_alice)

    assert strip_tags(page.context["check"].rows[0].amount) == "−₹4.50"
    assert set(Transaction.objects.values_list("amount", flat=True)) == {Decimal("4.50"), Decimal("12.00")}
    assert StatementProfile.objects.get().choices["column-amount"] == "3"
    assert [row.verdict for row in again.context["check"].rows] == ["New", "Known"]
    assert strip_tags(again.context["check"].rows[0].amount) == "−₹2.50"


def _bank(household) -> str:
    return str(Wallet.objects.of(household).get().pk)


def test_a_column_that_cannot_be_what_is_said_is_told_in_a_sentence(as_alice, household):
    sent(as_alice, TWO_FIGURES)

    answer = page_of(as_alice, **{"read": "1", "column-date": "1", "column-amount": "3"})

    assert answer.status_code == 422
    assert "The column “Was” holds no dates." in answer.content.decode()
    assert "Say what the columns hold" in answer.content.decode()


def test_a_workbook_is_asked_about_as_well(as_alice, household):
    book = openpyxl.Workbook()
    for row in (("Wann", "Was", "Fort", "Her"), ("03.11.2026", "Kaffee", 4.5, None), ("04.11.2026", "Lohn", None, 900)):
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)

    sent(as_alice, kept.getvalue(), "club.xlsx")

    assert [row.note for row in page_of(as_alice).context["check"].rows] == ["Kaffee", "Lohn"]


def test_a_binary_workbook_is_read_the_next_time_as_it_was_told(as_alice, household):
    names = ("Wann", "Was", "Punkte", "Zahl")
    sent(as_alice, table(names, ("03.11.2026", "Kaffee", 7.5, 4.5), ("04.11.2026", "Buch", 9.25, 12.5)), "club.xls")
    choices = {"read": "1", "column-date": "0", "column-text": "1", "column-amount": "3", "sign": "inverted"}
    asked = page_of(as_alice)
    values = {**choices, "wallet": _bank(household)}
    shown = glimpse.of(bytes(Upload.objects.get().content), filename="club.xls", choices=Choices())
    as_alice.post(reverse("transactions:import-commit", args=[Upload.objects.get().pk]), values)

    sent(as_alice, table(names, ("05.11.2026", "Tee", 7.5, 2.5), ("04.11.2026", "Buch", 9.25, 12.5)), "club.xls")
    again = page_of(as_alice)

    assert "Say what the columns hold" in asked.content.decode()
    assert shown is not None
    assert shown.format == "xls"
    assert [row.verdict for row in again.context["check"].rows] == ["New", "Known"]
    assert strip_tags(again.context["check"].rows[0].amount) == "−₹2.50"


def test_the_shell_names_the_columns_or_is_told_them(household, tmp_path):
    path = tmp_path / "club.csv"
    path.write_text(TWO_FIGURES)
    options = [str(path), "--member", "alice@example.org", "--wallet", "Cash", "--json", "--dry-run"]

    with pytest.raises(CommandError, match=r"They are: 1 Wann, 2 Was, 3 Punkte, 4 Zahl\."):
        call_command("import_statement", *options)
    with pytest.raises(CommandError, match="“colour” is nothing that a column holds"):
        call_command("import_statement", *options, "--column", "colour=1")
    said = io.StringIO()
    call_command("import_statement", *options, "--column", "date=1", "--column", "amount=zahl", stdout=said)

    assert json.loads(said.getvalue())["credits"] == "16.50"


def test_the_shell_reads_a_file_as_the_browser_was_told_to(as_alice, household, tmp_path):
    sent(as_alice, TWO_FIGURES)
    choices = {"read": "1", "column-date": "0", "column-amount": "3", "sign": "inverted"}
    upload = Upload.objects.get()
    as_alice.post(reverse("transactions:import-commit", args=[upload.pk]), {**choices, "wallet": _bank(household)})
    path = tmp_path / "club.csv"
    path.write_text(TWO_FIGURES)

    said = io.StringIO()
    call_command(
        "import_statement", str(path), "--member", "alice@example.org", "--wallet", "Cash", "--json", stdout=said
    )

    assert json.loads(said.getvalue())["known"] == 2
