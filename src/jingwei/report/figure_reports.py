"""The report × report heatmap in cluster order, with dendrogram and bars for the groups of common origin."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from jingwei.model import BoolArray, Comparison, FloatArray
from jingwei.report.csv_text import matrix_csv_bytes
from jingwei.report.labels import report_labels, shorten
from jingwei.report.measures import review_limits
from jingwei.report.palette import GROUP_COLOURS, INK, MUTED
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
from jingwei.report.words import DEGREE_LABELS, Label, library_line
from jingwei.settings import ReportSettings

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_OWN_PAIRS = Label(
    "同一单位：各年度之间为沿用往年，不按右侧分档；同一年度为同一报告的不同版本，按不含规定用语的全部相同文字计",
    "One unit: its years are carried over, not graded as on the right; versions of one report count all shared text",
)
_MOST_NUMBERED = 25  # reports up to which every cell prints its number
_MOST_LABELS = 40
_MOST_CELLS = 450  # to a side; smaller ones than three pixels would be lost, and with them the one pair that matters
_MOST_GROUPS = len(GROUP_COLOURS)
_TREE_INCHES, _BAR_INCHES, _TOP_INCHES, _LINE_INCHES = 0.9, 0.17, 1.15, 0.17


def draw_reports_heatmap(
    comparison: Comparison, path: Path | str, settings: ReportSettings, *, table: str | None = None
) -> Drawn:
    """Write the heatmap (.png, .svg, .pdf) and the same matrix as CSV, both in cluster order.

    Colour is the pairwise overlap in [0, 1], the scale never changes with the data. Two runs give the same bytes.

    Raises:
        UsageError: unknown suffix, or the place cannot be written.
    """
    check_format(Path(path))
    order = list(comparison.order)
    matrix = np.asarray(comparison.matrix, dtype=np.float64)[np.ix_(order, order)]
    names = report_labels(comparison, anonymise=settings.anonymise)
    labels = [names[i] for i in order]
    groups = _group_columns(comparison, order)
    count, english = len(order), settings.language == "en"
    side = max(2.4, min(9.0, count * (0.46 if count <= _MOST_NUMBERED else 0.2)))
    bars = _BAR_INCHES * max(1, len(groups)) + 0.1
    left = MARGIN + _TREE_INCHES + bars
    size = 9 if count <= _MOST_NUMBERED else 7.5
    room = max((text_inches(shorten(name), size) for name in labels), default=0.5) + 0.15
    width = max(left + side + room + 1.35, 6.8)
    top = _TOP_INCHES + (_LINE_INCHES if _has_own_pairs(comparison) else 0)
    with drawing(settings) as font:
        legend_lines = len(groups)
        height = top + side + room + 0.25 + 0.24 * max(1, legend_lines) + 0.25
        sheet = Sheet(width, height, font)
        shown, itself, merged = _shown_cells(matrix)
        _headline(sheet, comparison, merged, english=english)
        if count > 1:
            _tree(sheet.axes(MARGIN, top, _TREE_INCHES, side), matrix)
        _bars(sheet, sheet.axes(MARGIN + _TREE_INCHES + 0.04, top, bars - 0.08, side), groups, count)
        axes = sheet.axes(left, top, side, side)
        edge = len(shown) * merged - 0.5
        extent = (-0.5, edge, edge, -0.5)
        axes.imshow(shares_image(shown, itself), interpolation="nearest", aspect="auto", extent=extent)
        axes.set_xlim(-0.5, count - 0.5)
        axes.set_ylim(count - 0.5, -0.5)
        _cells(sheet, axes, matrix)
        _axis_labels(sheet, axes, labels, size)
        limits = review_limits(comparison.settings)
        edges = (limits.degree_watch, limits.degree_check, limits.degree_high)
        marks = [(v, word.text(settings.language)) for v, word in zip(edges, DEGREE_LABELS[1:], strict=True)]
        draw_scale(sheet, left + side + room + 0.25, top, marks)
        _legend(sheet, comparison, groups, top + side + room + 0.25, english=english)
        numbers = matrix_csv_bytes(["report" if english else "报告", *labels], labels, matrix)
        return save(sheet, path, table, numbers)


def _shown_cells(matrix: FloatArray) -> tuple[FloatArray, BoolArray, int]:
    """The cells as drawn, which of them are a report with itself, and how many reports a side of one stands for.

    Where there are more reports than room for cells, a cell is the highest of its block, reports with themselves left
    out: what is alike lies near the diagonal.
    """
    count = len(matrix)
    merged = max(1, -(-count // _MOST_CELLS))
    if merged == 1:
        return matrix, np.eye(count, dtype=bool), 1
    blocks = -(-count // merged)
    padded = np.zeros((blocks * merged, blocks * merged))
    padded[:count, :count] = matrix
    np.fill_diagonal(padded, 0)
    highest = padded.reshape(blocks, merged, blocks, merged).max(axis=(1, 3))
    return highest, np.zeros_like(highest, dtype=bool), merged


def _headline(sheet: Sheet, comparison: Comparison, merged: int, *, english: bool) -> None:
    count = len(comparison.ids)
    if english:
        cell = "grey: the report itself" if merged == 1 else f"a cell is the highest of {merged} × {merged} pairs"
        sheet.heading(
            "Report × report overlap",
            f"{count} reports in cluster order; colour: effective overlap of each two, 0 to 1",
            f"{library_line(comparison.library, 'en')}; {cell}",
            *([_OWN_PAIRS.en] if _has_own_pairs(comparison) else []),
        )
    else:
        cell = "灰色格为报告自身" if merged == 1 else f"每格取相邻{merged}×{merged}对中的最高值"
        sheet.heading(
            "报告两两比对热力图",
            f"共 {count} 篇，按相近程度排列；颜色为两篇之间的有效重复率（0—1，不含上级规定用语）",
            f"{library_line(comparison.library)}；{cell}",
            *([_OWN_PAIRS.zh] if _has_own_pairs(comparison) else []),
        )


def _has_own_pairs(comparison: Comparison) -> bool:
    return any(p.relation in {"previous", "duplicate"} for p in comparison.pairs)


def _tree(axes: Axes, matrix: FloatArray) -> None:
    """Average-linkage tree of the rows, whose leaves stand at 0, 1, 2 … from the top."""
    from scipy.cluster.hierarchy import linkage
    from scipy.spatial.distance import squareform

    count = len(matrix)
    distance = 1 - np.clip((matrix + matrix.T) / 2, 0, 1)
    np.fill_diagonal(distance, 0)
    place = [(float(i), 0.0) for i in range(count)]
    segments = []
    for first, second, height, _ in linkage(squareform(distance, checks=False), "average"):
        (y1, x1), (y2, x2) = place[int(first)], place[int(second)]
        segments += [[(x1, y1), (height, y1)], [(height, y1), (height, y2)], [(height, y2), (x2, y2)]]
        place.append(((y1 + y2) / 2, float(height)))
    from matplotlib.collections import LineCollection

    axes.add_collection(LineCollection(segments, colors=MUTED, linewidths=0.8 if count <= 60 else 30 / count))
    axes.set_xlim(1.02, 0)
    axes.set_ylim(count - 0.5, -0.5)


def _group_columns(comparison: Comparison, order: Sequence[int]) -> list[tuple[int, list[int]]]:
    """(group number, rows) of the largest groups, one column each; ties by their place in the comparison."""
    row_of = {comparison.ids[i]: row for row, i in enumerate(order)}
    found = [(n, sorted(row_of[r] for r in g.reports if r in row_of)) for n, g in enumerate(comparison.groups)]
    return sorted(found, key=lambda item: (-len(item[1]), item[0]))[:_MOST_GROUPS]


def _bars(sheet: Sheet, axes: Axes, groups: Sequence[tuple[int, list[int]]], count: int) -> None:
    from matplotlib.patches import Rectangle

    axes.set_xlim(0, max(1, len(groups)))
    axes.set_ylim(count - 0.5, -0.5)
    for column, (_, rows) in enumerate(groups):
        colour = GROUP_COLOURS[column % len(GROUP_COLOURS)]
        for row in rows:
            # Not add_patch, which walks every corner for limits that are set already.
            axes.add_artist(Rectangle((column + 0.12, row - 0.5), 0.76, 1, facecolor=colour, edgecolor="none"))
        # The letter stands above the bar, so that the groups are told apart without colour.
        sheet.label(axes, column + 0.5, -0.62, chr(65 + column), 7.5, ha="center", va="bottom", color=colour)


def _cells(sheet: Sheet, axes: Axes, matrix: FloatArray) -> None:
    count = len(matrix)
    if count > _MOST_NUMBERED:
        return
    for at in range(count + 1):
        axes.axhline(at - 0.5, color="white", linewidth=0.6)
        axes.axvline(at - 0.5, color="white", linewidth=0.6)
    for row in range(count):
        for column in range(count):
            if row != column:
                value = float(matrix[row, column])
                ink = "black" if value > 0.5 else "white"
                sheet.label(axes, column, row, cell_number(value), 7.5, ha="center", va="center", color=ink)


def _axis_labels(sheet: Sheet, axes: Axes, labels: Sequence[str], size: float) -> None:
    count = len(labels)
    step = -(-count // _MOST_LABELS)
    for at in range(0, count, step):
        name = shorten(labels[at])
        sheet.label(axes, count - 0.5 + 0.012 * count + 0.05, at, name, size, ha="left", va="center")
        sheet.label(axes, at, count - 0.5 + 0.012 * count + 0.05, name, size, ha="center", va="top", rotation=90)
    axes.set_xlim(-0.5, count - 0.5)
    axes.set_ylim(count - 0.5, -0.5)


def _legend(
    sheet: Sheet, comparison: Comparison, groups: Sequence[tuple[int, list[int]]], top: float, *, english: bool
) -> None:
    for line, (number, rows) in enumerate(groups):
        group = comparison.groups[number]
        room = max(10, int((sheet.width - MARGIN - 2.2) / 0.125))
        excerpt = group.excerpt.replace("\n", " ")
        excerpt = excerpt[:room] + ("…" if len(excerpt) > room else "")
        words = f"{len(rows)} reports share" if english else f"疑似同源组，{len(rows)} 篇"
        colour = GROUP_COLOURS[line % len(GROUP_COLOURS)]
        sheet.text(MARGIN, top + 0.24 * line, f"{chr(65 + line)}", 8.5, va="top", color=colour, weight="bold")
        sheet.text(MARGIN + 0.22, top + 0.24 * line, f"{words}：{excerpt}", 8, va="top", color=INK)
    if not groups:
        words = "No group of common origin was found" if english else "未发现疑似同源组"
        sheet.text(MARGIN, top, words, 8, va="top", color=MUTED)
