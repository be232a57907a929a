"""``/api/budgets``: limits for categories, each with what was spent of it up to now."""

import datetime
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema
from ninja.responses import Status

from accounts.access.once import once
from batua.amount_field import plainly_written
from batua.rest import versions
from batua.rest.problems import Problem, invalid
from batua.rest.values import AmountText
from budgets import planning, progress, wire
from budgets.forms import BudgetForm, LimitForm
from budgets.models import Budget, BudgetLimit
from budgets.months import MonthForm
from budgets.planning import BudgetGoneError
from budgets.wire import Plain
from transactions import ledger

router = Router(tags=["Budgets"])


class BudgetOut(Schema):
    """A budget in one of its periods; nothing here is kept, all is worked out from the entries."""

    id: int
    category: str = Field(examples=["Groceries"])
    category_id: int
    amount: str = Field(examples=["8000.00"], description="The limit.")
    spent: str = Field(examples=["6420.50"], description="What was spent up to now, less what came back.")
    carried: str = Field(examples=["0.00"], description="What the periods before left, or overspent.")
    available: str = Field(examples=["8000.00"], description="The limit and what was carried over.")
    left: str = Field(examples=["1579.50"])
    currency: str = Field(examples=["INR"])
    cadence: BudgetLimit.Cadence
    roll_over: BudgetLimit.RollOver
    start_date: datetime.date
    end_date: datetime.date = Field(description="The last day inside.")
    is_over: bool
    pace: str | None = Field(examples=["on-track"], description="`on-track`, `fast`, `over`, or null for other months.")


class BudgetPut(Schema):
    """The limit of a month and of all that follow; months before keep theirs."""

    amount: AmountText
    cadence: BudgetLimit.Cadence = BudgetLimit.Cadence.MONTHLY
    roll_over: BudgetLimit.RollOver = BudgetLimit.RollOver.NONE


class BudgetIn(BudgetPut):
    """A budget for a category of spending that has none."""

    category: str | None = Field(None, max_length=200, examples=["Groceries"], description="By name.")
    category_id: int | None = None


class MonthQuery(Schema):
    """Which household month; this one, unless it says otherwise. A change never counts from a month that is over."""

    period: str = Field("", max_length=20, examples=["2026-11", "last-month"])


@router.get("/", response=list[BudgetOut], summary="List budgets, the most used up first")
def list_budgets(request: Any, month: Query[MonthQuery]) -> list[Plain]:
    months = _months(request, month)
    found = progress.for_month(request.household, months.month, today=months.today)
    return [wire.budget(each, today=months.today) for each in found]


@router.post("/", response={201: BudgetOut}, summary="Add a budget")
@once
def add_budget(request: Any, response: HttpResponse, body: BudgetIn, month: Query[MonthQuery]) -> Status[Plain]:
    months = _months(request, month)
    form = BudgetForm(body.model_dump() | {"category": _category(request, body)}, **_options(request, months))
    plainly_written(form)
    if not form.is_valid() or not form.save():
        raise invalid(form)
    return Status(201, _shown(request, response, form.saved, months.from_month))


@router.get("/{int:pk}", response=BudgetOut, summary="One budget")
def show_budget(request: Any, response: HttpResponse, pk: int, month: Query[MonthQuery]) -> Plain:
    """404 also for a month in which it has no limit."""
    return _shown(request, response, pk, _months(request, month).month)


@router.put("/{int:pk}", response=BudgetOut, summary="Change a budget's limit")
@versions.guarded
def change_budget(request: Any, response: HttpResponse, pk: int, body: BudgetPut, month: Query[MonthQuery]) -> Plain:
    months = _months(request, month)
    with transaction.atomic():
        budget = _own(request, pk, held=Budget.objects.select_for_update(of=["self"]))
        versions.expect(request, _version(budget, months.from_month))
        form = LimitForm(body.model_dump(), budget=budget, **_options(request, months))
        plainly_written(form)
        if not form.is_valid() or not form.save():
            raise invalid(form)
    return _shown(request, response, pk, months.from_month)


@router.post("/{int:pk}/stop", response={204: None}, summary="Stop a budget")
def stop_budget(request: Any, pk: int, month: Query[MonthQuery]) -> Status[None]:
    """No limit from the month on; months before keep theirs."""
    try:
        planning.stop(budget=_own(request, pk), from_month=_months(request, month).from_month)
    except BudgetGoneError as error:
        raise Http404 from error
    return Status(204, None)


@router.delete("/{int:pk}", response={204: None}, summary="Remove a budget with its history")
def delete_budget(request: Any, pk: int) -> Status[None]:
    _own(request, pk).delete()
    return Status(204, None)


def _months(request: Any, month: MonthQuery) -> MonthForm:
    form = MonthForm(month.model_dump(), today=timezone.localdate(), month_start=request.household.month_start)
    if not form.is_valid():
        raise invalid(form)
    return form


def _options(request: Any, months: MonthForm) -> Plain:
    return {"household": request.household, "user": request.user, "from_month": months.from_month}


def _category(request: Any, body: BudgetIn) -> int | None:
    """The category by its name, which has to be there. Raises Problem."""
    if body.category is None:
        return body.category_id
    wanted = " ".join(body.category.split()).casefold()
    offered = ledger.category_choices(request.household, ledger.EXPENSE)
    found = next((each.id for each in offered if each.name.casefold() == wanted), None)
    if found is None:
        raise Problem(422, errors={"category": [_("There is no category of spending of this name.")]})
    if body.category_id not in {None, found}:
        raise Problem(422, errors={"category": [_("category and category_id are not the same one.")]})
    return found


def _own(request: Any, pk: int, *, held: Any = Budget.objects) -> Budget:
    budget: Budget = get_object_or_404(held.of(request.household).select_related("category"), pk=pk)
    return budget


def _shown(request: Any, response: HttpResponse, pk: int, month: datetime.date) -> Plain:
    today = timezone.localdate()
    found = progress.for_month(request.household, month, today=today)
    shown = next((each for each in found if each.id == pk), None)
    if shown is None:
        raise Http404
    versions.tag(response, _version(_own(request, pk), month))
    return wire.budget(shown, today=today)


def _version(budget: Budget, month: datetime.date) -> str:
    """Of what is planned, not of what is spent: a new entry does not stand in the way of a change."""
    limit = planning.limit_in(budget, month)
    return versions.of_values(budget.pk, limit and (limit.from_month, limit.amount, limit.cadence, limit.roll_over))
