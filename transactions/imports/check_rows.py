"""The lines of a statement being checked, each ready to print, with the choices that it has."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, partial
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Household
from batua import display, money
from transactions.imports import line_choice
from transactions.imports.line_choice import AS_FILE, AS_OPENING, AS_TRANSFER, TO_WALLET
from transactions.imports.verdicts import (
    BEGINNINGS,
    MOVED,
    Entry,
    Likeness,
    OtherEnd,
    Preview,
    PreviewLine,
    Verdict,
)
from transactions.labels import CategoryLabel, Labels
from transactions.suggesting import Reason

VERDICTS = {
    Verdict.NEW: (gettext_lazy("New"), "accent"),
    Verdict.TRANSFER: (gettext_lazy("Transfer"), "accent"),
    Verdict.JOINS: (gettext_lazy("Transfer, here already"), "neutral"),
    Verdict.OPENING: (gettext_lazy("Beginning"), "accent"),
    Verdict.LOOKALIKE: (gettext_lazy("Looks like one"), "warning"),
    Verdict.PENDING: (gettext_lazy("Pending"), "warning"),
    Verdict.KNOWN: (gettext_lazy("Known"), "neutral"),
    Verdict.DELETED: (gettext_lazy("Deleted earlier"), "neutral"),
    Verdict.UNTICKED: (gettext_lazy("Left out earlier"), "neutral"),
    Verdict.BEGUN: (gettext_lazy("Begun already"), "neutral"),
    Verdict.FOREIGN: (gettext_lazy("Other currency"), "warning"),
    Verdict.ZERO: (gettext_lazy("Zero"), "neutral"),
    Verdict.UNFIT: (gettext_lazy("Does not fit"), "warning"),
    Verdict.LEFT_OUT: (gettext_lazy("Left out"), "neutral"),
}
_BEGINNING = "beginning"
# Of a line that is said to be an entry.
HERE = (gettext_lazy("Here already"), "neutral")


@dataclass(frozen=True)
class Marks:
    """A line's tick and its select: how they are called, whether it is ticked, and what the select says."""

    take_name: str
    take_value: int
    category_name: str
    is_ticked: bool
    chosen: str
    id: str = ""
    problem: str = ""


@dataclass(frozen=True)
class Row:
    """One line. ``options`` are what it may become; without them it cannot be taken.

    ``like`` and ``like_url`` are the entry that it looks like, or that it belongs to; ``likeness`` says why where that
    is not plain to see, and ``left`` since when it is left out. ``maybe``: with what it may be a transfer.
    """

    marks: Marks
    number: int
    verdict: str
    tone: str
    day: str
    iso: str
    note: str
    words: str
    left: str
    why: str
    options: SafeString
    take_label: str
    category_label: str
    entry_url: str
    amount: SafeString
    wallet: str
    like: str
    like_url: str
    likeness: str
    maybe: str


