"""The style guide: every component in both themes, with believable content. Local mode only; nothing is stored."""

from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from batua import display
from batua.period_picker import CHOICE_LABELS, Choice, PeriodPicker
from reports import lines, rings
from reports.lines import Lines, Point, Series
from reports.rings import Ring, Slice


class SampleForm(forms.Form):
    """One field of each sort; the last ones are wrong on purpose."""

    amount = forms.CharField(label=_("Amount"), help_text=_("Sums work too: 120+35.50"))
    kind = forms.ChoiceField(
        label=_("Kind"),
        widget=forms.RadioSelect,
        choices=[("expense", _("Spending")), ("income", _("Income")), ("transfer", _("Transfer"))],
    )
    wallet = forms.ChoiceField(label=_("Wallet"), choices=[("cash", _("Cash")), ("hdfc", _("HDFC savings"))])
    date = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}))
    comment = forms.CharField(label=_("Comment"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    is_back = forms.BooleanField(label=_("This is money back"), required=False)
    file = forms.FileField(label=_("Statement"), required=False)

    def clean_amount(self) -> str:
        raise forms.ValidationError(_("“12,3x” is not an amount. Write it like 1,250.00."))

    def clean_date(self) -> str:
        raise forms.ValidationError(_("This day is in 2062. Check the year."))

    def clean(self) -> None:
        self.add_error(None, _("Nothing is saved yet: two fields need a look."))


@dataclass(frozen=True)
class Row:
    colour: int
    icon: str
    note: str
    comment: str
    wallet: str
    amount: SafeString


@dataclass(frozen=True)
class Bar:
    label: str
    fill: float
    over: float
    pace: float
    tone: str


@dataclass(frozen=True)
class Budget:
    colour: int
    icon: str
    category: str
    left: str
    spent: str
    bar: Bar
    is_over: bool = False


@dataclass(frozen=True)
class Column:
    """The chart's two bars of one day, in its own units."""

    x: int
    income: int
    spending: int
    label: str


@dataclass(frozen=True)
class Theme:
    """One side of the page; forms have names of their own, so that no id stands twice."""

    key: str
    label: str
    form: SampleForm
    filled: SampleForm


def _money(value: str, kind: str) -> SafeString:
    return display.entry_amount(Decimal(value), currency="INR", locale="en-IN", kind=kind)


def _plain(value: str, kind: str = "plain") -> SafeString:
    return display.amount(Decimal(value), currency="INR", locale="en-IN", kind=kind)


def _rows() -> list[Row]:
    return [
        Row(
            5,
            "shopping-basket",
            "Big Bazaar",
            "rice, dal, oil for the month",
            "HDFC savings",
            _money("2480", "expense"),
        ),
        Row(2, "utensils", "Swiggy", "", "Cash", _money("412.50", "expense")),
        Row(4, "briefcase", "Salary November", "", "HDFC savings", _money("125000", "income")),
        Row(11, "shopping-bag", "Shoes returned", "Myntra took them back", "HDFC savings", _money("-1999", "expense")),
        Row(8, "arrow-left-right", "Cash from the machine", "HDFC savings to Cash", "", _money("5000", "transfer")),
    ]


def _picker() -> PeriodPicker:
    choices = tuple(
        Choice(key, str(label), f"?period={key}", is_current=key == "this-month")
        for key, label in CHOICE_LABELS.items()
    )
    steps = {"previous_url": "?period=2026-10", "next_url": "?period=2026-12"}
    days = {"start": "2026-11-01", "end": "2026-11-30"}
    return PeriodPicker("November 2026", "", choices, **steps, **days, action="", kept=(), is_custom=False)


def _budgets() -> list[Budget]:
    return [
        Budget(5, "shopping-basket", "Groceries", "₹5,800 left", "₹6,200 of ₹12,000", Bar("52 % spent", 52, 0, 80, "")),
        Budget(2, "utensils", "Eating out", "₹300 left", "₹3,700 of ₹4,000", Bar("92 % spent", 92, 0, 80, "warning")),
        Budget(
            6,
            "bus",
            "Transport",
            "₹600 over",
            "₹3,100 of ₹2,500",
            Bar("124 % spent", 80, 20, 64, "spending"),
            is_over=True,
        ),
    ]


def _columns() -> list[Column]:
    heights = [(0, 22), (0, 40), (96, 18), (0, 8), (0, 64), (0, 12), (30, 26), (0, 0), (0, 34), (0, 15)]
    return [Column(40 + n * 54, income, spending, f"{n + 1} Nov") for n, (income, spending) in enumerate(heights)]


@dataclass(frozen=True)
class Shares:
    """A ring and the sum in its middle."""

    ring: Ring | None
    sum: str


def _lines() -> Lines:
    now = tuple(Decimal(number) for number in (0, 120, 180, 260, 270, 300))
    before = tuple(Decimal(number) for number in (40, 90, 240, 250, 330, 380, 390, 460, 470, 520))
    points = [Point(str(day), f"{day} Nov", f"?day={day}") for day in range(1, 11)]
    series = [Series("before", "", before), Series("now", "", (*now, None, None, None, None))]
    return lines.lines(points, series, printed=lambda value: f"{value:.0f}")


def _ring() -> Shares:
    parts = [("Rent", 8, 42), ("Groceries", 5, 23), ("Eating out", 2, 18), ("Transport", 6, 9), ("4 others", "", 8)]
    slices = [Slice(f"{name}\n{part} %", "?", str(colour), f"{part} %", Decimal(part)) for name, colour, part in parts]
    return Shares(rings.ring(slices), "₹1,00,000.00")


def _theme(key: str, label: str) -> Theme:
    wrong = SampleForm({f"{key}-amount": "12,3x", f"{key}-date": "2062-11-03", f"{key}-kind": "expense"}, prefix=key)
    wrong.is_valid()
    return Theme(
        key, label, wrong, SampleForm(prefix=f"{key}-filled", initial={"kind": "income", "amount": "1,250.00"})
    )


@require_safe
@login_not_required
def show(request: HttpRequest) -> HttpResponse:
    """Everything there is, light beside dark."""
    context = {
        "themes": [_theme("light", str(_("Light"))), _theme("dark", str(_("Dark")))],
        "hues": range(1, 13),
        "tones": ["neutral", "accent", "income", "spending", "warning"],
        "rows": _rows(),
        "period_picker": _picker(),
        "budgets": _budgets(),
        "columns": _columns(),
        "lines": _lines(),
        "shares": _ring(),
        "balance": _plain("248312.5"),
        "income": _plain("125000", "income"),
        "spending": _plain("61240.75", "expense"),
        "negative": _plain("-4210"),
    }
    return render(request, "styleguide.html", context)
