"""“It is this entry” on the pages of short and long files, in the shell and over the API."""

import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from transactions.imports import check_page
from transactions.models import ImportBatch, ImportedLine, Transaction, Upload
from transactions.tests.factories import make_category, make_transaction
from transactions.tests.long_files import HTMX, choose, shown
from transactions.tests.long_files import at as at_long
from transactions.tests.long_files import line as long_line
from transactions.tests.long_files import sent as send
from transactions.tests.test_api_imports import JSON, UPLOADS
from transactions.tests.test_api_imports import sent as file_of
from transactions.tests.test_importing import at, checked, imported
from transactions.tests.test_short_pages import said, sent

CSV = b"Date,Description,Amount\n2026-11-03,Coffee,-4.50\n2026-11-20,Rice,-120.00\n"


@pytest.fixture
def by_hand(household) -> Transaction:
    return make_transaction(household, "4.50", on=date(2026, 11, 2), note="Buns")


def is_this(entry: Transaction) -> str:
    entry.refresh_from_db()
    return f"is-{entry.pk}.{entry.version}.{ImportedLine.objects.filter(entry=entry).count()}"


def brought() -> list[str]:
    return list(Transaction.objects.order_by("date").values_list("note", flat=True))


def test_the_line_offers_to_be_the_entry_that_it_looks_like(as_alice, household, by_hand):
    upload = checked(as_alice, household, CSV)

    rows = as_alice.get(at("check", upload)).context["check"].rows

    assert f'<option value="{is_this(by_hand)}">It is this entry · 2 Nov</option>' in rows[0].options
    assert "It is this entry" not in rows[1].options
    assert not rows[0].marks.is_ticked


def test_a_member_says_that_it_is_this_entry_and_the_next_file_knows_the_line(as_alice, household, by_hand):
    upload = checked(as_alice, household, CSV)

    # Without a script nobody ticks the line: it is said once that it is the entry.
    answer = as_alice.post(at("commit", upload), sent(as_alice, upload, **{"category-2": is_this(by_hand)}))

    batch = ImportBatch.objects.get()
    assert answer.status_code == 303
    assert brought() == ["Buns", "Rice"]
    assert (batch.new_count, batch.known_count, batch.skipped_count) == (1, 1, 0)
    done = as_alice.get(at("done", batch)).content.decode()
    assert "1 line imported" in done
    assert "1 line was recognised as an entry of yours, which keeps its note, category and day." in done
    assert "here already" not in done
    again = checked(as_alice, household, CSV)
    rows = as_alice.get(at("check", again)).context["check"].rows
    assert [row.verdict for row in rows] == ["Known", "Known"]
    assert rows[0].entry_url == reverse("transactions:update", args=[by_hand.pk])


def test_the_sums_follow_and_the_choice_stays_with_the_file(as_alice, household, by_hand, monkeypatch):
    upload = checked(as_alice, household, CSV)
    value = is_this(by_hand)

    answer = as_alice.post(at("choose", upload), sent(as_alice, upload, **{"category-2": value}), headers=HTMX)

    assert said(answer)[0] == "2 to import"
    assert said(answer)[2] == "\u20b9120.00"
    row = as_alice.get(at("check", upload)).context["check"].rows[0]
    assert (row.marks.is_ticked, row.marks.chosen) == (True, value)
    assert as_alice.get(at("check", upload)).context["check"].sums.verdicts == "2 to import"
    monkeypatch.setattr(check_page, "ON_A_PAGE", 1)
    values = sent(as_alice, upload, after=1, line=[])
    assert said(as_alice.post(at("choose", upload), values, headers=HTMX))[0] == "1 to import"


def test_who_takes_the_tick_away_again_leaves_the_line_aside(as_alice, household, by_hand):
    upload = checked(as_alice, household, CSV)
    values = sent(as_alice, upload, **{"category-2": is_this(by_hand)})
    as_alice.post(at("choose", upload), values, headers=HTMX)

    answer = as_alice.post(at("choose", upload), values, headers=HTMX)
    as_alice.post(at("commit", upload), values)

    assert said(answer)[0] == "1 to import · 1 to look at"
    assert not ImportedLine.objects.filter(entry=by_hand).exists()


