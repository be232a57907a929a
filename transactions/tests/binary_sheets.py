"""Binary workbooks put together record by record, as some programs write them."""

import struct

END = struct.pack("<HH", 0x0A, 0)


def record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def number(row: int, column: int, value: float, style: int = 0) -> bytes:
    return record(0x203, struct.pack("<HHHd", row, column, style, value))


def text(row: int, column: int, value: str) -> bytes:
    return record(0x204, struct.pack("<HHHH", row, column, 0, len(value)) + value.encode("latin-1"))


def table(*rows: tuple[object, ...]) -> bytes:
    """A sheet of these rows, whose cells are texts and numbers."""
    cells = [
        text(row, column, cell) if isinstance(cell, str) else number(row, column, cell)
        for row, found in enumerate(rows)
        for column, cell in enumerate(found)
    ]
    return record(0x809, struct.pack("<HHHH", 0, 0x10, 0, 0)) + b"".join(cells) + END


def sheet_of_a_program(*cells: bytes) -> bytes:
    """What programs write that put a sheet together by hand: a single sheet and no file of Office around it."""
    header = [text(0, 0, "Date"), text(0, 1, "Payee"), text(0, 2, "Amount")]
    begin = record(0x809, struct.pack("<HHHH", 0, 0x10, 0, 0))
    return begin + b"".join([*header, *cells]) + END
