"""Many lines of a long file are taken, left or given a category at once; halves of a transfer follow each other."""

from decimal import Decimal
from random import Random

import pytest
from django.utils.html import strip_tags

from transactions.imports import keeping, line_choice, shelved
from transactions.imports.keeping import Change
from transactions.imports.long_file import LongFile
from transactions.imports.verdicts import PreviewLine, Totals, Verdict
from transactions.models import Category, StagedLine, Upload
from transactions.tests.factories import make_category
from transactions.tests.long_files import MONTH, at, choose, line, shown

HALVES = """Account,Date,Payee,Notes,Category,Amount,Cleared
Giro,2026-11-05,To savings,,,-200,Cleared
Giro,2026-11-06,Shop,,,-5,Cleared
Giro,2026-11-07,Bakery,,,-6,Cleared
Savings,2026-11-06,From giro,,,200,Cleared
"""


@pytest.mark.usefixtures("kinds")
def test_all_lines_of_what_is_shown_are_taken_or_left_with_one_button(as_alice, imported):
    choose(as_alice, 1, "take", "1")

    none = choose(as_alice, tick="none", show="lookalike")
    left = shown(as_alice).sums.ticked
    choose(as_alice, tick="all", show="pending")
    every = choose(as_alice, 0, "take", show="pending")

    assert "2 to import" in none.content.decode()
    assert left == 2
    assert "2 to import" in every.content.decode()
    assert [note for note, *_rest in imported()] == ["Hotel", "Pay"]


@pytest.mark.usefixtures("kinds")
def test_a_line_like_an_entry_that_is_taken_is_looked_at(as_alice):
    def to_look_at() -> bool:
        return "1 to look at" in shown(as_alice).sums.verdicts

    assert to_look_at()
    choose(as_alice, 1, "take", "1")
    assert not to_look_at()
    choose(as_alice, tick="none")
    assert to_look_at()
    choose(as_alice, tick="all")
    assert not to_look_at()
    choose(as_alice, 1, "take")
    assert to_look_at()


@pytest.mark.usefixtures("kinds")
def test_all_lines_of_the_file_are_taken_or_left_with_one_button(as_alice):
    choose(as_alice, tick="none")
    nothing = as_alice.post(at("import-commit"))
    choose(as_alice, tick="all")

    assert nothing.status_code == 422
    assert "No line is ticked, so there is nothing to import." in nothing.content.decode()
    assert [row.marks.is_ticked for row in shown(as_alice).rows] == [True, True, True, False, True]
    assert shown(as_alice).sums.ticked == 4


@pytest.mark.usefixtures("kinds")
def test_all_ticked_lines_get_a_category_that_fits_them(as_alice, household):
    treats, gifts = make_category(household, "Treats"), make_category(household, "Gifts", kind="income")

    choose(as_alice, give="1", category=gifts.pk)
    choose(as_alice, 4, "take")
    choose(as_alice, give="1", category=treats.pk)
    refused = choose(as_alice, give="1", category="")

    assert [line(place).choice for place in range(5)] == [str(treats.pk), "", "", "", str(gifts.pk)]
    assert refused.status_code == 422
    assert "Choose a category for the ticked lines." in refused.content.decode()


PAYEES = """Date,Description,Amount
2026-11-02,Coffee House,-2.00
2026-11-16,Coffee House,-3.00
2026-11-17,Coffee House,3.00
2026-11-18,Tea,-4.00
"""


def test_the_other_lines_of_a_payee_get_its_category_with_one_button(as_alice, staged, household):
    treats = make_category(household, "Treats")
    other = Category.objects.of(household).get(kind="expense", is_other=True)
    staged(PAYEES)

    offered = choose(as_alice, 0, "category", treats.pk).content.decode()
    choose(as_alice, alike=line(0).pk)
    given = [line(place).choice for place in range(4)]
    back = choose(as_alice, 1, "category", other.pk).content.decode()
    choose(as_alice, alike=line(1).pk)

    assert "<bdi>Coffee House</bdi>: 1 more line<" in offered
    assert "Treats for all of them" in offered
    assert given == [str(treats.pk), str(treats.pk), "", ""]
    assert "Other for all of them" in back
    assert [line(place).choice for place in range(4)] == [""] * 4
    assert "more line" not in choose(as_alice, 3, "category", treats.pk).content.decode()
    assert choose(as_alice, alike=line(3).pk + 1).status_code == 422


