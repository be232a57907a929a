"""A wallet's beginning that balances and lines of files tell of, or that is met by what else a file can do."""

from itertools import permutations

import pytest
from django.urls import reverse

from transactions.imports import taking_back
from transactions.models import Upload, Wallet
from transactions.tests.long_files import at, choose, sent, shown
from transactions.tests.test_beginnings_imported import FIRST, MORE, balances, imported, page
from transactions.tests.test_short_pages import sent as fields_of

_HEADER = (
    '"Name","Current balance","Account","Transfers","Description","Payee","Category","Date","Time","Memo","Amount",'
    '"Currency","Check #","Tags","Balance"\n'
)


def rows(*told: tuple[str, str, str, str]) -> str:
    return _HEADER + "".join(
        f'"","","Giro","","{text}","","","{day}/2026","10:00","","{amount}","INR","","","{balance}"\n'
        for text, day, amount, balance in told
    )


JANUARY = ("Starting balance", "13/01", "1200.00", "1200.00"), ("Market", "14/01", "-5.00", "1195.00")
FEBRUARY = ("Market", "14/02", "-7.00", "1188.00"), ("Shop", "15/02", "-8.00", "1180.00")
MARCH = ("Market", "14/03", "-10.00", "1170.00"), ("Shop", "15/03", "-20.00", "1150.00")


def test_the_older_half_with_its_beginning_after_the_newer_one_loses_nothing(as_alice, household):
    imported(as_alice, rows(*FEBRUARY))
    assert balances(household) == {"Giro": "1180.00"}

    batch = imported(as_alice, rows(*JANUARY))

    assert balances(household) == {"Giro": "1180.00"}
    assert Wallet.objects.get(name="Giro").opening_balance == 1200
    taking_back.take_back(batch=batch)
    assert balances(household) == {"Giro": "1180.00"}


def test_the_page_says_so(as_alice, household):
    imported(as_alice, rows(*FEBRUARY))

    sent(as_alice, rows(*JANUARY), "actual.csv")

    assert [(each.verdict, each.marks.is_ticked) for each in shown(as_alice).rows] == [
        ("Begun already", False),
        ("New", True),
    ]
    assert "“Giro” will begin with ₹1,200.00" in page(as_alice)


@pytest.mark.parametrize("order", permutations([JANUARY, FEBRUARY, MARCH]))
def test_in_whatever_order_files_come_and_go_the_balance_is_the_banks(as_alice, household, order):
    batches = [imported(as_alice, rows(*each)) for each in order]
    assert balances(household) == {"Giro": "1150.00"}

    for batch in batches:
        taking_back.take_back(batch=batch)

    assert balances(household) == {"Giro": "0.00"}
    imported(as_alice, rows(*JANUARY, *FEBRUARY, *MARCH))
    assert balances(household) == {"Giro": "1150.00"}


@pytest.mark.parametrize("newer", [FEBRUARY, MARCH, FEBRUARY[1:] + MARCH])
@pytest.mark.parametrize("whole", [FEBRUARY + MARCH, JANUARY[1:] + FEBRUARY + MARCH, JANUARY + FEBRUARY + MARCH])
def test_a_file_that_begins_before_all_entries_and_overlaps_them_says_what_was_there(as_alice, household, newer, whole):
    imported(as_alice, rows(*newer))
    begins = Wallet.objects.get(name="Giro").opening_balance

    batch = imported(as_alice, rows(*whole))

    assert balances(household) == {"Giro": "1150.00"}
    taking_back.take_back(batch=batch)
    assert Wallet.objects.get(name="Giro").opening_balance == begins


def test_it_goes_on_beginning_there_when_the_newer_file_is_taken_back(as_alice, household):
    newer, whole = imported(as_alice, rows(*MARCH)), imported(as_alice, rows(*JANUARY, *FEBRUARY, *MARCH))

    page = as_alice.get(reverse("transactions:import-take-back", args=[newer.pk])).content.decode()
    taking_back.take_back(batch=newer)

    assert "begins with" not in page
    assert Wallet.objects.get(name="Giro").opening_balance == 1200
    imported(as_alice, rows(*JANUARY, *FEBRUARY, *MARCH))
    assert balances(household) == {"Giro": "1150.00"}
    taking_back.take_back(batch=whole)
    assert Wallet.objects.get(name="Giro").opening_balance == 0


@pytest.mark.parametrize("typed", [1, 900])
def test_what_somebody_typed_stays(as_alice, household, typed):
    imported(as_alice, rows(*MARCH))
    Wallet.objects.filter(name="Giro").update(opening_balance=typed)

    imported(as_alice, rows(*JANUARY, *FEBRUARY, *MARCH))

    assert Wallet.objects.get(name="Giro").opening_balance == typed


@pytest.fixture(params=[False, True], ids=["short", "long"])
def left_out(request, as_alice, household):
    """Imports a file without the line that says what Giro began with; returns what shows a later one."""
    run_jobs = request.getfixturevalue("run_jobs")
    if request.param:
        request.getfixturevalue("_long")

    def verdicts(content: str) -> list[tuple[str, bool]]:
        sent(as_alice, content, "actual.csv")
        run_jobs()
        return [(str(each.verdict), each.marks.is_ticked) for each in shown(as_alice).rows]

    verdicts(FIRST)
    upload = Upload.objects.latest("pk")
    if request.param:
        choose(as_alice, 0, "take")
        as_alice.post(at("import-commit"))
        run_jobs()
    else:
        told = fields_of(as_alice, upload)
        as_alice.post(at("import-commit"), told | {"line": told["line"][1:]})
    assert balances(household) == {"Giro": "95.00", "Visa": "-320.00"}
    return verdicts


def test_a_beginning_that_was_left_out_does_not_come_with_the_next_file(as_alice, household, left_out):
    assert left_out(MORE)[0] == ("Left out earlier", False)
