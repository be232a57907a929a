"""Years that are counted otherwise than most do: eras of Japan, the Republic of China, and since the Buddha."""

import re
from functools import lru_cache
from types import MappingProxyType

from babel import Locale

# The year before the first of each era.
_BEFORE = MappingProxyType(
    {"令和": 2018, "令": 2018, "R": 2018, "平成": 1988, "平": 1988, "H": 1988, "昭和": 1925, "昭": 1925, "S": 1925}
    | {"民國": 1911, "民国": 1911, "中華民國": 1911}
)
_STARTS = frozenset(name[0] for name in _BEFORE)
_ERA = re.compile(
    rf"({'|'.join(sorted(_BEFORE, key=len, reverse=True))})\.?\s*([0-9]{{1,3}}|元)\s*[年./-]\s*([0-9]{{1,2}})\s*[月./-]"
    r"\s*([0-9]{1,2})日?(?![0-9])"
)
_THAI = re.compile(r"([0-9]{1,2})\s*([\u0e00-\u0e7f.]+)\s*([0-9]{4}|[0-9]{2})(?![0-9])")
_SINCE_THE_BUDDHA, _FIRST, _LAST = 543, 2500, 2643
# Short years of Thai statements are of either count; those of ours are small for long yet.
_SHORT = 50


def western(text: str) -> str:
    """A day with its year as most count it; any other text as it is."""
    if text[:1] in _STARTS and (found := _ERA.match(text)):
        year = 1 if found[2] == "元" else int(found[2])
        return f"{_BEFORE[found[1]] + year}-{found[3]}-{found[4]}{text[found.end() :]}"
    if not text.isascii() and (found := _THAI.match(text)) and (month := _thai_months().get(found[2])):
        short = len(found[3]) == 2 and int(found[3]) >= _SHORT
        return f"{found[1]}/{month}/{'25' if short else ''}{found[3]}{text[found.end() :]}"
    return text


def year(digits: str, *, is_first: bool) -> int | None:
    """The year that digits are in a count since the Buddha, or, before month and day, in that of the Republic."""
    number = int(digits)
    if len(digits) == 4 and _FIRST <= number <= _LAST:
        return number - _SINCE_THE_BUDDHA
    return number + 1911 if len(digits) == 3 and is_first and number < 200 else None


@lru_cache(maxsize=1)
def _thai_months() -> dict[str, int]:
    months = Locale("th").months["format"]
    return {name: number for width in ("wide", "abbreviated") for number, name in months[width].items()}
