"""What a page of a file's lines sends: a word about all lines; of a long file also one line's tick or select."""

from collections.abc import Iterator

from django.http import QueryDict

from transactions.imports import line_choice
from transactions.imports.keeping import Change
from transactions.imports.verdicts import Verdict

TAKE, CATEGORY = "take-", "category-"
_VERDICTS = {each.value for each in Verdict}


def state(*, key: int, is_ticked: bool, chosen: str) -> str:
    """How a page says what it showed of a line, so that only what is changed there is changed here."""
    return f"{key}:{int(is_ticked)}:{chosen}"


class ForAll:
    """What a button says of all lines: take them or none, give the ticked ones a category, or all of a payee."""

    def __init__(self, sent: QueryDict) -> None:
        # A button: all lines of what is shown, or none of them.
        self.tick = {"all": True, "none": False}.get(sent.get("tick", ""))
        self.gives = "give" in sent
        self.category = sent.get("category", "")
        # A line whose payee's other lines become what it becomes.
        self.alike = line_choice.number(sent.get("alike", ""))

    @property
    def is_about_all(self) -> bool:
        return self.tick is not None or self.gives or self.alike is not None


class LineChoices(ForAll):
    """The choices that were sent of a long file's lines.

    ``shown`` tells what the page said of its lines: what is sent as it was shown is no change, another page may have
    changed it meanwhile. Without it each field counts by itself.
    """

    def __init__(self, sent: QueryDict) -> None:
        super().__init__(sent)
        self._sent = sent
        self.show = sent.get("show", "")
        self.after = sent.get("after", "")

    @property
    def verdicts(self) -> list[Verdict]:
        """Those that the page shows."""
        return [Verdict(self.show)] if self.show in _VERDICTS else list(Verdict)

    def changes(self) -> list[Change]:
        shown = self._sent.get("shown", "").split()
        return list(self._of_page(shown) if shown else self._of_fields())

    def _of_page(self, shown: list[str]) -> Iterator[Change]:
        for told in shown:
            key, _colon, rest = told.partition(":")
            was_ticked, _colon, was_chosen = rest.partition(":")
            is_ticked, chosen = f"{TAKE}{key}" in self._sent, self._sent.get(f"{CATEGORY}{key}", was_chosen)
            if line_choice.number(key) is not None and (is_ticked != (was_ticked == "1") or chosen != was_chosen):
                yield Change(
                    int(key),
                    is_taken=is_ticked if is_ticked != (was_ticked == "1") else None,
                    choice=chosen if chosen != was_chosen else None,
                )

    def _of_fields(self) -> Iterator[Change]:
        for name, value in self._sent.items():
            for prefix in (TAKE, CATEGORY):
                key = line_choice.number(name.removeprefix(prefix)) if name.startswith(prefix) else None
                if key is not None:
                    yield Change(key, bool(value)) if prefix == TAKE else Change(key, choice=str(value))
