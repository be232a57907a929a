"""Opens a backup and distrusts it: nothing is unpacked to a disk, and every check comes before the first row."""

import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from batua.backup.tables import FORMAT, HOUSEHOLD, MANIFEST, OLDEST_SCHEMA, SCHEMA, TABLES, VERSION, Table

# Bytes. A year of a busy household is about one megabyte unpacked.
MAX_ARCHIVE = 100 * 1024 * 1024
MAX_UNPACKED = 1024 * 1024 * 1024
MAX_MANIFEST = 64 * 1024
MAX_LINE = 16 * 1024 * 1024
# Rows with their UUIDs shrink to a twentieth at best. Small files may shrink more.
MAX_RATIO, RATIO_FROM = 100, 1024 * 1024
# The list of files at the end of an archive: ours takes about a kilobyte.
MAX_LISTING = 64 * 1024

_END, _END_SIZE = b"PK\x05\x06", 22
_END_64, _END_64_SIZE = b"PK\x06\x07", 20
_ENCRYPTED = 0x1
_UNREADABLE = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


class ArchiveError(Exception):
    """The archive cannot be restored; the text says why, and where."""


def in_file(file: str, problem: str, *, line: int = 0) -> ArchiveError:
    """The problem with the place that it was found at."""
    place = _("%(file)s, line %(line)s") % {"file": file, "line": line} if line else file
    return ArchiveError(f"{place}: {problem}.")


