"""What a line is called, and the household's category for one that its file names."""

import pytest

from transactions.imports.choosing import Chooser, note
from transactions.models import Category
from transactions.tests.reading import read


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Food:Groceries", "Groceries"),
        ("Food ▶ Groceries", "Groceries"),
        ("Food > Groceries", "Groceries"),
        ("Living\\Groceries", "Groceries"),
        ("Hyper/supermarche", "Hyper/supermarche"),
        ("<18", "<18"),
    ],
)
def test_of_a_path_of_categories_the_last_part_counts(household, written, meant):
    chooser = Chooser(household)

    choice = chooser.named(written, came_in=False)

    own = Category.objects.of(household).filter(pk=choice.category).get()
    assert choice.word == meant
    assert choice.new_name == meant or own.name == meant


def test_a_line_without_a_text_is_called_by_its_category():
    line = read(
        "Date,Wallet,Category,Note,Amount\n2026-03-13,Cash,Groceries,,-5\n2026-03-14,Cash,Groceries,Shop,-6\n"
    ).lines[0]

    assert (line.description, line.words, note(line)) == ("", "Cash", "Groceries")
