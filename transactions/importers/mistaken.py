"""What people choose by mistake for a statement, told by its first bytes, and what to do instead."""

import re
from collections.abc import Collection
from typing import NamedTuple

from transactions.importers.base import Sentence, gettext_noop, sentence

NOT_A_STATEMENT = gettext_noop("This is %(kind)s, not a statement. %(way)s")
_DOWNLOAD = gettext_noop("Look on the bank's page for a download as CSV, OFX, QIF, CAMT or Excel.")
_UNPACK = gettext_noop("Unpack it, and choose the statement that is in it.")
_EXPORT = gettext_noop("Open it in its program, choose “Export”, then CSV or Excel, and choose that file here.")
_ATTACHED = gettext_noop("Save what is attached to it, and choose that file.")


class _Mistake(NamedTuple):
    kind: str
    way: str = _DOWNLOAD


_BY_BYTES = (
    (b"\x89PNG\r\n", _Mistake(gettext_noop("a picture (PNG)"))),
    (b"\xff\xd8\xff", _Mistake(gettext_noop("a picture (JPEG)"))),
    (b"GIF8", _Mistake(gettext_noop("a picture (GIF)"))),
    (b"II*\0", _Mistake(gettext_noop("a picture (TIFF)"))),
    (b"MM\0*", _Mistake(gettext_noop("a picture (TIFF)"))),
    (b"%PDF", _Mistake(gettext_noop("a PDF document"))),
    (b"{\\rtf", _Mistake(gettext_noop("a text document (RTF)"))),
    (b"PK\x05\x06", _Mistake(gettext_noop("an empty ZIP archive"))),
    (b"\x1f\x8b", _Mistake(gettext_noop("a compressed file (GZIP)"), _UNPACK)),
    (b"BZh9", _Mistake(gettext_noop("a compressed file (BZIP2)"), _UNPACK)),
    (b"\xfd7zXZ\0", _Mistake(gettext_noop("a compressed file (XZ)"), _UNPACK)),
    (b"Rar!", _Mistake(gettext_noop("an archive (RAR)"), _UNPACK)),
    (b"7z\xbc\xaf", _Mistake(gettext_noop("an archive (7-Zip)"), _UNPACK)),
    (b"SQLite format 3", _Mistake(gettext_noop("a database"), _EXPORT)),
    (b"\x7fELF", _Mistake(gettext_noop("a program"))),
    (b"MZ\x90", _Mistake(gettext_noop("a program"))),
    (b"ID3", _Mistake(gettext_noop("a sound (MP3)"))),
    (b"BEGIN:VCARD", _Mistake(gettext_noop("a list of contacts"))),
    (b"BEGIN:VCALENDAR", _Mistake(gettext_noop("a calendar"))),
)
_PHOTO = _Mistake(gettext_noop("a photo (HEIC)"))
_PHOTO_WEBP = _Mistake(gettext_noop("a picture (WebP)"))
_FILM = _Mistake(gettext_noop("a film or a sound"))
_MAIL = _Mistake(gettext_noop("an e-mail"), _ATTACHED)
# The first line of a mail is a header of its journey; statements have lines that look like some of them.
_HEADER = re.compile(
    rb"(?:Return-Path|Received|Delivered-To|From|To|Subject|Date|Message-ID|MIME-Version|X-[\w-]+):", re.IGNORECASE
)
_MIME = re.compile(rb"^MIME-Version:\s*1", re.IGNORECASE | re.MULTILINE)
_HEAD = 8192
# By a member that only such an archive has.
_BY_MEMBER = (
    ("word/document.xml", _Mistake(gettext_noop("a Word document"))),
    ("ppt/presentation.xml", _Mistake(gettext_noop("a presentation"))),
    ("AndroidManifest.xml", _Mistake(gettext_noop("a program"))),
)
_APPLE = _Mistake(gettext_noop("a document of Numbers or Pages"), _EXPORT)


def told(data: bytes) -> Sentence | None:
    """What the file is, if it is no statement whatever its name; None where it may be one."""
    return _said(next((mistake for start, mistake in _BY_BYTES if data.startswith(start)), None) or _by_look(data))


def told_archive(members: Collection[str]) -> Sentence | None:
    """The same of a ZIP archive, by the names of what it holds."""
    found = next((mistake for name, mistake in _BY_MEMBER if name in members), None)
    if found is None and any(name.endswith(".iwa") for name in members):
        found = _APPLE
    return _said(found)


def _by_look(data: bytes) -> _Mistake | None:
    if data[4:8] == b"ftyp":
        return _PHOTO if data[8:12] in {b"heic", b"heix", b"mif1", b"msf1", b"avif"} else _FILM
    if data[:4] == b"RIFF":
        return _PHOTO_WEBP if data[8:12] == b"WEBP" else _FILM
    return _MAIL if _HEADER.match(data) and _MIME.search(data[:_HEAD]) else None


def _said(mistake: _Mistake | None) -> Sentence | None:
    return mistake and sentence(NOT_A_STATEMENT, kind=sentence(mistake.kind), way=sentence(mistake.way))
