"""What an account held before its first line: apps export it as a payment, which it never was."""

import json

import pytest

from transactions import importers
from transactions.importers import spool
from transactions.importers.base import Choices, Statement
from transactions.tests.reading import FILES, read, sample


def openings(statement: Statement) -> list[tuple[str, str]]:
    return [(line.account, str(line.amount)) for line in statement.lines if line.is_opening]


EXPORTS = {
    "Firefly III": (
        "type,amount,date,source_name,destination_name,category,destination_type\n"
        "Opening balance,1200.00,2026-01-01,Initial balance account of Giro,Giro,,Asset account\n"
        "Opening balance,300.00,2026-01-01,Visa,Initial balance account of Visa,,Initial balance account\n"
        "Withdrawal,-5.00,2026-01-02,Giro,Market,Food,Expense account\n",
        [("Giro", "1200.00"), ("Visa", "-300.00")],
    ),
    "YNAB": (
        '"Account","Flag","Date","Payee","Category Group/Category","Category Group","Category","Memo","Outflow",'
        '"Inflow"\n"Giro","","01/13/2026","Starting Balance","Inflow: Ready to Assign","Inflow","Ready to Assign","",'
        '"0.00","1200.00"\n'
        '"Visa","","01/13/2026","Starting Balance","","","","","300.00","0.00"\n'
        '"Giro","","01/14/2026","Market","Daily: Food","Daily","Food","","5.00","0.00"\n',
        [("Giro", "1200.00"), ("Visa", "-300.00")],
    ),
    "Actual": (
        "Account,Date,Payee,Notes,Category_Group,Category,Amount,Split_Amount,Cleared\n"
        "Giro,2026-01-01,Starting Balance,,Income,Starting Balances,1200.00,0,Cleared\n"
        "Visa,2026-01-01,Starting Balance,,,,-300.00,0,Cleared\n"
        "Giro,2026-01-02,Market,,Daily,Food,-5.00,0,Cleared\n",
        [("Giro", "1200.00"), ("Visa", "-300.00")],
    ),
    "ezBookkeeping": (
        "Time,Timezone,Type,Category,Sub Category,Account,Account Currency,Amount,Account2,Account2 Currency,"
        "Account2 Amount,Geographic Location,Tags,Description\n"
        "2026-01-01 00:00:00,+01:00,Balance Modification,,,Giro,EUR,1200.00,,,,,,\n"
        "2026-01-01 00:00:00,+01:00,Balance Modification,,,Visa,EUR,-300.00,,,,,,\n"
        "2026-01-02 00:00:00,+01:00,Expense,Daily,Food,Giro,EUR,5.00,,,,,,Market\n",
        [("Giro", "1200.00"), ("Visa", "-300.00")],
    ),
    "Monefy": (
        "date,account,category,amount,currency,converted amount,currency,description\n"
        '13/01/2026,Giro,Initial balance \'Giro\',"1,200",EUR,"1,200",EUR,\n'
        "13/01/2026,Visa,Initial balance 'Visa',-300,EUR,-300,EUR,\n"
        "14/01/2026,Giro,Food,-5,EUR,-5,EUR,Market\n",
        [("Giro", "1200"), ("Visa", "-300")],
    ),
    "Money Pro": (
        "Date,Amount,Account,Amount received,Account (to),Balance,Category,Description,Transaction Type,Agent,"
        "Check #,Class\n"
        '"Jan 13, 2026 at 10:00 AM","€1,200.00",Giro,,,"€1,200.00",,,Opening Balance,,,\n'
        '"Jan 14, 2026 at 10:00 AM",€5.00,Giro,,,"€1,195.00",Food,,Expense,Market,,\n',
        [("Giro", "1200.00")],
    ),
    "Bluecoins": (
        '"Type","Date","Set Time","Title","Amount","Currency","Exchange Rate","Category Group Name","Category",'
        '"Account","Notes","Labels","Status"\n'
        '"New Account","2026-01-13 10:11:12","","Giro","1200.00","EUR","1","","","Giro","","","None"\n'
        '"New Account","2026-01-13 10:11:12","","Visa","-300.00","EUR","1","","","Visa","","","None"\n'
        '"Expense","2026-01-14 10:11:12","","Market","-5.00","EUR","1","Daily","Food","Giro","","","None"\n',
        [("Giro", "1200.00"), ("Visa", "-300.00")],
    ),
    "Money Manager": (
        "Period\tAccounts\tCategory\tSubcategory\tNote\tINR\tIncome/Expense\tDescription\tAmount\tCurrency\tAccounts\n"
        "13/01/2026 09:10:00\tGiro\tInitial balance\t\t\t1200\tIncome\t\t1200.00\tINR\t1200\n"
        "14/01/2026 09:10:00\tGiro\tFood\t\tMarket\t5\tExp.\t\t5.00\tINR\t5\n",
        [("Giro", "1200.00")],
    ),
    "MoneyWiz": (
        '"Name","Current balance","Account","Transfers","Description","Payee","Category","Date","Time","Memo","Amount",'
        '"Currency","Check #","Tags","Balance"\n'
        '"","","Giro","","Starting balance","","","13/01/2026","10:00","","1,200.00","EUR","","","1,200.00"\n'
        '"","","Giro","","Market","","Food","14/01/2026","10:00","","-5.00","EUR","","","1,195.00"\n',
        [("Giro", "1200.00")],
    ),
    "Money Lover": (
        '"Id","Date","Category","Amount","Currency","Note","Wallet","With","Event","Exclude Report"\n'
        '"1","13/01/2026","Initial Balance","1200","EUR","","Giro","","","FALSE"\n'
        '"2","14/01/2026","Food","-5","EUR","Market","Giro","","","FALSE"\n',
        [("Giro", "1200")],
    ),
    "Toshl": (
        '"Date","Account","Category","Tags","Expense amount","Income amount","Currency","In main currency",'
        '"Main currency","Description"\n'
        '"13.01.26","Giro","Initial balance","","0","1.200,00","EUR","1.200,00","EUR",""\n'
        '"14.01.26","Giro","Food","","5,00","0","EUR","5,00","EUR","Market"\n',
        [("Giro", "1200.00")],
    ),
    "Wallet": (
        "account;category;currency;amount;ref_currency_amount;type;payment_type;payment_type_local;note;date;gps_latitude;"
        "gps_longitude;gps_accuracy_in_meters;warranty_in_month;transfer;payee;labels;envelope_id;custom_category\n"
        "Giro;Others;EUR;1200.00;1200.00;Income;CASH;Cash;;2026-01-13 09:00:00;;;;0;false;Initial balance;;1;false\n"
        "Giro;Food;EUR;-5.00;-5.00;Expenses;CASH;Cash;;2026-01-14 09:00:00;;;;0;false;Market;;1;false\n",
        [("Giro", "1200.00")],
    ),
    "Quicken": (
        '"Scheduled","Split","Date","Payee","Category","Tags","Amount","Account","Memo/Notes"\n'
        '"","","1/13/2026","Opening Balance","[Giro]","","1,200.00","Giro",""\n'
        '"","","1/14/2026","Market","Food","","-5.00","Giro",""\n',
        [("Giro", "1200.00")],
    ),
    "GnuCash": (
        "Date,Transaction ID,Number,Description,Notes,Commodity/Currency,Void Reason,Action,Memo,Full Account Name,"
        "Account Name,Amount With Sym,Amount Num.,Value With Sym,Value Num.,Reconcile,Reconcile Date,Rate/Price\n"
        "13/01/2026,a1,,Beginning,,CURRENCY::EUR,,,,Assets:Giro,Giro,,1200.00,,1200.00,n,,1\n"
        ",,,,,,,,,Equity:Opening Balances,Opening Balances,,-1200.00,,-1200.00,n,,1\n"
        "14/01/2026,a2,,Market,,CURRENCY::EUR,,,,Assets:Giro,Giro,,-5.00,,-5.00,n,,1\n"
        ",,,,,,,,,Expenses:Food,Food,,5.00,,5.00,n,,1\n",
        [("Giro", "1200.00")],
    ),
    "hledger": (
        '"txnidx","date","date2","status","code","description","comment","account","amount","commodity","credit","debit",'
        '"posting-status","posting-comment"\n'
        '"1","2026-01-01","","","","opening balances","","assets:giro","1200.00","EUR","","1200.00","",""\n'
        '"1","2026-01-01","","","","opening balances","","liabilities:visa","-300.00","EUR","300.00","","",""\n'
        '"1","2026-01-01","","","","opening balances","","equity:opening/closing balances","-900.00","EUR","",'
        '"","",""\n'
        '"2","2026-01-02","","","","Market","","assets:giro","-5.00","EUR","5.00","","",""\n'
        '"2","2026-01-02","","","","Market","","expenses:food","5.00","EUR","","5.00","",""\n',
        [("giro", "1200.00"), ("visa", "-300.00")],
    ),
}


