"""Exports of apps that were read as a bank's file would be before they were known."""

from transactions import profiles
from transactions.importers.later_apps import LATER_APPS
from transactions.tests.reading import days, read, sample

MONEYWIZ = (
    'sep=,\n"Name","Current balance","Account","Transfers","Description","Payee","Category","Date","Time","Memo",'
    '"Amount","Currency","Check #","Tags","Balance"\n"Checking","2,876.55","USD","","","","","","","","","","","",""\n'
    '"","","Checking","","Grocer","Grocer","Food ▶ Groceries","13/03/2026","10:11","","-23.45","USD","","","976.55"\n'
    '"","","Checking","Savings","To savings","","","15/03/2026","10:11","","-100.00","USD","","","876.55"\n'
    '"Savings","100.00","USD","","","","","","","","","","","",""\n'
    '"","","Savings","Checking","To savings","","","15/03/2026","10:11","","100.00","USD","","","100.00"\n'
)
MONEY_FORWARD = (
    '"計算対象","日付","内容","金額（円）","保有金融機関","大項目","中項目","メモ","振替","ID"\n'
    '"1","2026/03/13","セブンイレブン","-2345","銀行","食費","食料品","","0","abcDEF123"\n'
    '"0","2026/03/14","カード引落","-5000","銀行","","","","1","abcDEF124"\n'
    '"0","2026/03/15","カード入金","5000","カード","","","","1","abcDEF125"\n'
)


def test_they_all_keep_the_words_that_their_lines_had():
    assert all(app.keeps_words for app in LATER_APPS)
    assert [line.words for line in read(MONEYWIZ).lines] == [
        "Checking Grocer Grocer 10:11",
        "Checking Savings To savings 10:11",
        "Savings Checking To savings 10:11",
    ]


def test_what_was_taught_about_their_files_is_still_found():
    statement = read(MONEYWIZ)
    table = profiles.layout_of_table("csv", statement.reading.header)

    assert profiles.layout_of(statement) == table
    assert profiles.layout_of(sample("layouts/monzo.csv")) != profiles.layout_of_table(
        "csv", sample("layouts/monzo.csv").reading.header
    )


def test_both_halves_of_a_transfer_name_the_other_account():
    statement = read(MONEYWIZ)

    assert statement.reading.app == "MoneyWiz"
    assert [(line.account, line.transfer) for line in statement.lines] == [
        ("Checking", ""),
        ("Checking", "Savings"),
        ("Savings", "Checking"),
    ]
    assert [str(line.balance) for line in statement.lines] == ["976.55", "876.55", "100.00"]


def test_an_account_at_the_other_end_that_is_not_in_the_file_is_no_transfer():
    only = "\n".join(line for line in MONEYWIZ.splitlines() if '"Savings","Checking"' not in line)

    assert [line.transfer for line in read(only).lines] == ["", ""]


def test_what_only_moved_is_marked_in_money_forward():
    statement = read(MONEY_FORWARD)

    assert (statement.reading.app, statement.currency, days(statement)[0]) == ("Money Forward", "JPY", "2026-03-13")
    assert [(line.account, line.category, line.transfer) for line in statement.lines] == [
        ("銀行", "食料品", ""),
        ("銀行", "", "カード"),
        ("カード", "", "銀行"),
    ]
    assert [line.bank_id for line in statement.lines] == ["abcDEF123", "abcDEF124", "abcDEF125"]


def test_the_item_of_a_budget_is_the_category():
    statement = sample("layouts/everydollar.csv")

    assert [(line.category, line.description) for line in statement.lines] == [
        ("Groceries", "Grocer"),
        ("Paycheck 1", "ACME"),
    ]


def test_a_line_without_a_text_is_not_called_by_a_currency_or_an_amount():
    statement = read(
        "date,account,category,amount,currency,converted amount,currency,description\n"
        "13/03/2026,Cash,Food,-23.45,USD,-23.45,USD,Grocer\n14/03/2026,Cash,Salary,2000,USD,2000,USD,\n"
    )

    assert [(line.description, line.also) for line in statement.lines] == [("Grocer", ()), ("", ())]