def test_a_category_for_all_ticked_lines_is_none_for_one_that_is_an_entry(as_alice, household, by_hand, monkeypatch):
    monkeypatch.setattr(check_page, "ON_A_PAGE", 1)
    treats = make_category(household, "Treats")
    upload = checked(as_alice, household, CSV)
    as_alice.post(at("choose", upload), sent(as_alice, upload, **{"category-2": is_this(by_hand)}), headers=HTMX)

    as_alice.post(at("choose", upload), sent(as_alice, upload, give="1", category=str(treats.pk)))
    as_alice.post(at("commit", upload), sent(as_alice, upload, after=1))

    assert list(Transaction.objects.order_by("date").values_list("note", "category__name")) == [
        ("Buns", "Groceries"),
        ("Rice", "Treats"),
    ]


@pytest.mark.parametrize("change", ["edited", "deleted", "moved", "another amount"])
@pytest.mark.parametrize("page", [0, 1])
def test_an_entry_that_changed_meanwhile_is_shown_again(as_alice, household, by_hand, change, page, monkeypatch):
    if page:
        monkeypatch.setattr(check_page, "ON_A_PAGE", 1)
    upload = checked(as_alice, household, CSV)
    values = sent(as_alice, upload, **{"category-2": is_this(by_hand)})
    as_alice.post(at("choose", upload), values, headers=HTMX)
    if page:
        values = sent(as_alice, upload, after=1)
    else:
        values["line"] = ["2", "3"]
    own = Transaction.objects.filter(pk=by_hand.pk)
    if change == "deleted":
        own.delete()
    else:
        other = make_transaction(household, "1", wallet="Bank", on=date(2026, 1, 1)).wallet
        own.update(**{"edited": {"note": "Lunch"}, "moved": {"wallet": other}}.get(change, {"amount": 5}))
    before = Transaction.objects.count()

    answer = as_alice.post(at("commit", upload), values)

    assert answer.status_code == 422
    assert "Your books changed since this page was made: line 2 is judged anew." in answer.content.decode()
    assert (Transaction.objects.count(), ImportBatch.objects.count()) == (before, 0)
    row = as_alice.get(at("check", upload)).context["check"].rows[0]
    assert (row.marks.is_ticked, row.marks.chosen.startswith("is-")) == (change != "edited", False)


def test_an_entry_that_another_import_told_of_meanwhile_is_shown_again(as_alice, household):
    ofx = b"""<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>INR<BANKTRANLIST><STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20261103
<TRNAMT>-4.50<FITID>a-1<NAME>Coffee</STMTTRN></BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"""
    first = checked(as_alice, household, ofx)
    as_alice.post(at("commit", first), sent(as_alice, first))
    value = is_this(Transaction.objects.get())
    files = [b"2026-11-02,Buns,-4.50\n2026-11-05,A,-1\n", b"2026-11-04,Bakery,-4.50\n2026-11-01,B,-1\n"]
    uploads = [checked(as_alice, household, b"Date,Description,Amount\n" + rows) for rows in files]
    values = [sent(as_alice, upload, **{"category-2": value}) for upload in uploads]

    answers = [as_alice.post(at("commit", upload), sent) for upload, sent in zip(uploads, values, strict=True)]

    assert [answer.status_code for answer in answers] == [303, 422]
    assert "line 2 is judged anew" in answers[1].content.decode()
    assert ImportedLine.objects.filter(entry__amount="4.50").count() == 2


def test_nonsense_and_another_entry_are_none_of_the_choices(as_alice, household, by_hand, bobs_household):
    upload = checked(as_alice, household, CSV)
    theirs = make_transaction(bobs_household, "4.50", on=date(2026, 11, 3))
    wrong = [
        is_this(theirs),
        "is-",
        "is-x",
        "is-1.2.3.4",
        f"is-{'9' * 40}",
        f"is-{by_hand.pk}.99.0",
        f"is-{by_hand.pk}.1.1",
    ]

    answers = [
        as_alice.post(at("commit", upload), sent(as_alice, upload, line=["2"], **{"category-2": value}))
        for value in wrong
    ]

    assert [answer.status_code for answer in answers] == [422] * len(wrong)
    assert not ImportedLine.objects.exists()


