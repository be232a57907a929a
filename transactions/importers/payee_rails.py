"""Fields behind a rail: UPI-NAME-address-code-reference-remark, or with slashes in another order."""

import re

from transactions.importers import payee_places as places
from transactions.importers.payee_codes import is_code, says_something
from transactions.importers.payee_words import alternatives, several
from transactions.importers.spelling import EDGES, folded

# Rails on which money moves; what follows is cut into fields.
_RAILS = several("upi neft imps rtgs ach nach ecs mmt inb bil billpay ib mb iconn vps ips tpt")
# Words as well, and rails only before a slash.
_SLASH_RAILS = ("pos", "pur", "ecom pur", "pcd", "pci", "vin", "vsi", "iin", "inf", "cms", "cam")
# A field of nothing else says nothing; and what may go from the beginning of one that says something.
_OPENING = several(
    """
    upi neft imps rtgs ach nach ecs dr cr p2a p2m p2p p2pay pay payment paid ref refno reference txn transfer by to
    from sent using via tp for
    """
)
_NOISE = frozenset(
    (
        *_OPENING,
        *several(
            """
            mmt inb bil ib mb d c u collect mandate na null none online onl bank mob mobile net banking ok paytm
            phonepe gpay googlepay bhim cred yesb hdfc sbin utib icic pytm kkbk punb barb airp phone razorpay ltd
            limited ybl okaxis oksbi okicici okhdfcbank axl ibl apl cnrb ubin ioba idib mahb bkid fdrl indb ratn aubl
            ideb jaka karb kvbl sibl tmbl cbin icici axis sbi kotak yes netbank mum inft billdesk order me debit
            hdfcbank icicibank axisbank yesbank i-debit
            """
        ),
    )
)
# Those who carry the money have it sometimes.
_BRANDS = frozenset(several("paytm phonepe razorpay billdesk"))
_RAIL = re.compile(
    rf"(?:(?:by|to)\s+transfer\s?[-/:]\s?|(?:wdl|dep)\s+tfr\s|\d{{9,16}}-)?"
    rf"(?:(?P<rail>{alternatives(_RAILS)})(?:\s?(?:dr|cr|d|c)|_in|_out)?\s?[-/:*]|(?:{alternatives(_SLASH_RAILS)})/)\s?",
    re.IGNORECASE,
)
_FIELD = re.compile(r"[/|]")
# Behind the fields of some banks, the branch.
_BRANCH = re.compile(r"\s+AT \d{5}\s.*$")
# A place with the day glued to it: MUMBAI010326.
_PLACE_AND_DAY = re.compile(r"(?<![^\W\d_])[^\W\d_]{3,}\d{6}$")


def fields(text: str) -> str:
    """The payee, and the remark where there is a telling one; "" for a text of another kind."""
    opening = _RAIL.match(text)
    if not opening:
        return ""
    parts = _parts(_BRANCH.sub("", text[opening.end() :]), is_starred=opening[0].rstrip().endswith("*"))
    told: list[str] = []
    for part in parts:
        found = _told_by_field(part)
        if found and not _adds_nothing(found, told):
            told.append(found)
    if not told:
        told = [word for part in parts for word in part.split() if folded(word) in _BRANDS][:1]
    if not told:
        addresses = [each.partition("@")[0].strip() for each in parts if "@" in each]
        told = [each for each in addresses if says_something(each) and not is_code(each)][:1]
    return ", ".join(told[:2]) or opening["rail"] or ""


def _parts(rest: str, *, is_starred: bool) -> list[str]:
    if is_starred:
        return rest.split("*")
    return _FIELD.split(rest) if "/" in rest else _whole_dashes(rest.split("-"))


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
    if _PLACE_AND_DAY.search(field.strip()):
        return ""
    kept = [word for word in field.split() if "@" not in word and not is_code(word)]
    while kept and folded(kept[0]) in _OPENING:
        kept.pop(0)
    says = [word for word in kept if folded(word).strip(",") not in _NOISE]
    return " ".join(kept).strip(EDGES) if says_something(" ".join(says)) else ""


def _adds_nothing(field: str, told: list[str]) -> bool:
    """A city, and behind others a bank or what they say: ZOMATO LTD, then ZOMATO ONLINE ORDER."""
    found = [folded(word) for word in field.split()]
    if places.CITIES.issuperset(found):
        return True
    said = {folded(word) for each in told for word in each.split()}
    is_code_of_bank = len(found) == 1 and any(map(str.isdigit, found[0]))
    return bool(told) and ("bank" in found or is_code_of_bank or _NOISE.union(said).issuperset(found))
