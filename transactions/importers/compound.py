"""Compound files of Office before 2007: the bytes of one stream of theirs.

No chain is followed longer than the file has sectors, whatever their table says.
"""

import struct
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from transactions.importers import archive
from transactions.importers.base import StatementError, sentence

BEGINNING = b"\xd0\xcf\x11\xe0"
_HEADER = 512
_ENTRY = 128
# The sectors of small streams.
_SMALL = 64
_STREAM, _ROOT = 2, 5
# Greater numbers are no sectors but ends of chains and the like.
_MOST_SECTORS = 0xFFFFFFFA
_IN_HEADER = 109


class _Entry(NamedTuple):
    """A name in the directory, and where its bytes are: from which sector on, and how many."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


def stream(data: bytes, names: Collection[str]) -> bytes | None:
    """The bytes of the first of these streams that stands at the top, None where there is none.

    StatementError where the file is broken.
    """
    try:
        return _Compound(data).stream(names)
    except (struct.error, IndexError, ValueError) as error:
        raise StatementError(sentence(archive.BROKEN)) from error


class _Compound:
    def __init__(self, data: bytes) -> None:
        (self._shift,) = struct.unpack_from("<H", data, 30)
        if self._shift not in {9, 12}:
            raise ValueError("not a compound file")
        (directory,) = struct.unpack_from("<I", data, 48)
        self._least, small = struct.unpack_from("<II", data, 56)
        self._data = data
        self._first = max(_HEADER, 1 << self._shift)
        count = _parts(len(data) - self._first, 1 << self._shift)
        sectors = islice(self._sectors_of_table(), _parts(count * 4, 1 << self._shift))
        self._table = _numbers(b"".join(map(self._sector, sectors)), most=count)
        self._entries = [*_entries(self._joined(directory))]
        self._small_table = self._joined(small) if small < _MOST_SECTORS else b""

    def stream(self, names: Collection[str]) -> bytes | None:
        """Names in the order in which they are wanted."""
        root = self._entries[0]
        if root.kind != _ROOT:
            raise ValueError("no root")
        found = {entry.name: entry for entry in self._top(root.child) if entry.kind == _STREAM}
        entry = next((found[name] for name in names if name in found), None)
        if entry is None:
            return None
        if entry.size >= self._least:
            return self._joined(entry.start)[: entry.size]
        small = self._joined(root.start)
        table = _numbers(self._small_table, most=_parts(len(small), _SMALL))
        places = (place * _SMALL for place in _chain(entry.start, table))
        return b"".join(small[place : place + _SMALL] for place in places)[: entry.size]

    def _sectors_of_table(self) -> Iterator[int]:
        """The sectors that hold the table of chains: the first ones are named in the header, others in sectors."""
        named: Sequence[int] = struct.unpack_from(f"<{_IN_HEADER}I", self._data, 76)
        (further,) = struct.unpack_from("<I", self._data, 68)
        seen: set[int] = set()
        while True:
            wanted = [sector for sector in named if sector < _MOST_SECTORS]
            if not seen.isdisjoint(wanted) or len({*wanted}) < len(wanted) or further in seen:
                raise ValueError("a sector twice")
            seen.update(wanted)
            yield from wanted
            if further >= _MOST_SECTORS:
                return
            seen.add(further)
            *named, further = _numbers(self._sector(further), most=1 << self._shift)

    def _top(self, child: int) -> Iterator[_Entry]:
        """The entries beside this one; those within others are of other files that were put into this one."""
        waiting, seen = [child], set[int]()
        while waiting:
            place = waiting.pop()
            if place < len(self._entries) and place not in seen:
                seen.add(place)
                entry = self._entries[place]
                waiting += (entry.left, entry.right)
                yield entry

    def _joined(self, start: int) -> bytes:
        return b"".join(map(self._sector, _chain(start, self._table)))

    def _sector(self, number: int) -> bytes:
        start = self._first + (number << self._shift)
        found = self._data[start : start + (1 << self._shift)]
        if not found:
            raise ValueError("no such sector")
        return found


def _chain(start: int, table: Sequence[int]) -> Iterator[int]:
    """The sectors from this one on; ValueError where they go round in a ring."""
    for _step in range(len(table)):
        if start >= _MOST_SECTORS:
            return
        yield start
        start = table[start]
    if start < _MOST_SECTORS:
        raise ValueError("a ring")


def _numbers(content: bytes, *, most: int) -> Sequence[int]:
    return struct.unpack_from(f"<{min(len(content) // 4, most)}I", content)


def _parts(length: int, size: int) -> int:
    """How many parts of this size so many bytes have; the last may be shorter."""
    return -(-max(length, 0) // size)


def _entries(directory: bytes) -> Iterator[_Entry]:
    for start in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", directory, start + 64)
        left, right, child = struct.unpack_from("<III", directory, start + 68)
        first, size = struct.unpack_from("<II", directory, start + 116)
        name = directory[start : start + min(max(length - 2, 0), 64)].decode("utf-16-le", "replace")
        yield _Entry(name, kind, left, right, child, first, size)
