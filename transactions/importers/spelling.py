"""How a person would spell a text that a bank wrote in capitals."""

import re
from functools import lru_cache

from transactions.importers.payee_words import INITIALS, SPELLINGS

# Signs that mean nothing at either end of a text.
EDGES = " \t-–—/\\,;:*+#|=_"
_LISTED = re.compile(r"([;,] ?)")
_TURKISH = frozenset("İĞ")
_WITHIN = re.compile(r"(?<=[^\W\d_])[Iİ]")
_NAME_PART = re.compile(r"([-/&(.])")


def cased(text: str) -> str:
    """Title Case for what SHOUTS; all else is somebody's own spelling."""
    parts = _LISTED.split(text)
    return "".join(_titled(part) if is_shouting(part) else part for part in parts)


def _titled(text: str) -> str:
    parts = _with_turkish_letters(text).replace("_", " ").split(" ")
    return " ".join(_spelled(part, is_first=place == 0) for place, part in enumerate(parts))


def _with_turkish_letters(text: str) -> str:
    """İ and I within words of Turkish as their own small letters, i and ı; elsewhere small i is that of I."""
    if not _TURKISH.intersection(text):
        return text
    return _WITHIN.sub(lambda found: "i" if found[0] == "İ" else "ı", text)


def is_shouting(text: str) -> bool:
    """All in capitals, or in a longer text nearly all."""
    upper = sum(map(str.isupper, text))
    cased = upper + sum(map(str.islower, text))
    return cased > 3 and (upper == cased or (cased > 9 and upper * 10 >= cased * 9))


@lru_cache(8192)
def _spelled(word: str, *, is_first: bool) -> str:
    spelling, core = SPELLINGS.get(folded(word)), word.strip(".,()")
    if spelling and len(spelling) == len(core):
        return word.replace(core, spelling[:1].upper() + spelling[1:] if is_first else spelling)
    if "." in word.strip(".") and len(word) > 6:
        cased = word.capitalize()
    else:
        cased = "".join(
            part if part in INITIALS or _is_initials(part) else _capitalised(part) for part in _NAME_PART.split(word)
        )
    # Some letters become two in the other case.
    return cased if len(cased) == len(word) else word


def _is_initials(part: str) -> bool:
    """BP, KPN, HSBC: short, or without a vowel; and what has digits in it is nobody's name."""
    core = part.strip("()[]'")
    if any(letter.isdigit() for letter in core):
        return True
    has_vowel = any(letter in "AEIOUY" for letter in core)
    return core.isascii() and len(core) < 6 and (len(core) < 3 or not has_vowel)


def _capitalised(part: str) -> str:
    if len(part) > 5 and part.startswith("MC") and part[2:5].isalpha():
        return f"Mc{part[2:].capitalize()}"
    head, apostrophe, tail = part.partition("'")
    if apostrophe and len(head) == 1 and len(tail) > 2:
        return f"{head}'{tail.capitalize()}"
    return part.capitalize()


@lru_cache(8192)
def folded(word: str) -> str:
    return word.strip(EDGES + "()[].").casefold()
