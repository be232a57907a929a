"""Whole sentences that banks write: who got the money, and what for, stand at known places in them."""

import re

_WHO, _WHAT = r"(?P<who>\S.*?)", r"(?P<what>\S.*?)"
# Each with a word that a text of its kind has, in small letters.
_SENTENCES = tuple(
    (mark, re.compile(pattern, re.IGNORECASE))
    for mark, pattern in (
        # Britain.
        ("receipt ref.", rf"faster payments receipt ref\.{_WHAT} from {_WHO}$"),
        (" via faster payment", rf".*? via faster payment to {_WHO} reference {_WHAT}(?: ?, mandate no.*)?$"),
        (" ref ", rf"direct debit payment to {_WHO} ref .*$"),
        (", rate ", rf"(?:card payment to|purchase at|card refund from) {_WHO},[\d.,]+ [a-z]{{3}}, rate .*$"),
        ("cash withdrawal at ", rf"{_WHO}[ ,]+[\d.,]+ [a-z]{{3}} ?, on \d.*$"),
        # The continent.
        ("ihr einkauf bei ", rf".*\bihr einkauf bei {_WHO}$"),
        (" nr. x", rf"(?:einkauf|kauf|zahlung|bezug) .*?\bnr\. x{{2,}} ?\d{{4}}, {_WHO}$"),
        ("disposto ", rf"bonifico .*?disposto (?:da|a favore di):? {_WHO} (?:note|causale|per):? {_WHAT}$"),
        (" concepto", rf"transf\S* .*?(?:a favor )?de {_WHO},? concepto:? {_WHAT}$"),
        ("paypal", r"(?P<who>paypal) \(?(?:europe|pte|inc|australia)\b.*$"),
        ("amazon eu s", r"(?P<who>amazon) eu s.*$"),
        ("amazon payments", r"(?P<who>amazon) payments europe.*$"),
        # India.
        ("chq paid to ", rf".*\bchq paid to {_WHO}(?:/.*)?$"),
        # The Americas.
        ("orig co name:", rf"orig co name: ?{_WHO} orig id:.*?co entry descr: ?{_WHAT} sec:.*$"),
        ("orig co name:", rf"orig co name: ?{_WHO} orig id:.*$"),
        (" pelo pix - ", rf"transfer\S+ \S+ pelo pix - {_WHO} - .*$"),
        (" cpf ", rf"(?:pix \S+ )?{_WHO} cpf [\d*.\u2022-]+$"),
        ("pix ", rf"pix (?:transf|qrs|qr) {_WHO} ?\d{{2}}/\d{{2}}$"),
    )
)
# What a cash machine gave: bank, card and machine say nothing of it.
_CASH = re.compile(r"(?:(?:nwd|atw|eaw|ats)-|(?:nfs|sak)/cash wdl\b|atm wdl-).*", re.IGNORECASE)
_CASH_WORDS = "ATM cash"
_GERMAN_CASH = re.compile(r"ga nr ?\d+ blz ?\d+ \d*", re.IGNORECASE)
_GERMAN_CASH_WORDS = "Geldautomat"


# The one behind whom the shops of half a statement disappear.
CARRIER = "PayPal"
_SHOP = re.compile(
    r"(?:ihr einkauf bei|your purchase at|votre achat chez|su compra en|il tuo acquisto presso) (.+)$", re.I
)


def shop(text: str) -> str:
    """Where something was bought, as those who carry the money tell it; "" where they do not."""
    found = _SHOP.search(text)
    return found[1] if found else ""


def told(text: str) -> str:
    """Who, and what for; "" for a text that is no such sentence."""
    low = text.lower()
    for mark, sentence in _SENTENCES:
        if mark in low and (found := sentence.match(text)):
            values = found.groupdict()
            return ", ".join(filter(None, (values["who"], values.get("what"))))
    if _GERMAN_CASH.fullmatch(text):
        return _GERMAN_CASH_WORDS
    return _CASH_WORDS if len(text) > len(_CASH_WORDS) and _CASH.fullmatch(text) else ""