@pytest.fixture
def bread(household, kinds) -> str:
    """What the second line of the long file is: the entry that ``kinds`` has by hand."""
    return is_this(Transaction.objects.get(note="By hand"))


def test_a_line_of_a_long_file_is_the_entry(as_alice, bread, imported, run_jobs):
    answer = choose(as_alice, 1, "category", bread)

    assert (line := long_line(1)).is_taken
    assert line.choice == bread
    assert said(answer)[0] == "3 to import · 1 pending"
    sums = shown(as_alice).sums
    assert (sums.ticked, "3.50" in sums.went_out, "2" in sums.went_out) == (3, False, True)
    assert [note for note, *_rest in imported()] == ["Tea", "Pay"]
    batch = ImportBatch.objects.get()
    assert (batch.new_count, batch.known_count, batch.skipped_count) == (2, 1, 2)
    assert ImportedLine.objects.get(entry__note="By hand").made_entry is False


def test_a_line_of_a_long_file_is_the_entry_without_a_script(as_alice, bread, imported):
    page = shown(as_alice)
    values = {row.marks.category_name: row.marks.chosen for row in page.rows if row.options}
    ticked = {row.marks.take_name: "1" for row in page.rows if row.marks.is_ticked}
    values[f"category-{long_line(1).pk}"] = bread

    assert [note for note, *_rest in imported(shown=page.shown, **values, **ticked)] == ["Tea", "Pay"]
    assert ImportedLine.objects.filter(entry__note="By hand").exists()


def test_a_category_for_all_lines_of_a_long_file_leaves_the_entry(as_alice, household, bread):
    choose(as_alice, 1, "category", bread)
    choose(as_alice, give="1", category=make_category(household, "Treats").pk)

    assert long_line(1).choice == bread


@pytest.mark.parametrize("change", ["edited", "deleted", "told of"])
@pytest.mark.parametrize("is_late", [False, True])
def test_an_entry_of_a_long_files_line_that_changed_stops_the_import(
    as_alice, alice, household, bread, run_jobs, change, is_late
):
    treats = str(make_category(household, "Treats").pk)
    choose(as_alice, 0, "category", treats)
    choose(as_alice, 1, "category", bread)
    own = Transaction.objects.filter(note="By hand")
    changes = {"edited": lambda: own.update(note="Bread"), "deleted": own.delete}
    tell = changes.get(change, lambda: _told_by_another_import(household, alice, own.get()))
    if not is_late:
        tell()

    answer = as_alice.post(at_long("import-commit"))
    if is_late:
        tell()
    run_jobs()

    page = as_alice.get(as_alice.get(answer["Location"])["Location"])
    assert page.context["notices"] == [
        "Your books changed since this page was made: line 3 is judged anew. Look at it, then import."
    ]
    assert not Transaction.objects.filter(note="Tea").exists()
    tea, line = (row.marks for row in page.context["check"].rows[:2])
    assert tea.chosen == treats
    assert (line.is_ticked, line.chosen.startswith("is-")) == (change == "deleted", False)


def _told_by_another_import(household, alice, entry) -> None:
    batch = ImportBatch.objects.create(household=household, created_by=alice, file_name="b.csv", file_format="csv")
    ImportedLine.objects.create(
        household=household, batch=batch, wallet=entry.wallet, key="k", line_number=1, raw="", entry=entry
    )


def test_a_shell_joins_lines_that_it_names_or_all(household, tmp_path, by_hand):
    path = tmp_path / "bank.csv"
    path.write_bytes(CSV)

    tried = imported(path, "--join", "all", "--dry-run")
    done = imported(path, "--join", "2")

    assert (tried["new"], tried["known"], tried["recognised"]) == (1, 1, 1)
    assert (done["new"], done["known"], done["recognised"], done["skipped"]) == (1, 1, 1, [])
    assert brought() == ["Buns", "Rice"]
    assert imported(path)["known"] == 2


