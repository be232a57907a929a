"""A page of ours with one of its forms filled in again, whatever made the page: knows HTML, and no form of ours."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

Values = Mapping[str, Sequence[str]]
Attributes = list[tuple[str, str | None]]

# Nothing is typed into these, or it may not come back.
_LEFT_ALONE = {"file", "password", "submit", "button", "image", "reset"}
_TICKED = {"checkbox", "radio"}


def refill(page: str, *, at: str, action: str, values: Values, notice: str) -> str:
    """The page at ``at`` with the first form that posts to ``action`` filled in, under ``notice`` (HTML).

    Nothing when there is no such form.
    """
    found = _Refilled(page, at=at, action=action, values=values, notice=notice)
    return found.text() if found.is_found else ""


class _Refilled(HTMLParser):
    def __init__(self, page: str, *, at: str, action: str, values: Values, notice: str) -> None:
        super().__init__()
        self.page, self.at, self.action, self.notice = page, at, action, notice
        self.left = {name: list(several) for name, several in values.items()}
        self.lines = [0]
        for line in page.split("\n"):
            self.lines.append(self.lines[-1] + len(line) + 1)
        self.changes: list[tuple[int, int, str]] = []
        self.is_found = self.is_inside = False
        self.select: list[str] | None = None
        self.textarea: tuple[int, str] | None = None
        self.feed(page)

    def text(self) -> str:
        return "".join(self._pieces())

    def _pieces(self) -> Iterator[str]:
        end = 0
        for start, stop, replacement in self.changes:
            yield self.page[end:start]
            yield replacement
            end = stop
        yield self.page[end:]

    def _here(self) -> int:
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        found = {name: value or "" for name, value in attributes}
        if tag == "form" and not self.is_found and self._is_the_one(found):
            self.is_found = self.is_inside = True
            self._replace(tag, attributes, after=self.notice)
        elif self.is_inside and "disabled" not in found:
            fill = {"input": self._input, "select": self._select, "option": self._option, "textarea": self._textarea}
            if tag == "details":
                self._replace(tag, [*attributes, ("open", None)])
            elif tag in fill:
                fill[tag](attributes, found)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.is_inside = False
        elif tag == "select":
            self.select = None
        elif tag == "textarea" and self.textarea:
            start, typed = self.textarea
            # The first line break of a text area is not part of it.
            self.changes.append((start, self._here(), "\n" + escape(typed)))
            self.textarea = None

    def _is_the_one(self, form: Mapping[str, str]) -> bool:
        goal = urlsplit(urljoin(self.at, form.get("action", ""))).path
        return form.get("method", "").lower() == "post" and goal == self.action

    def _input(self, attributes: Attributes, found: Mapping[str, str]) -> None:
        name, kind = found.get("name", ""), found.get("type", "text")
        if kind in _TICKED and name:
            self._mark("input", attributes, "checked", is_on=found.get("value", "on") in self.left.get(name, []))
        elif kind not in _LEFT_ALONE and self.left.get(name):
            kept = [(key, value) for key, value in attributes if key != "value"]
            self._replace("input", [*kept, ("value", self.left[name].pop(0))])

    def _select(self, attributes: Attributes, found: Mapping[str, str]) -> None:
        self.select = self.left.get(found.get("name", ""))

    def _option(self, attributes: Attributes, found: Mapping[str, str]) -> None:
        if self.select is not None:
            self._mark("option", attributes, "selected", is_on=found.get("value", "") in self.select)

    def _textarea(self, attributes: Attributes, found: Mapping[str, str]) -> None:
        if typed := self.left.get(found.get("name", "")):
            start = self._here() + len(self.get_starttag_text() or "")
            self.textarea = (start, typed.pop(0))

    def _mark(self, tag: str, attributes: Attributes, mark: str, *, is_on: bool) -> None:
        kept = [(key, value) for key, value in attributes if key != mark]
        self._replace(tag, [*kept, (mark, None)] if is_on else kept)

    def _replace(self, tag: str, attributes: Attributes, *, after: str = "") -> None:
        written = "".join(f" {key}" if value is None else f' {key}="{escape(value)}"' for key, value in attributes)
        start = self._here()
        self.changes.append((start, start + len(self.get_starttag_text() or ""), f"<{tag}{written}>{after}"))
