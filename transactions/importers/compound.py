"""Compound files of Office before 2007: the bytes of one stream of theirs. No chain of sectors is followed twice."""

import struct
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from transactions.importers import archive
from transactions.importers.base import StatementError, sentence

BEGINNING = b"\xd0\xcf\x11\xe0"
_HEADER = 512
_ENTRY = 128
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
        self._table = _numbers(b"".join(map(self._sector, self._sectors_of_table())))
        self._entries = [*_entries(self._joined(directory))]
        self._small_table = _numbers(self._joined(small)) if small < _MOST_SECTORS else ()

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
        places = (place * 64 for place in _chain(entry.start, self._small_table))
        return b"".join(small[place : place + 64] for place in places)[: entry.size]

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
            named = _numbers(self._sector(further))
            named, further = named[:-1], named[-1]

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
        start = max(_HEADER, 1 << self._shift) + (number << self._shift)
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


def _numbers(content: bytes) -> Sequence[int]:
    return struct.unpack_from(f"<{len(content) // 4}I", content)


def _entries(directory: bytes) -> Iterator[_Entry]:
    for start in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", directory, start + 64)
        left, right, child = struct.unpack_from("<III", directory, start + 68)
        first, size = struct.unpack_from("<II", directory, start + 116)
        name = directory[start : start + min(max(length - 2, 0), 64)].decode("utf-16-le", "replace")
        yield _Entry(name, kind, left, right, child, first, size)
