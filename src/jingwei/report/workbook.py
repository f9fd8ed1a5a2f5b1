"""The batch as one XLSX workbook for the office: a sheet a table, filters, frozen heads, percentages."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from jingwei.model import Comparison
from jingwei.report.names import show_text
from jingwei.report.tables import Column, Table
from jingwei.report.tables_batch import comparison_tables
from jingwei.report.words import PRINTED_TITLES, Label, library_line
from jingwei.settings import ReportSettings

if TYPE_CHECKING:
    import xlsxwriter

_NOTE = Label("只提示疑似之处，是否雷同由人工核实认定", "it points at what looks alike; a person decides")
_CUT = Label("本表只列前 {} 行，共 {} 行，全部见 {}.csv", "the first {} of {} rows; all of them in {}.csv")
_LONGEST_CELL_CHARS = 32_000  # the format allows 32,767
MOST_ROWS = 10_000  # a sheet for people; programs take the CSV, which has all rows
_HEAD = {"bold": True, "bg_color": "#173A5E", "font_color": "#FFFFFF", "text_wrap": True, "valign": "top", "border": 1}
_BAR = {
    "type": "data_bar", "bar_solid": True, "bar_color": "#B9CDE5",
    "min_type": "num", "max_type": "num", "min_value": 0, "max_value": 1,
}  # fmt: skip
_WIDTHS = {"text": 18, "share": 13, "number": 13, "flag": 13}
_WIDE = {
    "title": 40, "message": 46, "suggestion": 40, "quote": 40, "excerpt": 60, "template": 60, "slots": 50,
    "left_text": 60, "right_text": 60, "report": 30, "left": 28, "right": 28, "file": 34,
    "unit": 28, "left_unit": 28, "right_unit": 28, "counted_report": 28, "compared_with": 40,
}  # fmt: skip


def batch_workbook(comparison: Comparison, settings: ReportSettings) -> bytes:
    """The workbook as bytes; the same comparison gives the same bytes. No cell is ever read as a formula or a link."""
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    # The clock must not enter the file.
    book.set_properties({"title": PRINTED_TITLES["batch"].zh, "created": datetime.datetime(2020, 1, 1)})
    formats = {
        "head": book.add_format(_HEAD),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "share": book.add_format({"num_format": "0.0%", "valign": "top"}),
        "number": book.add_format({"valign": "top"}),
        "float": book.add_format({"num_format": "0.00", "valign": "top"}),
        "title": book.add_format({"bold": True, "font_size": 16}),
    }  # fmt: skip
    tables = comparison_tables(comparison, settings.language, anonymise=settings.anonymise)
    _summary(book, formats, comparison, settings, [t for t in tables if len(t.rows) > MOST_ROWS])
    for table in tables:
        _sheet(book, formats, table, settings.language)
    book.close()
    return stream.getvalue()


def _summary(
    book: xlsxwriter.Workbook,
    formats: dict[str, Any],
    comparison: Comparison,
    settings: ReportSettings,
    cut: Sequence[Table],
) -> None:
    english = settings.language == "en"
    sheet = book.add_worksheet("Overview" if english else "总览")
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 60)
    sheet.write_string(0, 0, PRINTED_TITLES["batch"].text(settings.language), formats["title"])
    lines = [
        ("报告", "Reports", len(comparison.ids)),
        ("有雷同片段的对数", "Pairs with passages", sum(bool(p.matches) for p in comparison.pairs)),
        ("疑似同源组", "Groups of common origin", len(comparison.groups)),
        ("整篇近似", "Duplicates", len(comparison.duplicates)),
        ("未读取文件", "Files not read", len(comparison.skipped)),
        ("比对范围", "Compared with", library_line(comparison.library, settings.language)),
        ("词表", "Lexicon", comparison.lexicon),
        ("程序版本", "Version", comparison.version),
        ("说明", "Note", _NOTE.text(settings.language)),
        *((f"{t.zh}（节选）", f"{t.en} (cut)", _CUT.text(settings.language).format(MOST_ROWS, len(t.rows), t.name)) for t in cut),
    ]  # fmt: skip
    for row, (zh, en, value) in enumerate(lines, 2):
        sheet.write_string(row, 0, en if english else zh, formats["text"])
        if isinstance(value, str):
            sheet.write_string(row, 1, show_text(value), formats["text"])
        else:
            sheet.write_number(row, 1, value, formats["number"])


def _sheet(book: xlsxwriter.Workbook, formats: dict[str, Any], table: Table, language: str) -> None:
    sheet = book.add_worksheet(table.en if language == "en" else table.zh)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for x, column in enumerate(table.columns):
        sheet.set_column(x, x, _WIDE.get(column.name, _WIDTHS[column.form]))
        sheet.write_string(0, x, column.heading(language), formats["head"])
    rows = table.cells(language)[:MOST_ROWS]
    for y, row in enumerate(rows, 1):
        for x, (column, value) in enumerate(zip(table.columns, row, strict=True)):
            if value is not None:
                _cell(sheet, (y, x), column, value, formats)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(table.columns) - 1)
        for x, column in enumerate(table.columns):
            if column.form == "share":
                sheet.conditional_format(1, x, len(rows), x, _BAR)


def _cell(sheet: Any, at: tuple[int, int], column: Column, value: str | float, formats: dict[str, Any]) -> None:  # noqa: ANN401
    if isinstance(value, str):
        sheet.write_string(*at, show_text(value)[:_LONGEST_CELL_CHARS], formats["text"])
    elif column.form == "share":
        sheet.write_number(*at, value, formats["share"])
    else:
        sheet.write_number(*at, value, formats["float" if isinstance(value, float) else "number"])
