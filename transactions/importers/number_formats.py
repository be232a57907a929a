"""Which currency a number format of a spreadsheet shows: “#,##0.00 [$€-407]” shows euros. Formats of days show none."""

import re
from functools import lru_cache
from types import MappingProxyType

from transactions.importers.numbers import CURRENCY_SIGNS

# A sign with the language that it is written for, a text between quotation marks, or a letter that stands for itself.
_SIGNS = re.compile(r'\[\$([^\]-]{0,20})(?:-([0-9A-Fa-f]{1,8}))?\]|"([^"]{0,40})"|\\(.)|([^\x00-\x7f])')
_LONGEST = 255
# What several currencies have for a sign is told apart by the language: numbers of Windows for language and country.
_BY_LANGUAGE = MappingProxyType(
    {
        "$": {"409": "USD", "1009": "CAD", "c0c": "CAD", "c09": "AUD", "1409": "NZD", "80a": "MXN", "4809": "SGD"},
        "kr": {"41d": "SEK", "81d": "SEK", "414": "NOK", "814": "NOK", "406": "DKK", "40f": "ISK"},
        "kr.": {"406": "DKK", "40f": "ISK"},
        "¥": {"411": "JPY", "804": "CNY"},
        "￥": {"411": "JPY", "804": "CNY"},
    }
)


@lru_cache(maxsize=512)
def currency(text: str) -> str | None:
    """The ISO code of the one currency that a format shows; None where it shows none, several, or a sign of several."""
    found = {code for match in _SIGNS.finditer(text[:_LONGEST]) if (code := _code(match))}
    return next(iter(found)) if len(found) == 1 else None


def _code(match: re.Match[str]) -> str | None:
    sign = next((each for each in (match[1], match[3], match[4], match[5]) if each), "").strip().casefold()
    language = (match[2] or "").casefold().lstrip("0")
    return CURRENCY_SIGNS.get(sign) or _BY_LANGUAGE.get(sign, {}).get(language[-4:])
