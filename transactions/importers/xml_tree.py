"""XML without its dangers: no document type, no entities, nothing fetched; names without their namespaces."""

import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Sequence
from typing import IO, Any
from xml.etree.ElementTree import Element
from xml.parsers import expat

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from transactions.importers.base import StatementError, gettext_noop, sentence

BROKEN = gettext_noop("This XML file is broken in line %(line)s. Download it again.")
UNSAFE = gettext_noop("This XML file declares entities or a document type, which no bank does; it was not read.")
NOT_ITS_SET = gettext_noop("This XML file is not written in the character set that it names.")
TOO_DEEP = gettext_noop("This XML file is nested deeper than any statement.")
TOO_MUCH = gettext_noop("This XML file has more tags, or longer ones, than any statement, so it was not read.")

# The attribute in which an element keeps the number of its line.
LINE = "{batua}line"
_DEEPEST = 100
# What is kept at once: an account has a few, a booking of a thousand payments some ten thousand.
_MOST_KEPT = 500_000

# A longer tag or comment is none of a statement; where a file is read in pieces, it is begun anew with each of them.
_LONGEST_TAG = 2 * 1024 * 1024
_PIECE = 64 * 1024

Take = Callable[[Sequence[Element], Element], bool]


class _Builder(ElementTree.TreeBuilder):
    def __init__(self, name: str, take: Take) -> None:
        super().__init__()
        self.parser: DefusedXMLParser | None = None
        self._name, self._take = name, take
        self._around: list[Element] = []
        self._kept: list[int] = []
        self._count = 0

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        if len(self._around) >= _DEEPEST:
            raise StatementError(sentence(TOO_DEEP))
        self._kept.append(self._count)
        self._count += 1
        if self._count > _MOST_KEPT:
            raise StatementError(sentence(TOO_MUCH))
        element = super().start(tag.rpartition("}")[2], attrs)
        if element.tag == self._name and self.parser is not None:
            element.set(LINE, str(self.parser.parser.CurrentLineNumber))
        self._around.append(element)
        return element

    def end(self, tag: str) -> Element:
        self._around.pop()
        before = self._kept.pop()
        element = super().end(tag.rpartition("}")[2])
        if element.tag == self._name and self._around and self._take(self._around, element):
            del self._around[-1][-1]
            self._count = before
        return element


def read(data: bytes, name: str, take: Take) -> Element:
    """The root element; StatementError for what is not XML, or not safe.

    ``take`` is given each element of this name when it is complete, with those around it, the root first. What it
    takes is no part of the tree, so that a tree of many of them stays small.
    """
    if _has_long_tag(data):
        raise StatementError(sentence(TOO_MUCH))
    builder = _Builder(name, take)
    parser = builder.parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    root: Element = _parsed(parser, data)
    return root


def _parsed(parser: DefusedXMLParser, data: bytes) -> Any:
    try:
        parser.feed(data.lstrip(b" \t\r\n"))
        return parser.close()
    except DefusedXmlException as error:
        raise StatementError(sentence(UNSAFE)) from error
    except ElementTree.ParseError as error:
        raise StatementError(sentence(BROKEN, line=error.position[0])) from error
    except (ValueError, LookupError) as error:
        raise StatementError(sentence(NOT_ITS_SET)) from error


def _has_long_tag(data: bytes) -> bool:
    """Whether a tag, a comment or the text between two tags is longer than any of a statement."""
    place = 0
    while len(data) - place > _LONGEST_TAG:
        end = data.rfind(b">", place, place + _LONGEST_TAG)
        if end < 0:
            return True
        place = end + 1
    return False


def is_safe_in_pieces(file: IO[bytes], *, most: int | None = None) -> bool:
    """Whether a file can be read in pieces, in as much time as it is long and in little memory.

    It has no tag of megabytes, is nested no deeper than any, declares nothing, and has no more elements than ``most``.
    What is not XML is left to whoever reads it.
    """
    try:
        _Depth(most).read(file)
    except StatementError:
        return False
    except (expat.ExpatError, ValueError, LookupError):
        return True
    return True


class _Depth:
    """Walks through a file and does nothing but look how deep it is, and how long and many its tags. StatementError."""

    def __init__(self, most: int | None) -> None:
        self._most, self._count, self._depth = most, 0, 0
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._declare

    def read(self, file: IO[bytes]) -> None:
        if self._most is not None:
            self._count_each()
        # Tags that are open are at most as many as begin, less those that end; where no comments hide others, that is
        # told by counting bytes. Most files need no more, and looking at each tag takes three times as long.
        fed = most_open = 0
        while piece := file.read(_PIECE):
            piece += file.read(1) if piece.endswith(b"<") else b""
            most_open += piece.count(b"<") - 2 * piece.count(b"</")
            if self._most is None and (most_open > _DEEPEST or b"<!" in piece or piece.find(b"<?", 1) >= 0):
                file.seek(0)
                _Depth(sys.maxsize).read(file)
                return
            self._parser.Parse(piece)
            fed += len(piece)
            if fed - self._parser.CurrentByteIndex > _LONGEST_TAG:
                raise StatementError(sentence(TOO_DEEP))

    def _count_each(self) -> None:
        self._parser.StartElementHandler, self._parser.EndElementHandler = self._start, self._end

    def _start(self, _name: str, _attributes: dict[str, str]) -> None:
        self._depth += 1
        self._count += 1
        if self._depth > _DEEPEST or self._count > (self._most or 0):
            raise StatementError(sentence(TOO_DEEP))

    def _end(self, _name: str) -> None:
        self._depth -= 1

    def _declare(self, *_told: object) -> None:
        raise StatementError(sentence(UNSAFE))


def line_of(element: Element) -> int:
    """The number of the line on which the element begins."""
    return int(element.get(LINE, "1"))


def text_of(element: Element | None, *paths: str) -> str:
    """The first of these paths that leads to a text; "" where none does."""
    if element is None:
        return ""
    found = (each.text.strip() for path in paths for each in element.iterfind(path) if each.text)
    return next(filter(None, found), "")
