"""What is no whole, honest backup of this version is refused in words, and nothing of it is saved."""

import io
import json
import struct
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from accounts.models import User
from batua.backup import archive as reading
from batua.backup.archive import ArchiveError, open_archive
from batua.backup.tables import MANIFEST, SCHEMA
from batua.tests.archives import (
    counts,
    fill,
    manifest,
    members,
    packed,
    put_back,
    taken,
    with_content,
    with_manifest,
    with_row,
)
from conftest import kept_for_the_module, make_member


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker):
    """Alice's key, and the backup of her books."""
    with kept_for_the_module(django_db_blocker):
        alice = make_member("alice@example.org", "Alice")
        household = alice.households.get()
        fill(household, alice)
        yield alice.pk, taken(household)


@pytest.fixture
def alice(db, filled) -> User:
    return User.objects.get(pk=filled[0])


@pytest.fixture
def archive(db, filled) -> bytes:
    return filled[1]


@pytest.fixture
def refusal(archive, household, alice):
    """Restores, expects a refusal and no new row, and returns its sentence."""

    def refused(bent: bytes) -> str:
        before = counts(household)
        with pytest.raises(ArchiveError) as caught:
            put_back(bent, alice)
        assert counts(household) == before
        return str(caught.value)

    return refused


@pytest.mark.parametrize("content", [b"", b"PK", b"no archive at all", b"Date;Text;Amount\n" * 50])
def test_another_file(refusal, content):
    assert refusal(content).startswith("The file is damaged or no ZIP archive.")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_an_archive_cut_short(refusal, archive, share):
    assert refusal(archive[: int(len(archive) * share)]).startswith("The file is damaged")


