"""What is measured with is right itself: many households, forms as a browser sends them, verdicts in words."""

from batua.benchmarks import company_report, ledgers, load_report, neighbours, people
from batua.benchmarks.company import Company, Comparison
from batua.benchmarks.disk import Relation
from batua.benchmarks.filled_form import FilledForm
from batua.benchmarks.load import Load
from transactions import totals
from transactions.models import Transaction

PAGES = [
    {"page": "dashboard", "requests": 90, "errors": 0, "median_ms": 20.0, "p95_ms": 40.0},
    {"page": "static files", "requests": 18, "errors": 0, "median_ms": 1.0, "p95_ms": 2.0},
]


def test_neighbours_have_their_entries_in_all_their_years_and_totals_that_agree(db, today):
    like = ledgers.furnish(1, today=today)
    made = neighbours.settle(3, like)

    written = neighbours.fill(made, today=today)

    counts = [Transaction.objects.of(books.ledger.household).count() for books in made]
    days = Transaction.objects.order_by("pk").values_list("date", flat=True)
    assert counts == [books.ledger.entries for books in made]
    assert written == sum(counts)
    assert list(days) == sorted(days)
    assert days.last() == today
    assert totals.differences() == []


def test_of_a_hundred_neighbours_half_have_what_all_have_on_average():
    sizes = sorted(size for number, size in neighbours.SIZES for _each in range(number))

    assert (len(sizes), sizes[50], sum(sizes) / 100) == (100, neighbours.USUAL, neighbours.USUAL)


def test_an_owner_of_the_neighbours_can_sign_in(db, client, today):
    (books,) = neighbours.settle(1, ledgers.furnish(1, today=today))

    assert client.login(email=people.address("owner", 0), password=people.PASSWORD)
    assert books.ledger.user.email == people.address("owner", 0)


def test_a_form_is_sent_as_it_was_filled_in():
    page = """<form><input name="version" type="hidden" value="3"><input type="checkbox" name="off" value="1">
      <input type="checkbox" name="on" value="1" checked><input type="submit" name="go">
      <select name="kind"><option value="a">A<option value="b" selected>B</select>
      <select name="wallet"><option value="7">Cash</option><option value="8">Bank</option></select>
      <textarea name="comment">\nTwo &amp; two</textarea></form>"""

    expected = {"version": "3", "on": "1", "kind": "b", "wallet": "7", "comment": "Two & two"}
    assert FilledForm(page).values == expected


def test_what_is_too_slow_among_others_is_named():
    pages = [Comparison("list", [10, 10], [20, 20], [35]), Comparison("charts", [10, 10], [14, 14])]
    relations = [Relation("entries", is_index=False, bytes=3 * 1024**2, rows=9)]
    measured = Company(100, 1_000, 2.0, pages, relations, 64 * 1024**2, "16MB", was_dropped=True, memory=99)

    assert company_report.missed(measured) == ["list: 2.00 times as long among 100 households, goal 1.5"]
    assert "| list | 10.0 | 20.0 | 20.0 | 2.00 | 35.0 |" in company_report.text(measured)
    assert "(16MB) holds 25.0% of it" in company_report.text(measured)


def test_memory_that_grows_under_load_is_named():
    flat = [(float(at), 200) for at in range(60)]
    growing = [(float(at), 200 + at) for at in range(60)]

    def told(memory):
        return Load(3, 1_000, 30.0, PAGES, [], memory, [], has_redis=True)

    assert "90\nrequests, 3 a second, 0 errors" in load_report.text(told(flat))
    assert load_report.missed(told(flat)) == []
    assert load_report.missed(told(growing)) == ["memory: 256 MB at the end, 226 MB before"]
