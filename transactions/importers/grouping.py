"""Rows that belong together, found again however far apart they stand, without keeping all rows."""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import groupby, pairwise
from typing import TypeVar

Item = TypeVar("Item")


class Again(Iterable[Item]):
    """What can be walked through as often as it is asked for, and is made anew each time."""

    def __init__(self, walk: Callable[[], Iterator[Item]]) -> None:
        self._walk = walk

    def __iter__(self) -> Iterator[Item]:
        return self._walk()


def together(items: Iterable[Item], key: Callable[[Item], Hashable]) -> Iterator[list[Item]]:
    """All items of a key, in the order of the first of each; ``items`` are walked through twice.

    Kept in memory is what lies between the first and the last item of a key: little where they follow each other.
    """
    missing = _scattered(hash(name) for name, _run in groupby(items, key))
    waiting: OrderedDict[Hashable, list[Item]] = OrderedDict()
    for name, run in groupby(items, key):
        waiting.setdefault(name, []).extend(run)
        if hash(name) in missing:
            missing[hash(name)] -= 1
        while waiting and not missing.get(hash(next(iter(waiting))), 0):
            yield waiting.popitem(last=False)[1]


def _scattered(digests: Iterable[int]) -> dict[int, int]:
    """How often each of those comes that come more than once; eight bytes for each while they are counted."""
    found: dict[int, int] = {}
    for one, other in pairwise(sorted(array("q", digests))):
        if one == other:
            found[one] = found.get(one, 1) + 1
    return found
