"""The check of a long file: read and imported in the background, shown by its verdicts, a page of lines at a time."""

import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_htmx.http import reswap, retarget

from accounts import jobs
from accounts.models import Job
from batua.htmx import HtmxRequest, SeeOther, render_page, wants_fragment
from transactions import tasks
from transactions.forms.line_choices import LineChoices
from transactions.imports import keeping, long_page, long_wallets, reading_page, staging
from transactions.imports.checking import CHOSEN, Checked
from transactions.imports.keeping import BusyError, CategoryError, Kept, LineGoneError, WhyNot
from transactions.imports.long_file import LongFile
from transactions.models import Upload
from transactions.views import sent_files


def begin(request: HtmxRequest, kept: Upload) -> HttpResponse:
    """Reads a long file as its first lines show, or as it is remembered."""
    found = staging.front(kept, user=request.user)
    is_guessed = found.glimpse is not None and found.profile is None
    if found.statement is None or found.statement.ambiguous or is_guessed:
        # Somebody has to say first how it is to be read.
        return SeeOther(reverse("transactions:import-check", args=[kept.pk]))
    return _ask_to_read(request, kept, found)


def check(request: HtmxRequest, kept: Upload) -> HttpResponse:
    """The second step: how the file is read, and what would happen to its lines."""
    staged = kept.staged or {}
    sent = request.GET if CHOSEN in request.GET else QueryDict(staged.get("query", ""))
    return _page(request, kept, staging.front(kept, sent, user=request.user))


def read(request: HtmxRequest, kept: Upload) -> HttpResponse:
    """Reads the file anew, as the member chose."""
    found = staging.front(kept, request.POST, user=request.user)
    return _page(request, kept, found) if found.form.errors else _ask_to_read(request, kept, found)


def choose(request: HtmxRequest, upload: Upload) -> HttpResponse:
    """Keeps what was chosen: of one line, of all on a page, or for all lines that the page belongs to."""
    if upload.staged is None:
        raise Http404
    pk, sent = upload.pk, LineChoices(request.POST)
    try:
        with keeping.held(upload) as file:
            is_named = long_wallets.keep(file.upload, request.POST)
            kept = keeping.keep(file, sent.changes())
            if sent.tick is not None:
                keeping.tick(file, sent.verdicts, is_taken=sent.tick)
            elif sent.gives:
                keeping.give(file, sent.verdicts, sent.category)
            elif sent.alike is not None:
                keeping.spread(file, sent.alike)
    except Upload.DoesNotExist:
        return sent_files.outcome_of(request, pk)
    except (BusyError, LineGoneError, CategoryError) as error:
        return _whole(request, pk, str(error))
    if not wants_fragment(request):
        return _whole(request, pk, " ".join(kept.problems.values())) if kept.problems else _back(request, upload)
    return _whole(request, pk) if sent.is_about_all or is_named else _answer(request, file, kept)


def commit(request: HtmxRequest, kept: Upload) -> HttpResponse:
    """Imports the lines that are ticked, those of this page as it was sent."""
    if kept.staged is None:
        return SeeOther(reverse("transactions:import-check", args=[kept.pk]))
    try:
        with keeping.held(kept) as file:
            long_wallets.keep(file.upload, request.POST)
            why_not = keeping.why_not(file, keeping.keep(file, LineChoices(request.POST).changes()))
    except Upload.DoesNotExist:
        return sent_files.outcome_of(request, kept.pk)
    except (BusyError, LineGoneError) as error:
        why_not = WhyNot(str(error))
    if why_not is not None:
        # The line that it is about comes first, whatever was shown.
        asked = None if why_not.after is None else {"after": str(why_not.after)}
        return _whole(request, kept.pk, why_not.sentence, asked)
    job = jobs.start(
        member=request.user,
        household=request.household,
        kind=Job.Kind.IMPORT,
        title=_("Import of %(file)s") % {"file": kept.file_name},
        task=tasks.write_statement,
        upload=kept.pk,
    )
    return SeeOther(reverse("accounts:job", args=[job.pk]))


