"""What a browser would send of a form as the server filled it in."""

from html.parser import HTMLParser

UNSENT = ("submit", "button", "file")
TICKED = ("checkbox", "radio")


class FilledForm(HTMLParser):
    """Reads the forms of a page; ``values`` holds what they would send. A choice is the chosen one, else the first."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._choice = self._text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "select":
            self._choice = name
        elif tag == "option" and self._choice and ("selected" in given or self._choice not in self.values):
            self.values[self._choice] = value
        elif tag == "textarea":
            self._text, self.values[name] = name, ""
        elif tag == "input" and name and _is_sent(given):
            self.values[name] = value

    def handle_endtag(self, tag: str) -> None:
        if tag in ("select", "textarea"):
            self._choice = self._text = ""

    def handle_data(self, data: str) -> None:
        if self._text:
            self.values[self._text] = data.removeprefix("\n")


def _is_sent(given: dict[str, str]) -> bool:
    kind = given.get("type", "text")
    return kind not in UNSENT and (kind not in TICKED or "checked" in given)