def printer(
    preview: Preview, *, own: Labels, household: Household, locale: str, today: datetime.date
) -> Callable[..., Row]:
    """Makes the rows of one statement; days, choices and sentences that repeat are made once.

    Without marks a line is ticked, and becomes, as it is suggested.
    """
    takeable = {each.line.number for each in preview.takeable}
    several = len({each.wallet_name for each in preview.lines}) > 1
    day, day_within = (
        cache(partial(written, today=today, locale=locale)) for written in (display.day, display.day_within)
    )
    wallets = own.open_wallets
    choices, moves = cache(partial(_categories, own)), cache(partial(_moves, own))
    take, category = _("Take line %(line)s"), _("Category of line %(line)s")
    signed = partial(money.format_money, currency=household.currency, locale=locale)
    in_words = partial(display.in_words, currency=household.currency, locale=locale)

    def options(each: PreviewLine, chosen: str) -> SafeString:
        first = _first_options(each, own, chosen, day=day, day_within=day_within, amount=signed)
        given_back = each.choice.category if each.choice.kind == "income" else 0
        named = choices(came_in=each.line.amount > 0, chosen=chosen, given_back=given_back)
        able = tuple(wallet.id for wallet in wallets if each.may_move_to(wallet.id))
        moved = chosen if line_choice.to_wallet(chosen) else ""
        return first + named + moves(able, came_in=each.line.amount > 0, chosen=moved)

    def print_row(each: PreviewLine, marks: Marks | None = None) -> Row:
        line = each.line
        can_take = line.number in takeable
        marks = marks or as_suggested(each)
        verdict, tone = _verdict(each, marks)
        return Row(
            marks=marks,
            number=line.number,
            verdict=str(verdict),
            tone=tone,
            day=day(line.date),
            iso=line.date.isoformat(),
            note=each.note,
            words=_words(each),
            left=_("Left out of the import of %(day)s") % {"day": day_within(each.left_on)} if each.left_on else "",
            why=_why(each, marks) if can_take else _why_not(each, household.currency),
            options=options(each, marks.chosen) if can_take else SafeString(""),
            take_label=take % {"line": line.number},
            category_label=category % {"line": line.number},
            entry_url=reverse("transactions:update", args=[each.entry]) if each.entry else "",
            amount=_amount(each, kind=_kind(each, marks, own), currency=household.currency, locale=locale),
            wallet=each.wallet_name if several else "",
            like=f"{day(each.like.date)} · {each.like.note}" if each.like else "",
            like_url=reverse("transactions:update", args=[each.like.id]) if each.like else "",
            likeness=_of_beginning(each, in_words) if line.is_opening else _likeness(each, signed),
            maybe=_maybe(each, own, day) if can_take and marks.chosen != AS_TRANSFER else "",
        )

    return print_row


def _verdict(each: PreviewLine, marks: Marks) -> tuple[Any, str]:
    """What is said of the line: as it was judged, unless it was chosen to become something else."""
    chosen, verdict = marks.chosen, each.verdict
    if line_choice.is_entry(chosen):
        return HERE
    is_transfer = chosen == AS_TRANSFER or line_choice.to_wallet(chosen) is not None
    if is_transfer and verdict is Verdict.NEW:
        verdict = Verdict.TRANSFER
    elif (not is_transfer and verdict in MOVED) or (verdict in BEGINNINGS and chosen not in {"", AS_OPENING}):
        verdict = Verdict.NEW
    return VERDICTS[verdict]


def _kind(each: PreviewLine, marks: Marks, own: Labels) -> str:
    """Of what kind the entry will be; a transfer's amount has no sign, and what a wallet begins with is no entry's."""
    chosen = marks.chosen
    is_begun = each.line.is_opening and each.verdict is Verdict.KNOWN and each.entry is None
    if is_begun or (each.opens and chosen in {"", AS_OPENING}):
        return _BEGINNING
    if not each.line.amount or chosen == AS_TRANSFER or line_choice.to_wallet(chosen) is not None:
        return "transfer"
    category = own.categories.get(line_choice.number(chosen) or 0)
    return category.kind if category is not None else each.choice.kind


def every_category(own: Labels) -> SafeString:
    """Categories for lines that bring money and lines that cost some."""
    return _groups([(_("Income"), own.of_kind("income")), (_("Spending"), own.of_kind("expense"))], "")


def _words(each: PreviewLine) -> str:
    """The line's texts as the bank wrote them, where the note does not say them already."""
    texts = (" ".join(text.split()) for text in (each.line.description, *each.line.also))
    return " · ".join(dict.fromkeys(text for text in texts if text and text != each.note))


def as_suggested(each: PreviewLine) -> Marks:
    """A line of a short file that nobody has said anything about."""
    number = each.line.number
    return Marks(
        "line",
        number,
        f"category-{number}",
        is_ticked=each.is_ticked,
        chosen=line_choice.suggested(each),
        id=f"line-{number}",
    )


def _amount(each: PreviewLine, *, kind: str, currency: str, locale: str) -> SafeString:
    line = each.line
    # What does not fit is not rounded to what would.
    if each.verdict is Verdict.UNFIT:
        return format_html('<span class="amount">{}</span>', f"{line.amount:f}")
    currency = (each.verdict is Verdict.FOREIGN and line.currency) or currency
    if kind == _BEGINNING:
        return display.amount(line.amount, currency=currency, locale=locale)
    relative = line.amount if kind == "income" else -line.amount
    return display.entry_amount(relative, currency=currency, locale=locale, kind=kind)