def test_any_byte_that_is_another_is_seen_or_makes_no_difference(archive, alice):
    """Some bytes mean nothing, such as the hour of packing; what is read all the same is what was written."""
    for place in range(0, len(archive), len(archive) // 150):
        bent = bytearray(archive)
        bent[place] ^= 0x55
        try:
            opened = open_archive(io.BytesIO(bytes(bent)))
        except ArchiveError:
            continue
        assert (
            opened.manifest.members["entries.jsonl"].sha256 == (manifest(archive)["members"]["entries.jsonl"]["sha256"])
        )


def test_another_archive(refusal):
    assert refusal(packed({"letter.txt": b"Dear"})) == "This is no backup of Batua: it has no manifest.json."


def test_another_format(refusal, archive):
    bent = with_manifest(archive, lambda said: said.update(format="rival"))

    assert refusal(bent) == "This is no backup of Batua: manifest.json names another format."


@pytest.mark.parametrize("name", ["version", "schema"])
def test_a_newer_and_an_older_one(refusal, archive, name):
    assert "made by a newer version" in refusal(with_manifest(archive, lambda said: said.update({name: SCHEMA + 1})))
    assert "too old to be read here" in refusal(with_manifest(archive, lambda said: said.update({name: 0})))
    assert "which version" in refusal(with_manifest(archive, lambda said: said.update({name: "1"})))


@pytest.mark.parametrize("member", [None, 7, {}, {"rows": 1}, {"rows": -1, "bytes": 1, "sha256": ""}])
def test_a_manifest_that_says_nothing(refusal, archive, member):
    bent = with_manifest(archive, lambda said: said["members"].update({"entries.jsonl": member}))

    assert refusal(bent) == "manifest.json: it does not say what the archive holds."


def test_a_manifest_that_is_no_json(refusal, archive):
    assert refusal(packed({**members(archive), MANIFEST: b"{"})) == "manifest.json: it cannot be read as JSON."


def test_a_file_that_is_missing(refusal, archive):
    files = members(archive)
    del files["entries.jsonl"]

    assert refusal(packed({**files, MANIFEST: json.dumps(manifest(archive)).encode()})) == (
        "The archive lacks entries.jsonl."
    )


@pytest.mark.parametrize(
    "name", ["../entries.jsonl", "/etc/passwd", "C:\\entries.jsonl", "folder/", "entries.jsonl\x00.txt", "users.jsonl"]
)
def test_a_file_that_does_not_belong(refusal, archive, name):
    bent = io.BytesIO(archive)
    with ZipFile(bent, "a") as opened:
        opened.writestr(name.replace("\x00", "_"), b"x")

    stored = bent.getvalue().replace(name.replace("\x00", "_").encode(), name.encode())
    assert refusal(stored).startswith(("The archive holds a file that no backup has", "The archive holds a file twice"))


def test_a_file_that_stands_twice(refusal, archive):
    bent = io.BytesIO(archive)
    with pytest.warns(UserWarning, match="Duplicate name"), ZipFile(bent, "a") as opened:
        opened.writestr("entries.jsonl", members(archive)["entries.jsonl"])

    assert refusal(bent.getvalue()) == "The archive holds a file twice."


def test_a_file_that_was_changed(refusal, archive):
    changed = members(archive)
    changed["entries.jsonl"] = changed["entries.jsonl"].replace(b"Money", b"Honey")

    assert refusal(packed({**changed, MANIFEST: json.dumps(manifest(archive)).encode()})) == (
        "entries.jsonl: its checksum is not the manifest's, so it was changed or damaged."
    )


def test_a_count_that_is_not_right(refusal, archive):
    bent = with_manifest(archive, lambda said: said["members"]["entries.jsonl"].update(rows=5))

    assert refusal(bent) == "entries.jsonl: it has 4 rows where the manifest counts 5."


def test_a_length_that_is_not_right(refusal, archive):
    bent = with_manifest(archive, lambda said: said["members"]["entries.jsonl"].update(bytes=5))

    assert refusal(bent) == "entries.jsonl: it is not as long as the manifest says."


def test_an_encrypted_one(refusal, archive):
    bent = bytearray(archive)
    listed = bent.rindex(b"PK\x01\x02")
    bent[listed + 8] |= 1

    assert refusal(bytes(bent)).endswith("it is encrypted or packed in a way that backups are not.")


def test_a_bomb(refusal, archive):
    """Twenty megabytes of spaces pack to twenty kilobytes."""
    bent = with_content(archive, "entries.jsonl", b" " * 20_000_000)

    assert refusal(bent) == "entries.jsonl: it would unpack to far more than a backup holds."


def test_sizes_have_limits(refusal, archive, monkeypatch):
    monkeypatch.setattr(reading, "MAX_LINE", 300)
    assert refusal(archive) == "entries.jsonl, line 1: the line is too long."

    monkeypatch.setattr(reading, "MAX_UNPACKED", 3_000)
    assert refusal(archive) == "manifest.json: it tells of far more than a backup holds."

    monkeypatch.setattr(reading, "MAX_ARCHIVE", len(archive) - 1)
    assert refusal(archive).startswith("The file is larger than")


def test_a_listing_that_would_fill_the_memory(refusal, archive):
    many = io.BytesIO(archive)
    with ZipFile(many, "a", ZIP_DEFLATED) as opened:
        for number in range(1_000):
            opened.writestr(f"{number:064}", b"")
    assert refusal(many.getvalue()) == "The archive lists more files than a backup has."

    # The 64-bit end is what Python would believe.
    end = archive.rindex(b"PK\x05\x06")
    locator = b"PK\x06\x07" + struct.pack("<LQL", 0, 0, 1)
    assert refusal(archive[:end] + locator + archive[end:]) == "The archive lists more files than a backup has."


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (b"{", "it cannot be read as JSON"),
        (b"[" * 100_000, "it cannot be read as JSON"),
        (b'{"id": 1, "id": 1}', "it cannot be read as JSON"),
        (b'{"id": NaN}', "it cannot be read as JSON"),
        (b"\xff\xfe", "it cannot be read as JSON"),
        (b"1" * 5_000, "it cannot be read as JSON"),
        (b"[]", "it holds no row"),
        (b"", "it cannot be read as JSON"),
        (b'{"id": 1}', "fields are missing or unknown: 'amount', 'bank_text', 'category'"),
    ],
)
def test_a_line_that_is_no_row(refusal, archive, line, sentence):
    assert refusal(with_content(archive, "entries.jsonl", line + b"\n")) == f"entries.jsonl, line 1: {sentence}."


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"id": 3}, "the rows are not numbered one by one"),
        ({"amount": "NaN"}, "amount: 'NaN' is no amount"),
        ({"amount": 12.5}, "amount: 12.5 is no amount"),
        ({"amount": "1e3"}, "amount: '1e3' is no amount"),
        ({"amount": "12.50"}, "amount: '12.50' is no amount"),
        ({"amount": "1000000000000000"}, "amount: '1000000000000000' is no amount"),
        ({"amount": None}, "amount: None is no amount"),
        ({"date": "infinity"}, "date: 'infinity' is no day"),
        ({"date": "20261110"}, "date: '20261110' is no day"),
        ({"date": "1899-12-31"}, "date: '1899-12-31' is no day"),
        ({"created_at": "2026-11-10T12:00:00"}, "created_at: '2026-11-10T12:00:00' is no instant"),
        ({"uuid": "1"}, "uuid: '1' is no UUID"),
        ({"version": True}, "version: True is no whole number"),
        ({"version": 10**30}, "version: 1000000000000000000000000000000 is no whole number"),
        ({"kind": "gift"}, "kind: 'gift' is not among what can stand here"),
        ({"note": "x" * 201}, "note: a text is longer than 200 characters"),
        ({"note": "a\x00b"}, "note: a text holds a character that no text can hold"),
        ({"note": "\ud800"}, "note: a text holds a character that no text can hold"),
        ({"note": ["x"]}, "note: ['x'] is no text"),
        ({"wallet": 3}, "wallet: 3 is no row of wallets"),
        ({"wallet": 0}, "wallet: 0 is no row of wallets"),
        ({"wallet": "1"}, "wallet: '1' is no row of wallets"),
        ({"category": -1}, "category: -1 is no row of categories"),
        ({"amount": "0"}, "the database refuses the row (amount_is_not_zero)"),
        ({"amount": "1.001"}, "the database refuses the row (amount_has_the_currencys_decimals)"),
        ({"version": 2**40}, 'the database refuses the row (value "1099511627776" is out of range for type integer)'),
        ({"category": None}, "the database refuses the row (transfer_has_two_wallets_others_a_category)"),
        ({"currency": "EUR"}, "the database refuses the row (entry_wallet_is_the_households)"),
        ({"category": 4}, "the database refuses the row (entry_category_is_the_households_and_of_its_kind)"),
    ],
)
def test_an_entry_that_cannot_be(refusal, archive, values, sentence):
    assert refusal(with_row(archive, "entries.jsonl", 2, **values)) == f"entries.jsonl, line 2: {sentence}."