def test_a_line_that_a_shell_joins_is_not_taken_beside_it(household, tmp_path, by_hand):
    path = tmp_path / "bank.csv"
    path.write_bytes(CSV)

    done = imported(path, "--join", "2", "--take", "lookalike")

    assert (done["new"], done["recognised"]) == (1, 1)
    assert brought() == ["Buns", "Rice"]


@pytest.mark.parametrize("line", ["3", "99", "x"])
def test_a_shell_is_told_which_line_looks_like_nothing(household, alice, tmp_path, by_hand, line):
    path = tmp_path / "bank.csv"
    path.write_bytes(CSV)

    with pytest.raises(CommandError, match=f"Line {line} looks like no entry"):
        call_command("import_statement", str(path), "--member", alice.email, "--wallet", "Cash", "--join", line)
    assert not ImportBatch.objects.exists()


def test_a_program_says_which_entry_a_line_is(as_alice, household, by_hand):
    upload = as_alice.post(UPLOADS, file_of(CSV)).json()
    assert upload["lines"][0]["like_id"] == by_hand.pk
    address = f"{UPLOADS}{upload['id']}/commit"

    answers = [
        as_alice.post(address, {"entries": entries}, content_type=JSON)
        for entries in ({"2": by_hand.pk + 99}, {"3": by_hand.pk}, {"9": by_hand.pk}, {"2": by_hand.pk})
    ]

    assert [answer.status_code for answer in answers] == [422, 422, 422, 200]
    assert [list(answer.json()["errors"]) for answer in answers[:3]] == [["entries.2"], ["entries.3"], ["entries.9"]]
    sentence = "Line 2 does not look like that entry, so it cannot be it."
    assert answers[0].json()["errors"]["entries.2"] == [sentence]
    assert (answers[3].json()["new"], answers[3].json()["known"]) == (1, 1)
    assert brought() == ["Buns", "Rice"]


def test_a_program_that_names_its_lines_names_the_entries_beside_them(as_alice, household, by_hand):
    upload = as_alice.post(UPLOADS, file_of(CSV)).json()

    answer = as_alice.post(
        f"{UPLOADS}{upload['id']}/commit", json.dumps({"lines": [], "entries": {"2": by_hand.pk}}), content_type=JSON
    )

    assert (answer.json()["new"], answer.json()["known"], answer.json()["skipped"]) == (0, 1, 1)


def test_a_program_says_one_thing_of_a_line(as_alice, household, by_hand):
    upload = as_alice.post(UPLOADS, file_of(CSV)).json()
    said = {"categories": {"2": None, "3": None}, "transfers": {"2": 1}, "entries": {"2": by_hand.pk, "3": by_hand.pk}}

    answer = as_alice.post(f"{UPLOADS}{upload['id']}/commit", said, content_type=JSON)

    assert (answer.status_code, ImportBatch.objects.count()) == (422, 0)
    assert answer.json()["errors"] == {
        "transfers.2": ["Line 2 can only be one thing: a category, a transfer or an entry."],
        "entries.2": ["Line 2 can only be one thing: a category, a transfer or an entry."],
        "entries.3": ["Line 3 can only be one thing: a category, a transfer or an entry."],
    }


def test_an_import_that_recognised_an_entry_says_that_it_stays(as_alice, household, by_hand):
    upload = checked(as_alice, household, CSV)
    as_alice.post(at("commit", upload), sent(as_alice, upload, **{"category-2": is_this(by_hand)}))
    batch = ImportBatch.objects.get()

    asked = as_alice.get(at("take-back", batch)).content.decode()
    as_alice.post(at("take-back", batch))

    assert "Entries that it recognised stay as they are." in asked
    assert brought() == ["Buns"]
    assert not Upload.objects.filter(batch=None).exists()
    assert send(as_alice, CSV).status_code == 303
    assert [row.verdict for row in shown(as_alice).rows] == ["Looks like one", "New"]
