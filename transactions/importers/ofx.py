"""OFX and QFX, of both generations: what the tags of each transaction mean; a broken one stops no other."""

import re
from datetime import date
from decimal import Decimal

from transactions.importers import accounts, numbers, ofx_tags, text, wording
from transactions.importers.accounts import Account, Numbering, Source, unescaped, words
from transactions.importers.base import (
    Choices,
    Notes,
    Remark,
    Sentence,
    Statement,
    StatementError,
    StatementLine,
    Status,
    gettext_noop,
    sentence,
)
from transactions.importers.numbers import NumberFormat
from transactions.importers.ofx_tags import Entry, File
from transactions.importers.vocabulary import currency_code

NO_STATEMENT = gettext_noop("This is an OFX file, but it contains no statement of an account.")
BANK_ERROR = gettext_noop("The bank reported an error instead of a statement: %(message)s (code %(code)s).")
INVESTMENT = gettext_noop("A trade of securities, not a payment.")

_DECLARED = re.compile(r"CHARSET:\s*([0-9]{3,5}(?:-[0-9]{1,2})?)|encoding=[\"']([A-Za-z0-9_-]{3,20})[\"']")
# What the header says is believed where it is no mere habit: most write 1252, whatever they are in.
_CHARSETS = {
    **{str(page): f"windows-{page}" for page in (1250, 1251, 1253, 1254, 1255, 1256, 1257, 874)},
    "8859-2": "iso-8859-2",
    "8859-15": "iso-8859-15",
    "iso-8859-2": "iso-8859-2",
    "932": "shift_jis",
    "shift_jis": "shift_jis",
    "936": "gb18030",
    "gb18030": "gb18030",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "949": "euc-kr",
    "euc-kr": "euc-kr",
    **{f"windows-{page}": f"windows-{page}" for page in (1250, 1251, 1253, 1254, 1255, 1256, 1257)},
}


def parse(data: bytes, *, choices: Choices) -> Statement:
    """The statement in an OFX or QFX file; StatementError where it has none, or where the bank's server failed."""
    accounts.only_year_first(choices)
    decoded = _decoded(data, choices)
    found = ofx_tags.read(accounts.with_plain_ends(decoded.text))
    if not found.accounts:
        raise StatementError(_no_statement(found))
    notes = Notes()
    notes.problems += [Remark(_said(error)) for error in found.errors]
    if found.is_cut:
        notes.problem(accounts.CUT_OFF)
    for line, raw in found.trades:
        notes.skip(line, raw, INVESTMENT)
    number = _number_format(found, choices)
    numbering = Numbering()
    for entry in found.entries:
        place = numbering.of(entry.line)
        try:
            account = found.accounts[entry.account]
            account.lines.append(_line(entry, place, account, number))
        except StatementError as error:
            notes.problems.append(Remark(error.problem, place, entry.raw))
    for place, balance in found.balances.items():
        # Of a balance that breaks off nobody knows how many digits are missing.
        if not (found.is_cut and place == len(found.accounts) - 1):
            found.accounts[place].closing = _balance(balance, number)
    return accounts.statement(found.accounts, Source("ofx", decoded.encoding, decoded.lost), notes)


def _decoded(data: bytes, choices: Choices) -> text.Decoded:
    decoded = text.decode(data, choices.encoding)
    declared = _DECLARED.search(decoded.text[:2000])
    charset = _CHARSETS.get((declared[1] or declared[2]).casefold()) if declared else None
    if choices.encoding or charset is None or decoded.encoding.startswith(("utf-", "ascii")):
        return decoded
    try:
        return text.decode(data, charset)
    except StatementError:
        return decoded


def _no_statement(found: File) -> Sentence:
    return _said(found.errors[0]) if found.errors else sentence(NO_STATEMENT)


def _said(error: dict[str, str]) -> Sentence:
    message = words(unescaped(error.get("MESSAGE", "–"))[:200])
    return sentence(BANK_ERROR, message=message.rstrip("."), code=error.get("CODE", "–")[:20])


def _number_format(found: File, choices: Choices) -> NumberFormat:
    """The file's decimal mark; a lone mark is one, since OFX groups no thousands."""
    if choices.decimal_mark in numbers.MARKS:
        return NumberFormat(choices.decimal_mark)
    texts = [entry.fields.get("TRNAMT", "") for entry in found.entries]
    guess = numbers.decide([*texts, *(balance.get("BALAMT", "") for balance in found.balances.values())])
    if guess.is_guess:
        return NumberFormat("." if guess.decimal_mark == "," else ",")
    return guess


def _line(entry: Entry, number: int, account: Account, format: NumberFormat) -> StatementLine:
    if entry.is_cut:
        raise StatementError(sentence(accounts.CUT_WITHIN))
    fields = entry.fields
    name, memo, more = (unescaped(fields.get(key, "")) for key in ("NAME", "MEMO", "EXTDNAME"))
    name = name or unescaped(fields.get("PAYEE.NAME", ""))
    check = fields.get("CHECKNUM", "").strip("0 ")
    texts = [found for text in (name, more, memo) if (found := words(text))]
    # A name of nothing but digits says less than what stands beside it.
    best = next((text for text in texts if any(map(str.isalpha, text))), texts[0] if texts else "")
    return StatementLine(
        number=number,
        date=_date(fields, texts),
        amount=_amount(fields, texts, format),
        description=best,
        raw=entry.raw,
        also=tuple(dict.fromkeys(text for text in (*texts, check) if text and text != best)),
        words=words(*dict.fromkeys(texts), check),
        bank_id=wording.bank_id(words(fields.get("FITID", ""))),
        currency=currency_code(fields.get("CURRENCY.CURSYM", "")) or account.currency,
        status=Status.PENDING if entry.is_pending else Status.BOOKED,
    )


def _date(fields: dict[str, str], texts: list[str]) -> date:
    """The bank's own day: the first eight digits, whatever time and zone follow them."""
    text = fields.get("DTPOSTED") or fields.get("DTTRAN", "")
    if not text:
        raise StatementError(_lacking(accounts.NO_DATE, fields, texts))
    return accounts.day(text)


def _amount(fields: dict[str, str], texts: list[str], format: NumberFormat) -> Decimal:
    if "TRNAMT" not in fields:
        raise StatementError(_lacking(accounts.NO_AMOUNT, fields, texts))
    return format.read(fields["TRNAMT"]).value


def _lacking(text: str, fields: dict[str, str], texts: list[str]) -> Sentence:
    shown = texts[0] if texts else fields.get("FITID", "–")
    return sentence(text, text=shown[: numbers.LONGEST], amount=fields.get("TRNAMT", "–")[: numbers.LONGEST])


def _balance(fields: dict[str, str], format: NumberFormat) -> Decimal | None:
    """The balance of a day that exists; some banks fill both in with zeros."""
    try:
        accounts.day(fields.get("DTASOF", ""))
        return format.read(fields.get("BALAMT", "")).value
    except StatementError:
        return None
