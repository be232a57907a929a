"""What a line is said to be, and its amount, follow what was chosen for it: on both pages, and of both halves."""

import re
from datetime import date

from django.utils.html import strip_tags

from transactions.imports import line_choice
from transactions.tests.factories import make_category, make_transaction, make_wallet
from transactions.tests.long_files import MONTH, choose, line, shown
from transactions.tests.test_choices_for_all import HALVES
from transactions.tests.test_importing import at, checked, pressed
from transactions.tests.test_joining_pages import is_this
from transactions.tests.test_short_pages import choose as choose_short
from transactions.tests.test_short_pages import sent


def said(row) -> tuple[str, str]:
    return row.verdict, strip_tags(row.amount)


def rows(client, upload) -> list[tuple[str, str]]:
    return [said(row) for row in client.get(at("check", upload)).context["check"].rows]


def test_both_halves_say_what_they_become(as_alice, household):
    treats = make_category(household, "Treats")
    upload = checked(as_alice, household, HALVES.encode())
    assert rows(as_alice, upload)[0] == rows(as_alice, upload)[3] == ("Transfer", "₹200.00")

    choose_short(as_alice, upload, **{"category-2": str(treats.pk)})

    assert rows(as_alice, upload)[0] == ("New", "−₹200.00")
    assert rows(as_alice, upload)[3] == ("New", "+₹200.00")


def test_a_line_says_at_once_what_it_becomes(as_alice, household):
    make_wallet(household, "Bank")
    purse = make_wallet(household, "Purse", position=9)
    upload = checked(as_alice, household, b"Date,Payee,Amount\n2026-11-05,Tea,-2.50\n2026-11-06,Rice,-3\n")

    answer = choose_short(as_alice, upload, **{"category-2": f"to-{purse.pk}"}).content.decode()

    assert '<span class="pill" data-tone="accent" id="line-2-verdict" hx-swap-oob="true">Transfer</span>' in answer
    assert 'id="line-2-amount" hx-swap-oob="true"' in answer
    assert rows(as_alice, upload) == [("Transfer", "₹2.50"), ("New", "−₹3.00")]


def test_a_line_that_is_an_entry_says_that_it_is_here(as_alice, household):
    by_hand = make_transaction(household, "2.50", on=date(2026, 11, 5), note="Tea time")
    upload = checked(as_alice, household, b"Date,Payee,Amount\n2026-11-05,Tea,-2.50\n")
    assert rows(as_alice, upload) == [("Looks like one", "−₹2.50")]

    answer = choose_short(as_alice, upload, **{"category-2": is_this(by_hand)}).content.decode()

    assert ">Here already</span>" in answer
    assert rows(as_alice, upload) == [("Here already", "−₹2.50")]


def test_without_a_script_both_halves_say_it_too(as_alice, household):
    treats = make_category(household, "Treats")
    upload = checked(as_alice, household, HALVES.encode())

    page = as_alice.post(at("choose", upload), sent(as_alice, upload, **{"category-2": str(treats.pk)}))

    shown_rows = page.context["check"].rows
    assert [said(shown_rows[0]), said(shown_rows[3])] == [("New", "−₹200.00"), ("New", "+₹200.00")]


def test_lines_of_a_long_file_say_what_they_become(staged, as_alice, household):
    staged(MONTH)
    purse, treats = make_wallet(household, "Purse", position=9), make_category(household, "Treats")

    answer = choose(as_alice, 0, "category", f"to-{purse.pk}").content.decode()

    assert f'id="line-{line(0).pk}-verdict" hx-swap-oob="true">Transfer</span>' in answer
    assert said(shown(as_alice).rows[0]) == ("Transfer", "₹1.50")
    choose(as_alice, 0, "category", treats.pk)
    assert said(shown(as_alice).rows[0]) == ("New", "−₹1.50")


def test_halves_of_a_long_file_say_what_they_become(staged, as_alice, household):
    treats = make_category(household, "Treats")
    staged(HALVES)

    choose(as_alice, 0, "category", treats.pk)

    found = shown(as_alice).rows
    assert [said(found[0]), said(found[3])] == [("New", "−₹200.00"), ("New", "+₹200.00")]
    choose(as_alice, 3, "category", line_choice.AS_TRANSFER)
    assert said(shown(as_alice).rows[0]) == ("Transfer", "₹200.00")


def test_what_moved_is_said_after_the_import(as_alice, household):
    page = pressed(as_alice, checked(as_alice, household, HALVES.encode()))

    done = as_alice.get(page.url).content.decode()

    assert "₹0.00 came in and ₹11.00 went out, 6 Nov 2026 to 7 Nov 2026." in done
    assert "1 transfer moved money between your wallets." in done


def test_what_is_read_aloud_is_filled_anew_and_not_replaced(as_alice, household):
    """A live region that is itself exchanged is not read."""
    upload = checked(as_alice, household, HALVES.encode())

    answer = choose_short(as_alice, upload, **{"category-3": str(make_category(household, "Treats").pk)})

    regions = re.findall(r"<[^>]+(?:aria-live|role=.status.)[^>]*>", answer.content.decode())
    assert len(regions) == 2
    assert all('hx-swap-oob="innerHTML"' in region for region in regions)
