"""CSV that offices can open: UTF-8 with BOM, CRLF, and no cell that a spreadsheet would run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NO_CONTROLS = {c: " " for c in range(0x20) if chr(c) not in "\t\r\n"}
_LONGEST_CELL_CHARS = 32_000  # spreadsheets cut or refuse cells beyond 32,767 characters

Cell = str | int | float | None


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The table of :func:`csv_table` as UTF-8; lone surrogates become "?"."""
    return csv_table(header, rows).encode("utf-8", "replace")


def csv_table(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A table with a BOM; null becomes an empty cell, a text that could start a formula gets a leading apostrophe."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([safe_cell(name) for name in header])
    for row in rows:
        writer.writerow([safe_cell(value) for value in row])
    return "\ufeff" + stream.getvalue()


def safe_cell(value: Cell) -> Cell:
    """``value`` as a spreadsheet may hold it; numbers stay numbers, also negative ones."""
    if not isinstance(value, str):
        return round(value, 6) if isinstance(value, float) else value
    text = value[:_LONGEST_CELL_CHARS]
    if not text.isprintable():  # no control is printable
        text = text.translate(_NO_CONTROLS)
    return "'" + text if text.lstrip(" \u00a0\u3000").startswith(_FORMULA_STARTS) else text
