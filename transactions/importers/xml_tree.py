"""XML without its dangers: no document type, no entities, nothing fetched; names without their namespaces."""

import xml.etree.ElementTree as ElementTree
from xml.etree.ElementTree import Element

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from transactions.importers.base import StatementError, gettext_noop, sentence

BROKEN = gettext_noop("This XML file is broken in line %(line)s. Download it again.")
UNSAFE = gettext_noop("This XML file declares entities or a document type, which no bank does; it was not read.")
NOT_ITS_SET = gettext_noop("This XML file is not written in the character set that it names.")
TOO_DEEP = gettext_noop("This XML file is nested deeper than any statement.")

# The attribute in which an element keeps the number of its line.
LINE = "{batua}line"
_DEEPEST = 100


class _Builder(ElementTree.TreeBuilder):
    def __init__(self) -> None:
        super().__init__()
        self.parser: DefusedXMLParser | None = None
        self._depth = 0

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise StatementError(sentence(TOO_DEEP))
        element = super().start(tag.rpartition("}")[2], attrs)
        if self.parser is not None:
            element.set(LINE, str(self.parser.parser.CurrentLineNumber))
        return element

    def end(self, tag: str) -> Element:
        self._depth -= 1
        return super().end(tag.rpartition("}")[2])


def read(data: bytes) -> Element:
    """The root element; StatementError for what is not XML, or not safe."""
    builder = _Builder()
    parser = builder.parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    try:
        parser.feed(data.lstrip(b" \t\r\n"))
        root: Element = parser.close()
    except DefusedXmlException as error:
        raise StatementError(sentence(UNSAFE)) from error
    except ElementTree.ParseError as error:
        raise StatementError(sentence(BROKEN, line=error.position[0])) from error
    except (ValueError, LookupError) as error:
        raise StatementError(sentence(NOT_ITS_SET)) from error
    return root


def line_of(element: Element) -> int:
    """The number of the line on which the element begins."""
    return int(element.get(LINE, "1"))


def text_of(element: Element | None, *paths: str) -> str:
    """The first of these paths that leads to a text; "" where none does."""
    if element is None:
        return ""
    found = (each.text.strip() for path in paths for each in element.iterfind(path) if each.text)
    return next(filter(None, found), "")