@pytest.mark.parametrize("app", EXPORTS)
def test_what_an_app_says_an_account_began_with_is_no_payment(app):
    content, expected = EXPORTS[app]

    statement = read(content)

    assert statement.reading is not None
    assert statement.reading.app == app
    assert openings(statement) == expected
    assert [line.transfer for line in statement.lines if line.is_opening] == [""] * len(expected)
    assert (statement.problems, [line.amount for line in statement.lines if not line.is_opening]) == ((), [-5])


def test_a_journal_says_so_by_the_account_that_it_comes_from():
    beancount = (
        '2026-01-01 * "Opening Balance"\n  Assets:Giro  1200.00 EUR\n  Equity:Opening-Balances\n\n'
        '2026-01-02 * "Owner"\n  Assets:Giro  50.00 EUR\n  Equity:Contributions\n'
    )

    statement = importers.read(beancount.encode(), filename="books.beancount", choices=Choices())

    assert openings(statement) == [("Giro", "1200.00")]
    assert openings(sample("journal/household.journal")) == [("giro", "1500.00"), ("cash", "80.00")]


def test_years_of_a_journal_that_are_closed_and_opened_again_begin_once():
    journal = (
        "2025-01-01 opening balances\n  assets:giro  1500 EUR\n  equity:opening/closing balances\n\n"
        "2025-02-01 Pay\n  assets:giro  500 EUR\n  income:pay\n\n"
        "2025-12-31 closing balances\n  assets:giro  -2000 EUR\n  equity:opening/closing balances\n\n"
        "2026-01-01 opening balances\n  assets:giro  2000 EUR\n  equity:opening/closing balances\n\n"
        "2026-01-02 Tea\n  expenses:tea  2 EUR\n  assets:giro\n"
    )

    statement = importers.read(journal.encode(), filename="all.journal", choices=Choices())

    assert openings(statement) == [("giro", "1500")]
    assert [str(line.amount) for line in statement.lines] == ["1500", "500", "-2"]
    assert [remark.line for remark in statement.skipped] == [10, 14]