def _ask_to_read(request: HtmxRequest, kept: Upload, found: Checked) -> HttpResponse:
    job = jobs.start(
        member=request.user,
        household=request.household,
        kind=Job.Kind.IMPORT,
        title=_("Check of %(file)s") % {"file": kept.file_name},
        task=tasks.read_statement,
        upload=kept.pk,
        query=reading_page.query(found),
    )
    return SeeOther(reverse("accounts:job", args=[job.pk]))


def _back(request: HtmxRequest, upload: Upload) -> HttpResponse:
    path = reverse("transactions:import-check", args=[upload.pk])
    return SeeOther(long_page.address(path, request.POST.dict()))


def _answer(request: HtmxRequest, file: LongFile, kept: Kept) -> HttpResponse:
    """What a choice changed on the page that it was made on: the sums, other halves of transfers, and what is wrong."""
    asked = request.POST.dict()
    followers = [line for line in kept.followers.values() if long_page.is_on(asked, line)]
    context: dict[str, Any] = {
        "upload": file.upload,
        "sums": long_page.sums(file, household=request.household, user=request.user),
        "offer": long_page.offer(file, kept.chosen, household=request.household),
        "swapped": True,
        "has_press": True,
        "has_offer": True,
    }
    printed = partial(long_page.rows, file, household=request.household, user=request.user, today=timezone.localdate())
    if kept.chosen:
        context["becomes"] = printed(kept.chosen, problems={})
    if lines := [*followers, *kept.refused]:
        context["rows"] = printed(lines, problems=kept.problems)
    answer = render(request, "transactions/_import_sums.html", context, status=422 if kept.problems else 200)
    for number in kept.followers:
        message = _("Line %(line)s, the other half of this transfer, follows.") % {"line": number}
        answer["HX-Trigger"] = json.dumps({"toast": {"message": message}})
    return answer


def _whole(request: HtmxRequest, pk: int, problem: str = "", asked: Mapping[str, str] | None = None) -> HttpResponse:
    """All that is said of the file, and what is wrong."""
    kept = Upload.objects.of(request.household).defer("content").get(pk=pk)
    found = staging.front(kept, QueryDict((kept.staged or {}).get("query", "")), user=request.user)
    if problem:
        found.form.add_error(None, problem)
    answer = _page(request, kept, found, request.POST.dict() if asked is None else asked)
    return retarget(reswap(answer, "outerHTML"), "#transactions-import-long")


def _page(request: HtmxRequest, kept: Upload, found: Checked, asked: Mapping[str, str] | None = None) -> HttpResponse:
    path = reverse("transactions:import-check", args=[kept.pk])
    found.form.new_wallets = long_wallets.of(kept, found.form.every)
    reading = reading_page.build(found, path=path, locale=request.user.locale, told=kept.staged or {})
    context: dict[str, Any] = {"upload": kept, "form": found.form, "path": path, "profile": found.profile}
    context["reading"], context["warnings"] = reading, found.warnings
    context["notices"] = [*found.notices, *staging.notices(kept)]
    file = LongFile(kept)
    if kept.staged is not None and kept.staged["query"] == reading_page.query(found):
        context["beginning"] = staging.beginning(kept, locale=request.user.locale)
        context["can_name"], context["name_url"] = True, reverse("transactions:import-choose", args=[kept.pk])
        context["check"] = long_page.build(
            file,
            request.GET.dict() if asked is None else asked,
            path=path,
            household=request.household,
            user=request.user,
            today=timezone.localdate(),
        )
    elif kept.staged is not None:
        context["has_choices"] = file.has_choices
    return render_page(
        request,
        "transactions/import_long.html",
        "transactions/_import_long.html",
        context,
        status=422 if found.form.errors else 200,
    )
