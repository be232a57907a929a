"""CSV statements in all their dialects: text → records; what the records mean is told as for any other table."""

from transactions.importers import blocks, columns, records, sections, table, text
from transactions.importers.base import EMPTY_FILE, Choices, Statement, StatementError, sentence


def parse(data: bytes, *, choices: Choices) -> Statement:
    """The statement in a CSV file; raises StatementError when it has no table, or one that is not safe to read."""
    found = rows(data, choices=choices)
    return table.statement(found.records, found.origin, choices=choices)


def rows(data: bytes, *, choices: Choices) -> table.Source:
    """The file cut into records; raises StatementError when it is no text."""
    decoded = text.decode(data, choices.encoding)
    if not decoded.text.strip():
        raise StatementError(sentence(EMPTY_FILE))
    if choices.delimiter is None and (labelled := blocks.records(decoded.text)):
        return table.Source(labelled, table.Origin("csv", decoded.encoding, lost=decoded.lost))
    found = records.read(decoded.text, weigh=columns.weigh, delimiter=choices.delimiter)
    rows_of_all = sections.joined(found.records)
    return table.Source(rows_of_all, table.Origin("csv", decoded.encoding, found.delimiter, decoded.lost))