def _of_beginning(each: PreviewLine, amount: Callable[[Decimal], str]) -> str:
    """What the line says its wallet begins with, and what becomes of that."""
    values = {"wallet": each.wallet_name, "opening": amount(each.line.amount)}
    if each.verdict is Verdict.OPENING and each.line.amount < 0:
        return _("“%(wallet)s” begins with %(opening)s: not spending") % values
    if each.verdict is Verdict.OPENING:
        return _("“%(wallet)s” begins with %(opening)s: not income") % values
    if each.verdict is Verdict.BEGUN:
        return _("“%(wallet)s” has begun already: ticked, this is added to what it begins with") % values
    if each.opens:
        return _("Ticked, this is added to what “%(wallet)s” begins with") % values
    is_here = each.verdict is Verdict.KNOWN and each.entry is None
    return _("“%(wallet)s” begins with it already") % values if is_here else ""


def _likeness(each: PreviewLine, amount: Callable[[Decimal], str]) -> str:
    """Why the line looks like an entry, where amount and day do not show it."""
    if each.likeness is None or each.like is None:
        return ""
    days = abs((each.line.date - each.like.date).days)
    if each.likeness is Likeness.ID:
        if each.like.moved != each.line.amount:
            is_same_way = each.like.moved * each.line.amount > 0
            told = {"amount": amount(abs(each.like.moved) if is_same_way else each.like.moved)}
            return _("The bank gives both the same number, but that amount is %(amount)s") % told
        return _("The bank gives both the same number, but the day is another")
    if each.likeness is Likeness.DAY:
        return _("An earlier file had these words on that day, and not on this one")
    sentence = ngettext(
        "The other side of this transfer is missing: same amount, %(count)s day apart",
        "The other side of this transfer is missing: same amount, %(count)s days apart",
        days,
    )
    return sentence % {"count": days}


def _maybe(each: PreviewLine, own: Labels, day: Callable[[datetime.date], str]) -> str:
    """What may be the other side of a transfer, where that is not suggested."""
    end = each.other_end
    if end is None or end.is_likely:
        return ""
    named = {"wallet": end.name or own.wallet(end.wallet).name, "line": end.line}
    if end.entry is None:
        return _("A transfer? Line %(line)s has the same amount in “%(wallet)s”") % named
    named |= {"day": day(end.entry.date), "note": end.entry.note}
    return _("A transfer? The same amount is in “%(wallet)s”: %(day)s · %(note)s") % named


def _why_not(each: PreviewLine, currency: str) -> str:
    """Why an amount is no entry's."""
    if each.verdict is not Verdict.UNFIT:
        return ""
    decimals = money.decimals(currency)
    if each.line.amount == round(each.line.amount, decimals):
        return _("too large")
    sentence = ngettext(
        "%(currency)s has at most %(count)s decimal", "%(currency)s has at most %(count)s decimals", decimals
    )
    return sentence % {"currency": currency, "count": decimals}


def _why(each: PreviewLine, marks: Marks) -> str:
    choice = each.choice
    if marks.chosen != line_choice.suggested(each):
        return ""
    if each.verdict in MOVED or each.opens:
        return _("as last time") if each.is_moved_as_last_time else ""
    if choice.reason is Reason.LAST_TIME:
        return _("as last time")
    if choice.reason is Reason.FILE:
        return _("as in the file")
    return _("because of “%(word)s”") % {"word": choice.word} if choice.reason is Reason.WORD else ""


