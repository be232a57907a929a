"""When two e-mail addresses are one: how an address is kept, what it is compared in, and which ones are refused.

Whether someone has an account under it is not known here.
"""

import unicodedata

# Scripts that are written together in one word.
_TOGETHER = ({"CJK", "HIRAGANA", "KATAKANA"}, {"CJK", "HANGUL"})


class AddressError(ValueError):
    """An address that could pass for another one, or that no mail reaches."""


def canonical(address: str) -> str:
    """The address as it is kept and written to: each letter in one way, all in lower case."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", address.strip()).lower())


def normal_form(address: str) -> str:
    """What addresses are compared in: two with the same normal form belong to one person."""
    local, at, domain = canonical(address).rpartition("@")
    labels = [_as_read(label) for label in domain.rstrip(".").split(".")]
    folded = f"{local}{at}{'.'.join(labels)}".casefold()
    return unicodedata.normalize("NFKC", folded)


def checked(address: str) -> str:
    """The address as it is kept; refused when its letters are of several alphabets."""
    local, _at, domain = canonical(address).rpartition("@")
    if not local.isascii():
        raise AddressError("letters before the @ that mail does not carry")
    for label in domain.split("."):
        if not _is_of_one_script(_as_read(label)):
            raise AddressError("letters of several alphabets in one word")
    return canonical(address)


def _as_read(label: str) -> str:
    """``xn--bcher-kva`` is the name ``bücher`` as machines write it."""
    if not label.startswith("xn--"):
        return label
    try:
        return unicodedata.normalize("NFKC", label[4:].encode("ascii").decode("punycode").lower())
    except (UnicodeError, ValueError):
        return label


def _is_of_one_script(label: str) -> bool:
    # A letter's name begins with its script: LATIN SMALL LETTER A, CYRILLIC SMALL LETTER A, CJK UNIFIED IDEOGRAPH-…
    scripts = {unicodedata.name(letter, "UNKNOWN").split()[0] for letter in label if letter.isalpha()}
    return len(scripts) <= 1 or any(scripts <= together for together in _TOGETHER)
