"""Where the time of a page goes: SQL, templates, and the rest; taken in this process, on the same database."""

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.template.backends.django import Template
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from batua.benchmarks.pages import Page

ROUNDS = 5


@dataclass(frozen=True)
class Shares:
    """Queries of a page, and the milliseconds of its SQL, its templates (without their SQL) and all of it."""

    queries: int
    sql: float
    template: float
    whole: float


def of(page: Page, user: User) -> Shares:
    """The medians of a few runs; the first, which fills the caches, does not count."""
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    runs = [_run(client, page) for _round in range(ROUNDS + 1)][1:]
    return Shares(
        queries=runs[-1].queries,
        sql=statistics.median(run.sql for run in runs),
        template=statistics.median(run.template for run in runs),
        whole=statistics.median(run.whole for run in runs),
    )


def _run(client: Client, page: Page) -> Shares:
    forms = [step.form and step.form() for step in page.steps]
    with CaptureQueriesContext(connection) as captured, _timed_templates() as spent:
        started = time.perf_counter()
        for step, form in zip(page.steps, forms, strict=True):
            if form is None:
                client.get(step.path)
            else:
                client.post(step.path, form, headers={"HX-Request": "true"})
        whole = time.perf_counter() - started
    sql = sum(float(query["time"]) for query in captured.captured_queries)
    return Shares(len(captured), sql * 1000, sum(spent) * 1000, whole * 1000)


@contextmanager
def _timed_templates() -> Iterator[list[float]]:
    """The seconds of each template that is rendered while the block runs."""
    spent: list[float] = []
    render = Template.render

    def timed(template: Template, *arguments: Any, **named: Any) -> Any:
        started = time.perf_counter()
        try:
            return render(template, *arguments, **named)
        finally:
            spent.append(time.perf_counter() - started)

    Template.render = timed  # type: ignore[method-assign, assignment]
    try:
        yield spent
    finally:
        Template.render = render  # type: ignore[method-assign]