def _first_options(
    each: PreviewLine,
    own: Labels,
    chosen: str,
    *,
    day: Callable[[datetime.date], str],
    day_within: Callable[[datetime.date], str],
    amount: Callable[[Decimal], str],
) -> SafeString:
    """What stands before the categories: a transfer, an entry that is here, a new category, the parts of a split."""
    found: list[tuple[str, str]] = []
    if each.opens:
        found.append((AS_OPENING, _("Beginning of “%(wallet)s”") % {"wallet": each.wallet_name}))
    elif each.verdict is Verdict.JOINS and each.like is not None:
        found.append((AS_TRANSFER, _("Transfer of %(day)s") % {"day": day_within(each.like.date)}))
    elif each.verdict is Verdict.LOOKALIKE and each.like is not None:
        found.extend(_entry_options(each, each.like, day=day, amount=amount))
    elif each.other_end is not None:
        found.append((AS_TRANSFER, _transfer(each, each.other_end, own, day)))
    if each.line.splits:
        found.append((AS_FILE, _("Split into %(count)d parts") % {"count": len(each.line.splits)}))
    elif each.choice.new_name:
        found.append((AS_FILE, _("New category “%(name)s”") % {"name": each.choice.new_name}))
    if not chosen:
        found.insert(0, ("", _("Choose…")))
    return _options(found, chosen)


def _entry_options(
    each: PreviewLine, like: Entry, *, day: Callable[[datetime.date], str], amount: Callable[[Decimal], str]
) -> Iterator[tuple[str, str]]:
    """That the line is the entry, which stays as it is; or gets what the line says otherwise of it."""
    kept, banks = day(like.date), [day(each.line.date)] if like.date != each.line.date else []
    if each.corrects and like.moved != each.line.amount:
        kept = f"{amount(abs(like.moved))}, {kept}"
        banks.insert(0, amount(abs(each.line.amount)))
    yield line_choice.as_entry(like), _("It is this entry · %(day)s") % {"day": kept}
    if each.corrects:
        sentence = _("It is this entry, with the bank's %(told)s")
        yield line_choice.as_bank(like), sentence % {"told": ", ".join(banks)}


def _transfer(each: PreviewLine, end: OtherEnd, own: Labels, day: Callable[[datetime.date], str]) -> str:
    said = _moved_with(end.name or own.wallet(end.wallet).name, came_in=each.line.amount > 0)
    return f"{said} · {day(end.entry.date)}" if end.entry is not None else said


def _categories(own: Labels, *, came_in: bool, chosen: str, given_back: int) -> SafeString:
    """Categories that money coming in or going out may have: what comes in may also be money back.

    ``given_back``: the suggested category of money that goes out, where it may be one of income.
    """
    income, spending = own.of_kind("income"), own.of_kind("expense")
    groups = [(_("Income"), income), (_("Money back"), spending)] if came_in else [(_("Spending"), spending)]
    if not came_in and any(category.id == given_back for category in income):
        groups.append((_("Income given back"), income))
    return _groups(groups, chosen)


def _moves(own: Labels, wallets: tuple[int, ...], *, came_in: bool, chosen: str) -> SafeString:
    """Wallets that the money may have gone to, or come from."""
    if not wallets:
        return SafeString("")
    named = ((wallet, _moved_with(own.wallet(wallet).name, came_in=came_in)) for wallet in wallets)
    found = _options(((f"{TO_WALLET}{wallet}", name) for wallet, name in named), chosen)
    return format_html('<optgroup label="{}" data-moves>{}</optgroup>', _("Own wallets"), found)


def chosen_name(value: str, *, came_in: bool, own: Labels) -> str:
    """What lines become that become this, as a button says it."""
    if (wallet := line_choice.to_wallet(value)) is not None:
        return _moved_with(own.wallet(wallet).name, came_in=came_in)
    return own.category(line_choice.number(value) or 0).name


def _moved_with(wallet: str, *, came_in: bool) -> str:
    return (_("Transfer from %(wallet)s") if came_in else _("Transfer to %(wallet)s")) % {"wallet": wallet}


def _groups(groups: Iterable[tuple[str, Iterable[CategoryLabel]]], chosen: str) -> SafeString:
    return format_html_join(
        "", '<optgroup label="{}">{}</optgroup>', ((name, _choices(group, chosen)) for name, group in groups)
    )


def _choices(categories: Iterable[CategoryLabel], chosen: str) -> SafeString:
    return _options(((str(category.id), category.name) for category in categories if not category.is_archived), chosen)


def _options(options: Iterable[tuple[str, str]], chosen: str) -> SafeString:
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, SafeString(" selected") if value == chosen else "", label) for value, label in options),
    )
