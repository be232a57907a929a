"""The pieces of a long PDF as one file: its pages numbered, its bookmarks in one tree. Pure: no Django."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

# As the style of pages has it: 8.5 pt, within margins of 16 mm, half way up one of 18 mm.
SIZE = 8.5
POINTS_OF_A_MM = 72 / 25.4
RIGHT = 16 * POINTS_OF_A_MM
BASE = 9 * POINTS_OF_A_MM - SIZE * 0.35
GREY = "0.42 0.4 0.376 rg"
# Widths of Helvetica, which every reader of PDF has, in thousandths of its size.
DIGIT, NARROW = 556, 278
FONT = "/BatuaNumbers"


@dataclass(frozen=True)
class Told:
    """What the file says about itself."""

    title: str
    author: str
    description: str
    language: str


def joined(pieces: Sequence[Path], told: Told, *, months: Collection[str]) -> bytes:
    """One file of all pieces in their order; bookmarks named after ``months`` stand below the entries'."""
    writer = PdfWriter()
    marks: list[tuple[str, int]] = []
    for piece in pieces:
        reader = PdfReader(piece)
        first = len(writer.pages)
        marks += [(title, first + number) for title, number in _marks(reader, reader.outline)]
        writer.append(reader, import_outline=False)
    _bookmark(writer, marks, months)
    _number(writer)
    writer.add_metadata(
        {"/Title": told.title, "/Author": told.author, "/Subject": told.description, "/Creator": "Batua"}
    )
    writer.root_object[NameObject("/Lang")] = TextStringObject(told.language)
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def _marks(reader: PdfReader, outline: Sequence[Any]) -> Iterator[tuple[str, int]]:
    """The bookmarks of a piece with the numbers of their pages, flat and in order."""
    for each in outline:
        if isinstance(each, list):
            yield from _marks(reader, each)
        else:
            yield str(each.title), reader.get_destination_page_number(each) or 0


def _bookmark(writer: PdfWriter, marks: Sequence[tuple[str, int]], months: Collection[str]) -> None:
    """The first is the file's own and holds all; the second is that of the entries, with the months below it."""
    root = entries = None
    for title, page in marks:
        parent = entries if title in months and entries is not None else root
        made = writer.add_outline_item(title=title, page_number=page, parent=parent, is_open=parent is None)
        if root is None:
            root = made
        elif entries is None:
            entries = made


def _number(writer: PdfWriter) -> None:
    """1 / 52 at the foot of each page, over whatever its own drawing left of the state."""
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    reference = writer._add_object(font)
    saved = writer._add_object(_stream("q"))
    count = len(writer.pages)
    for number, page in enumerate(writer.pages, start=1):
        text = f"{number} / {count}"
        width = sum(DIGIT if letter.isdigit() else NARROW for letter in text) * SIZE / 1000
        x = float(page.mediabox.width) - RIGHT - width
        words = f"Q q BT {FONT} {SIZE} Tf {GREY} {x:.2f} {BASE:.2f} Td ({text}) Tj ET Q"
        _fonts(page)[NameObject(FONT)] = reference
        drawn = page.raw_get("/Contents")
        page[NameObject("/Contents")] = ArrayObject([saved, drawn, writer._add_object(_stream(words))])


def _fonts(page: PageObject) -> DictionaryObject:
    resources: Any = page["/Resources"].get_object()
    if "/Font" not in resources:
        resources[NameObject("/Font")] = DictionaryObject()
    found: DictionaryObject = resources["/Font"].get_object()
    return found


def _stream(text: str) -> DecodedStreamObject:
    stream = DecodedStreamObject()
    stream.set_data(text.encode("ascii"))
    return stream
