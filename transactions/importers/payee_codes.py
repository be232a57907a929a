"""References, account numbers and tills among the words of a bank's text: what of them is a name."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from transactions.importers.payee_words import several
from transactions.importers.spelling import EDGES, folded

# Two letters, or one of a script in which a letter may be a word.
_TWO_LETTERS = re.compile(r"[^\W\d_][\W\d_]*[^\W\d_]|[^\x00-\x7f\W\d_]")
_CHECKS = frozenset({"check", "cheque", "chq", "chèque"})
# Numbers that are part of a name.
_NAMES_WITH_NUMBERS = frozenset({("rema", "1000")})
# Wallets and tills that stand before the shop's own name: SQ *COFFEE.
_TILLS = frozenset(
    several("""
    sq squ paypal pp sumup iz izettle zettle zettle_ sp tst cko ppl pypl gosq fs wpy ls py dd ic crv ec pag pagseguro
    mercadopago merpago mp ifd toast clv mol
    """)
)


def says_something(text: str) -> bool:
    """Whether there is a word in it."""
    return _TWO_LETTERS.search(text) is not None


def without_codes(parts: list[str]) -> Iterator[str]:
    """The words that are none, and the names within those that are."""
    before = ""
    for part in parts:
        pieces = [piece for piece in part.split("*") if piece]
        if len(pieces) > 1:
            yield from _around_stars(pieces)
        elif not is_code(part) or _belongs_to(before, part):
            yield part.strip("*") or part
        else:
            yield from _names_within(part)
        before = folded(part)


def _belongs_to(before: str, number: str) -> bool:
    is_of_check = before in _CHECKS and number.isdigit() and len(number) < 9
    return is_of_check or (before, number) in _NAMES_WITH_NUMBERS


def _around_stars(pieces: list[str]) -> Iterator[str]:
    """A till and the shop's name (SQ*COFFEE), a shop and its reference (AMAZON*M208P98U1), or two words."""
    names = [piece for piece in pieces if not is_code(piece) and not _is_mixed(piece)] or pieces[:1]
    if len(names) > 1 and folded(names[0]) in _TILLS:
        names = names[1:]
    yield from {folded(name): name for name in names}.values()


def _is_mixed(piece: str) -> bool:
    """RT4LK1AB3: letters and digits by turns, as shops number their orders."""
    turns = sum(before.isdigit() is not after.isdigit() for before, after in pairwise(piece))
    return turns > 2 and len(piece) > 6 and piece.isalnum() and piece.isupper()


def _names_within(code: str) -> Iterator[str]:
    """The words of something like TRANSFER-175545673."""
    names = [part for part in re.split(r"[-/:_]", code) if len(part) > 4 and part.isalpha()]
    if names:
        yield "-".join(names)


@lru_cache(8192)
def is_code(word: str) -> bool:
    """References, account numbers and the like: many digits, or letters and digits mixed at length."""
    core = word.strip(EDGES + "()[].")
    digits = sum(map(str.isdigit, core))
    letters = sum(map(str.isalpha, core))
    if digits == len(core):
        return digits > 3 and not (digits == 4 and core.isascii() and 1980 <= int(core) <= 2059)
    if digits > 5 or (digits > 3 and letters and len(core) > 5 and digits * 4 >= len(core)):
        return True
    # A bank's address: HDFC0001234, or SBIN0000ABC.
    return len(core) == 11 and core.isascii() and core.isupper() and core[:4].isalpha() and core[4] == "0"
