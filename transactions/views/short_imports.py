"""The check of a short file: read again with each question, its lines on one page or a few."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_htmx.http import reswap, retarget

from batua.htmx import HtmxRequest, SeeOther, render_page, wants_fragment
from transactions import labels
from transactions.forms.line_choices import ForAll
from transactions.imports import check_page, checking, kept_marks, line_choice, page_sums, reading_page
from transactions.imports.checking import CHOSEN, Checked, NothingTaken
from transactions.imports.kept_marks import Mark
from transactions.imports.line_choice import Listed, told_released
from transactions.imports.overtaking import OvertakenError
from transactions.imports.refusals import ChoiceError, UnnamedError
from transactions.imports.verdicts import Preview
from transactions.models import ImportBatch, Upload


def check(request: HtmxRequest, kept: Upload) -> HttpResponse:
    """The second step, read as the address says, as it was asked for last, or as it shows."""
    sent = request.GET if CHOSEN in request.GET else kept_marks.reading(kept)
    found = checking.check(kept, sent, household=request.household, user=request.user)
    marks, dropped = _dropped(kept_marks.of(kept), found)
    if dropped and CHOSEN not in request.GET:
        # As the page shows them from now on: what is sent of it is compared with that.
        kept_marks.keep(kept, marks)
    return _page(request, kept, found, dropped=dropped)


def read(request: HtmxRequest, kept: Upload) -> HttpResponse:
    """The file read another way; what was chosen for its lines stays."""
    sent = kept_marks.ticked(kept, request.POST)
    found = _as_sent(request, kept, sent)
    return _page(request, kept, found, dropped=_keep(kept, found, sent))


def choose(request: HtmxRequest, kept: Upload) -> HttpResponse:
    """Keeps what was chosen: of one line, of all on a page, or for all lines of the file or of a payee.

    What is chosen for single lines changes only the sums, and what is offered then; for a tick the file is not read.
    """
    sent, said = kept_marks.ticked(kept, request.POST), ForAll(request.POST)
    marks = kept_marks.sent_with(kept, sent)
    turned = kept_marks.turned(kept_marks.of(kept), marks)
    is_part = wants_fragment(request) and not said.is_about_all and reading_page.is_as_seen(request.POST)
    if is_part and len(turned) != 1:
        kept_marks.keep(kept, marks)
        return _answer(request, kept, sent)
    found = _as_sent(request, kept, sent)
    dropped = _keep(kept, found, sent)
    is_followed = len(turned) == 1 and _let_follow(kept, found, turned[0])
    if is_part and not is_followed:
        return _answer(request, kept, sent, found, turned[0])
    if found.preview is not None and said.is_about_all:
        _keep_for_all(kept, found.preview, said, show=request.POST.get("show", ""))
    answer = _page(request, kept, found, dropped=dropped)
    return retarget(reswap(answer, "outerHTML"), "#transactions-import-preview")


def _let_follow(kept: Upload, found: Checked, number: int) -> bool:
    """Whether the other half of this line's transfer becomes something else along with it, which is kept then."""
    marks = kept_marks.follow(kept_marks.of(kept), number, found.preview) if found.preview is not None else None
    if marks is not None:
        kept_marks.keep(kept, marks)
    return marks is not None


def _keep_for_all(kept: Upload, preview: Preview, said: ForAll, *, show: str) -> None:
    """What a button says of all lines, or of all those of the verdict that the page shows."""
    own, marks = labels.of(kept.household), kept_marks.of(kept)
    lines = check_page.choosable(preview, marks, own)
    listed = [each for each in lines if show in {"", each.row.verdict.value}]
    if said.tick is not None:
        marks = kept_marks.tick(marks, listed, is_taken=said.tick)
    elif said.gives:
        marks = kept_marks.give(marks, listed, said.category, own)
    elif said.alike is not None and (alike := kept_marks.alike(lines, said.alike, Listed.of(own))):
        marks = kept_marks.spread(marks, alike)
    kept_marks.keep(kept, marks)


def _answer(
    request: HtmxRequest, kept: Upload, sent: QueryDict, found: Checked | None = None, turned: int | None = None
) -> HttpResponse:
    """The sums after a choice, and after that of a category what is offered for the payee's other lines."""
    context: dict[str, Any] = {"upload": kept, "swapped": True}
    if (now := page_sums.of(sent)) is not None:
        own = {"household": request.household, "locale": request.user.locale}
        context["sums"] = check_page.sums(now.counts, now.totals, now.looked_at, **own)
    if found is not None and turned is not None:
        context["has_offer"] = True
        context |= _of_line(kept, found, turned)
    return reswap(render(request, "transactions/_import_sums.html", context), "none")


