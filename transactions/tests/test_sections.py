"""Statements of Interactive Brokers and of FNB are files of many tables."""

from decimal import Decimal

from transactions.tests.reading import amounts, days, problems, read, skipped

ABOUT = """Statement,Header,Field Name,Field Value
Statement,Data,Title,Activity Statement
Account Information,Header,Field Name,Field Value
Account Information,Data,Account,U1234567
"""
TRADES = """Trades,Header,DataDiscriminator,Asset Category,Currency,Symbol,Date/Time,Quantity,T. Price,Proceeds,Comm/Fee
Trades,Data,Order,Stocks,USD,VT,"2026-11-05, 10:12:13",5,110.2,-551,-1
Trades,Total,,Stocks,USD,,,,,-551,-1
"""
CASH = """Deposits & Withdrawals,Header,Currency,Settle Date,Description,Amount
Deposits & Withdrawals,Data,EUR,2026-11-02,Electronic Fund Transfer,1000
Deposits & Withdrawals,Data,Total,,,1000
Withholding Tax,Header,Currency,Date,Description,Amount,Code
Withholding Tax,Data,USD,2026-11-12,VT Cash Dividend - US Tax,-0.31,
Withholding Tax,Data,Total in EUR,,,-0.27,
Fees,Header,Subtitle,Currency,Date,Description,Amount
Fees,Data,Other Fees,EUR,2026-11-03,Market data for Nov 2026,-1.4
Fees,Data,Total,,,,-1.4
"""


def test_payments_of_all_tables_are_lines_and_nothing_else_is():
    statement = read(ABOUT + TRADES + CASH)

    assert days(statement) == ["2026-11-02", "2026-11-12", "2026-11-03"]
    assert amounts(statement) == ["1000", "-0.31", "-1.4"]
    assert [line.currency for line in statement.lines] == ["EUR", "USD", "EUR"]
    assert [line.category for line in statement.lines] == ["", "Withholding Tax", "Fees"]
    assert statement.lines[2].description == "Market data for Nov 2026"
    assert statement.account == "U1234567"
    assert [line for line, _reason in skipped(statement)] == [6, 7, 10, 13, 16]
    assert problems(statement) == ["The file holds amounts in several currencies (EUR, USD)."]


def test_a_line_has_the_words_that_it_had_before_tables_were_joined():
    statement = read(ABOUT + TRADES + CASH)

    assert statement.lines[1].words == "Withholding Tax Data VT Cash Dividend - US Tax"


def test_lines_of_several_accounts_name_theirs():
    second = ABOUT.replace("1234567", "7654321")

    statement = read(ABOUT + CASH + second.partition("\n")[2] + CASH)

    assert [line.account for line in statement.lines] == ["U1234567"] * 3 + ["U7654321"] * 3


def test_of_a_statement_without_payments_all_rows_are_left_aside():
    statement = read(ABOUT + TRADES)

    assert statement.lines == ()
    assert [line for line, _reason in skipped(statement)] == [6, 7]


FNB = """2,62123456789,'MS A MEMBER','PREMIER CHEQUE ACCOUNT'
3,'Statement Number','From Date','To Date','Opening Balance','Closing Balance','VAT Paid'
3,92,'12 December 2025','11 January 2026',1000.00,834.50,-1.20
5,'Number','Date','Description1','Description2','Description3','Amount','Balance','Accrued Charges'
5,1,'13 Dec',"POS Purchase","Checkers","",-120.50,879.50,
5,2,'05 Jan',"FNB App Payment","Rent","",-45.00,834.50,1.20
6,'End'
"""


def test_rows_of_fnb_have_the_year_of_their_statement():
    statement = read(FNB)

    assert days(statement) == ["2025-12-13", "2026-01-05"]
    assert amounts(statement) == ["-120.50", "-45.00"]
    assert [line.words for line in statement.lines] == ["POS Purchase Checkers", "FNB App Payment Rent"]
    assert (statement.account, statement.opening_balance, statement.closing_balance) == (
        "62123456789",
        Decimal("1000.00"),
        Decimal("834.50"),
    )
    assert problems(statement) == []


def test_rows_of_fnb_without_a_period_are_named_as_broken():
    text = "".join(line for line in FNB.splitlines(keepends=True) if not line.startswith("3"))

    assert "“13 Dec” is not a date." in problems(read(text))[0]


CARD = """山田　太郎　様,4980-00**-****-****,三井住友カードＶＩＳＡ
2026/01/02,セブン－イレブン,540,１,１,540,
2026/01/05,ＨＯＴＥＬ　（ＰＡＲＩＳ）,12000,１,１,12000,73.00　EUR　164.38　01 06
2026/01/09,カメラ,30000,３,１,10000,
2026/01/25,返品,-1500,１,１,-1500,
,,,,,21040,
"""


def test_payments_of_a_card_below_its_holder_went_out():
    statement = read(CARD.encode("cp932"))

    assert amounts(statement) == ["-540", "-12000", "-30000", "1500"]
    assert days(statement)[0] == "2026-01-02"
    assert [line.description for line in statement.lines][:2] == ["セブン－イレブン", "ＨＯＴＥＬ　（ＰＡＲＩＳ）"]
    assert statement.account == "4980-00**-****-****"
    assert skipped(statement) == [(6, "Not a transaction.")]
    assert problems(statement) == []


def test_cards_of_one_file_are_told_apart():
    other = CARD.replace("太郎", "花子").replace("4980-00", "4980-01")

    statement = read((CARD + other).encode("cp932"))

    assert len(statement.lines) == 8
    assert {line.account for line in statement.lines} == {"4980-00**-****-****", "4980-01**-****-****"}


def test_a_name_above_a_table_that_has_names_is_no_card():
    statement = read(
        "山田様,口座1234567,普通\n日付,内容,出金額,入金額\n2026/03/02,電気料金,5400,\n2026/03/05,給与,,250000\n"
    )

    assert amounts(statement) == ["-5400", "250000"]