def test_a_half_that_becomes_an_entry_takes_the_other_half_along(as_alice, staged, imported, household):
    staged(HALVES)
    treats = make_category(household, "Treats")
    before = shown(as_alice).sums

    followed = choose(as_alice, 0, "category", treats.pk, after="", until="9")

    after = shown(as_alice).sums
    other = line(3)
    assert ("Line 5, the other half of this transfer, follows." in followed["HX-Trigger"]) is True
    assert f'id="line-{other.pk}" hx-swap-oob' in followed.content.decode()
    assert (before.ticked, after.ticked) == (4, 4)
    assert ("200" in before.came_in, "200" in after.came_in) == (False, True)
    assert [row[:3] for row in imported()] == [
        ("To savings", "expense", Decimal(200)),
        ("Shop", "expense", Decimal(5)),
        ("From giro", "income", Decimal(200)),
        ("Bakery", "expense", Decimal(6)),
    ]


def test_a_half_that_is_a_transfer_again_takes_the_other_half_back(as_alice, staged, imported, household):
    staged(HALVES)
    elsewhere = choose(as_alice, 0, "category", make_category(household, "Treats").pk, until="2")
    choose(as_alice, 3, "category", "transfer")

    assert f'id="line-{line(3).pk}"' not in elsewhere.content.decode()
    assert [line(place).choice for place in (0, 3)] == ["", ""]
    assert next(row[:3] for row in imported()) == ("To savings", "transfer", Decimal(200))


def test_after_any_choices_the_sums_are_those_of_the_lines_taken(staged, household, as_alice, imported):
    staged(HALVES + "".join(f"Giro,2026-11-{day},Shop {day % 3},,,{day - 20},Not cleared\n" for day in range(10, 29)))
    spending, income = make_category(household, "Treats"), make_category(household, "Gifts", kind="income")
    upload, chance = Upload.objects.select_related("household").get(), Random(7)
    values = ["", "transfer", str(spending.pk), str(income.pk), "0"]

    for _time in range(40):
        with keeping.held(upload) as file:
            some = chance.choice(list(file.lines))
            match chance.randrange(8):
                case 0:
                    keeping.tick(file, chance.sample(list(Verdict), 4), is_taken=chance.random() < 0.5)
                case 1:
                    keeping.give(file, chance.sample(list(Verdict), 6), chance.choice(values[2:4]))
                case 2:
                    keeping.spread(file, some.pk)
                case 3 | 4:
                    keeping.keep(file, [Change(some.pk, is_taken=chance.random() < 0.5)])
                case _:
                    keeping.keep(file, [Change(some.pk, choice=chance.choice(values))])
        upload.refresh_from_db()
        file = LongFile(upload)
        assert file.totals == by_hand(file)

    expected = file.totals
    assert 0 < expected.count < 23
    # Money back is spending that comes in.
    signs = {"income": 1, "expense": -1, "transfer": 0}
    brought = sum(signs[kind] * amount for _note, kind, amount, _category in imported())
    assert brought == expected.came_in - expected.went_out


def by_hand(file: LongFile) -> Totals:
    """What the lines that are taken come to, one by one."""
    taken = [(each, row) for each in file.lines if file.is_taken((row := row_of(each)).verdict, own=each.is_taken)]
    moved = [row.line.amount for each, row in taken if (each.choice or line_choice.suggested(row)) != "transfer"]
    return Totals(len(taken), sum(each for each in moved if each > 0), -sum(each for each in moved if each < 0))


def row_of(each: StagedLine) -> PreviewLine:
    return shelved.read(each.verdict, each.content)


def test_lines_of_another_currency_are_offered_one_by_one(as_alice, staged, imported):
    staged("Date,Description,Amount,Currency\n" + "2026-11-02,Tea,-2.00,USD\n2026-11-03,Cake,-3.00,USD\n" * 2)
    before = shown(as_alice)

    choose(as_alice, 1, "take", "1")

    assert [(row.verdict, row.marks.is_ticked) for row in before.rows][:2] == [("Other currency", False)] * 2
    assert strip_tags(before.rows[0].amount) == "\u2212$2.00"
    assert "3" in shown(as_alice).sums.went_out
    assert [row[:3] for row in imported()] == [("Cake", "expense", Decimal(3))]


def test_counts_of_lines_have_the_marks_of_the_members_locale(as_alice, household, alice, staged):
    staged(MONTH)
    alice.locale = "de-DE"
    alice.save()
    upload = Upload.objects.get()
    upload.staged["sums"]["new"][0] = 120998
    upload.save()

    page = as_alice.get(at("import-check"))

    assert "Import 120.998 lines" in page.content.decode()
    assert "Take all 120.998 lines" in page.content.decode()
    assert page.context["check"].sums.verdicts == "120.998 to import"
    assert [tab.count for tab in page.context["check"].tabs] == ["120.998", "120.998"]
