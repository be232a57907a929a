"""The lines of a long file, in a temporary file instead of in memory: read again as often as they are asked for."""

import json
import tempfile
import weakref
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, overload

from transactions.importers.base import Ours, Split, StatementLine, Status
from transactions.importers.survey import Survey, Surveyed

_BLOCK = 1000
_STATUSES = {status.value: status for status in Status}


class Spool(Surveyed):
    """Grows at its end; only the last line may be changed, in its texts. A block of lines is in memory at a time."""

    def __init__(self) -> None:
        # Deleted with the object: nobody else ever sees it.
        self._file = tempfile.TemporaryFile()  # noqa: SIM115
        weakref.finalize(self, self._file.close)
        self._blocks: list[int] = []
        self._latest: list[StatementLine] = []
        self.survey = Survey()

    def append(self, line: StatementLine) -> None:
        self.survey.note(line)
        if len(self._latest) > _BLOCK:
            self._blocks.append(self._file.seek(0, 2))
            self._file.write(json.dumps(list(map(packed, self._latest[:_BLOCK]))).encode())
            del self._latest[:_BLOCK]
        self._latest.append(line)

    def __len__(self) -> int:
        return len(self._blocks) * _BLOCK + len(self._latest)

    def __iter__(self) -> Iterator[StatementLine]:
        for number in range(len(self._blocks)):
            yield from self._read(number)
        yield from self._latest

    @overload
    def __getitem__(self, place: int) -> StatementLine: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[StatementLine]: ...

    def __getitem__(self, place: int | slice) -> StatementLine | Sequence[StatementLine]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        at = place if place >= 0 else len(self) + place
        if not 0 <= at < len(self):
            raise IndexError(place)
        block, within = divmod(at, _BLOCK)
        return (
            self._latest[at - len(self._blocks) * _BLOCK] if block >= len(self._blocks) else self._read(block)[within]
        )

    def __setitem__(self, place: int, line: StatementLine) -> None:
        if place != -1:
            raise IndexError(place)
        self._latest[-1] = line

    def _read(self, number: int) -> list[StatementLine]:
        end = self._blocks[number + 1] if number + 1 < len(self._blocks) else self._file.seek(0, 2)
        self._file.seek(self._blocks[number])
        return [unpacked(values) for values in json.loads(self._file.read(end - self._blocks[number]))]


def packed(line: StatementLine) -> list[Any]:
    """The line as values that JSON knows."""
    return [
        line.number,
        line.date.isoformat(),
        str(line.amount),
        line.description,
        line.raw,
        line.also,
        line.words,
        line.bank_id,
        line.currency,
        None if line.balance is None else str(line.balance),
        line.status.value,
        line.account,
        line.category,
        [(str(part.amount), part.category, part.note, part.transfer) for part in line.splits],
        line.transfer,
        line.ours,
    ]


def unpacked(values: list[Any]) -> StatementLine:
    """The line that was packed."""
    number, day, amount, description, raw, also, words, bank_id, currency, balance, status, *rest = values
    account, category, splits, transfer, ours = rest
    return StatementLine(
        number=number,
        date=date.fromisoformat(day),
        amount=Decimal(amount),
        description=description,
        raw=raw,
        also=tuple(also),
        words=words,
        bank_id=bank_id,
        currency=currency,
        balance=None if balance is None else Decimal(balance),
        status=_STATUSES[status],
        account=account,
        category=category,
        splits=tuple(Split(Decimal(part[0]), *part[1:]) for part in splits) if splits else (),
        transfer=transfer,
        ours=Ours(*ours) if ours else None,
    )
