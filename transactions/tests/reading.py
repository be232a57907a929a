"""How tests of CSV statements read a file, and what of the answer they compare."""

from pathlib import Path
from typing import Any

from transactions import importers
from transactions.importers.base import Choices, Statement

FILES = Path(__file__).parent / "statements"


def sample(name: str, **choices: Any) -> Statement:
    return importers.read((FILES / name).read_bytes(), filename=name, choices=Choices(**choices))


def read(text: str | bytes, **choices: Any) -> Statement:
    content = text if isinstance(text, bytes) else text.encode()
    return importers.read(content, filename="bank.csv", choices=Choices(**choices))


def amounts(statement: Statement) -> list[str]:
    return [str(line.amount) for line in statement.lines]


def days(statement: Statement) -> list[str]:
    return [line.date.isoformat() for line in statement.lines]


def skipped(statement: Statement) -> list[tuple[int | None, str]]:
    return [(remark.line, str(remark.sentence)) for remark in statement.skipped]


def problems(statement: Statement) -> list[str]:
    return [str(problem) for problem in statement.problems]


def remarks(statement: Statement) -> list[str]:
    return [str(remark) for remark in statement.remarks]