def commit(request: HtmxRequest, kept: Upload) -> HttpResponse:
    """Imports the lines that are ticked, as they were seen."""
    sent = kept_marks.ticked(kept, request.POST)
    found = _as_sent(request, kept, sent)
    if found.statement is not None and not reading_page.is_as_seen(request.POST):
        found.form.add_error(None, _("You changed how the file is read. Look at its lines again, then import them."))
        return _page(request, kept, found, dropped=_keep(kept, found, sent))
    if released := kept_marks.released(kept, request.POST):
        found.form.add_error(None, told_released(released))
        return _page(request, kept, found, dropped=_keep(kept, found, sent))
    look = partial(_refuse_what_was_overtaken, sent=sent, lost=_add_other_pages(kept, found, sent))
    batch = _imported(request, kept, found, look)
    if batch is not None:
        return SeeOther(reverse("transactions:import-done", args=[batch.pk]))
    _keep(kept, found, sent)
    return _page(request, kept, found)


def _as_sent(request: HtmxRequest, kept: Upload, sent: QueryDict) -> Checked:
    return checking.check(kept, sent, household=request.household, user=request.user)


def _add_other_pages(kept: Upload, found: Checked, sent: QueryDict) -> list[int]:
    """What was chosen for lines that this page does not show is sent along with it.

    Returns the numbers of those that are no longer the entry, or the transfer, that they were said to be.
    """
    others = kept_marks.of_other_pages(kept, sent)
    if not others or found.preview is None:
        return []
    fitting, lost = kept_marks.fitting(others, found.preview, labels.of(kept.household))
    kept_marks.add(found.form.sent, fitting)
    return [number for number in lost if line_choice.is_moved(others[number].choice or "")]


def _imported(
    request: HtmxRequest, kept: Upload, found: Checked, look: Callable[[Preview], None]
) -> ImportBatch | None:
    """None, and an error, where it is refused."""
    if found.statement is None:
        return None
    try:
        return checking.commit(found, kept, created_by=request.user, look=look)
    except (NothingTaken, UnnamedError, ChoiceError, OvertakenError) as error:
        found.form.add_error(None, str(error))
        return None


def _refuse_what_was_overtaken(preview: Preview, *, sent: QueryDict, lost: Sequence[int]) -> None:
    """Raises OvertakenError; of lines on other pages their verdicts are counted, and ``lost`` are some of them."""
    lines = [*kept_marks.overtaken(preview, sent), *lost]
    if lines or page_sums.is_overtaken(preview, sent):
        raise OvertakenError(lines)


def _keep(kept: Upload, found: Checked, sent: QueryDict) -> str:
    """Keeps what the page sends, and says of which lines it cannot be kept."""
    marks, dropped = _dropped(kept_marks.sent_with(kept, sent), found)
    kept_marks.keep(kept, marks, reading=reading_page.query(found))
    return dropped


def _dropped(marks: Mapping[int, Mark], found: Checked) -> tuple[Mapping[int, Mark], str]:
    """The marks that the lines can have as they are read now, and a sentence about those that they cannot."""
    if found.preview is None or not marks:
        return marks, ""
    marks, lost = kept_marks.fitting(marks, found.preview, labels.of(found.household))
    if not lost:
        return marks, ""
    sentence = ngettext(
        "What you chose for line %(lines)s does not fit the line as it is read now: it is as suggested again.",
        "What you chose for lines %(lines)s does not fit them as they are read now: they are as suggested again.",
        len(lost),
    )
    return marks, sentence % {"lines": ", ".join(map(str, lost))}


def _of_line(kept: Upload, found: Checked, number: int) -> dict[str, Any]:
    """What this line becomes, and what is offered for others of its payee."""
    if found.preview is None:
        return {}
    own = labels.of(kept.household)
    lines = check_page.choosable(found.preview, kept_marks.of(kept), own)
    turned = [each for each in lines if each.row.line.number == number]
    return {
        "becomes": check_page.rows(
            found.preview, turned, own, household=kept.household, user=found.form.user, today=timezone.localdate()
        ),
        "offer": check_page.offer(lines, number, own),
    }


def _page(request: HtmxRequest, kept: Upload, found: Checked, *, dropped: str = "") -> HttpResponse:
    path = reverse("transactions:import-check", args=[kept.pk])
    context: dict[str, Any] = {"upload": kept, "form": found.form, "path": path, "profile": found.profile}
    context["warnings"], context["notices"], context["dropped"] = found.warnings, found.notices, dropped
    context["beginning"], context["can_name"] = found.beginning, True
    context["reading"] = reading_page.build(found, path=path, locale=request.user.locale)
    if found.preview is not None:
        asked = request.POST if request.method == "POST" else request.GET
        context["check"] = check_page.build(
            found.preview,
            user=request.user,
            household=request.household,
            today=timezone.localdate(),
            chosen=kept_marks.of(kept),
            address=f"{path}?{reading_page.query(found)}",
            show=asked.get("show", ""),
            after=line_choice.number(asked.get("after", "")) or 0,
        )
    return render_page(
        request,
        "transactions/import_check.html",
        "transactions/_import_preview.html",
        context,
        status=422 if found.form.errors else 200,
    )
