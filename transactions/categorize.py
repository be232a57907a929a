"""Which category a text is about: keywords found in it as whole words, whatever their case and accents."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from typing import Generic, NamedTuple, TypeVar

Key = TypeVar("Key")

# "domino's" and "dominos" are one word, whichever apostrophe was typed.
_APOSTROPHES = "'\u2019\u02bc"
_ASCII_WORD = re.compile(r"[0-9A-Za-z]+(?:'[0-9A-Za-z]+)*")
# Accents only: the vowel signs of Indian scripts are marks too, and without them different words would be one.
_ACCENT = re.compile("[\u0300-\u036f]")

Words = tuple[str, ...]

# How money moved, and whose bank it was: in these, no word speaks for what it was for.
_SAYS_NOTHING: frozenset[Words] = frozenset(
    tuple(phrase.split())
    for phrase in (
        *(
            "internet transfer",
            "internet banking",
            "internet payment",
            "internet purchase",
            "compra internet",
            "na telefon",
        ),
        *("auto pay", "auto payment", "auto debit", "auto transfer", "auto sweep", "apple pay", "google pay"),
        *("samsung pay", "metro bank", "paribas fortis", "fortis bank", "tesco bank", "sainsburys bank"),
        *("present balance", "3rd party", "third party"),
    )
)
_BEGIN_NOTHING = frozenset(phrase[0] for phrase in _SAYS_NOTHING)


class Suggestion(NamedTuple, Generic[Key]):
    """A category for a text, and the words of the text that speak for it."""

    category: Key
    word: str


class _Word(NamedTuple):
    folded: str
    start: int
    end: int


class Vocabulary(Generic[Key]):
    """The keywords of all categories, ready to be looked for in many texts.

    Where two categories have the same keyword the first one given has it.
    """

    def __init__(self, keywords: Iterable[tuple[Key, Iterable[str]]]) -> None:
        self._categories: dict[Words, Key] = {}
        self._lengths: dict[str, list[int]] = {}
        for key, phrases in keywords:
            for phrase in phrases:
                words = tuple(fold(phrase).split())
                if words and words not in self._categories:
                    self._categories[words] = key
                    self._lengths.setdefault(words[0], []).append(len(words))

    def suggest(self, text: str) -> Suggestion[Key] | None:
        """The category with the longest keyword in the text, the first of them when several are as long; else None."""
        words = _ascii_words(text) if text.isascii() else [word.folded for word in _words(text)]
        if self._lengths.keys().isdisjoint(words):
            return None
        best: tuple[int, int, Words] | None = None
        silent = _silent(words)
        for place, word in enumerate(words):
            for count in () if place in silent else self._lengths.get(word, ()):
                phrase = tuple(words[place : place + count])
                if phrase in self._categories:
                    letters = len(" ".join(phrase))
                    if best is None or letters > best[0]:
                        best = letters, place, phrase
        if best is None:
            return None
        _letters, place, phrase = best
        spans = _places(text)[place : place + len(phrase)]
        return Suggestion(self._categories[phrase], text[spans[0][0] : spans[-1][1]])


def _silent(words: list[str]) -> frozenset[int]:
    """The places of words that say nothing where they stand together."""
    if _BEGIN_NOTHING.isdisjoint(words):
        return frozenset()
    pairs = (place for place, pair in enumerate(pairwise(words)) if pair in _SAYS_NOTHING)
    return frozenset(place for first in pairs for place in (first, first + 1))


def suggest(text: str, *, keywords: Iterable[tuple[Key, Iterable[str]]]) -> Suggestion[Key] | None:
    """The category whose keyword is in the text, and the words that matched; None when there is none.

    Ask a Vocabulary instead when many texts have the same keywords.
    """
    return Vocabulary(keywords).suggest(text)


def fold(text: str) -> str:
    """The words of the text in lower case without accents: "Café  AU-LAIT" is "cafe au lait"."""
    return " ".join(word.folded for word in _words(text))


def _ascii_words(text: str) -> list[str]:
    return [word.replace("'", "") for word in _ASCII_WORD.findall(text.lower())]


def _places(text: str) -> list[tuple[int, int]]:
    """Where each word of the text begins and ends."""
    if text.isascii():
        return [match.span() for match in _ASCII_WORD.finditer(text)]
    return [(word.start, word.end) for word in _words(text)]


def _words(text: str) -> list[_Word]:
    spans = _places(text) if text.isascii() else _spans(text)
    words = (_Word(_folded(text[start:end]), start, end) for start, end in spans)
    return [word for word in words if word.folded]


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the words are: stretches of letters, marks and digits of any script, apostrophes between them."""
    for is_word, characters in groupby(enumerate(text), key=_is_within_word):
        if is_word:
            places = [place for place, character in characters if character not in _APOSTROPHES]
            if places:
                yield places[0], places[-1] + 1


def _is_within_word(placed: tuple[int, str]) -> bool:
    _place, character = placed
    return character in _APOSTROPHES or unicodedata.category(character)[0] in "LMN"


def _folded(word: str) -> str:
    if not word.isascii():
        word = _ACCENT.sub("", unicodedata.normalize("NFKD", word.casefold())).casefold()
        # A fraction or a ligature can fall apart into more than letters.
        word = "".join(character for character in word if unicodedata.category(character)[0] in "LMN")
    return word.replace("'", "").lower()
