"""Columns as banks of many countries shorten their names."""

from decimal import Decimal

import pytest

from transactions.importers.base import StatementError
from transactions.tests.reading import amounts, days, problems, read, remarks, skipped


def test_a_table_of_dr_cr_and_bal_between_a_preamble_and_a_footer():
    statement = read(
        "Name :- TEST PERSON\nStatement of Account No - 910000000000001 (From : 01-03-2026 To : 31-03-2026)\n\n"
        "Tran Date,CHQNO,PARTICULARS,DR,CR,BAL,SOL\n"
        ",,OPENING BALANCE,,,10000.00,\n"
        "01-03-2026,-,UPI/P2M/000000000001/CORNER SHOP,             250.00, ,            9750.00,248\n"
        "02-03-2026,501,NEFT/EMPLOYER, ,            1000.00,           10750.00,248\n"
        ",,TRANSACTION TOTAL,250.00,1000.00,,\n"
        ",,CLOSING BALANCE,,,10750.00,\n\n"
        "Unless the constituent notifies the bank, it will be taken that the statement is correct.\n"
    )

    assert amounts(statement) == ["-250.00", "1000.00"]
    assert days(statement) == ["2026-03-01", "2026-03-02"]
    assert [line.description for line in statement.lines] == ["UPI/P2M/000000000001/CORNER SHOP", "NEFT/EMPLOYER"]
    assert [line.balance for line in statement.lines] == [Decimal("9750.00"), Decimal("10750.00")]
    assert (statement.opening_balance, statement.closing_balance) == (Decimal("10000.00"), Decimal("10750.00"))
    assert problems(statement) == []
    assert len(skipped(statement)) == 4


@pytest.mark.parametrize(
    "header",
    [
        "Dt,Narration,Dr.,Cr.,Bal.",
        "Txn Dt,Description,Dr Amount,Cr Amount,Running Bal",
        "Date,Narration,Withdrawal Amt.,Deposit Amt.,Closing Bal",
        "Date,Narration,Withdrawal(Dr.),Deposit(Cr.),Balance(INR)",
        "Trans Date,Details,Debit Amt (Rs.),Credit Amt (Rs.),Bal Amt (Rs.)",
        "Tran Date,Details,Amount (Dr),Amount (Cr),Balance Amt",
        "Date,Description,Wdl,Dep,Bal",
        "Date,Description,Withdraws,Deposit,Bal",
        "Trx Date,Remark,Mutasi Debet,Mutasi Kredit,Saldo Akhir",
        "Ngày,Diễn giải,Ghi nợ,Ghi có,Số dư",
        "תאריך,תיאור,חובה,זכות,יתרה",
        "التاريخ,البيان,مدين,دائن,الرصيد",
    ],
)
def test_shortened_names_tell_out_in_and_balance_also_in_a_single_row(header):
    for out, into, balance, amount in (("5.00", "", "95.00", "-5.00"), ("", "5.00", "105.00", "5.00")):
        statement = read(f"{header}\n05/03/2026,Shop,{out},{into},{balance}\n")

        assert amounts(statement) == [amount]
        assert statement.lines[0].balance == Decimal(balance)
        assert statement.opening_balance == Decimal("100.00")


def test_dr_and_cr_beside_an_amount_are_flags_and_not_amounts():
    assert amounts(read("Date,Details,Amount,DR,CR\n05/03/2026,A,5.00,DR,\n06/03/2026,B,7.00,,CR\n")) == [
        "-5.00",
        "7.00",
    ]


def test_buchung_is_the_day_of_booking():
    text = "Buchung;Valuta;Auftraggeber/Empfänger;Betrag\n05.03.2026;03.03.2026;Laden;-5,00\n"

    assert days(read(text)) == ["2026-03-05"]


def test_a_fee_is_the_amount_only_where_there_is_no_other():
    with pytest.raises(StatementError, match="Several columns"):
        read("Date,Gross Sales,Tip Sales,Fees,Text\n2026-03-13,20.00,1.60,-0.66,Coffee\n")

    assert amounts(read("Date,Fees,Text\n2026-03-13,-0.66,Coffee\n2026-03-14,-0.70,Tea\n")) == ["-0.66", "-0.70"]


def test_names_of_sums_with_their_side_in_brackets_are_known():
    statement = read(
        "交易日期,摘要,交易金额(收入),交易金额(支出),记账金额(收入),记账金额(支出),余额\n"
        '2026-03-13,消费,,3.00,,23.45,976.55\n2026-03-14,工资,280.00,,"2,000.00",,"2,976.55"\n'
    )

    assert (amounts(statement), remarks(statement)) == (["-23.45", "2000.00"], [])
