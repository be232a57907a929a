"""A JSON object member by member, one long list of it in portions: a file need not be a tree in memory."""

import json
import re
from collections.abc import Generator, Iterator

_BLANK = re.compile(r"[ \t\n\r]*")
_PORTION = 500
# Of a budget each has a name of 36 letters at least.
_MOST_VALUES = 500_000


def members(text: str, decoder: json.JSONDecoder, *, listed: str) -> Iterator[tuple[str, object]]:
    """Name and value of each member; the list named ``listed`` comes as lists of some items, at least one such.

    Raises ValueError for what is no JSON object or has more lists and objects than any budget, RecursionError for one
    that is too deep.
    """
    if text.count("[") + text.count("{") > _MOST_VALUES:
        raise ValueError("too many")
    place = _expect(text, 0, "{")
    is_first = True
    while not text.startswith("}", place):
        place = place if is_first else _expect(text, place, ",")
        is_first = False
        name, place = decoder.raw_decode(text, place)
        if not isinstance(name, str):
            raise ValueError(place)
        place = _expect(text, _after_blank(text, place), ":")
        if name == listed and text.startswith("[", place):
            place = yield from _portions(text, place, decoder, name)
        else:
            value, place = decoder.raw_decode(text, place)
            yield name, value
        place = _after_blank(text, place)
    if _after_blank(text, place + 1) < len(text):
        raise ValueError(place)


def _portions(text: str, place: int, decoder: json.JSONDecoder, name: str) -> Generator[tuple[str, object], None, int]:
    """Returns where the list ends."""
    place, items = _after_blank(text, place + 1), []
    is_first = True
    while not text.startswith("]", place):
        place = place if is_first else _expect(text, place, ",")
        is_first = False
        item, place = decoder.raw_decode(text, place)
        place = _after_blank(text, place)
        items.append(item)
        if len(items) == _PORTION:
            yield name, items
            items = []
    yield name, items
    return place + 1


def _expect(text: str, place: int, mark: str) -> int:
    """Where what follows the mark begins; ValueError where another stands."""
    place = _after_blank(text, place)
    if not text.startswith(mark, place):
        raise ValueError(place)
    return _after_blank(text, place + 1)


def _after_blank(text: str, place: int) -> int:
    found = _BLANK.match(text, place)
    return found.end() if found else place
