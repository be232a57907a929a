"""What has to be known of all lines of a statement together, found while they pass by once."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from transactions.importers.base import StatementLine


@dataclass(slots=True)
class Survey:
    """``accounts`` are those that lines were booked on, and the other wallets of transfers in an export of Batua, where
    they are wallets also if nothing else touches them; in the order in which the file first names them, so that those
    of its first lines are the first of all.

    ``names_ends``: some line names another account; ``has_nameless``: some line names none.
    """

    accounts: dict[str, None] = field(default_factory=dict)
    currencies: set[str | None] = field(default_factory=set)
    names_ends: bool = False
    has_nameless: bool = False

    def note(self, line: StatementLine) -> None:
        """One more line has passed by."""
        self.currencies.add(line.currency)
        if line.account:
            self.accounts[line.account] = None
        else:
            self.has_nameless = True
        if line.transfer or line.splits:
            self.names_ends = True
            if line.transfer and line.ours is not None:
                self.accounts[line.transfer] = None


class Surveyed(Sequence[StatementLine]):
    """Lines that were surveyed when they were put down."""

    survey: Survey


def of(lines: Sequence[StatementLine]) -> Survey:
    """The survey of these lines."""
    if isinstance(lines, Surveyed):
        return lines.survey
    found = Survey()
    for line in lines:
        found.note(line)
    return found
