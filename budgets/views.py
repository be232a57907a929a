"""The budgets' page: a month of them; one added, changed, stopped or removed."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.middleware import for_writers
from batua.htmx import HtmxRequest, changed, refused, render_page, wants_fragment
from batua.period_picker import period_picker
from budgets import overview, planning
from budgets.forms import BudgetForm, LimitForm, MonthForm
from budgets.models import Budget


def of_a_month(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Reads the month from the address before the view; one that is none is answered 400."""

    @wraps(view)
    def reading(request: HtmxRequest, **keys: int) -> HttpResponse:
        months = MonthForm(request.GET, today=timezone.localdate(), month_start=request.household.month_start)
        return view(request, months, **keys) if months.is_valid() else refused(request, months)

    return reading


@require_GET
@of_a_month
def index(request: HtmxRequest, months: MonthForm) -> HttpResponse:
    context = {
        "overview": overview.of(request.household, months.month, today=months.today, locale=request.user.locale),
        "url": _address("list", months),
        "query": months.chosen.query,
        "create_url": _address("create", months) if request.membership.may_write else "",
        "period_picker": period_picker(
            request,
            months.chosen,
            today=months.today,
            month_start=months.month_start,
            locale=request.user.locale,
        ),
    }
    return render_page(request, "budgets/list.html", "budgets/_cards.html", context)


@for_writers
@require_http_methods(["GET", "POST"])
@of_a_month
def create(request: HtmxRequest, months: MonthForm) -> HttpResponse:
    form = BudgetForm(_sent(request), **_options(request, months))
    if form.is_valid() and form.save():
        return changed(request, "budgets-changed", then=_address("list", months), message=_("Budget saved."))
    return _form_page(request, months, form=form, title=_("New budget"))


@for_writers
@require_http_methods(["GET", "POST"])
@of_a_month
def update(request: HtmxRequest, months: MonthForm, pk: int) -> HttpResponse:
    budget = get_object_or_404(Budget.objects.of(request.household).select_related("category"), pk=pk)
    form = LimitForm(_sent(request), budget=budget, **_options(request, months))
    if form.is_valid() and form.save():
        return changed(request, "budgets-changed", then=_address("list", months), message=_("Budget saved."))
    return _form_page(request, months, form=form, title=budget.category.name, budget=budget)


@require_POST
@of_a_month
def stop(request: HtmxRequest, months: MonthForm, pk: int) -> HttpResponse:
    budget = get_object_or_404(Budget.objects.of(request.household), pk=pk)
    planning.stop(budget=budget, from_month=months.from_month)
    return changed(request, "budgets-changed", then=_address("list", months), message=_("Budget stopped."))


@for_writers
@require_http_methods(["GET", "POST"])
@of_a_month
def delete(request: HtmxRequest, months: MonthForm, pk: int) -> HttpResponse:
    budget = get_object_or_404(Budget.objects.of(request.household).select_related("category"), pk=pk)
    if request.method == "POST":
        budget.delete()
        return changed(request, "budgets-changed", then=_address("list", months), message=_("Budget removed."))
    context = {"question": overview.question(budget.category.name), "back": _address("list", months)}
    return render(request, "budgets/delete.html", {"action": request.get_full_path(), **context})


def _sent(request: HtmxRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _options(request: HtmxRequest, months: MonthForm) -> dict[str, Any]:
    return {"household": request.household, "user": request.user, "from_month": months.from_month}


def _address(name: str, months: MonthForm, *keys: int) -> str:
    return f"{reverse(f'budgets:{name}', args=keys)}?{months.chosen.query}"


def _form_page(
    request: HtmxRequest, months: MonthForm, *, budget: Budget | None = None, **context: Any
) -> HttpResponse:
    if budget:
        context |= {
            "stop_url": _address("stop", months, budget.pk),
            "delete_url": _address("delete", months, budget.pk),
            "question": overview.question(budget.category.name),
        }
    context |= {
        "action": request.get_full_path(),
        "back": _address("list", months),
        "in_place": wants_fragment(request),
    }
    status = 422 if context["form"].errors else 200
    return render_page(request, "budgets/edit.html", "budgets/_form.html", context, status=status)
