"""The rows of a worksheet, written a table at a time.

A batch has hundreds of thousands of cells, and cell by cell the library takes ten times as long for them as here. It
still makes everything else of the workbook, the table of strings too: what is inserted is the content of ``sheetData``
(ECMA-376 part 1, 18.3.1.80).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from jingwei.report.csv_text import Cell
from jingwei.report.names import show_text

_LONGEST_CELL_CHARS = 32_000  # the format allows 32,767


@lru_cache(maxsize=1)
def table_sheet() -> type[Any]:
    """The class of worksheets that take all rows below the first at once. Made when the library is loaded."""
    from xlsxwriter.worksheet import Worksheet

    class TableSheet(Worksheet):  # type: ignore[misc]
        """A worksheet with a head written as usual and rows as they stand in the file."""

        _rows = ""

        def write_rows(self, rows: Sequence[Sequence[Cell]], forms: Sequence[str], formats: Mapping[str, Any]) -> None:
            """All rows below the head; ``forms`` are the kinds of the columns, ``formats`` by kind."""
            styles = {name: form._get_xf_index() for name, form in formats.items()}
            self._check_dimensions(len(rows), len(forms) - 1)  # the library counts the cells it does not see
            self._rows = rows_xml(rows, forms, styles, self.str_table._get_shared_string_index)

        def _write_rows(self) -> None:
            super()._write_rows()
            self.fh.write(self._rows)

    return TableSheet


def rows_xml(
    rows: Sequence[Sequence[Cell]], forms: Sequence[str], styles: Mapping[str, int], number_of: Callable[[str], int]
) -> str:
    """The ``row`` elements from the second row on; null makes no cell, and no text is ever a formula or a link.

    ``forms`` are the kinds of the columns ("text", "share", "number"), ``styles`` the numbers of the cell styles;
    ``number_of`` gives the place of a string in the table of strings.
    """
    from xlsxwriter.utility import xl_col_to_name

    columns = [(xl_col_to_name(x), styles["share" if form == "share" else "number"]) for x, form in enumerate(forms)]
    decimal = [styles["share" if form == "share" else "float"] for form in forms]
    text_style = styles["text"]
    known: dict[str, int] = {}  # names and labels stand in thousands of rows
    parts: list[str] = []
    for y, row in enumerate(rows, 2):
        parts.append(f'<row r="{y}">')
        for (letters, whole), fraction, value in zip(columns, decimal, row, strict=True):
            if isinstance(value, str):
                if value not in known:
                    known[value] = number_of(show_text(value)[:_LONGEST_CELL_CHARS])
                parts.append(f'<c r="{letters}{y}" s="{text_style}" t="s"><v>{known[value]}</v></c>')
            elif value is not None:
                style = fraction if isinstance(value, float) else whole
                parts.append(f'<c r="{letters}{y}" s="{style}"><v>{value:.16G}</v></c>')
        parts.append("</row>")
    return "".join(parts)
