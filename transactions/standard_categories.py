"""The categories a new household begins with: only a start, its own copy is its own.

Names are message ids; whoever makes the household's copy translates them.
"""

from dataclasses import dataclass

from transactions import standard_keywords


@dataclass(frozen=True)
class StandardCategory:
    """One category to begin with; the colour is 1 to 12, the icon a name in the sprite."""

    kind: str
    name: str
    colour: int
    icon: str
    keywords: tuple[str, ...] = ()
    is_other: bool = False


def _(message: str) -> str:
    """Marks a text for makemessages; it is translated where the household's copy is made."""
    return message


def _spending(name: str, colour: int, icon: str) -> StandardCategory:
    return StandardCategory("expense", name, colour, icon, standard_keywords.SPENDING[name])


def _income(name: str, colour: int, icon: str) -> StandardCategory:
    return StandardCategory("income", name, colour, icon, standard_keywords.INCOME[name])


STANDARD_CATEGORIES: tuple[StandardCategory, ...] = (
    _spending(_("Groceries"), 5, "shopping-basket"),
    _spending(_("Eating out"), 2, "utensils"),
    _spending(_("Transport"), 6, "bus"),
    _spending(_("Fuel & vehicle"), 10, "fuel"),
    _spending(_("Rent"), 8, "house"),
    _spending(_("Electricity & utilities"), 3, "zap"),
    _spending(_("Phone & internet"), 7, "smartphone"),
    _spending(_("EMI & loans"), 9, "landmark"),
    _spending(_("Mutual funds & SIP"), 6, "chart-line"),
    _spending(_("Insurance"), 12, "shield-check"),
    _spending(_("Subscriptions"), 9, "tv"),
    _spending(_("Shopping"), 11, "shopping-bag"),
    _spending(_("Clothes & shoes"), 11, "shirt"),
    _spending(_("Health"), 1, "heart-pulse"),
    _spending(_("Fitness & sports"), 4, "dumbbell"),
    _spending(_("Education"), 10, "graduation-cap"),
    _spending(_("Children"), 12, "baby"),
    _spending(_("Household help"), 4, "washing-machine"),
    _spending(_("Home & repairs"), 2, "wrench"),
    _spending(_("Personal care"), 11, "scissors"),
    _spending(_("Gifts & festivals"), 1, "gift"),
    _spending(_("Donations"), 5, "hand-heart"),
    _spending(_("Travel"), 7, "plane"),
    _spending(_("Entertainment"), 10, "clapperboard"),
    _spending(_("Pets"), 3, "paw-print"),
    _spending(_("Fees & charges"), 8, "receipt"),
    _spending(_("Taxes"), 9, "percent"),
    StandardCategory("expense", _("Other"), 12, "circle-ellipsis", is_other=True),
    _income(_("Salary"), 4, "briefcase"),
    _income(_("Business & freelance"), 7, "store"),
    _income(_("Interest"), 6, "piggy-bank"),
    _income(_("Dividends"), 5, "trending-up"),
    _income(_("Rent received"), 1, "key-round"),
    _income(_("Gifts received"), 9, "gift"),
    _income(_("Refunds & cashback"), 10, "undo-2"),
    _income(_("Sale"), 11, "tag"),
    StandardCategory("income", _("Other"), 12, "circle-ellipsis", is_other=True),
)
