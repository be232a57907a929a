"""Files that take longer than somebody waits."""

from datetime import date

from django.http import QueryDict

from accounts import jobs
from reports import exports, printing, sheet
from reports.export_form import ExportForm
from reports.reader import Reader
from transactions import ledger


@jobs.for_member()
def print_entries(progress: jobs.Progress, *, query: str, today: str) -> None:
    """The PDF of the entries that the export page's address asked for on that day."""
    household, member = progress.job.household, progress.job.asked_by
    form = ExportForm(
        QueryDict(query),
        labels=ledger.labels.of(household),
        today=date.fromisoformat(today),
        month_start=household.month_start,
    )
    if not form.is_valid():
        # A category or a wallet of the filter went away since.
        raise jobs.Refusal(" ".join(str(each) for errors in form.errors.values() for each in errors))
    reader = Reader(household.currency, member.locale, form.today, form.month_start, may_write=False)
    totals, number = ledger.sums(household, form.selection)
    head = sheet.head(household, form.chosen, totals, number, reader=reader, filters=sheet.filters_of(form))
    lines = ledger.export_lines(household, form.selection)
    content = printing.written(head, form.chosen, lines, number, reader=reader, seen=progress.step)
    name = exports.own_name(household, form.chosen, today=form.today, ending="pdf")
    progress.file(content, name=name, content_type="application/pdf")
