"""Names of months and weekdays in the languages of the statements we meet, taken from CLDR when the first is seen."""

import unicodedata
from functools import lru_cache

from babel import Locale

# Where two languages give one name to two months (lipiec is July in Polish, lipanj June in Croatian), the one left
# out writes its statements with numbers.
LANGUAGES = (
    *("en", "de", "fr", "es", "pt", "it", "nl", "pl", "cs", "sk", "hu", "ro", "sv", "da", "nb", "fi", "et", "lv", "lt"),
    *("tr", "el", "ru", "uk", "bg", "id", "vi", "hi", "he", "ar", "ca", "sl", "is"),
)

# What banks print beside CLDR's own abbreviations.
_OTHERS = {"sept": 9, "mrz": 3, "mrt": 3, "janv": 1, "fevr": 2, "avr": 4, "juil": 7, "set": 9, "ene": 1, "dic": 12}


def fold_word(word: str) -> str:
    """A word without case, accents and dots: FÉVR. and févr are one."""
    letters = unicodedata.normalize("NFKD", word.casefold().replace("ı", "i"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).replace(".", "").strip()


def month_number(word: str) -> int | None:
    """1 to 12 for the name of a month, whole or shortened; None for any other word."""
    return _months().get(fold_word(word))


def is_weekday(word: str) -> bool:
    return fold_word(word) in _weekdays()


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    found: dict[str, int] = {}
    for language in LANGUAGES:
        months = Locale(language).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[context][width].items():
                    folded = fold_word(name)
                    # Some languages number their months: "1月", "tháng 1".
                    if folded.isalpha():
                        found.setdefault(folded, number)
    for name, number in _OTHERS.items():
        found.setdefault(name, number)
    return found


@lru_cache(maxsize=1)
def _weekdays() -> frozenset[str]:
    return frozenset(
        fold_word(name)
        for language in LANGUAGES
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for name in Locale(language).days[context][width].values()
    )
