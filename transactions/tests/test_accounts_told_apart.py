"""Accounts that a bank gives one number: in several currencies, or of several kinds."""

from decimal import Decimal

from transactions.importers.base import Balances, Statement
from transactions.tests.reading import problems, read, remarks, sample


def accounts(statement: Statement) -> list[tuple[str, str]]:
    return [(line.account, str(line.amount)) for line in statement.lines]


def message(currency: str, amount: str) -> str:
    return "\n".join(
        (
            ":20:X",
            f":25:4711{currency}",
            ":28C:1/1",
            f":60F:C260301{currency}1000,00",
            f":61:2603020302D{amount}NTRFNONREF",
            ":86:Tram",
            f":62F:C260331{currency}5,00",
            "-",
        )
    )


def test_one_number_in_two_currencies_is_two_accounts():
    statement = read("\n".join((message("EUR", "5,00"), message("USD", "7,00"))))

    assert accounts(statement) == [("4711 EUR", "-5.00"), ("4711 USD", "-7.00")]
    assert (statement.account, statement.opening_balance, statement.closing_balance) == (None, None, None)
    assert problems(statement) == ["The file holds amounts in several currencies (EUR, USD)."]
    assert remarks(statement) == ["The file holds lines of several accounts: 4711 EUR, 4711 USD."]


def test_a_number_in_one_currency_stays_as_it_is():
    statement = read("\n".join((message("EUR", "5,00"), message("EUR", "7,00"))))

    assert accounts(statement) == [("", "-5.00"), ("", "-7.00")]
    assert (statement.account, str(statement.opening_balance)) == ("4711", "1000.00")


def test_one_number_of_two_kinds_is_two_accounts():
    statement = sample("ofx/one_number_of_two_kinds.ofx")

    assert accounts(statement) == [("4711 SAVINGS", "200.00"), ("4711 CHECKING", "-200.00")]
    assert statement.closing_balance is None


def test_currencies_that_only_lines_have_are_named():
    entry = "<STMTTRN><DTPOSTED>20260302<TRNAMT>-5<NAME>Tram</STMTTRN>"
    abroad = entry.replace("</STMTTRN>", "<CURRENCY><CURRATE>1.1<CURSYM>GBP</CURRENCY></STMTTRN>")

    statement = read(f"<OFX><STMTRS><CURDEF>EUR<BANKTRANLIST>{entry}{abroad}</BANKTRANLIST></STMTRS></OFX>")

    assert problems(statement) == ["The file holds amounts in several currencies (EUR, GBP)."]


def test_of_several_accounts_each_says_what_it_held_before_and_after():
    def told(account, before, after, amount):
        return f":20:1\n:25:{account}\n:28C:1\n:60F:{before}\n:61:2603020302D{amount}NTRFX\n:86:X\n:62F:{after}\n-\n"

    statement = read(
        told("111", "C260301EUR10,00", "C260331EUR7,00", "3,00")
        + told("222", "D260301EUR1,00", "D260331EUR2,00", "1,00")
        + told("333", "C260301EUR9,00", "what", "1,00")
    )

    assert statement.balances == {
        "111": Balances(Decimal(10), Decimal(7), "EUR"),
        "222": Balances(Decimal(-1), Decimal(-2), "EUR"),
    }


def test_so_does_a_table_with_a_balance_beside_each_line():
    statement = read(
        "Date,Account,Payee,Amount,Balance\n2026-03-06,111,Tea,-1.00,1099.00\n2026-03-05,222,Books,-20.00,-70.00\n"
        "2026-03-02,111,Rent,-900.00,1100.00\n2026-03-02,333,A,-1.00,5.00\n2026-03-01,333,B,-1.00,9.00\n"
    )

    assert statement.balances == {
        "111": Balances(Decimal(2000), Decimal(1099)),
        "222": Balances(Decimal(-50), Decimal(-70)),
    }