@pytest.mark.parametrize(
    ("payee", "category", "expected"),
    [
        ("Opening Balance", "[Giro]", ["1200.00"]),
        ("Starting Balance", "Income:Available this month", ["1200.00"]),
        ("Kontostand", "[Giro]", ["1200.00"]),
        ("Salary", "[Savings]", []),
    ],
)
def test_qif_says_so_by_its_payee_or_as_a_first_transfer_of_an_account_with_itself(payee, category, expected):
    content = (
        f"!Account\nNGiro\nTBank\n^\n!Type:Bank\nD13/01/2026\nT1200.00\nP{payee}\nL{category}\n^\n"
        "D14/01/2026\nT-5.00\nPAdjustment\nL[Giro]\n^\n"
    )

    statement = importers.read(content.encode(), filename="giro.qif", choices=Choices())

    assert [str(line.amount) for line in statement.lines if line.is_opening] == expected


def test_a_loan_begins_with_what_is_owed():
    assert openings(sample("apps/firefly_full.csv")) == [("Car loan", "-500.00")]


def test_ynab_4_says_so_by_its_payee():
    budget = json.loads((FILES / "apps/ynab4_budget.yfull").read_text())
    budget["payees"].append({"entityId": "p-9", "name": "Starting Balance"})
    budget["transactions"].append(
        {"entityId": "t-9", "accountId": "acc-1", "payeeId": "p-9", "amount": 1200, "date": "2026-03-01"}
    )

    statement = importers.read(json.dumps(budget).encode(), filename="b.yfull", choices=Choices())

    assert openings(statement) == [("Giro", "1200")]


@pytest.mark.parametrize("text", ["Opening balance enquiry fee", "Balance", "", "New balance"])
def test_what_only_sounds_like_it_is_a_payment(text):
    content = (
        "Account,Date,Payee,Notes,Category_Group,Category,Amount,Split_Amount,Cleared\n"
        f"Giro,2026-01-01,{text},,Income,Other,1200.00,0,Cleared\n"
    )

    assert openings(read(content)) == []


def test_a_correction_of_a_balance_is_none():
    content = (
        "type,amount,date,source_name,destination_name,category,destination_type\n"
        "Reconciliation,3.00,2026-01-02,Giro reconciliation,Giro,,Asset account\n"
    )

    assert openings(read(content)) == []


def test_a_long_files_line_remembers_it():
    for line in read(EXPORTS["Actual"][0]).lines:
        assert spool.unpacked(spool.packed(line)) == line
    before = spool.packed(read(EXPORTS["Actual"][0]).lines[-1])
    assert len(before) == 17, "a line that was put down before there was such a thing can be read"