def test_two_entries_with_one_uuid(refusal, archive):
    first = json.loads(members(archive)["entries.jsonl"].splitlines()[0])
    bent = with_row(archive, "entries.jsonl", 3, uuid=first["uuid"])

    assert refusal(bent) == "entries.jsonl, line 3: the database refuses the row (one_entry_per_uuid)."


@pytest.mark.parametrize(
    ("name", "number", "values", "sentence"),
    [
        ("household", 1, {"currency": "ZZZ"}, "'ZZZ' is no currency of today"),
        ("household", 1, {"month_start": 31}, "the database refuses the row (month_starts_by_the_28th)"),
        ("memberships", 1, {"role": "king"}, "role: 'king' is not among what can stand here"),
        ("wallets", 2, {"currency": "EUR"}, "the database refuses the row (wallet_currency_is_the_households)"),
        ("wallets", 2, {"name": "CASH"}, "the database refuses the row (one_wallet_of_a_name)"),
        ("categories", 2, {"keywords": "tea"}, "keywords: 'tea' is no list"),
        ("categories", 3, {"colour": 13}, "the database refuses the row (colour_is_one_of_twelve)"),
        ("imported_lines", 3, {"entry": 5}, "entry: 5 is no row of entries"),
        ("imported_lines", 3, {"turned": {"kind": "x"}}, "turned: {'kind': 'x'} does not say what an entry was"),
        ("imported_lines", 3, {"turned": {"opened": "x"}}, "turned: 'x' is no amount"),
        ("imported_lines", 3, {"alone": {"kind": "x"}}, "alone: {'kind': 'x'} does not say what a line would bring"),
        ("statement_profiles", 1, {"choices": []}, "choices: [] is no list of choices"),
        ("budget_limits", 2, {"from_month": "2026-11-02"}, "the database refuses the row (limit_starts_with_a_month)"),
        ("budget_limits", 1, {"amount": "-1"}, "the database refuses the row (limit_is_not_negative)"),
        ("alert_readers", 1, {"membership": 2}, "membership: 2 is no row of memberships"),
    ],
)
def test_a_row_of_another_table_that_cannot_be(refusal, archive, name, number, values, sentence):
    assert refusal(with_row(archive, f"{name}.jsonl", number, **values)) == f"{name}.jsonl, line {number}: {sentence}."


def test_an_archive_of_two_households(refusal, archive):
    twice = members(archive)["household.jsonl"] * 2

    assert refusal(with_content(archive, "household.jsonl", twice)) == (
        "household.jsonl: a backup holds one household."
    )
