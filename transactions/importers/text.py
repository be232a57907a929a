"""Bytes to text: which character set a statement is written in, found by whose alphabet explains its letters."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

from transactions.importers.base import StatementError, gettext_noop, sentence


@dataclass(frozen=True, slots=True)
class Decoded:
    """The file's text, the name of its character set, and how many characters could not be read (now U+FFFD)."""

    text: str
    encoding: str
    lost: int = 0


NOT_TEXT = gettext_noop(
    "This file is not text. It is none of the kinds of files that can be read either. Look on the bank's page for a"
    " download as CSV, OFX, QIF, CAMT or Excel."
)
NOT_IN_THIS_SET = gettext_noop("This file is not written in the character set %(encoding)s.")

# UTF-32's marks begin with UTF-16's, so they come first.
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)

_CYRILLIC = (
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюя№",
    "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя№",
    "абвгдеёжзійклмнопрстуўфхцчшыьэюя№",
    "абвгдђежзијклљмнњопрстћуфхцчџшѓќѕ",
)
_GREEK = "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ"
_HEBREW = "אבגדהוזחטיךכלםמןנסעףפץצקרשת"
_ARABIC = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگکی،ًٌٍَُِّ"
_THAI = "".join(chr(code) for code in (*range(0x0E01, 0x0E3B), *range(0x0E40, 0x0E4F)))

_WESTERN = ("äöüßé", "àâæçéèêëîïôœùûü", "áéíñóúüªº¿¡", "áâãàçéêíóôõúªº", "àéèìîòù", "åäöæøéü", "éëïöüáèóâê")
_CENTRAL = ("áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "ąćęłńóśźż", "áéíóöőúüű", "ăâîşţ", "čćđšž", "äöüßé")

# Character set, its name for people, and the letters beyond ASCII of each language written in it, likeliest first:
# when two explain the file equally well, the earlier is taken. Single bytes mean nothing by themselves: the byte
# F8 is ø in one set and ř in the next, but a text with ř and í is Czech, and none has ø and í.
_CANDIDATES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("cp1252", "windows-1252", _WESTERN),
    ("iso-8859-15", "iso-8859-15", _WESTERN),
    ("cp1250", "windows-1250", _CENTRAL),
    ("iso-8859-2", "iso-8859-2", _CENTRAL),
    ("cp1254", "windows-1254", ("çğıİöşüâî",)),
    ("cp1252", "windows-1252", ("áéíóúýþæöð",)),
    ("cp1257", "windows-1257", ("ąčęėįšųūž", "āčēģīķļņšūž", "äöõüšž")),
    ("cp1251", "windows-1251", _CYRILLIC),
    ("cp1253", "windows-1253", (_GREEK,)),
    ("cp1255", "windows-1255", (_HEBREW,)),
    # The letters of Ukrainian stand where others have lines of tables.
    ("koi8-u", "koi8-r", _CYRILLIC),
    ("cp1256", "windows-1256", (_ARABIC,)),
    ("cp874", "windows-874", (_THAI,)),
    ("cp866", "cp866", _CYRILLIC),
    ("cp852", "cp852", _CENTRAL),
)

# What a member may choose from, by the names that ``Decoded.encoding`` has.
_CODECS = {name: codec for codec, name, _alphabets in _CANDIDATES} | {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "iso-8859-1": "latin-1",
    "gb18030": "gb18030",
    "shift_jis": "cp932",
    "euc-jp": "euc_jis_2004",
    "euc-kr": "cp949",
    "big5": "cp950",
    "ascii": "ascii",
}
ENCODINGS = tuple(sorted(_CODECS.keys() - {"ascii", "utf-8-sig"}))

