"""What Batua counts about itself. Apps call these functions; how the numbers leave is known to ``batua.exposition``.

Label values come from the closed lists here: what is not listed counts as "other", so that no file, person or mistake
can grow the number of series. With several workers each counts in files of its own, and a scrape adds them up.
"""

from collections.abc import Collection, Mapping

from django.db import transaction
from prometheus_client import Counter

OTHER = "other"
KINDS = ("income", "expense", "transfer")
FORMATS = ("csv", "ofx", "qif", "mt940", "camt", "xlsx", "xls", "ods", "journal", "batua", "ynab", OTHER)
OUTCOMES = ("saved", "refused")
LINES = ("saved", "known", "left out", "refused")
EXPORTS = ("csv", "xlsx", "pdf", "backup", OTHER)

_RECORDED = Counter("batua_transactions_recorded", "Entries written, by hand, import or API.", ["kind"])
_IMPORTS = Counter("batua_imports", "Statements read, by format and by what came of them.", ["format", "outcome"])
_LINES = Counter("batua_import_lines", "Lines of statements, by what became of them.", ["outcome"])
_MAILS = Counter("batua_mails", "Mails that the provider took, and times that it did not.", ["outcome"])
_EXPORTS = Counter("batua_exports", "Files made for members.", ["format"])
_LOGINS = Counter("batua_logins", "Attempts to sign in.", ["outcome"])

# A series that is there from the start reads 0, and so its first increase is seen.
for _kind in KINDS:
    _RECORDED.labels(_kind)
for _outcome in LINES:
    _LINES.labels(_outcome)
for _outcome in ("sent", "failed"):
    _MAILS.labels(_outcome)
for _format in EXPORTS:
    _EXPORTS.labels(_format)
for _format in FORMATS:
    for _outcome in OUTCOMES:
        _IMPORTS.labels(_format, _outcome)
for _outcome in ("succeeded", "failed"):
    _LOGINS.labels(_outcome)


def recorded(kinds: Mapping[str, int]) -> None:
    """Entries by kind, counted when the transaction around them is committed."""

    def count() -> None:
        for kind, number in kinds.items():
            _RECORDED.labels(kind).inc(number)

    transaction.on_commit(count)


def imported(file_format: str, lines: Mapping[str, int]) -> None:
    """A statement that was saved, and what became of its lines; counted when its transaction is committed."""

    def count() -> None:
        _IMPORTS.labels(_listed(file_format, FORMATS), "saved").inc()
        for outcome, number in lines.items():
            _LINES.labels(outcome).inc(number)

    transaction.on_commit(count)


def import_refused(file_format: str) -> None:
    """A file that could not be read as a statement."""
    _IMPORTS.labels(_listed(file_format, FORMATS), "refused").inc()


def mail_sent() -> None:
    """A mail that its carrier took."""
    _MAILS.labels("sent").inc()


def mail_failed() -> None:
    """A mail that could not be given over just now; it may go out later."""
    _MAILS.labels("failed").inc()


def exported(file_format: str) -> None:
    """A file made for a member."""
    _EXPORTS.labels(_listed(file_format, EXPORTS)).inc()


def login_succeeded(**_signal: object) -> None:
    """Receiver of Django's signal."""
    _LOGINS.labels("succeeded").inc()


def login_failed(**_signal: object) -> None:
    """Receiver of Django's signal."""
    _LOGINS.labels("failed").inc()


def _listed(value: str, known: Collection[str]) -> str:
    return value if value in known else OTHER
