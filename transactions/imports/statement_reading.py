"""Reads a bank's file for one member: their habit of writing days, and the parsers' sentences in their language."""

import re
from dataclasses import replace

from django.utils.translation import gettext as _

from batua.display import babel_locale
from transactions import importers
from transactions.importers import glimpse
from transactions.importers.base import Choices, Remark, Sentence, Statement, StatementError
from transactions.importers.glimpse import Glimpse


def read(
    content: bytes, *, file_name: str, locale: str, currency: str | None = None, choices: Choices | None = None
) -> Statement:
    """The statement; the locale's order of day and month counts where the file leaves it open. StatementError.

    ``currency`` is the household's: in what amounts most likely are, where the file names none.
    """
    wanted = replace(choices or Choices(), hint_order=date_habit(locale), hint_currency=currency)
    return importers.read(content, filename=file_name, choices=wanted)


def glimpsed(content: bytes, *, file_name: str, locale: str = "en", choices: Choices | None = None) -> Glimpse | None:
    """The first rows of a table that nobody could read, with guesses at its columns; None for what is no table."""
    wanted = replace(choices or Choices(), hint_order=date_habit(locale), columns={})
    return glimpse.of(content, filename=file_name, choices=wanted)


def date_habit(locale: str) -> str:
    """ "dmy", "mdy" or "ymd": the order in which people of a locale write a day in numbers."""
    pattern = str(babel_locale(locale).date_formats["short"].pattern)
    order = "".join(dict.fromkeys(re.sub(r"[^dmy]", "", pattern.lower())))
    return order if order in {"dmy", "mdy", "ymd"} else "dmy"


def told(sentence: Sentence) -> str:
    """A parser's sentence in the active language."""
    values = {name: told(value) if isinstance(value, Sentence) else value for name, value in sentence.values}
    return _(sentence.text) % values


def told_remark(remark: Remark) -> str:
    """A remark with the number of its line, if it is about one."""
    if remark.line is None:
        return told(remark.sentence)
    return _("Line %(line)s: %(problem)s") % {"line": remark.line, "problem": told(remark.sentence)}


def told_error(error: StatementError) -> str:
    """Why a file cannot be read, in the active language."""
    return told_remark(Remark(error.problem, error.line))
