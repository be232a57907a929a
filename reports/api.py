"""``/api/reports`` and ``/api/exports``: the dashboard in numbers, and entries as a file."""

import datetime
from typing import Any

from django.http.response import HttpResponseBase
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from batua.limits import EXPORTS
from batua.period_picker import PeriodForm
from batua.rest import pressure
from batua.rest.problems import invalid
from batua.rest.values import PeriodQuery
from reports import dashboard, export_views, plainly
from reports.export_form import FORMATS, ExportForm
from transactions import ledger

router = Router(tags=["Reports"])
exports_router = Router(tags=["Exports"])


class FlowOut(Schema):
    """What came in and went out on a day, or in a month or year, whichever the period is cut into."""

    start_date: datetime.date
    end_date: datetime.date
    income: str = Field(examples=["0.00"])
    expense: str = Field(examples=["450.00"])


class SpendingOut(Schema):
    """What was spent on a category, less what came back."""

    category: str = Field(examples=["Groceries"])
    category_id: int
    amount: str = Field(examples=["6420.50"])
    count: int


class LimitOut(Schema):
    """A budget of the month."""

    id: int
    category: str = Field(examples=["Groceries"])
    amount: str = Field(examples=["8000.00"])
    spent: str = Field(examples=["6420.50"])
    is_over: bool


class LatestOut(Schema):
    """One of the newest entries, of whatever day."""

    id: int
    date: datetime.date
    type: str = Field(examples=["expense"])
    amount: str = Field(examples=["120.50"])
    category: str | None
    note: str
    wallet: str
    to_wallet: str | None


class DashboardOut(Schema):
    """A period of the household. The balance is of all time, the rest of the period; `null` when nothing is entered."""

    start_date: datetime.date | None
    end_date: datetime.date | None = Field(description="The last day inside.")
    currency: str = Field(examples=["INR"])
    balance: str = Field(examples=["47849.50"], description="What is in all wallets now.")
    income: str = Field(examples=["90000.00"])
    expense: str = Field(examples=["42150.50"])
    net: str = Field(examples=["47849.50"], description="Income less expense of the period.")
    income_before: str | None = Field(description="Of the period before it.")
    expense_before: str | None
    cash_flow: list[FlowOut]
    spending: list[SpendingOut]
    month: datetime.date | None = Field(description="The month of the budgets, by its first day.")
    budgets: list[LimitOut]
    latest: list[LatestOut]


class ExportQuery(PeriodQuery):
    """Which entries, in which kind of file: this month as CSV, unless it says otherwise."""

    format: str = Field("csv", max_length=10, description=", ".join(FORMATS))
    bom: bool = Field(default=False, description="CSV that begins with the mark by which spreadsheets know UTF-8.")
    type: str = Field("", max_length=10, description="`expense`, `income` or `transfer`.")
    category: list[int] = Field([], max_length=200, description="Ids; entries of any of them.")
    wallet: list[int] = Field([], max_length=200, description="Ids; entries of any of them, transfers into them too.")
    text: str = Field("", max_length=200, description="Words that the entry's words begin with.")
    note: str = Field("", max_length=10, description="`whole`: the text is the whole note.")


_FILE = {
    "responses": {
        200: {
            "description": "The file.",
            "content": {
                each.content_type: {"schema": {"type": "string", "format": "binary"}} for each in FORMATS.values()
            },
        }
    }
}


@router.get("/dashboard", response=DashboardOut, summary="The dashboard in numbers")
def show_dashboard(request: Any, period: Query[PeriodQuery]) -> dict[str, Any]:
    """This month, unless it says otherwise."""
    today, household = timezone.localdate(), request.household
    form = PeriodForm(period.address(), today=today, month_start=household.month_start)
    if not form.is_valid():
        raise invalid(form)
    return plainly.board(dashboard.build(household, form.chosen, today=today), household, form.chosen)


@exports_router.get("/transactions", summary="Entries as CSV, Excel or PDF", openapi_extra=_FILE)
def export_transactions(request: Any, wanted: Query[ExportQuery]) -> HttpResponseBase:
    """The very file of the export page."""
    pressure.count(EXPORTS, request)
    own = wanted.model_dump(include={"format", "category", "wallet", "text", "note"})
    form = ExportForm(
        wanted.address() | own | {"kind": wanted.type, "bom": wanted.bom},
        labels=ledger.labels.later(request.household),
        today=timezone.localdate(),
        month_start=request.household.month_start,
    )
    file = export_views.written(request, form) if form.is_valid() else None
    if file is None:
        raise invalid(form, {"kind": "type", "__all__": "format"})
    return file
