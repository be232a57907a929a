"""However imports lie over each other, and in whatever order they are taken back: what people recorded is left."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

import pytest
from django.db import transaction
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from transactions import importing
from transactions.imports import taking_back
from transactions.imports.booking import IsEntry, ToWallet
from transactions.imports.refusals import TwiceError
from transactions.models import ImportedLine, Transaction
from transactions.tests.factories import make_transaction, make_wallet, the_wallet
from transactions.tests.test_verdicts import a_statement, commit, line
from transactions.totals import differences

AMOUNTS = st.sampled_from(["-5", "5", "-7", "7"])
DAYS = st.integers(1, 9)


@dataclass(frozen=True)
class File:
    """A statement of one of two wallets, of one of two layouts, and what is chosen for each of its lines."""

    wallet: int
    layout: str
    lines: list[tuple[int, str, str, str]]
    choices: list[str]


FILES = st.builds(
    File,
    wallet=st.integers(0, 1),
    layout=st.sampled_from(["csv", "ofx"]),
    lines=st.lists(st.tuples(DAYS, AMOUNTS, st.sampled_from(["Tea", "Bank"]), st.sampled_from(["", "x"])), max_size=4),
    choices=st.lists(st.sampled_from(["as it comes", "take", "leave", "is", "correct", "to"]), min_size=4, max_size=4),
)
BY_HAND = st.lists(st.tuples(st.integers(0, 1), DAYS, st.sampled_from(["5", "7"])), max_size=3)


def books() -> Counter[tuple[object, ...]]:
    fields = ("kind", "amount", "date", "wallet", "to_wallet", "category", "note", "comment", "bank_text")
    return Counter(Transaction.objects.values_list("pk", *fields))


def statement(file: File):
    return a_statement(
        *(
            line(number, day, amount, text, bank_id=f"{text}{day}{amount}{number}" if has_id else "")
            for number, (day, amount, text, has_id) in enumerate(file.lines, 1)
        )
    )


def bring_in(household, alice, wallets, file):
    found = importing.preview(
        household=household, statement=statement(file), wallets={"": wallets[file.wallet]}, layout=file.layout
    )
    taken, choices = set(), {}
    other = wallets[1 - file.wallet].pk
    for row, choice in zip(found.lines, file.choices, strict=False):
        if row not in found.takeable or choice == "leave":
            continue
        number = row.line.number
        if choice == "is" and row.verdict.value == "lookalike":
            choices[number] = IsEntry(row.like.id, row.like.version, row.like.told)
            taken.add(number)
        elif choice == "correct" and row.corrects:
            choices[number] = IsEntry(row.like.id, row.like.version, row.like.told, as_bank=True)
            taken.add(number)
        elif choice == "to" and row.may_move_to(other):
            choices[number] = ToWallet(other)
            taken.add(number)
        elif row.is_ticked or choice == "take":
            taken.add(number)
    told = {"layout": file.layout, "taken": taken}
    try:
        return commit(household, statement(file), {"": wallets[file.wallet]}, alice, **told, choices=choices), taken
    except TwiceError:
        joined = {number: choice for number, choice in choices.items() if isinstance(choice, IsEntry)}
        return commit(household, statement(file), {"": wallets[file.wallet]}, alice, **told, choices=joined), taken


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(by_hand=BY_HAND, files=st.lists(FILES, min_size=1, max_size=4), order=st.randoms(use_true_random=False))
def test_what_people_recorded_is_left(household, alice, by_hand, files, order):
    with transaction.atomic():
        wallets = [the_wallet(household, "Cash"), make_wallet(household, "Bank")]
        for wallet, day, amount in by_hand:
            make_transaction(household, amount, on=date(2026, 11, day), note="by hand", wallet=wallets[wallet])
        before = books()
        batches = []
        for file in files:
            batch, taken = bring_in(household, alice, wallets, file)
            batches.append(batch)
            again = importing.preview(
                household=household, statement=statement(file), wallets={"": wallets[file.wallet]}, layout=file.layout
            )
            assert {row.verdict.value for row in again.lines if row.line.number in taken} <= {"known"}
        assert differences() == []
        order.shuffle(batches)
        for batch in batches:
            taking_back.take_back(batch=batch)
        assert differences() == []
        assert books() == before
        assert not ImportedLine.objects.exists()
        transaction.set_rollback(True)


# Mostly what was left out, or deleted, and taken all the same.
CHOICES = st.lists(st.sampled_from(["take", "take", "leave", "leave", "is", "correct", "to"]), min_size=4, max_size=4)
STEPS = st.lists(
    st.tuples(st.sampled_from(["file", "file", "delete", "edit"]), st.integers(0, 8), CHOICES), min_size=3, max_size=6
)


def seen(household, wallets, files) -> list[list[tuple[object, ...]]]:
    """What each line of these files is, with the entries and the days that it is shown beside."""
    found = [
        importing.preview(
            household=household, statement=statement(file), wallets={"": wallets[file.wallet]}, layout=file.layout
        )
        for file in files
    ]
    return [[(row.verdict, row.like and row.like.id, row.entry, row.left_on) for row in each.lines] for each in found]


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(by_hand=BY_HAND, files=st.lists(FILES, min_size=1, max_size=2), steps=STEPS)
def test_an_import_that_is_taken_back_at_once_was_none(household, alice, by_hand, files, steps):
    with transaction.atomic():
        wallets = [the_wallet(household, "Cash"), make_wallet(household, "Bank")]
        for wallet, day, amount in by_hand:
            make_transaction(household, amount, on=date(2026, 11, day), note="by hand", wallet=wallets[wallet])
        for step, place, choices in steps:
            if step == "file":
                # The same lines again and again, each time with other choices.
                file = replace(files[place % len(files)], choices=choices)
                before = seen(household, wallets, files), books()
                batch, _taken = bring_in(household, alice, wallets, file)
                with transaction.atomic():
                    taking_back.take_back(batch=batch)
                    assert (seen(household, wallets, files), books()) == before
                    transaction.set_rollback(True)
            elif own := list(Transaction.objects.order_by("pk").values_list("pk", flat=True)):
                entry = Transaction.objects.filter(pk=own[place % len(own)])
                entry.delete() if step == "delete" else entry.update(amount=F("amount") + 1)
        transaction.set_rollback(True)
