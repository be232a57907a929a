"""Lines of a long file in a temporary file instead of in memory: read again as often as they are asked for."""

import json
import tempfile
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import IO, Any, TypeVar, overload

from transactions.importers import records
from transactions.importers.base import Ours, Split, StatementLine, Status
from transactions.importers.survey import Survey, Surveyed

_BLOCK = 1000
_STATUSES = {status.value: status for status in Status}

Item = TypeVar("Item")


class Pile(Sequence[Item]):
    """Grows at its end; only the last item may be changed.

    Up to ``records.LONG`` items stay at hand, unless it is known that more will come. Of more only a block is in memory
    at a time, the others are texts on the disk: ``pack`` makes of an item what JSON knows, ``unpack`` the item of it.
    """

    def __init__(self, pack: Callable[[Item], Any], unpack: Callable[[Any], Item], *, is_long: bool = False) -> None:
        self._pack, self._unpack = pack, unpack
        self._file: IO[bytes] | None = None
        self._blocks: list[int] = []
        self._latest: list[Item] = []
        self._most = _BLOCK if is_long else max(records.LONG, _BLOCK)

    def append(self, item: Item) -> None:
        if len(self._latest) >= self._most:
            self._put_down()
        self._latest.append(item)

    def extend(self, items: Iterable[Item]) -> None:
        for item in items:
            self.append(item)

    @property
    def is_at_hand(self) -> bool:
        """Whether nothing of it had to be put down."""
        return self._file is None

    def _put_down(self) -> None:
        if self._file is None:
            # Deleted with the object: nobody else ever sees it.
            self._file = tempfile.TemporaryFile()  # noqa: SIM115
            weakref.finalize(self, self._file.close)
            self._most = _BLOCK
        whole = len(self._latest) // _BLOCK * _BLOCK
        for start in range(0, whole, _BLOCK):
            self._blocks.append(self._file.seek(0, 2))
            block = self._latest[start : start + _BLOCK]
            self._file.write(json.dumps(list(map(self._pack, block))).encode())
        del self._latest[:whole]

    def __len__(self) -> int:
        return len(self._blocks) * _BLOCK + len(self._latest)

    def __iter__(self) -> Iterator[Item]:
        for number in range(len(self._blocks)):
            yield from self._read(number)
        yield from self._latest

    @overload
    def __getitem__(self, place: int) -> Item: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Item]: ...

    def __getitem__(self, place: int | slice) -> Item | Sequence[Item]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        at = place if place >= 0 else len(self) + place
        if not 0 <= at < len(self):
            raise IndexError(place)
        block, within = divmod(at, _BLOCK)
        if block < len(self._blocks):
            return self._read(block)[within]
        return self._latest[at - len(self._blocks) * _BLOCK]

    def __setitem__(self, place: int, item: Item) -> None:
        if place != -1:
            raise IndexError(place)
        self._latest[-1] = item

    def _read(self, number: int) -> list[Item]:
        if self._file is None:
            raise IndexError(number)
        end = self._blocks[number + 1] if number + 1 < len(self._blocks) else self._file.seek(0, 2)
        self._file.seek(self._blocks[number])
        return [self._unpack(values) for values in json.loads(self._file.read(end - self._blocks[number]))]


class Spool(Pile[StatementLine], Surveyed):
    """The lines of a statement, surveyed while they are put down."""

    def __init__(self, *, is_long: bool = False) -> None:
        super().__init__(packed, unpacked, is_long=is_long)
        self.survey = Survey()

    def append(self, line: StatementLine) -> None:
        self.survey.note(line)
        super().append(line)

    def settled(self) -> Sequence[StatementLine]:
        """The lines when the last has come: a tuple where they are at hand."""
        return tuple(self) if self.is_at_hand else self


def packed(line: StatementLine) -> list[Any]:
    """The line as values that JSON knows."""
    values = [
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
        line.is_currency_told,
    ]
    if line.is_opening:
        values.append(True)
    return values


def unpacked(values: list[Any]) -> StatementLine:
    """The line that was packed."""
    number, day, amount, description, raw, also, words, bank_id, currency, balance, status, *rest = values
    account, category, splits, transfer, ours, is_currency_told, *more = rest
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
        is_currency_told=is_currency_told,
        is_opening=bool(more),
    )
