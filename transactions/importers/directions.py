"""Signs beside words for in and out: which of the two counts is decided once for the file, and never by its size."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from types import MappingProxyType
from typing import NamedTuple

from transactions.importers.vocabulary import IN_WORDS, NAMES, NEUTRAL_WORDS, OUT_WORDS, Role, fold

# These columns say "debit" in one bank's file and "card payment" in another's: blank cells prove nothing.
VAGUE_NAMES = frozenset({"type", "transaction type", "entry type", "tipo", "typ", "indicator"})
_MARKING_NAMES = frozenset(NAMES[Role.DIRECTION]) - VAGUE_NAMES
# Of ten lines that went out, at most one may be a reversal; more of them contradict each other.
_RARE = 10


class Side(Enum):
    """Which way the money of a line went; NEITHER lines count for nothing."""

    OUT = -1
    IN = 1
    NEITHER = 0


# Signs that stand in a column of their own.
_SIGNS = MappingProxyType(
    {**dict.fromkeys(("+", "(+)"), Side.IN), **dict.fromkeys(("-", "\u2212", "\u2013", "(-)"), Side.OUT)}
)


# Letters that mean what their column's name abbreviates, out before in: borç/alacak, má dáti/dal, tartozik/követel.
_PAIRS = MappingProxyType(
    {
        name: (name.split()[0], name.split()[1])
        for name in ("b a", "a b", "d a", "d h", "t k", "d p", "md d", "wn ma", "g a", "дт кт", "д к")
    }
)


class Trust(Enum):
    """What tells which way the money went.

    SIGN: the amount's own sign, and words only comment it. WORD: the word, and a minus is a reversal of what it says.
    WORD_ALONE: the word, whatever sign the amount has.
    """

    SIGN = "sign"
    WORD = "word"
    WORD_ALONE = "word alone"


class Printed(NamedTuple):
    """A line's amount as it is printed, what its word says (None: nothing, or something else), and its balance."""

    side: Side | None
    value: Decimal
    balance: Decimal | None = None


Kind = tuple[Side | None, bool]


@dataclass(frozen=True, slots=True)
class Signs:
    """``doubtful`` are lines, by their word and whether they have a minus, that nothing tells; ``against`` counts those
    whose word says the opposite of the sign that was followed."""

    trust: Trust
    doubtful: frozenset[Kind] = frozenset()
    against: int = 0


def are_signs(cells: Collection[str], name: str) -> bool:
    """Whether a column holds nothing but signs, both of them, or one under a name that is made for them."""
    signs = {_SIGNS.get(cell) for cell in cells} if next(iter(cells), "") in _SIGNS else {None}
    return None not in signs and (len(signs) == 2 or (len(signs) == 1 and name in _MARKING_NAMES))


def sign_of(text: str) -> Side | None:
    """What a sign in a column of its own says."""
    return _SIGNS.get(text)


def sides_of_pair(name: str, cells: Collection[str]) -> dict[str, Side]:
    """What cells of a column say whose name is the two of them; nothing where they are others."""
    if name not in _PAIRS or not {fold(cell) for cell in cells} <= {*_PAIRS[name]}:
        return {}
    out, into = _PAIRS[name]
    return {out: Side.OUT, into: Side.IN}


def side_of(word: str) -> Side | None:
    """What a folded word says."""
    for side, words in ((Side.OUT, OUT_WORDS), (Side.IN, IN_WORDS), (Side.NEITHER, NEUTRAL_WORDS)):
        if word in words:
            return side
    return None


def blank_side(name: str, words: set[str]) -> Side | None:
    """What an empty cell says beside these words in a column of this name; None where it says nothing.

    Where one side alone is marked, the rest is the other; but under a vague or a strange name only where the marks are
    as short as CR.
    """
    if words & OUT_WORDS and words & IN_WORDS:
        return None
    if name not in _MARKING_NAMES and any(len(word) > 2 for word in words):
        return None
    return Side.IN if words & OUT_WORDS else Side.OUT


def decide(lines: Iterable[Printed]) -> Signs:
    """Sign or word for all lines of a file; zero amounts have no say."""
    kinds: Counter[Kind] = Counter()
    votes: Counter[Trust] = Counter()
    before: Printed | None = None
    for line in lines:
        kinds[line.side, line.value < 0] += bool(line.value)
        if before is not None and before.balance is not None and line.balance is not None:
            moved = line.balance - before.balance
            votes.update(_explaining(line, moved))
            votes.update(_explaining(before, -moved))
        before = line
    if not any(kinds[side, True] for side in (Side.OUT, Side.IN, None)):
        return Signs(Trust.WORD)
    return _by_balance(kinds, votes) or _by_signs(kinds)


def moved_by(trust: Trust, line: Printed) -> Decimal:
    """The signed amount of a line whose word says which way it went."""
    if trust is Trust.SIGN or line.side is None:
        return line.value
    return (line.value if trust is Trust.WORD else abs(line.value)) * line.side.value


def _explaining(line: Printed, moved: Decimal) -> list[Trust]:
    """The readings of a line that the balance bears out, where they differ."""
    found = [trust for trust in Trust if moved_by(trust, line) == moved]
    return found if len(found) < len(Trust) else []


def _by_balance(kinds: Counter[Kind], votes: Counter[Trust]) -> Signs | None:
    """What the running balance proves; None where it proves nothing."""
    (best, most), *others = votes.most_common() or [(Trust.SIGN, 0)]
    if not most or any(count == most for _trust, count in others):
        return None
    return Signs(best, against=_against(kinds) if best is Trust.SIGN else 0)


def _by_signs(kinds: Counter[Kind]) -> Signs:
    """What the signs themselves prove, in a file where some amounts have a minus.

    A minus beside any word but one for income is money that went out as plainly as can be: such a file has signs of its
    own, unless most of what went out has none. Where the words hold, a minus contradicts them; where both would hold
    for many lines, neither does for any of them.
    """
    bare, signed = kinds[Side.OUT, False], kinds[Side.OUT, True] + kinds[None, True]
    if signed > bare or (not bare and kinds[Side.IN, False]):
        return Signs(Trust.SIGN, against=_against(kinds))
    if not signed and bare and not kinds[Side.IN, False]:
        return Signs(Trust.WORD_ALONE)
    doubtful: set[Kind] = {(Side.OUT, True), (Side.IN, True)}
    if signed * _RARE > signed + bare:
        doubtful.add((Side.OUT, False))
    return Signs(Trust.WORD, frozenset(doubtful))


def _against(kinds: Counter[Kind]) -> int:
    return kinds[Side.OUT, False] + kinds[Side.IN, True]
