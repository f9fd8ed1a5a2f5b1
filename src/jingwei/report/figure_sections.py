"""Sections × reports: originality, or the share of one kind, in every part of every report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from jingwei.errors import UsageError
from jingwei.model import KINDS, Assessment, Comparison, FloatArray, Section
from jingwei.report.composition import Composition, Stretch
from jingwei.report.csv_text import Cell, csv_bytes
from jingwei.report.labels import report_labels, shorten
from jingwei.report.palette import MUTED
from jingwei.report.picture import (
    MARGIN,
    Drawn,
    Sheet,
    cell_number,
    check_format,
    draw_scale,
    drawing,
    save,
    shares_image,
    text_inches,
)
from jingwei.report.words import KIND_LABELS, PART_LABELS, SCORE_LABELS, library_line
from jingwei.settings import ReportSettings

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MEASURES = ("originality", *KINDS)
_MOST_NUMBERED, _MOST_LABELS, _MOST_SUBSECTIONS = 25, 40, 8
_TOP_INCHES = 1.6

Key = tuple[int, int]  # part (or number of the first-level section; 0 opening, 99 whole), subsection (0: none)
_OPENING: Key = (0, 0)
_WHOLE: Key = (99, 0)


class _Grid(Struct, frozen=True):
    keys: tuple[Key, ...]
    cells: tuple[dict[Key, Stretch], ...]
    by_part: bool


def draw_sections(
    comparison: Comparison,
    path: Path | str,
    settings: ReportSettings,
    measure: str = "originality",
    *,
    table: str | None = None,
) -> Drawn:
    """Write the sections × reports heatmap (.png, .svg, .pdf) and the counts of every cell as CSV.

    Columns are the parts ①–⑤ of Article 25 where the reports follow them, else the first-level sections in order,
    each split into its second-level sections. ``measure`` is "originality" or one of the six kinds.

    Raises:
        UsageError: unknown measure or suffix, or the place cannot be written.
    """
    check_format(Path(path))
    if measure not in MEASURES:
        raise UsageError(
            f"不认识的指标 {measure}，只能是 {'、'.join(MEASURES)}", f"unknown measure {measure}: {', '.join(MEASURES)}"
        )
    order = list(comparison.order)
    names = report_labels(comparison, anonymise=settings.anonymise)
    labels = [names[i] for i in order]
    grid = _grid([comparison.assessments[i] for i in order])
    values = np.array([[_value(row.get(key), measure) for key in grid.keys] for row in grid.cells], dtype=np.float64)
    values = values.reshape(len(order), len(grid.keys))
    count, columns, english = len(order), len(grid.keys), settings.language == "en"
    size = 9 if count <= _MOST_NUMBERED else 7.5
    row_inches = 0.3 if count <= _MOST_NUMBERED else max(0.018, min(0.2, 9.0 / count))
    room = max((text_inches(shorten(name), size) for name in labels), default=0.5) + 0.12
    plot_width, plot_height = 0.64 * columns, max(0.5, row_inches * count)
    left = MARGIN + room
    width = max(left + plot_width + 1.2, 7.6)
    height = max(_TOP_INCHES + plot_height + 0.35, _TOP_INCHES + 2.6)
    with drawing(settings) as font:
        sheet = Sheet(width, height, font)
        _headline(sheet, comparison, measure, english)
        axes = sheet.axes(left, _TOP_INCHES, plot_width, plot_height)
        axes.imshow(shares_image(values, np.isnan(values)), interpolation="nearest", aspect="auto")
        for x in range(columns + 1):
            wide = x in {0, columns} or grid.keys[x][0] != grid.keys[x - 1][0]
            axes.axvline(x - 0.5, color="white", linewidth=2.5 if wide else 0.6)
        if count <= _MOST_NUMBERED:
            _numbers(sheet, axes, values)
        for y in range(0, count, -(-count // _MOST_LABELS)):
            sheet.label(axes, -0.6, y, shorten(labels[y]), size, ha="right", va="center")
        _column_heads(sheet, axes, grid, english)
        axes.set_xlim(-0.5, columns - 0.5)
        axes.set_ylim(count - 0.5, -0.5)
        draw_scale(sheet, left + plot_width + 0.3, _TOP_INCHES, ())
        return save(sheet, path, table, csv_bytes(*_table(labels, grid, measure, english)))


def _value(stretch: Stretch | None, measure: str) -> float:
    share = None if stretch is None else stretch.originality if measure == "originality" else stretch.share(measure)
    return float("nan") if share is None else share


def _grid(reports: Sequence[Assessment]) -> _Grid:
    """Every report cut into the same columns."""
    tops = [s for r in reports for s in r.report.structure.sections if s.level == 1]
    by_part = bool(tops) and sum(s.part is not None for s in tops) * 2 >= len(tops)
    cells = tuple(_cells(report, by_part) for report in reports)
    keys = sorted({key for row in cells for key in row} | {_WHOLE})
    split = {key[0] for key in keys if key[1]}
    # A part that is split somewhere keeps the column of its own lead-in only if some report has text there.
    return _Grid(tuple(k for k in keys if k[1] or k[0] not in split or any(k in row for row in cells)), cells, by_part)


def _cells(report: Assessment, by_part: bool) -> dict[Key, Stretch]:
    composition, sections = Composition(report), report.report.structure.sections
    pieces: dict[Key, list[tuple[int, int]]] = defaultdict(list)
    tops = [s for s in sections if s.level == 1]
    first = min((s.start for s in tops), default=len(report.report.document.text))
    pieces[_OPENING].append((0, first))
    below: dict[int, int] = defaultdict(int)
    for number, top in enumerate(tops, 1):
        part = (top.part or 6) if by_part else min(number, 12)
        children = [s for s in sections if s.level == 2 and top.start <= s.start < top.end]
        pieces[part, 0].append((top.start, children[0].start if children else top.end))
        for child in children:
            below[part] = min(below[part] + 1, _MOST_SUBSECTIONS)
            pieces[part, below[part]].append(_range(child))
    done = dict(zip(pieces, composition.many(list(pieces.values())), strict=True))
    done[_WHOLE] = composition.stretch(0, len(report.report.document.text))
    return {key: stretch for key, stretch in done.items() if stretch.body}


def _range(section: Section) -> tuple[int, int]:
    return section.start, section.end


def _headline(sheet: Sheet, comparison: Comparison, measure: str, english: bool) -> None:
    table = SCORE_LABELS if measure == "originality" else KIND_LABELS
    name = table[measure].text("en" if english else "zh")
    count = len(comparison.ids)
    if english:
        how = SCORE_LABELS["originality"].note("en") if measure == "originality" else "share in the section's body"
        sheet.heading(
            f"Sections × reports: {name}", f"{count} reports in cluster order; {how}; grey: no such section",
            library_line(comparison.library, "en"),
        )  # fmt: skip
    else:
        how = SCORE_LABELS["originality"].note("zh") if measure == "originality" else "占本节正文字数的比例"
        sheet.heading(
            f"分章节热力图：{name}", f"共 {count} 篇，按相近程度排列；数值为{how}；灰色格表示没有这一节",
            library_line(comparison.library),
        )  # fmt: skip


def _numbers(sheet: Sheet, axes: Axes, values: FloatArray) -> None:
    for y, row in enumerate(values):
        for x, value in enumerate(row):
            if not np.isnan(value):
                ink = "black" if value > 0.5 else "white"
                sheet.label(axes, x, y, cell_number(float(value)), 7.5, ha="center", va="center", color=ink)


def _column_heads(sheet: Sheet, axes: Axes, grid: _Grid, english: bool) -> None:
    heads = [key[0] for key in grid.keys]
    for x, key in enumerate(grid.keys):
        small = _sub_name(key, english, alone=heads.count(key[0]) == 1)
        if small:
            sheet.label(axes, x, -0.58, small, 7.5, ha="center", va="bottom", color=MUTED)
    for head in sorted(set(heads)):
        xs = [x for x, h in enumerate(heads) if h == head]
        name = _head_name(head, grid.by_part, english)
        sheet.figure.text(
            *_above(sheet, axes, sum(xs) / len(xs)), sheet.clean(name), fontproperties=sheet.properties(8.5),
            ha="center", va="bottom",
        )  # fmt: skip


def _above(sheet: Sheet, axes: Axes, x: float) -> tuple[float, float]:
    """Figure coordinates a little above column ``x``."""
    box = axes.get_position()
    columns = axes.get_xlim()
    share = (x - columns[0]) / (columns[1] - columns[0])
    return box.x0 + share * box.width, box.y1 + 0.22 / sheet.height


def _head_name(head: int, by_part: bool, english: bool) -> str:
    if head == _OPENING[0]:
        return "open" if english else "开头"
    if head == _WHOLE[0]:
        return "whole" if english else "全文"
    if by_part:
        return "①②③④⑤"[head - 1] + ("" if english else _PART_SHORT[head]) if head in PART_LABELS else "…"
    return f"§{head}" if english else f"第{'一二三四五六七八九十'[head - 1] if head <= 10 else head}部分"


_PART_SHORT = {1: "举措成效", 2: "不足原因", 3: "履职", 4: "安排", 5: "其他"}


def _sub_name(key: Key, english: bool, *, alone: bool) -> str:
    if alone:
        return ""
    if key[1] == 0:
        return "lead" if english else "总述"
    more = "+" if key[1] == _MOST_SUBSECTIONS else ""
    return f"{key[1]}{more}" if english else f"（{'一二三四五六七八'[key[1] - 1]}{more}）"


def _table(labels: Sequence[str], grid: _Grid, measure: str, english: bool) -> tuple[list[str], list[Sequence[Cell]]]:
    language = "en" if english else "zh"
    kinds = [KIND_LABELS[kind].text(language) for kind in KINDS]
    header = ["report", "part", "section", measure, "chars", *kinds]
    if not english:
        shown = (SCORE_LABELS if measure == "originality" else KIND_LABELS)[measure].zh
        header = ["报告", "部分", "小节", shown, "字数", *kinds]
    rows: list[Sequence[Cell]] = []
    for label, cells in zip(labels, grid.cells, strict=True):
        for key in grid.keys:
            stretch = cells.get(key)
            if stretch is not None:
                value = _value(stretch, measure)
                shown_value = None if np.isnan(value) else float(value)
                head, below = _head_name(key[0], grid.by_part, english), _sub_name(key, english, alone=False)
                rows.append([label, head, below, shown_value, stretch.body, *stretch.chars])
    return header, rows
