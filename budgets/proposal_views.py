"""Limits that are proposed: those of the month before, or what the last ones cost. Nothing counts until it is taken."""

from collections.abc import Callable
from datetime import date

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.middleware import for_writers
from accounts.models import Household
from batua.htmx import HtmxRequest, changed, render_page, wants_fragment
from batua.period_picker import month_label
from budgets import overview, proposals
from budgets.forms import ProposalsForm
from budgets.months import MonthForm, of_a_month
from budgets.proposals import Proposal


@for_writers
@require_http_methods(["GET", "POST"])
@of_a_month
def copy(request: HtmxRequest, months: MonthForm) -> HttpResponse:
    return _answer(
        request,
        months,
        proposals.of_the_month_before,
        title=_("Copy last month"),
        nothing=_("The limits are those of the month before already."),
    )


@for_writers
@require_http_methods(["GET", "POST"])
@of_a_month
def suggest(request: HtmxRequest, months: MonthForm) -> HttpResponse:
    return _answer(
        request,
        months,
        proposals.of_the_average,
        title=_("Suggest limits"),
        nothing=_("The last three months say nothing new: what they cost on average is your limit already."),
    )


def _answer(
    request: HtmxRequest,
    months: MonthForm,
    propose: Callable[[Household, date], list[Proposal]],
    *,
    title: str,
    nothing: str,
) -> HttpResponse:
    proposed = propose(request.household, months.from_month)
    sent = request.POST if request.method == "POST" else None
    form = ProposalsForm(
        sent, proposed=proposed, household=request.household, user=request.user, from_month=months.from_month
    )
    if form.is_valid():
        return _saved(request, months, form.save())
    locale = request.user.locale
    context = {
        "form": form,
        "rows": overview.proposal_rows(form, locale=locale),
        "title": title,
        "nothing": nothing,
        "month": month_label(months.from_month, locale=locale),
        "action": request.get_full_path(),
        "back": months.address("list"),
        "in_place": wants_fragment(request),
    }
    status = 422 if form.errors else 200
    return render_page(request, "budgets/proposals.html", "budgets/_proposals.html", context, status=status)


def _saved(request: HtmxRequest, months: MonthForm, number: int) -> HttpResponse:
    message = ngettext("%(count)d limit saved.", "%(count)d limits saved.", number) % {"count": number}
    return changed(request, "budgets-changed", then=months.address("list"), message=message)
