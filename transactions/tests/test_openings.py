"""A wallet begins with what its bank says lay there before the first file, so that both have one balance."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from transactions import ledger
from transactions.imports import taking_back
from transactions.models import ImportBatch, Wallet
from transactions.tests import long_files
from transactions.tests.factories import make_transaction, make_wallet

MARCH = "Date,Payee,Amount,Balance\n2026-03-02,Rent,-900.00,1100.00\n2026-03-30,Salary,2500.00,3600.00\n"
APRIL = "Date,Payee,Amount,Balance\n2026-04-02,Rent,-900.00,2700.00\n2026-04-04,Shop,-200.00,2500.00\n"


@pytest.fixture
def bank(household):
    return make_wallet(household, "Giro")


def sent(client, content, wallet):
    answer = client.post(reverse("transactions:import"), {"file": SimpleUploadedFile("giro.csv", content.encode())})
    page = client.get(answer.url, {"read": "1", "wallet": wallet.pk})
    return answer.url, page.content.decode()


def imported(client, content, wallet):
    url, _page = sent(client, content, wallet)
    answer = client.post(f"{url}commit/", {"wallet": str(wallet.pk)}, follow=True)
    return ImportBatch.objects.latest("pk"), answer.content.decode()


def balance(wallet):
    return next(each.balance for each in ledger.wallet_balances(wallet.household) if each.id == wallet.pk)


def test_an_empty_wallet_begins_with_what_the_bank_had_before_and_says_so(as_alice, bank):
    _url, page = sent(as_alice, MARCH, bank)
    assert "“Giro” will begin with ₹2,000.00" in page
    assert Wallet.objects.get(pk=bank.pk).opening_balance == 0

    _batch, page = imported(as_alice, MARCH, bank)

    assert balance(bank) == Decimal(3600)
    assert "₹2,500.00 came in and ₹900.00 went out" in page
    assert "“Giro” holds ₹3,600.00 now" in page


def test_the_next_file_leaves_the_beginning_as_it_is(as_alice, bank):
    imported(as_alice, MARCH, bank)
    _url, page = sent(as_alice, APRIL, bank)
    assert "will begin with" not in page

    imported(as_alice, APRIL, bank)

    assert balance(bank) == Decimal(2500)


def test_an_earlier_file_moves_the_beginning_back(as_alice, bank):
    imported(as_alice, APRIL, bank)
    assert balance(bank) == Decimal(2500)

    imported(as_alice, MARCH, bank)

    assert balance(bank) == Decimal(2500)
    assert Wallet.objects.get(pk=bank.pk).opening_balance == Decimal(2000)


def test_taken_back_in_any_order_the_wallet_is_what_it_was(as_alice, bank):
    later, _page = imported(as_alice, APRIL, bank)
    earlier, _page = imported(as_alice, MARCH, bank)

    taking_back.take_back(batch=earlier)
    assert balance(bank) == Decimal(2500)
    taking_back.take_back(batch=later)
    assert balance(bank) == Decimal(0)

    again, _page = imported(as_alice, MARCH, bank)
    assert balance(bank) == Decimal(3600)
    Wallet.objects.filter(pk=bank.pk).update(opening_balance=Decimal(2050))
    taking_back.take_back(batch=again)
    assert balance(bank) == Decimal(50), "what a member added by hand stays"


def test_a_wallet_that_holds_something_is_left_alone(as_alice, household, bank):
    make_transaction(household, "5", wallet=bank, on=date(2026, 3, 1), note="By hand")
    other = make_wallet(household, "Savings", opening_balance=Decimal(7))

    for wallet in (bank, other):
        batch, _page = imported(as_alice, MARCH, wallet)
        assert batch.opened is None

    assert balance(bank) == Decimal(1595)
    assert balance(other) == Decimal(1607)


def test_a_file_that_does_not_add_up_moves_nothing_and_says_what_is_missing(as_alice, bank):
    # MT940 with 100.00 before and 50.00 after, and one line of 10.00 out.
    content = (
        ":20:1\n:25:123\n:28C:1\n:60F:C260301INR100,00\n:61:2603020302D10,00NTRFX\n:86:Shop\n:62F:C260331INR50,00\n-\n"
    )
    answer = as_alice.post(reverse("transactions:import"), {"file": SimpleUploadedFile("a.sta", content.encode())})
    page = as_alice.get(answer.url, {"read": "1", "wallet": bank.pk}).content.decode()

    assert "The bank says ₹100.00 before and ₹50.00 after, but these lines come to −₹10.00: −₹40.00 is missing." in page
    assert "will begin with" not in page


def test_what_came_in_and_went_out_is_what_the_page_said_before_without_transfers(as_alice, household, bank):
    content = (
        "Date,Account,Payee,Amount\n2026-03-02,Giro,To savings,-50.00\n2026-03-02,Savings,From giro,50.00\n"
        "2026-03-02,Giro,Tea,-4.00\n"
    )
    answer = as_alice.post(reverse("transactions:import"), {"file": SimpleUploadedFile("b.csv", content.encode())})
    before = as_alice.get(answer.url).content.decode()

    page = as_alice.post(f"{answer.url}commit/", {"wallet": str(bank.pk)}, follow=True).content.decode()

    assert 'data-tone="transfer"' in before or "Transfer" in before
    assert "₹0.00 came in and ₹4.00 went out on 2 Mar 2026." in page


def test_a_purse_never_begins_with_a_banks_balance(as_alice, household):
    cash = Wallet.objects.of(household).get(kind=Wallet.Kind.CASH)

    _url, page = sent(as_alice, MARCH, cash)

    assert "will begin with" not in page


def test_who_takes_an_import_back_reads_first_what_goes(as_alice, bank):
    batch, _page = imported(as_alice, MARCH, bank)

    page = as_alice.get(reverse("transactions:import-take-back", args=[batch.pk])).content.decode()

    assert "It brought 2 entries." in page
    assert "₹2,500.00 came in and ₹900.00 went out, 2 Mar 2026 to 30 Mar 2026." in page
    assert "“Giro” begins with ₹0.00 again." in page


def statement_of(account, number, before, after, *lines):
    """A message of MT940."""
    entries = "".join(f":61:{day}{day[2:]}{side}{amount}NTRF{text}\n:86:{text}\n" for day, side, amount, text in lines)
    return f":20:{number}\n:25:{account}\n:28C:1\n:60F:{before}\n{entries}:62F:{after}\n-\n"


TWO = statement_of(
    "111", 1, "C260301INR2000,00", "C260331INR1100,00", ("260302", "D", "900,00", "Rent")
) + statement_of("222", 2, "D260301INR50,00", "D260331INR70,00", ("260305", "D", "20,00", "Books"))
EARLIER = statement_of(
    "111", 1, "C260201INR1990,00", "C260228INR2000,00", ("260202", "C", "10,00", "Bonus")
) + statement_of("222", 2, "D260201INR40,00", "D260228INR50,00", ("260205", "D", "10,00", "Pens"))
# One of them lacks a line.
HALF = TWO.replace("D260331INR70,00", "D260331INR75,00")
TABLE = (
    "Date,Account,Payee,Amount,Balance\n2026-03-02,111,Rent,-900.00,1100.00\n2026-03-05,222,Books,-20.00,-70.00\n"
    "2026-03-06,111,Tea,-1.00,1099.00\n"
)


def taken_in(client, content, name="two.sta", **said):
    answer = client.post(reverse("transactions:import"), {"file": SimpleUploadedFile(name, content.encode())})
    page = client.get(answer.url).content.decode()
    client.post(f"{answer.url}commit/", said)
    return page, ImportBatch.objects.latest("pk")


def held_by(household):
    return {each.name: str(each.balance) for each in ledger.wallet_balances(household) if each.name != "Cash"}


def test_each_account_of_a_file_lets_its_wallet_begin_and_the_page_says_each(as_alice, household):
    page, batch = taken_in(as_alice, TWO)

    assert "“111” will begin with ₹2,000.00: that is what the bank had before these lines." in page
    assert "“222” will begin with −₹50.00: that is what the bank had before these lines." in page
    assert held_by(household) == {"111": "1100.0000", "222": "-70.0000"}
    done = as_alice.get(reverse("transactions:import-done", args=[batch.pk])).content.decode()
    assert "“222” begins with −₹50.00" in done
    goes = as_alice.get(reverse("transactions:import-take-back", args=[batch.pk])).content.decode()
    assert "It brought 2 entries." in goes
    assert "“111” begins with ₹0.00 again." in goes

    taking_back.take_back(batch=batch)
    assert held_by(household) == {"111": "0.0000", "222": "0.0000"}


def test_an_earlier_file_of_several_accounts_moves_each_back(as_alice, household):
    _page, later = taken_in(as_alice, TWO)
    page, earlier = taken_in(as_alice, EARLIER)

    assert "“111” will begin with ₹1,990.00" in page
    assert held_by(household) == {"111": "1100.0000", "222": "-70.0000"}
    taking_back.take_back(batch=later)
    taking_back.take_back(batch=earlier)
    assert held_by(household) == {"111": "0.0000", "222": "0.0000"}


def test_an_account_that_does_not_add_up_holds_no_other_back(as_alice, household):
    page, _batch = taken_in(as_alice, HALF)

    assert "“111” will begin with ₹2,000.00" in page
    assert "“222” will begin" not in page
    assert held_by(household) == {"111": "1100.0000", "222": "-20.0000"}


def test_two_accounts_in_one_wallet_begin_with_what_both_had(as_alice, household, bank):
    _page, _batch = taken_in(as_alice, TWO, **{"account-0": str(bank.pk), "account-1": str(bank.pk)})

    assert held_by(household) == {"Giro": "1030.0000"}


def test_a_table_tells_by_the_balances_beside_its_lines_account_by_account(as_alice, household):
    page, _batch = taken_in(as_alice, TABLE, "two.csv")

    assert "“111” will begin with ₹2,000.00" in page
    assert held_by(household) == {"111": "1099.0000", "222": "-70.0000"}


@pytest.mark.usefixtures("_long")
@pytest.mark.parametrize("name", ["two.sta", "two.csv"])
def test_each_account_of_a_long_file_too(as_alice, household, run_jobs, name):
    more = statement_of(
        "333", 3, "C260301INR0,50", "C260331INR0,00", ("260306", "D", "0,20", "A"), ("260307", "D", "0,30", "B")
    )
    content = TWO + more if name == "two.sta" else TABLE + "2026-03-07,111,Tea,-1.00,1098.00\n"
    answer = as_alice.post(reverse("transactions:import"), {"file": SimpleUploadedFile(name, content.encode())})
    run_jobs()
    url = long_files.at("import-check")
    page = as_alice.get(url).content.decode()
    as_alice.post(long_files.at("import-commit"))
    run_jobs()
    batch = ImportBatch.objects.latest("pk")

    assert answer.status_code == 303
    assert "“111” will begin with ₹2,000.00: that is what the bank had before these lines." in page
    assert "“222” will begin with −₹50.00: that is what the bank had before these lines." in page
    left = {"111": "1100.0000", "222": "-70.0000", "333": "0.0000"}
    assert held_by(household) == (left if name == "two.sta" else {"111": "1098.0000", "222": "-70.0000"})
    taking_back.take_back(batch=batch)
    assert {Decimal(each) for each in held_by(household).values()} == {Decimal(0)}


@pytest.mark.usefixtures("_long")
def test_a_long_file_of_one_account_begins_its_wallet_and_keeps_by_how_much(as_alice, household, bank, run_jobs):
    lines = [f"2026-03-{day:02},Tea {day},-1.00,{100 - day}.00\n" for day in range(1, 9)]
    content = "Date,Payee,Amount,Balance\n" + "".join(lines)
    as_alice.post(reverse("transactions:import"), {"file": SimpleUploadedFile("giro.csv", content.encode())})
    run_jobs()
    as_alice.post(long_files.at("import-read"), {"read": "1", "wallet": bank.pk})
    run_jobs()
    page = as_alice.get(long_files.at("import-check")).content.decode()
    as_alice.post(long_files.at("import-commit"))
    run_jobs()
    batch = ImportBatch.objects.latest("pk")

    assert "“Giro” will begin with ₹100.00" in page
    assert (balance(bank), batch.opened) == (Decimal(92), Decimal(100))
    taking_back.take_back(batch=batch)
    assert balance(bank) == 0


def test_a_column_that_names_one_account_is_no_hindrance(as_alice, household):
    content = TABLE.replace("2026-03-05,222,Books,-20.00,-70.00\n", "")

    page, _batch = taken_in(as_alice, content, "one.csv")

    assert "₹2,000.00 before, −₹901.00 by these lines, ₹1,099.00 after: it adds up." in page
    assert held_by(household) == {"111": "1099.0000"}
