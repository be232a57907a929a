"""Fields behind a rail: UPI-NAME-address-code-reference-remark, or with slashes in another order."""

import re

from transactions.importers.payee_codes import is_code, says_something
from transactions.importers.payee_words import alternatives, several
from transactions.importers.spelling import EDGES, folded

# Rails on which money moves; what follows is cut into fields.
_RAILS = several("upi neft imps rtgs ach nach ecs mmt inb bil billpay ib mb iconn vps ips")
_NOISE = frozenset(
    several(
        """
    upi neft imps rtgs ach nach ecs mmt inb bil ib mb dr cr d c p2a p2m p2p p2pay pay payment paid collect
    mandate na null none ref refno reference txn transfer by to from online onl bank mob mobile net banking tp ok
    sent using via paytm phonepe gpay googlepay bhim cred yesb hdfc sbin utib icic pytm kkbk punb barb airp phone
    razorpay u ltd limited ybl okaxis oksbi okicici okhdfcbank axl ibl apl cnrb ubin ioba idib mahb bkid fdrl
    indb ratn aubl ideb jaka karb kvbl sibl tmbl cbin icici axis sbi kotak
    """
    )
)
_RAIL = re.compile(
    rf"(?:(?:by|to)\s+transfer\s?[-/:]\s?)?(?P<rail>{alternatives(_RAILS)})"
    r"(?:\s?(?:dr|cr|d|c)|_in|_out)?\s?[-/:*]\s?",
    re.IGNORECASE,
)
_FIELD = re.compile(r"[/|]")


def fields(text: str) -> str:
    """The payee, and the remark where there is a telling one; "" for a text of another kind."""
    opening = _RAIL.match(text)
    if not opening:
        return ""
    rest = text[opening.end() :]
    parts = _FIELD.split(rest) if "/" in rest else _whole_dashes(rest.split("-"))
    told = list(dict.fromkeys(part for each in parts if (part := _told_by_field(each))))
    if not told:
        addresses = [each.partition("@")[0].strip() for each in parts if "@" in each]
        told = [each for each in addresses if says_something(each) and not is_code(each)][:1]
    return ", ".join(told[:2]) or opening["rail"]


def _whole_dashes(parts: list[str]) -> list[str]:
    """A single letter before a dash belongs to the name: A-ONE STORES."""
    whole: list[str] = []
    for part in parts:
        if whole and len(whole[-1].strip()) == 1 and whole[-1].strip().isalpha() and part[:1].isalpha():
            whole[-1] += f"-{part}"
        else:
            whole.append(part)
    return whole


def _told_by_field(field: str) -> str:
    kept = [word for word in field.split() if "@" not in word and not is_code(word)]
    while kept and folded(kept[0]) in _NOISE:
        kept.pop(0)
    says = [word for word in kept if folded(word) not in _NOISE]
    return " ".join(kept).strip(EDGES) if says_something(" ".join(says)) else ""