_NEUTRAL = frozenset("€£§°«»–—‘’“”„‚•…\u00a0©®™½´·×±\u2009\u202f")
_WORD = re.compile(rb"(?<![A-Za-z\x80-\xff])[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
_LINE_BEYOND_ASCII = re.compile(rb"(?<![^\r\n])[^\r\n\x80-\xff]*[\x80-\xff][^\r\n]*")
_NEVER_INSIDE = frozenset("§±«»¤¬¦°©®")
_LATIN = frozenset("".join((*_WESTERN, *_CENTRAL, "ğı", "þ", "āė")))
_NEVER_FIRST = frozenset("ъьыЪЬЫϊϋΐΰς")
# Letters of Hebrew are those of Cyrillic's small letters in the other set; these stand at the ends of words alone.
_FINAL_FORMS = "ךםןףץ"
_FEWEST_WORDS = 3
_A_LITTLE = 0.0001
_CONSONANTS = frozenset(map(chr, range(0x0E01, 0x0E2F)))
_ABOVE = frozenset(map(chr, (0x0E31, *range(0x0E34, 0x0E3B), *range(0x0E47, 0x0E4F))))
_LEADING = frozenset(map(chr, range(0x0E40, 0x0E45)))
_BEHIND_KOREAN = frozenset({"cp874", "gb18030", "cp932", "cp950", "euc_jis_2004"})
_VOWELS = frozenset("аеёиоуыэюяіїєў")
_FEW_ZEROS = 3
# A typographic apostrophe, as in L’Est, and no letter of two bytes.
_WITHIN_A_WORD = re.compile(rb"[A-Za-z][\x80-\xff][A-Za-z](?![\x80-\xff])")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SAMPLE = 20_000


def decode(data: bytes, demanded: str | None = None) -> Decoded:
    """The text of a file without its byte-order mark; raises StatementError when it is not text at all.

    ``demanded`` is the character set that the member chose; StatementError where the file is not written in it.
    """
    decoded = _marked(data) or _unmarked_utf16(data) or _plain(data) or _utf8(data) or _national(data)
    if demanded:
        decoded = _demanded(data, demanded, decoded)
    decoded = _without_zeros(decoded)
    # A few stray control characters stand in real statements; a program or a picture is full of them.
    if len(_CONTROLS.findall(decoded.text)) * 50 > len(decoded.text):
        raise StatementError(sentence(NOT_TEXT))
    return decoded


def _without_zeros(decoded: Decoded) -> Decoded:
    """A few zeros in a text are letters that were lost, so that no digits meet over one; StatementError for more.

    Those at its end filled a block of a disk.
    """
    body = decoded.text.rstrip("\x00")
    zeros = body.count("\x00")
    is_nothing_else = bool(decoded.text) and not body
    if is_nothing_else or (zeros * 1000 > len(body) and not (zeros <= _FEW_ZEROS and zeros * 20 <= len(body))):
        raise StatementError(sentence(NOT_TEXT))
    lost = decoded.lost + len(decoded.text) - len(body) + zeros
    return Decoded(body.replace("\x00", "\ufffd"), decoded.encoding, lost)


def _demanded(data: bytes, name: str, found: Decoded) -> Decoded:
    if name.casefold() == found.encoding:
        return found
    codec = _CODECS.get(name.casefold())
    mark = next((mark for mark, encoding in _MARKS if data.startswith(mark)), b"")
    text = data.removeprefix(mark).decode(codec, errors="replace") if codec else ""
    lost = text.count("\ufffd")
    # Two bytes a letter, or one: nothing of the one can be read as the other.
    is_wide = "utf-16" in name.casefold() or "utf-16" in found.encoding
    if codec is None or lost > found.lost or is_wide:
        raise StatementError(sentence(NOT_IN_THIS_SET, encoding=name))
    return Decoded(text, name.casefold(), lost)


def _marked(data: bytes) -> Decoded | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            name = "utf-8" if encoding == "utf-8-sig" else encoding
            text = data[len(mark) :].decode(name, errors="replace")
            return Decoded(text, encoding, text.count("\ufffd"))
    return None


def _unmarked_utf16(data: bytes) -> Decoded | None:
    """Text in a Latin script has a zero in every second byte of UTF-16."""
    sample = data[:4096]
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = sample[start::2]
        if len(half) > 4 and half.count(0) * 2 > len(half) and sample[1 - start :: 2].count(0) == 0:
            text = data.decode(encoding, errors="replace")
            return Decoded(text, encoding, text.count("\ufffd"))
    return None


def _plain(data: bytes) -> Decoded | None:
    return Decoded(data.decode("ascii"), "ascii") if data.isascii() else None


def _utf8(data: bytes) -> Decoded | None:
    """UTF-8, also where a few bytes of it are broken: a file cut in the middle of a letter is still UTF-8."""
    text = data.decode("utf-8", errors="replace")
    lost = text.count("\ufffd")
    if lost and sum(1 for letter in text if letter > "\x7f") - lost < lost * 4:
        return None
    return Decoded(text, "utf-8", lost)


def _national(data: bytes) -> Decoded:
    codec, name, best = "latin-1", "iso-8859-1", 0.0
    sample = b"\n".join(_LINE_BEYOND_ASCII.findall(data))[:_SAMPLE]
    shares = (*_single_byte_shares(sample), *_double_byte_shares(sample))
    # Nearly all Korean is Thai as well, letter by letter, and hardly any Thai is Korean.
    for candidate, title, share in sorted(shares, key=lambda found: found[0] in _BEHIND_KOREAN):
        if share > best + 1e-9:
            codec, name, best = candidate, title, share
    if codec == "cp1252" and not any(0x80 <= byte < 0xA0 for byte in data):
        name = "iso-8859-1"
    text = data.decode(codec, errors="replace")
    return Decoded(text, name, text.count("\ufffd"))


def _single_byte_shares(sample: bytes) -> list[tuple[str, str, float]]:
    """For each character set the share of the letters beyond ASCII that one language's alphabet explains."""
    words = list(dict.fromkeys(_WORD.findall(sample)))
    is_koi8 = _is_koi8(words)
    shares = []
    for codec, name, alphabets in _CANDIDATES:
        texts = [word.decode(codec, errors="replace") for word in words]
        foreign = sum(1 for text in texts for letter in text if letter > "\x7f" and letter not in _NEUTRAL)
        known = max(sum(_explained(text, alphabet) for text in texts) for alphabet in map(frozenset, alphabets))
        if codec == "cp1255" and _are_hebrew(texts):
            known += _A_LITTLE * foreign
        if codec == "koi8-u" and is_koi8:
            known += _A_LITTLE * foreign
        # A text whose only strangers are € and quotation marks is most likely what has them in these places.
        shares.append((codec, name, known / foreign if foreign else 0.75))
    return shares


def _is_koi8(words: Collection[bytes]) -> bool:
    """Whether Cyrillic in one case, which is as much Cyrillic in the other set, has many more vowels in KOI8."""
    koi8, windows = (
        sum(letter.lower() in _VOWELS for word in words for letter in word.decode(codec, errors="replace"))
        for codec in ("koi8-u", "cp1251")
    )
    return len(words) >= _FEWEST_WORDS and koi8 * 4 > windows * 5


def _are_hebrew(words: Collection[str]) -> bool:
    """Whether words that could be Cyrillic as well end as Hebrew ones do: five letters have a form for ends alone."""
    if len(words) < _FEWEST_WORDS or any(
        letter.isalpha() and letter not in _HEBREW for word in words for letter in word
    ):
        return False
    return not any(letter in word[:-1] for word in words for letter in _FINAL_FORMS)


def _misplaced(word: str) -> int:
    """How many signs of Thai stand where none can: a vowel or tone above no consonant, or one that leads none."""
    return sum(
        (sign in _ABOVE and before not in _CONSONANTS and before not in _ABOVE)
        or (before in _LEADING and sign not in _CONSONANTS)
        for before, sign in pairwise(f" {word} ")
    )


def _explained(word: str, alphabet: frozenset[str]) -> float:
    """How many letters of a word an alphabet explains; words that no language writes count against it."""
    # A dotted capital I has no small letter of its own.
    known: float = sum(1 for letter in word if letter in alphabet or letter.lower() in alphabet)
    # Nobody writes half a word in Greek: Cafι is Café.
    if not alphabet & _LATIN and any(letter.isascii() for letter in word):
        return 0
    if len(word) == 1:
        return known / 2
    odd = sum(1 for left, right in pairwise(word) if left.islower() and right.isupper())
    odd += sum(1 for one, two, three in _triples(word) if one.isupper() and two.isupper() and three.islower())
    odd += sum(1 for sign in word[1:-1] if sign in _NEVER_INSIDE)
    odd += _misplaced(word) if alphabet >= _CONSONANTS else 0
    return known - odd - (word[0] in _NEVER_FIRST)


def _triples(word: str) -> "zip[tuple[str, str, str]]":
    return zip(word, word[1:], word[2:], strict=False)


def _double_byte_shares(sample: bytes) -> list[tuple[str, str, float]]:
    """Chinese, Japanese and Korean: the share of the text in the rows of everyday characters of each set."""
    return [
        # Hangul fill rows B0 to C8; Chinese text needs the rows behind them all the time.
        ("cp949", "euc-kr", _share(sample, rb"[\xb0-\xc8\xa1-\xa3][\xa1-\xfe]", rb"[\x81-\xfe][\x41-\xfe]")),
        # GB 2312 keeps its 3,755 everyday characters in rows B0 to D7, punctuation and wide forms in A1 to A3.
        ("gb18030", "gb18030", _share(sample, rb"[\xb0-\xd7\xa1-\xa3][\xa1-\xfe]", rb"[\x81-\xfe][\x40-\xfe]")),
        # JIS X 0208: punctuation, wide forms and kana in 81 to 83, everyday kanji in 88 to 97; single-byte kana.
        (
            "cp932",
            "shift_jis",
            _share(sample, rb"[\x81-\x83\x88-\x97][\x40-\xfc]", rb"[\x81-\x9f\xe0-\xfc][\x40-\xfc]|[\xa1-\xdf]"),
        ),
        ("cp950", "big5", _share_of_big5(sample)),
        ("euc_jis_2004", "euc-jp", _share_of_euc_jp(sample)),
    ]


def _share_of_big5(sample: bytes) -> float:
    """Everyday characters of Big5 stand in A4 to C6; two of five have a second byte that is ASCII, as few others have.

    Where fewer of them do, it is another set's text with a rare character.
    """
    pairs = re.findall(rb"[\x81-\xfe]([\x40-\x7e]|[\xa1-\xfe])", sample)
    if sum(byte < b"\x80" for byte in pairs) * 5 < len(pairs):
        return 0.0
    return _share(sample, rb"[\xa1-\xc6][\x40-\x7e\xa1-\xfe]", rb"[\x81-\xfe][\x40-\xfe]")


def _share_of_euc_jp(sample: bytes) -> float:
    """Kana stand in rows A4 and A5, everyday kanji in B0 to CF. Without kana it is no Japanese."""
    pairs = re.findall(rb"([\x81-\xfe])[\xa1-\xfe]", sample)
    if sum(row in {b"\xa4", b"\xa5", b"\x8e"} for row in pairs) * 10 < max(len(pairs), 1):
        return 0.0
    everyday = rb"[\xb0-\xcf\xa1\xa3-\xa5][\xa1-\xfe]|\x8e[\xa1-\xdf]"
    return _share(sample, everyday, rb"[\x81-\xfe][\x40-\xfe]")


def _share(sample: bytes, everyday: bytes, possible: bytes) -> float:
    """Of the bytes beyond ASCII, the share that everyday characters explain; characters are cut from the left."""
    high = sum(1 for byte in sample if byte >= 0x80)
    known = 0
    for found in re.finditer(possible, sample):
        is_alone = _WITHIN_A_WORD.match(sample, max(found.start() - 1, 0))
        if len(found[0]) == 2 and not is_alone and re.fullmatch(everyday, found[0]):
            known += sum(1 for byte in found[0] if byte >= 0x80)
    return known / high if high else 0.0
