"""What the lines above a table say of the account: its number and its currency, each behind its own name."""

from collections.abc import Iterator, Sequence

from transactions.importers import content, dates
from transactions.importers.headings import column_name, known_roles
from transactions.importers.records import Record
from transactions.importers.vocabulary import Role, currency_code, names

_ACCOUNT = frozenset(
    names(
        """iban, account, account number, account no, a c no, kontonummer, konto, konto nr, kontonr, kontonummer iban,
        rekening, rekeningnummer, numero compte, numéro de compte, compte, cuenta, número de cuenta, conta, conto,
        numar cont, cont iban, numer rachunku, rachunek, číslo účtu, účet, számlaszám, tilinumero, no rekening,
        nomor rekening, номер счета, hesap no, konto nummer, card no, card number, kartennummer"""
    )
)
_FEWEST_DIGITS = 4


def account(preamble: Sequence[Record]) -> str:
    """The account's number, an IBAN before another one; "" where there is none, or several."""
    said = [value for label, value in _pairs(preamble) if label in _ACCOUNT and _is_number(value)]
    ibans = dict.fromkeys(value for value in said if value[:2].isalpha())
    several = list(ibans or dict.fromkeys(said))
    return several[0] if len(several) == 1 else ""


def currency(preamble: Sequence[Record]) -> str | None:
    """The one currency that is named."""
    codes = {currency_code(value) for label, value in _pairs(preamble) if _names_a_currency(label)} - {None}
    return codes.pop() if len(codes) == 1 else None


def _pairs(preamble: Sequence[Record]) -> Iterator[tuple[str, str]]:
    """Names and what stands behind them: within a cell behind a colon, or in the next cell that holds something."""
    for record in preamble:
        filled = [text for text in record.cells if text]
        for text, behind in zip(filled, [*filled, ""][1:], strict=True):
            label, colon, value = text.partition(":")
            yield column_name(label)[0], value.strip() if colon and value.strip() else behind


def _is_number(text: str) -> bool:
    digits = sum(map(str.isdigit, text))
    return digits >= _FEWEST_DIGITS and content.is_code(text) and not dates.is_date(text)


def _names_a_currency(label: str) -> bool:
    return any(found.role is Role.CURRENCY for found in known_roles(label))
