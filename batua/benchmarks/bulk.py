"""The large jobs, each beside the least that it could take: an import, an export, a PDF."""

import gc
import http.client
import io
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction
from django.urls import reverse

from accounts.models import Job
from batua.benchmarks import measuring
from batua.benchmarks.ledgers import Ledger
from batua.benchmarks.measuring import PageError
from batua.benchmarks.server import Server
from batua.benchmarks.words import MERCHANTS
from reports import sheet, tasks
from reports.reader import Reader
from reports.sheet import SheetLine
from transactions.ledger import Selection, export_lines
from transactions.models import Category, Transaction, Wallet

IMPORTED = 10_000
ROUNDS = 3
ROUNDS_OF_A_BEGINNING = 20
LONGEST_PDF = 2_000  # entries; a longer one would take minutes
# A plain run is one of Python as it comes, which looks for cycles after so many new objects; we do later (batua.apps).
PYTHONS_OWN = (700, 10, 10)
EXPORT = "/export/download/?period=all-time&format="


@dataclass(frozen=True)
class Feat:
    """A large job: seconds of it, and of its bare part; ``goal`` is how many times the bare part it may take."""

    name: str
    seconds: float
    bare: float
    goal: float
    remark: str = ""

    @property
    def ratio(self) -> float:
        return self.seconds / self.bare


def feats(ledger: Ledger, small: Ledger, running: Server) -> list[Feat]:
    """All of them: the export is of ``ledger``, the PDF of ``small``, and then the import goes into it."""
    pdf = [_pdf(small)] if small.entries <= LONGEST_PDF else []
    return [_export(ledger, running), _first_byte(ledger, running), *pdf, _import(small)]


def _import(ledger: Ledger) -> Feat:
    """A CSV file by the command, against one COPY of as many rows, with the triggers; both into the same books.

    Each round has a wallet of its own: in the same one, payments of the same days that a later file lacks would be
    looked for among its lines.
    """
    seconds, bare = [], []
    for number, wallet in enumerate(Wallet.objects.of(ledger.household).in_order()[:ROUNDS]):
        with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
            file.write(_statement(ledger, seed=number))
            file.flush()
            before = Transaction.objects.of(ledger.household).count()
            seconds.append(_timed(partial(_call_import, file.name, ledger, wallet)))
        added = Transaction.objects.of(ledger.household).count() - before
        if added != IMPORTED:
            raise PageError(f"The import wrote {added} entries instead of {IMPORTED}")
        bare.append(_timed(partial(_copy, ledger, wallet)))
    return Feat(f"import of {IMPORTED:,} CSV rows", min(seconds), min(bare), 6)


def _call_import(path: str, ledger: Ledger, wallet: Wallet) -> None:
    # All of it, as a page has it: also lines of payees whose money went to another wallet last time.
    whole = {"member": ledger.user.email, "wallet": wallet.name, "take": ["transfer"]}
    call_command("import_statement", Path(path), **whole, stdout=io.StringIO())


def _statement(ledger: Ledger, *, seed: int) -> str:
    chance = random.Random(seed)  # nosec B311 # made-up rows, the same each time
    rows = ["Date,Description,Reference,Amount"]
    for number in range(IMPORTED):
        day = ledger.today - timedelta(days=number % 900)
        amount = chance.randint(-900_000, -100) / 100
        rows.append(f"{day},{chance.choice(MERCHANTS)} {number % 400},R{seed}-{number:08},{amount:.2f}")
    return "\n".join(rows)


def _copy(ledger: Ledger, wallet: Wallet) -> None:
    """Ten thousand ready rows by COPY, and away with them again."""
    category = Category.objects.of(ledger.household).filter(kind="expense").order_by("pk")[0]
    columns = "household_id, wallet_id, kind, currency, amount, date, category_id, note, comment, bank_text, uuid"
    with transaction.atomic(), connection.cursor() as cursor:
        with cursor.copy(f"COPY transactions_transaction ({columns}) FROM STDIN") as copy:
            for number in range(IMPORTED):
                day = ledger.today - timedelta(days=number % 900)
                key = f"00000000-0000-4000-8000-{number:012}"
                copy.write_row(
                    (ledger.household.pk, wallet.pk, "expense", ledger.household.currency, "12.50", day, category.pk,
                     f"Shop {number % 400}", "", "", key)
                )  # fmt: skip
        transaction.set_rollback(True)


