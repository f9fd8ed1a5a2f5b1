"""CSV that offices can open: UTF-8 with BOM, CRLF, and no cell that a spreadsheet would run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

import numpy as np

from jingwei.model import FloatArray

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
    known: dict[str, Cell] = {}  # names and labels stand in thousands of rows

    def safe(value: Cell) -> Cell:
        if not isinstance(value, str):
            return safe_cell(value)
        if value not in known:
            known[value] = safe_cell(value)
        return known[value]

    writer.writerows([value if type(value) is int else safe(value) for value in row] for row in rows)
    return "\ufeff" + stream.getvalue()


def matrix_csv_bytes(header: Sequence[str], labels: Sequence[str], matrix: FloatArray) -> bytes:
    """The table of :func:`csv_bytes` whose rows are each a label and a row of ``matrix``.

    Most shares of a large batch are 0 and the others stand twice, so each different one is rounded and written once.
    """
    values, places = np.unique(matrix, return_inverse=True)
    shown = np.array([str(safe_cell(value)) for value in values.tolist()], dtype=object)
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([safe_cell(name) for name in header])
    for label, row in zip(labels, shown[places.reshape(matrix.shape)].tolist(), strict=True):
        writer.writerow([safe_cell(label), *row])
    return ("\ufeff" + stream.getvalue()).encode("utf-8", "replace")


def safe_cell(value: Cell) -> Cell:
    """``value`` as a spreadsheet may hold it; numbers stay numbers, also negative ones."""
    if not isinstance(value, str):
        return round(value, 6) if isinstance(value, float) else value
    text = value[:_LONGEST_CELL_CHARS]
    if not text.isprintable():  # no control is printable
        text = text.translate(_NO_CONTROLS)
    return "'" + text if text.lstrip(" \u00a0\u3000").startswith(_FORMULA_STARTS) else text
