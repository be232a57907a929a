"""Which number of a file's days is the day and which the month, asked at a terminal where the file leaves it open."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TextIO

from transactions.forms.reading_fields import ORDERS
from transactions.importers.base import DateReading, Statement, StatementLine

QUESTION = "The file leaves open which number is the day and which the month. Which days are right?"


@dataclass(frozen=True)
class InOrder:
    """One order in which the file's days can be read: the days that it makes of them, and one of its lines."""

    days: DateReading
    sample: StatementLine | None

    def plain(self, *, places: int | None = None) -> dict[str, Any]:
        """The same for a program: ISO days, the amount with so many decimals, or as many as the file has."""
        line = self.sample
        written = "f" if places is None else f".{places}f"
        return {
            "date_order": self.days.order,
            "first": self.days.first.isoformat(),
            "last": self.days.last.isoformat(),
            "sample": line
            and {
                "line": line.number,
                "date": line.date.isoformat(),
                "amount": format(line.amount, written),
                "description": line.description,
            },
        }


def told(plain: Mapping[str, Any]) -> str:
    """The same for a person, on one line."""
    order, line = plain["date_order"], plain["sample"]
    sample = "; line {line} is {date}, {amount}, {description}".format(**line) if line else ""
    text = f"{order}, {str(ORDERS[order]).lower()}: {plain['first']} to {plain['last']}{sample}"
    # What a file says may steer a terminal.
    return "".join(letter if letter.isprintable() else " " for letter in text)


def open_orders(statement: Statement, read: Callable[[str], Statement]) -> list[InOrder]:
    """The orders that fit a statement which leaves its own open, the one taken first; none of any other statement.

    ``read`` reads the file in an order. The sample is the first line whose day is not the same in all of them.
    """
    if not statement.ambiguous:
        return []
    readings = statement.readings
    read_in = {each.order: statement if each.order == statement.date_order else read(each.order) for each in readings}
    lines = {order: {line.number: line for line in found.lines} for order, found in read_in.items()}
    number = next((line.number for line in statement.lines if _differs(line, lines)), None)
    return [InOrder(each, lines[each.order].get(number or 0)) for each in readings]


def _differs(line: StatementLine, lines: Mapping[str, Mapping[int, StatementLine]]) -> bool:
    return any(line.number not in of or of[line.number].date != line.date for of in lines.values())


def shown(orders: Sequence[InOrder]) -> str:
    """The question and what each answer makes of the file, a line each."""
    return "\n".join([QUESTION, *(f"  {told(each.plain())}" for each in orders)])


def asked(orders: Sequence[InOrder], *, say: Callable[[str], None], answers: TextIO) -> str | None:
    """The order that a person at a terminal chooses, asked until it is one of these; None where nobody answers."""
    names = [each.days.order for each in orders]
    say(shown(orders))
    while True:
        say(f"Type {' or '.join(names)}:")
        answer = answers.readline()
        if not answer:
            return None
        if (found := answer.strip().lower()) in names:
            return found
