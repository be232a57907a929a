"""OFX and QFX, of both generations: what the tags of each transaction mean; a broken one stops no other."""

import re
from datetime import date
from decimal import Decimal

from transactions.importers import accounts, content, numbers, ofx_tags, text, wording
from transactions.importers.accounts import Account, Book, Numbering, Source, unescaped, words
from transactions.importers.base import (
    Choices,
    Notes,
    OfAccount,
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
SIDES_BY_TYPE = gettext_noop(
    "No amount of this file has a minus, though the bank calls some of them debits: its word for each transaction says"
    " which way the money went."
)
NO_SIDE = gettext_noop("“%(text)s” does not say whether the money came in or went out, and no amount has a minus.")
CORRECTED = gettext_noop("The bank corrects this transaction further down in the file.")
TAKEN_BACK = gettext_noop("It only says that an earlier transaction of the bank's never happened.")
CORRECTS = gettext_noop(
    "The bank corrects a transaction of an earlier file here (%(id)s). Look whether that one is still in your books."
)

# An account of a card, which OFX tells by its tag alone.
_CARD = "CREDITCARD"
# Which way money goes by the bank's word; interest, transfers, a card's payments and others go both ways.
_SIDES = {
    **dict.fromkeys(("DEBIT", "CHECK", "DIRECTDEBIT", "REPEATPMT", "FEE", "SRVCHG", "CASH", "ATM", "POS"), -1),
    **dict.fromkeys(("CREDIT", "DEP", "DIRECTDEP", "DIV"), 1),
}
# The day of booking; a pending one has but a day of its own, and some banks fill in another in its place.
_DAYS = ("DTPOSTED", "DTTRAN", "DTUSER", "DTAVAIL")
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
    for account in found.accounts:
        account.about = OfAccount(found.bank, _CARD if account.is_card else account.kind)
    book = Book(Notes(), found.accounts)
    notes = book.notes
    notes.problems += [Remark(_said(error)) for error in found.errors]
    if found.is_cut:
        notes.problem(accounts.CUT_OFF)
    for line, raw in found.trades:
        notes.skip(line, raw, INVESTMENT)
    _note_corrections(found, notes)
    number = _number_format(found, choices)
    _take_entries(found, book, number)
    for place, balance in found.balances.items():
        # Of a balance that breaks off nobody knows how many digits are missing.
        if not (found.is_cut and place == len(found.accounts) - 1):
            found.accounts[place].closing = _balance(balance, number)
    return accounts.statement(book, Source("ofx", decoded.encoding, decoded.lost))


def _take_entries(found: File, book: Book, format: NumberFormat) -> None:
    is_bare, numbering = _is_bare(found), Numbering()
    if is_bare:
        book.notes.remark(SIDES_BY_TYPE)
    for entry in found.entries:
        place = numbering.of(entry.line)
        try:
            account = found.accounts[entry.account]
            line = _line(entry, place, account, format)
            if not _is_aside(entry, place, found, book.notes):
                book.add(account, _with_side(line, entry) if is_bare else line)
        except StatementError as error:
            book.notes.problems.append(Remark(error.problem, place, entry.raw))


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
    guess = numbers.decide({*found.amounts, *(balance.get("BALAMT", "") for balance in found.balances.values())})
    if guess.is_guess:
        return NumberFormat("." if guess.decimal_mark == "," else ",")
    return guess


def _is_bare(found: File) -> bool:
    """Whether amounts are written without the sign that the format asks for: none has a minus, though some went out."""
    return "DEBIT" in found.types and not any(map(content.has_minus, found.amounts))


def _with_side(line: StatementLine, entry: Entry) -> StatementLine:
    kind = entry.fields.get("TRNTYPE", "")
    side = _SIDES.get(kind.strip().upper())
    if side is None:
        raise StatementError(sentence(NO_SIDE, text=kind[: numbers.LONGEST]))
    return line._replace(amount=line.amount * side)


def _is_aside(entry: Entry, place: int, found: File, notes: Notes) -> bool:
    """Whether a transaction does not count, since the bank corrected it, or since it only takes another one back."""
    fields = entry.fields
    own = fields.get("FITID", "")
    if (entry.account, own) in found.corrected and fields.get("CORRECTFITID") != own:
        notes.skip(place, entry.raw, CORRECTED)
        return True
    if fields.get("CORRECTACTION", "").upper() == "DELETE":
        notes.skip(place, entry.raw, TAKEN_BACK)
        return True
    return False


def _note_corrections(found: File, notes: Notes) -> None:
    """Names what is corrected here and came in an earlier file."""
    ids = {(entry.account, entry.fields.get("FITID", "")) for entry in found.entries} if found.corrected else set()
    for _account, corrected in sorted(found.corrected - ids):
        notes.problem(CORRECTS, id=corrected[: numbers.LONGEST])


def _line(entry: Entry, number: int, account: Account, format: NumberFormat) -> StatementLine:
    if entry.is_cut:
        raise StatementError(sentence(accounts.CUT_WITHIN))
    fields = entry.fields
    name, memo, more = (unescaped(fields.get(key, "")) for key in ("NAME", "MEMO", "EXTDNAME"))
    name = name or unescaped(fields.get("PAYEE.NAME", ""))
    check = fields.get("CHECKNUM", "").strip()
    texts = [found for text in (name, more, memo) if (found := words(text))]
    # A name of nothing but digits says less than what stands beside it.
    best = next((text for text in texts if any(map(str.isalpha, text))), texts[0] if texts else "")
    return StatementLine(
        number=number,
        date=_date(fields, texts),
        amount=_amount(fields, texts, format),
        description=best,
        raw=entry.raw,
        also=tuple(dict.fromkeys(text for text in (*texts, check.lstrip("0")) if text and text != best)),
        # Without the zeros at its end, too: so the words of such lines have always been.
        words=words(*dict.fromkeys(texts), check.strip("0 ")),
        bank_id=wording.bank_id(words(fields.get("FITID", ""))),
        currency=currency_code(fields.get("CURRENCY.CURSYM", "")) or account.currency,
        status=Status.PENDING if entry.is_pending else Status.BOOKED,
    )


def _date(fields: dict[str, str], texts: list[str]) -> date:
    """The bank's own day: the first eight digits, whatever time and zone follow them."""
    text = next((text for name in _DAYS if (text := fields.get(name, ""))), "")
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
