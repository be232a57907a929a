"""Workbooks of LibreOffice, put together as it writes them."""

import io
import zipfile
from datetime import date

NAMES = "".join(
    f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("number", "datastyle"),
    )
)
KIND = "application/vnd.oasis.opendocument.spreadsheet"
# The rest of a sheet: one empty row, said to be there a million times.
REST = '<table:table-row table:number-rows-repeated="1048564"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'  # noqa: E501


def cell(value: object) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, date):
        return (
            f'<table:table-cell office:value-type="date" office:date-value="{value}T00:00:00"><text:p>{value:%d.%m.%y}'
            "</text:p></table:table-cell>"
        )
    if isinstance(value, float):
        return (
            f'<table:table-cell office:value-type="currency" office:currency="EUR" office:value="{value}"><text:p>'
            f"{value:.2f} €</text:p></table:table-cell>"
        )
    return f'<table:table-cell office:value-type="string">{value}</table:table-cell>'


def row(*values: object) -> str:
    """A cell of text is given as its paragraphs, in tags."""
    return f"<table:table-row>{''.join(map(cell, values))}</table:table-row>"


def texts(*values: str) -> str:
    return row(*(f"<text:p>{value}</text:p>" for value in values))


def sheet(name: str, *rows: str) -> str:
    return f'<table:table table:name="{name}"><table:table-column/>{"".join(rows)}{REST}</table:table>'


def workbook(*sheets: str, kind: str = KIND, styles: str = "", **others: str) -> bytes:
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{NAMES}><office:automatic-styles><number:date>'
        f"<number:day/></number:date>{styles}</office:automatic-styles><office:body><office:spreadsheet>{''.join(sheets)}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), kind)
        archive.writestr(zipfile.ZipInfo("content.xml"), content, zipfile.ZIP_DEFLATED)
        for name, text in others.items():
            archive.writestr(name, text)
    return written.getvalue()
