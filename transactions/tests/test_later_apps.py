"""Exports of apps that were read as a bank's file would be before they were known."""

from transactions.imports import profiles
from transactions.tests.reading import days, read, sample

MONEY_FORWARD = (
    '"計算対象","日付","内容","金額（円）","保有金融機関","大項目","中項目","メモ","振替","ID"\n'
    '"1","2026/03/13","セブンイレブン","-2345","銀行","食費","食料品","","0","abcDEF123"\n'
    '"0","2026/03/14","カード引落","-5000","銀行","","","","1","abcDEF124"\n'
    '"0","2026/03/15","カード入金","5000","カード","","","","1","abcDEF125"\n'
)


def test_what_only_moved_is_marked_in_money_forward():
    statement = read(MONEY_FORWARD)

    assert (statement.reading.app, statement.currency, days(statement)[0]) == ("Money Forward", "JPY", "2026-03-13")
    assert [(line.account, line.category, line.transfer) for line in statement.lines] == [
        ("銀行", "食料品", ""),
        ("銀行", "", "カード"),
        ("カード", "", "銀行"),
    ]


def test_its_lines_keep_the_words_and_ids_that_they_had():
    assert [(line.words, line.bank_id) for line in read(MONEY_FORWARD).lines] == [
        ("セブンイレブン 銀行 0", "abcDEF123"),
        ("0 カード引落 銀行", "abcDEF124"),
        ("0 カード入金 カード", "abcDEF125"),
    ]


def test_what_was_taught_about_its_files_is_still_found():
    known = sample("layouts/monzo.csv")
    statement = read(MONEY_FORWARD)

    assert profiles.layout_of(statement) == profiles.layout_of_table("csv", statement.reading.header)
    assert profiles.layout_of(known) != profiles.layout_of_table("csv", known.reading.header)


def test_a_line_without_a_text_is_not_called_by_a_currency_or_an_amount():
    statement = read(
        "Date,Account,Category,Amount,Currency,Counter value,Currency,Description\n"
        "13/03/2026,Cash,Food,-23.45,USD,-23.45,USD,Grocer\n14/03/2026,Cash,Salary,2000,USD,2000,USD,\n"
    )

    assert [(line.description, line.also) for line in statement.lines] == [("Grocer", ()), ("", ())]