@dataclass(frozen=True)
class Member:
    """What the manifest says of a file."""

    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What an archive says it holds. The digest is over the manifest, which holds those over everything else."""

    household: str
    made_at: datetime
    application: str
    digest: str
    members: dict[str, Member]
    schema: int = SCHEMA

    def rows(self, table: str) -> int:
        return self.members[f"{table}.jsonl"].rows


class Archive:
    """A backup that holds what its manifest says. Made by ``open_archive``."""

    def __init__(self, archive: ZipFile, manifest: Manifest) -> None:
        self._archive, self.manifest = archive, manifest

    def rows(self, table: Table) -> Iterator[tuple[int, dict[str, Any]]]:
        """Line number and row, one at a time. Raises ArchiveError."""
        columns = {"id", *table.names(self.manifest.schema)}
        later = dict.fromkeys(table.names(SCHEMA) - columns)
        for number, line in enumerate(_lines(self._archive, table.file), start=1):
            row = _row(table.file, number, line)
            if row.keys() != columns:
                odd = ", ".join(sorted(map(ascii, row.keys() ^ columns))[:3])
                raise in_file(table.file, _("fields are missing or unknown: %(fields)s") % {"fields": odd}, line=number)
            if row["id"] != number:
                raise in_file(table.file, _("the rows are not numbered one by one"), line=number)
            yield number, row | later

    @property
    def currency(self) -> str:
        for _number, row in self.rows(HOUSEHOLD):
            return str(row["currency"])
        raise in_file(HOUSEHOLD.file, _("the household is missing"))


def open_archive(file: IO[bytes]) -> Archive:
    """The archive once its form, sizes, counts and checksums are found right. Raises ArchiveError."""
    _check_size(file)
    try:
        archive = ZipFile(file)
    except _UNREADABLE as error:
        raise _damaged() from error
    names = [member.filename for member in archive.infolist()]
    if MANIFEST not in names:
        raise ArchiveError(_("This is no backup of Batua: it has no %(file)s.") % {"file": MANIFEST})
    for member in archive.infolist():
        _check_member(member)
    manifest = _manifest(archive)
    _check_names(names, manifest)
    for table in TABLES:
        _check_content(archive, table.file, manifest.members[table.file])
    if manifest.rows(HOUSEHOLD.name) != 1:
        raise in_file(HOUSEHOLD.file, _("a backup holds one household"))
    return Archive(archive, manifest)


def _damaged() -> ArchiveError:
    return ArchiveError(
        _("The file is damaged or no ZIP archive. Fetch it once more from where you keep your backups.")
    )


def _check_size(file: IO[bytes]) -> None:
    """Before anything is read into memory: the size of the whole and of its list of files."""
    size = file.seek(0, 2)
    if size > MAX_ARCHIVE:
        raise ArchiveError(
            _("The file is larger than %(limit)s MB, which no backup is.") % {"limit": MAX_ARCHIVE // 1024**2}
        )
    start = max(0, size - _END_SIZE - 0xFFFF - _END_64_SIZE)
    file.seek(start)
    tail = file.read()
    file.seek(0)
    end = tail.rfind(_END)
    if end < 0 or len(tail) - end < _END_SIZE:
        raise _damaged()
    listing = int.from_bytes(tail[end + 12 : end + 16], "little")
    if listing > MAX_LISTING or tail[max(0, end - _END_64_SIZE) : end].startswith(_END_64):
        raise ArchiveError(_("The archive lists more files than a backup has."))


def _check_member(member: ZipInfo) -> None:
    shown = ascii(member.filename[:60])
    expected = {MANIFEST, *(table.file for table in TABLES)}
    if member.filename not in expected or member.orig_filename != member.filename:
        raise ArchiveError(_("The archive holds a file that no backup has: %(file)s.") % {"file": shown})
    if member.flag_bits & _ENCRYPTED or member.compress_type not in {ZIP_DEFLATED, ZIP_STORED}:
        raise in_file(member.filename, _("it is encrypted or packed in a way that backups are not"))
    longest = MAX_MANIFEST if member.filename == MANIFEST else MAX_UNPACKED
    is_bomb = member.file_size > RATIO_FROM and member.file_size > MAX_RATIO * member.compress_size
    if member.file_size > longest or is_bomb:
        raise in_file(member.filename, _("it would unpack to far more than a backup holds"))


def _manifest(archive: ZipFile) -> Manifest:
    text = b"".join(_lines(archive, MANIFEST))
    row = _row(MANIFEST, 0, text)
    if row.get("format") != FORMAT:
        raise ArchiveError(_("This is no backup of Batua: %(file)s names another format.") % {"file": MANIFEST})
    _check_version(row.get("version"), VERSION, VERSION)
    _check_version(row.get("schema"), OLDEST_SCHEMA, SCHEMA)
    try:
        return Manifest(
            household=str(row["household"]),
            made_at=_instant(row["made_at"]),
            application=str(row["application"]),
            digest=hashlib.sha256(text).hexdigest(),
            members={str(name): _counts(counts) for name, counts in row["members"].items()},
            schema=row["schema"],
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise in_file(MANIFEST, _("it does not say what the archive holds")) from error


def _check_version(theirs: object, oldest: int, ours: int) -> None:
    if not isinstance(theirs, int):
        raise in_file(MANIFEST, _("it does not say which version it is of"))
    if theirs > ours:
        raise ArchiveError(
            _("The backup was made by a newer version of Batua. Bring this installation up to date, then restore it.")
        )
    if theirs < oldest:
        raise ArchiveError(
            _(
                "The backup was made by a version of Batua that is too old to be read here."
                " Restore it with that version, update Batua, then make a new backup."
            )
        )


def _instant(text: object) -> datetime:
    instant = datetime.fromisoformat(str(text))
    if instant.tzinfo is None:
        raise ValueError(f"{text} has no time zone")
    return instant


def _counts(counts: dict[str, Any]) -> Member:
    rows, size, sha256 = counts["rows"], counts["bytes"], counts["sha256"]
    if not (type(rows) is type(size) is int and rows >= 0 and size >= 0 and isinstance(sha256, str)):
        raise ValueError("counts are whole numbers, a checksum is text")
    return Member(rows, size, sha256)


def _check_names(names: list[str], manifest: Manifest) -> None:
    expected = {table.file for table in TABLES}
    if len(names) != len(set(names)):
        raise ArchiveError(_("The archive holds a file twice."))
    missing = expected - (set(names) & manifest.members.keys())
    if missing:
        raise ArchiveError(_("The archive lacks %(files)s.") % {"files": ", ".join(sorted(missing))})
    if manifest.members.keys() != expected:
        raise in_file(MANIFEST, _("it tells of files that no backup has"))
    if sum(member.bytes for member in manifest.members.values()) > MAX_UNPACKED:
        raise in_file(MANIFEST, _("it tells of far more than a backup holds"))


def _check_content(archive: ZipFile, name: str, said: Member) -> None:
    if archive.getinfo(name).file_size != said.bytes:
        raise in_file(name, _("it is not as long as the manifest says"))
    digest, rows = hashlib.sha256(), 0
    for line in _lines(archive, name):
        digest.update(line)
        rows += 1
    if digest.hexdigest() != said.sha256:
        raise in_file(name, _("its checksum is not the manifest's, so it was changed or damaged"))
    if rows != said.rows:
        raise in_file(
            name, _("it has %(rows)s rows where the manifest counts %(said)s") % {"rows": rows, "said": said.rows}
        )


def _lines(archive: ZipFile, name: str) -> Iterator[bytes]:
    number = 0
    try:
        with archive.open(name) as member:
            while line := member.readline(MAX_LINE + 1):
                number += 1
                if len(line) > MAX_LINE:
                    raise in_file(name, _("the line is too long"), line=number)
                yield line
    except _UNREADABLE as error:
        raise in_file(name, _("it is damaged"), line=number + 1) from error


def _row(name: str, number: int, line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line.decode(), parse_constant=_no_number, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise in_file(name, _("it cannot be read as JSON"), line=number) from error
    if not isinstance(row, dict):
        raise in_file(name, _("it holds no row"), line=number)
    return row


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """JSON lets a name stand twice, and readers then disagree which one counts."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found
