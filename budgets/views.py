"""The budgets' page: a month of them; one added, changed, stopped or removed; mails about them on and off."""

from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.middleware import for_every_member, for_writers
from batua.htmx import HtmxRequest, changed, render_page, wants_fragment
from batua.period_picker import period_picker
from budgets import alerts, overview, planning
from budgets.forms import BudgetForm, LimitForm
from budgets.models import Budget
from budgets.months import MonthForm, of_a_month
from budgets.planning import BudgetGoneError


@require_GET
@of_a_month
def index(request: HtmxRequest, months: MonthForm) -> HttpResponse:
    # What is over is not planned any more: a change there would count from this month on.
    may_plan = request.membership.may_write and months.month >= months.current_month
    context = {
        "overview": overview.of(request.household, months, locale=request.user.locale),
        "url": months.address("list"),
        "create_url": months.address("create") if may_plan else "",
        "is_over": months.month < months.current_month,
        "copy_url": months.address("copy"),
        "suggest_url": months.address("suggest"),
        "has_alerts": alerts.is_read_by(request.membership),
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
    wanted = request.GET.get("category", "")
    category = int(wanted) if wanted.isdecimal() else None
    form = BudgetForm(_sent(request), category=category, **_options(request, months))
    if form.is_valid() and form.save():
        return changed(request, "budgets-changed", then=months.address("list"), message=_("Budget saved."))
    return _form_page(request, months, form=form, title=_("New budget"))


@for_writers
@require_http_methods(["GET", "POST"])
@of_a_month
def update(request: HtmxRequest, months: MonthForm, pk: int) -> HttpResponse:
    budget = get_object_or_404(Budget.objects.of(request.household).select_related("category"), pk=pk)
    form = LimitForm(_sent(request), budget=budget, **_options(request, months))
    if form.is_valid() and form.save():
        return changed(request, "budgets-changed", then=months.address("list"), message=_("Budget saved."))
    return _form_page(request, months, form=form, title=budget.category.name, budget=budget)


@require_POST
@of_a_month
def stop(request: HtmxRequest, months: MonthForm, pk: int) -> HttpResponse:
    budget = get_object_or_404(Budget.objects.of(request.household), pk=pk)
    try:
        planning.stop(budget=budget, from_month=months.from_month)
    except BudgetGoneError as error:
        raise Http404 from error
    return changed(request, "budgets-changed", then=months.address("list"), message=_("Budget stopped."))


@for_writers
@require_http_methods(["GET", "POST"])
@of_a_month
def delete(request: HtmxRequest, months: MonthForm, pk: int) -> HttpResponse:
    budget = get_object_or_404(Budget.objects.of(request.household).select_related("category"), pk=pk)
    if request.method == "POST":
        budget.delete()
        return changed(request, "budgets-changed", then=months.address("list"), message=_("Budget removed."))
    context = {"question": overview.question(budget.category.name), "back": months.address("list")}
    return render(request, "budgets/delete.html", {"action": request.get_full_path(), **context})


@for_every_member
@require_POST
def switch_alerts(request: HtmxRequest) -> HttpResponse:
    if request.membership is None:
        raise Http404
    if request.POST.get("wanted") == "yes":
        alerts.begin(membership=request.membership)
        message = _("You will get a mail when a limit is nearly used up.")
    else:
        alerts.end(membership=request.membership)
        message = _("You will get no mail about budgets any more.")
    return changed(request, "budgets-changed", then="budgets:list", message=message)


def _sent(request: HtmxRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _options(request: HtmxRequest, months: MonthForm) -> dict[str, Any]:
    return {"household": request.household, "user": request.user, "from_month": months.from_month}


def _form_page(
    request: HtmxRequest, months: MonthForm, *, budget: Budget | None = None, **context: Any
) -> HttpResponse:
    if budget:
        context |= {
            "stop_url": months.address("stop", budget.pk),
            "delete_url": months.address("delete", budget.pk),
            "question": overview.question(budget.category.name),
        }
    context |= {
        "action": request.get_full_path(),
        "back": months.address("list"),
        "in_place": wants_fragment(request),
    }
    status = 422 if context["form"].errors else 200
    return render_page(request, "budgets/edit.html", "budgets/_form.html", context, status=status)
