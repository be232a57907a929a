"""Why what is chosen for a line, or for a new wallet, cannot be written, said to the member who chose it."""

from collections.abc import Mapping

from django.utils.translation import gettext as _


class ChoiceError(Exception):
    """A line's choice is none of those it has; ``line`` is its number, and ``str()`` says it to a member."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(line)

    def __str__(self) -> str:
        return _("Line %(line)s: choose one of the listed categories.") % {"line": self.line}


class MoveError(ChoiceError):
    """A line cannot be a transfer with the wallet that was named."""

    def __str__(self) -> str:
        return _(
            "Line %(line)s cannot be a transfer with that wallet: it is put away, it is the line's own, or a transfer"
            " with it is suggested already. Choose again."
        ) % {"line": self.line}


class TwiceError(ChoiceError):
    """The wallet that a line is said to have moved to, or from, has that money already, and somebody sorted it."""

    def __str__(self) -> str:
        return _(
            "Line %(line)s: that wallet has an entry of this amount within three days, so a transfer would bring the"
            " money twice. Make that entry a transfer yourself, or choose something else."
        ) % {"line": self.line}


class OtherEntryError(ChoiceError):
    """A program named an entry that the line does not look like."""

    def __str__(self) -> str:
        return _("Line %(line)s does not look like that entry, so it cannot be it.") % {"line": self.line}


class SameError(ChoiceError):
    """A program wants an entry corrected by a line that says nothing else of it."""

    def __str__(self) -> str:
        return _("Line %(line)s has no other amount or day than its entry could get from it.") % {"line": self.line}


class PartsError(ChoiceError):
    """The entry that would get a line's amount is a part of a split payment."""

    def __str__(self) -> str:
        return _(
            "Line %(line)s: that payment is split into parts, which only you can share out anew. Say that it stays as"
            " it is, and change its parts on their pages."
        ) % {"line": self.line}


class ChangedError(ChoiceError):
    """The entry that a line belongs to has changed meanwhile."""

    def __str__(self) -> str:
        return _("An entry that line %(line)s belongs to has changed meanwhile. Read the file again.") % {
            "line": self.line
        }


class UnnamedError(Exception):
    """A wallet that is to be made cannot have the name that it was given; ``problems``: name of a field → why."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        return _("A new wallet of this import needs another name.")
