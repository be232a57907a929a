"""An archive that holds a single statement of any format: it is that statement."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from transactions import importers
from transactions.importers import archive
from transactions.importers.base import Statement, StatementError
from transactions.models import Upload
from transactions.tests.reading import FILES, amounts, problems, sample
from transactions.tests.test_camt import ENTRY, written

CSV = b"Date,Text,Amount\n2026-03-02,Tram,-5.00\n"


def zipped(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name.replace("__", "."), content)
    return packed.getvalue()


def unpacked(content: bytes) -> Statement:
    return importers.read(content, filename="bank.zip")


@pytest.mark.parametrize(
    "name",
    [
        "ofx/two_accounts.ofx",
        "qif/day_first.qif",
        "mt940/dutch_slashes.940",
        "xlsx/mixed_cells.xlsx",
        "apps/bluecoins.csv",
        "apps/ynab4_budget.yfull",
        "camt/two_days.zip",
    ],
)
def test_a_statement_that_is_alone_in_an_archive_is_read_as_it_is(name):
    statement = unpacked(zipped(**{name: (FILES / name).read_bytes()}))

    assert (list(statement.lines), statement.format) == (list(sample(name).lines), sample(name).format)


def test_what_macos_puts_beside_a_file_is_no_other_file():
    packed = zipped(**{"bank/": b"", "bank/march.csv": CSV, "__MACOSX/bank/._march.csv": b"x"})

    assert amounts(unpacked(packed)) == ["-5.00"]


def test_other_statements_beside_camt_are_named():
    packed = zipped(a__xml=written(ENTRY).encode(), b__csv=CSV, c__pdf=b"%PDF")

    statement = unpacked(packed)

    assert amounts(statement) == ["-5.00"]
    assert problems(statement) == [
        "Of an archive of several files only those of CAMT (.xml) are read, so b.csv was not. Unpack it and import it"
        " by itself."
    ]


def test_what_a_bank_puts_beside_a_statement_is_no_other_statement():
    packed = zipped(**{"march.csv": CSV, "march.pdf": b"%PDF", "README.txt": b"Hello", "logo.png": b"x"})

    assert amounts(unpacked(packed)) == ["-5.00"]


def test_an_archive_of_several_others_is_refused_with_their_names():
    several = {f"month_{number}.csv": CSV for number in range(1, 8)} | {"about.pdf": b"%PDF"}

    with pytest.raises(StatementError) as raised:
        unpacked(zipped(**several))

    assert str(raised.value) == (
        "This ZIP archive holds several statements (month_1.csv, month_2.csv, month_3.csv, month_4.csv, month_5.csv …)."
        " Unpack it and import one after the other: each says which of its lines are here already."
    )


def test_an_archive_without_any_is_refused_in_words():
    with pytest.raises(StatementError, match="holds no CAMT file"):
        unpacked(zipped(a__pdf=b"%PDF", b__png=b"x"))


def test_what_is_no_statement_is_named_for_what_it_is():
    with pytest.raises(StatementError, match="This is a PDF document"):
        unpacked(zipped(a__pdf=b"%PDF-1.7"))


def test_a_file_that_grows_beyond_what_is_read_is_refused():
    with pytest.raises(StatementError, match="larger than 10 MB"):
        unpacked(zipped(a__csv=CSV + b" " * importers.MAX_BYTES))
    with pytest.raises(StatementError, match="larger than 64 MB"):
        unpacked(zipped(a__csv=b" " * (archive.MOST_UNPACKED + 1)))


def test_on_the_pages_the_file_is_kept_under_its_own_name(as_alice, household):
    file = SimpleUploadedFile("download.zip", zipped(march__csv=CSV))

    assert as_alice.post(reverse("transactions:import"), {"file": file}).status_code == 303

    kept = Upload.objects.of(household).get()
    assert (kept.file_name, bytes(kept.content)) == ("march.csv", CSV)


def test_on_the_pages_a_file_that_grows_too_large_is_refused(as_alice, household):
    file = SimpleUploadedFile("download.zip", zipped(march__csv=CSV * 300_000))

    assert as_alice.post(reverse("transactions:import"), {"file": file}).status_code == 413
    assert not Upload.objects.of(household).exists()
