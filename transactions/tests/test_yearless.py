"""Days without a year (13/03): the period or month above the table gives it."""

import pytest

from transactions.tests.reading import amounts, days, read, skipped

ROWS = '\'13/03,GROCER,"23,450.00 DB"\n\'14/03,ACME,"2,000,000.00 CR"\n'


def test_the_period_of_a_bank_gives_the_year_and_unbooked_lines_are_left_aside():
    pending = "".join(f"PEND,KIOSK {number},5000.00 DB\n" for number in range(4))
    statement = read(f"Periode : ,01/03/2026 - 31/03/2026\nTanggal Transaksi,Keterangan,Jumlah\n{ROWS}{pending}")

    assert (days(statement), amounts(statement)) == (["2026-03-13", "2026-03-14"], ["-23450.00", "2000000.00"])
    assert len(skipped(statement)) == 4


def test_lines_of_names_and_values_around_the_table_are_no_obstacle():
    above = "No. rekening,=,'1234567890\nNama,=,'JANE DOE\nKode Mata Uang,=,'Rp\nPeriode,=,'01/03/2026 - 31/03/2026\n"
    below = "Saldo Awal,=,1000000.00\nMutasi Debet,=,23450.00\nMutasi Kredit,=,2000000.00\nSaldo Akhir,=,2976550.00\n"

    statement = read(above + "\nTanggal Transaksi,Keterangan,Jumlah\n" + ROWS + "\n" + below)

    assert days(statement) == ["2026-03-13", "2026-03-14"]


@pytest.mark.parametrize(
    ("period", "rows", "expected"),
    [
        ("12/01/2025 - 12/31/2025", "12/13,A,-1.00\n12/14,B,-2.00\n", ["2025-12-13", "2025-12-14"]),
        ("15/12/2025 - 14/01/2026", "28/12,A,-1.00\n03/01,B,-2.00\n", ["2025-12-28", "2026-01-03"]),
        ("2025-12-15 to 2026-01-14", "12-28,A,-1.00\n01-03,B,-2.00\n", ["2025-12-28", "2026-01-03"]),
    ],
)
def test_a_period_over_the_end_of_a_year_gives_each_day_its_own(period, rows, expected):
    statement = read(f"Statement period,{period}\nDate,Description,Amount\n{rows}")

    assert days(statement) == expected


def test_a_lone_fraction_among_texts_is_no_day():
    rows = "13/03,A,1/2,-1.00\n14/03,B,mine,-2.00\n15/03,C,yours,-3.00\n"

    statement = read("Periode : ,01/03/2026 - 31/03/2026\nDate,Text,Note,Amount\n" + rows)

    assert [line.also for line in statement.lines] == [("1/2",), ("mine",), ("yours",)]
