"""Among many households a page reads the rows of its own: asked of each of its statements, as the database ran it."""

import json
from collections import Counter

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from batua.benchmarks import ledgers, neighbours
from conftest import TODAY, kept_for_the_module, signed_in

OTHERS = 250
PAGES = (
    ("reports:dashboard", "?period=this-month"),
    ("reports:dashboard", "?period=this-year"),
    ("reports:dashboard", "?period=all-time"),
    ("reports:charts", "?period=this-month"),
    ("reports:charts", "?period=this-year"),
    ("reports:charts", "?period=all-time"),
    ("reports:payees", "?period=this-month"),
    ("reports:calendar", ""),
    ("reports:export", "?period=all-time"),
    ("budgets:list", ""),
    ("transactions:list", ""),
    ("transactions:list", "?kind=expense"),
    ("transactions:list", "?q=swiggy"),
    ("transactions:categories", ""),
    ("transactions:wallets", ""),
)


@pytest.fixture(scope="module")
def member(django_db_setup, django_db_blocker):
    """The owner of 300 entries over ten years, among many who have a hundred each and as many categories."""
    with kept_for_the_module(django_db_blocker):
        ledger = ledgers.make(300, today=TODAY)
        neighbours.fill(neighbours.settle(OTHERS, ledger, sizes=[100]), today=TODAY)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        yield ledger


def nodes(plan):
    yield plan
    for part in plan.get("Plans", ()):
        yield from nodes(part)


def rows_read(sql, params) -> Counter[str]:
    """Table → how many of its rows the statement looked at."""
    read: Counter[str] = Counter()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", params)
        (answer,) = cursor.fetchone()
    plan = answer if isinstance(answer, list) else json.loads(answer)
    for node in nodes(plan[0]["Plan"]):
        passed_over = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
        read[node.get("Relation Name", "")] += (node["Actual Rows"] + passed_over) * node["Actual Loops"]
    return read


def asked_by(client, path) -> list[tuple[str, object]]:
    found = []

    def note(execute, sql, params, many, context):
        found.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        assert client.get(path).status_code == 200
    return [(sql, params) for sql, params in found if sql.lstrip().startswith(("SELECT", "WITH"))]


@pytest.mark.parametrize(("name", "query"), PAGES)
def test_a_page_reads_no_rows_of_other_households(db, member, name, query):
    models = [model for app in ("transactions", "budgets") for model in apps.get_app_config(app).get_models()]
    own = {
        model._meta.db_table: model.objects.filter(household=member.household).count()
        for model in models
        if any(field.name == "household" for field in model._meta.fields)
    }

    statements = asked_by(signed_in(member.user), reverse(name) + query)

    assert statements
    for sql, params in statements:
        read = rows_read(sql, params)
        # A row may be met more than once: of a month and of the one before it, or as both ends of a transfer.
        assert {table: rows for table, rows in read.items() if rows > 3 * own.get(table, rows)} == {}, sql
