"""How a bank's file is read, as a person says it: the fields of the check page, of a profile and of the shell."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

NOT_THERE = gettext_lazy("Choose one of the list.")
OPEN = [("", gettext_lazy("As the file shows"))]
ORDERS = {
    "dmy": gettext_lazy("Day first"),
    "mdy": gettext_lazy("Month first"),
    "ymd": gettext_lazy("Year first"),
    "ydm": gettext_lazy("Year, day, month"),
}
MARKS = {".": gettext_lazy("a point: 1,234.56"), ",": gettext_lazy("a comma: 1.234,56")}
SIGNS = {"plain": gettext_lazy("Minus is money out"), "inverted": gettext_lazy("Minus is money in")}
DELIMITERS = {
    ",": gettext_lazy("a comma"),
    ";": gettext_lazy("a semicolon"),
    "tab": gettext_lazy("a tab"),
    "|": gettext_lazy("a bar"),
}
ROLES = {
    "date": gettext_lazy("Date"),
    "text": gettext_lazy("Payee or purpose"),
    "note": gettext_lazy("Second text"),
    "amount": gettext_lazy("Amount"),
    "debit": gettext_lazy("Money out"),
    "credit": gettext_lazy("Money in"),
    "direction": gettext_lazy("Direction, such as Dr and Cr"),
    "balance": gettext_lazy("Balance"),
    "currency": gettext_lazy("Currency"),
    "category": gettext_lazy("Category"),
    "account": gettext_lazy("Account"),
}
# What a shell may name too; a page asks for it only where it was named.
FURTHER_ROLES = {
    "state": gettext_lazy("State, such as pending"),
    "fee": gettext_lazy("Fee"),
    "bank id": gettext_lazy("The bank's own number of a line"),
}
EVERY_ROLE = ROLES | FURTHER_ROLES
ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16 (LE)",
    "utf-16-be": "UTF-16 (BE)",
    "windows-1252": gettext_lazy("Western Europe (Windows-1252)"),
    "iso-8859-1": gettext_lazy("Western Europe (ISO 8859-1)"),
    "iso-8859-15": gettext_lazy("Western Europe (ISO 8859-15)"),
    "windows-1250": gettext_lazy("Central Europe (Windows-1250)"),
    "iso-8859-2": gettext_lazy("Central Europe (ISO 8859-2)"),
    "cp852": gettext_lazy("Central Europe (DOS 852)"),
    "windows-1257": gettext_lazy("Baltic (Windows-1257)"),
    "windows-1251": gettext_lazy("Cyrillic (Windows-1251)"),
    "cp866": gettext_lazy("Cyrillic (DOS 866)"),
    "koi8-r": gettext_lazy("Cyrillic (KOI8)"),
    "windows-1253": gettext_lazy("Greek (Windows-1253)"),
    "windows-1254": gettext_lazy("Turkish (Windows-1254)"),
    "windows-1255": gettext_lazy("Hebrew (Windows-1255)"),
    "windows-1256": gettext_lazy("Arabic (Windows-1256)"),
    "windows-874": gettext_lazy("Thai (Windows-874)"),
    "gb18030": gettext_lazy("Chinese (GB 18030)"),
    "big5": gettext_lazy("Chinese (Big5)"),
    "shift_jis": gettext_lazy("Japanese (Shift JIS)"),
    "euc-jp": gettext_lazy("Japanese (EUC-JP)"),
    "euc-kr": gettext_lazy("Korean (EUC-KR)"),
}
MOST_COLUMNS = 100
NO_COLUMN = "none"
COLUMN = "column-"


class ReadingFields(forms.Form):
    """What may be overruled of how a file is read; nothing has to be."""

    fields: dict[str, Any]
    date_order = forms.ChoiceField(
        label=gettext_lazy("Days"),
        choices=[*OPEN, *ORDERS.items()],
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Days cannot be read in this order.")},
    )
    decimal_mark = forms.ChoiceField(
        label=gettext_lazy("Decimals after"),
        choices=[*OPEN, *MARKS.items()],
        required=False,
        error_messages={"invalid_choice": NOT_THERE},
    )
    sign = forms.ChoiceField(
        label=gettext_lazy("Signs"),
        choices=[*OPEN, *SIGNS.items()],
        required=False,
        error_messages={"invalid_choice": NOT_THERE},
    )
    encoding = forms.ChoiceField(
        label=gettext_lazy("Characters"),
        choices=[*OPEN, *ENCODINGS.items()],
        required=False,
        error_messages={"invalid_choice": NOT_THERE},
    )
    delimiter = forms.ChoiceField(
        label=gettext_lazy("Columns are parted by"),
        choices=[*OPEN, *DELIMITERS.items()],
        required=False,
        error_messages={"invalid_choice": NOT_THERE},
    )


# Field → its values, each as a person says it.
VALUES: Mapping[str, Mapping[str, Any]] = {
    "date_order": ORDERS,
    "decimal_mark": MARKS,
    "sign": SIGNS,
    "encoding": ENCODINGS,
    "delimiter": DELIMITERS,
}
FIELDS = tuple(VALUES)
NAMES = (*FIELDS, *(f"{COLUMN}{role}" for role in EVERY_ROLE))


def chosen(sent: Mapping[str, Any]) -> dict[str, str]:
    """What is overruled, as it was sent: field → value."""
    return {name: str(sent[name]) for name in NAMES if sent.get(name)}


def columns(sent: Mapping[str, Any]) -> dict[str, int | None]:
    """Role → the position of its column from 0, None where the member says that there is none."""
    found: dict[str, int | None] = {}
    for role in EVERY_ROLE:
        place = str(sent.get(f"{COLUMN}{role}") or "")
        if place == NO_COLUMN:
            found[role] = None
        elif place:
            number = position(place)
            found[role] = MOST_COLUMNS if number is None else min(number, MOST_COLUMNS)
    return found


def position(text: str) -> int | None:
    """The position of a column from 0 that the text is, if it is one."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else None


def sent_as(columns: Mapping[str, int | None]) -> dict[str, str]:
    """The same as fields have it."""
    return {f"{COLUMN}{role}": NO_COLUMN if place is None else str(place) for role, place in columns.items()}
