"""The history of Coinbase: money beside coins."""

from transactions.tests.reading import problems, read, skipped

COINBASE = (
    "\nTransactions\nUser,Jane Doe,3f2a\nID,Timestamp,Transaction Type,Asset,Quantity Transacted,Price Currency,"
    "Price at Transaction,Subtotal,Total (inclusive of fees and/or spread),Fees and/or Spread,Notes\n"
)


def test_what_coinbase_says_of_coins_alone_moves_no_money():
    rows = (
        "a,2026-03-13 10:11:12 UTC,Advanced Trade Sell,ETH,-0.5,EUR,€2000.00,€1000.00,€990.00,€10.00,Sold 0.5 ETH\n"
        "b,2026-03-14 10:11:12 UTC,Receive,BTC,0.001,EUR,€60000.00,€60.00,€60.00,€0.00,\n"
        "c,2026-03-15 10:11:12 UTC,Buy,BTC,0.001,EUR,€60000.00,-€60.00,-€61.00,€1.00,Bought\n"
    )

    statement = read(COINBASE + rows)

    assert [(line.bank_id, str(line.amount), line.currency) for line in statement.lines] == [
        ("a", "990.00", "EUR"),
        ("c", "-61.00", "EUR"),
    ]
    assert [number for number, _sentence in skipped(statement)] == [6]


def test_a_kind_that_coinbase_did_not_have_yet_is_a_broken_line():
    statement = read(COINBASE + "a,2026-03-13 10:11:12 UTC,Lend,EUR,10,EUR,€1,€10.00,€10.00,€0,\n")

    assert statement.lines == ()
    assert "Lend" in problems(statement)[0]