def _export(ledger: Ledger, running: Server) -> Feat:
    """The whole CSV over HTTP, against a COPY of the same columns."""
    cookie = measuring.signed_in(ledger)
    before = running.memory()
    taken = [_downloaded(running, EXPORT + "csv", cookie) for _round in range(ROUNDS)]
    bare = min(_timed(lambda: _copied_out(ledger)) for _round in range(ROUNDS))
    grown = running.memory() - before
    whole = min(seconds for _first, seconds in taken)
    return Feat(f"export of {ledger.entries:,} entries as CSV", whole, bare, 1.5, f"the server grew by {grown} MB")


def _first_byte(ledger: Ledger, running: Server) -> Feat:
    """The beginning of that CSV, against the empty view, in turns; as with pages, the first rounds do not count."""
    cookie, empty = measuring.signed_in(ledger), reverse("benchmark-empty")
    taken = [
        (_downloaded(running, EXPORT + "csv", cookie)[0], _downloaded(running, empty, cookie)[1])
        for _round in range(measuring.WARM_UP + ROUNDS_OF_A_BEGINNING)
    ]
    first, bare = (statistics.median(times) for times in zip(*taken[measuring.WARM_UP :], strict=True))
    return Feat("first byte of it", first, bare, 3, f"{first * 1000:.1f} ms; here the bare part is the empty view")


def _copied_out(ledger: Ledger) -> None:
    sql = """COPY (SELECT t.date, t.kind, t.amount, t.currency, c.name, t.note, t.comment, w.name, o.name, t.bank_text,
                          t.uuid
                   FROM transactions_transaction t
                   JOIN transactions_wallet w ON w.id = t.wallet_id
                   LEFT JOIN transactions_wallet o ON o.id = t.to_wallet_id
                   LEFT JOIN transactions_category c ON c.id = t.category_id
                   WHERE t.household_id = {household} ORDER BY t.date, t.id) TO STDOUT WITH (FORMAT csv)"""
    with connection.cursor() as cursor, cursor.copy(sql.format(household=int(ledger.household.pk))) as copy:
        for _piece in copy:
            pass


def _pdf(ledger: Ledger) -> Feat:
    """A PDF as the worker prepares it, against one plain run of WeasyPrint on the same table.

    That is one run in one process on the same rows and the columns that our PDF prints, each with the text that stands
    there: a table with nothing else, no style, no sums, no page numbers. Its rows are ready before the clock starts.
    """
    job = Job.objects.create(household=ledger.household, asked_by=ledger.user, kind=Job.Kind.EXPORT, title="Measured")
    asked = {"query": "period=all-time&format=pdf", "today": ledger.today.isoformat()}
    seconds = _timed(lambda: tasks.print_entries.func(job=job.pk, **asked))
    job.refresh_from_db()
    if job.state != Job.State.DONE:
        raise PageError(f"The PDF was not made: {job.problem}")
    reader = Reader(ledger.household.currency, ledger.user.locale, ledger.today, 1, may_write=False)
    lines = [sheet.line(each, reader) for each in export_lines(ledger.household, Selection())]
    bare = _timed(lambda: _plain_pdf(lines))
    return Feat(f"PDF of {len(lines):,} entries", seconds, bare, 0.6)


def _plain_pdf(lines: list[SheetLine]) -> None:
    from weasyprint import HTML

    cells = ((each.day, each.name, each.category, each.wallet, each.amount) for each in lines)
    rows = "".join(f"<tr><td>{'<td>'.join(escape(text) for text in row)}" for row in cells)
    ours = gc.get_threshold()
    gc.set_threshold(*PYTHONS_OWN)
    try:
        HTML(string=f"<table>{rows}</table>").write_pdf()
    finally:
        gc.set_threshold(*ours)


def _downloaded(running: Server, path: str, cookie: str) -> tuple[float, float]:
    """Seconds until the first byte, and until the last."""
    line = http.client.HTTPConnection("127.0.0.1", running.port, timeout=300)
    started = time.perf_counter()
    line.request("GET", path, headers={"Cookie": cookie})
    response = line.getresponse()
    response.read(1)
    first = time.perf_counter() - started
    while response.read(65_536):
        pass
    line.close()
    if response.status != 200:
        raise PageError(f"{path} answers {response.status}")
    return first, time.perf_counter() - started


def _timed(act: Callable[[], Any]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started
