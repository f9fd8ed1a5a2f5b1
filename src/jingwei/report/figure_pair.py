"""Paragraph × paragraph of two reports: a stretch that was taken over shows as a diagonal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from jingwei.model import Assessment, FloatArray, IntArray, Paragraph, Passage
from jingwei.report.composition import kinds_of_characters
from jingwei.report.csv_text import Cell, csv_bytes
from jingwei.report.figure_strips import draw_kind_legend, draw_paragraph_bars
from jingwei.report.labels import single_label
from jingwei.report.palette import MUTED
from jingwei.report.picture import (
    MARGIN,
    Drawn,
    Sheet,
    cell_number,
    check_format,
    cividis,
    draw_scale,
    drawing,
    save,
    text_inches,
)
from jingwei.settings import ReportSettings

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MOST_NUMBERED, _MOST_LABELS, _EXCERPT_CHARS = 25, 40, 10
_TOP_INCHES, _BAR_INCHES = 1.0, 0.16


def draw_pair(
    left: Assessment,
    right: Assessment,
    passages: Sequence[Passage],
    path: Path | str,
    settings: ReportSettings,
    *,
    table: str | None = None,
) -> Drawn:
    """Write the paragraph × paragraph heatmap of two reports (.png, .svg, .pdf) and its cells as CSV.

    A cell is the share of the shorter paragraph's characters that stand equal in the other one, from the equal runs
    of ``passages`` (left offsets into ``left``). Rows are the paragraphs of ``left``, columns those of ``right``.

    Raises:
        UsageError: unknown suffix, or the place cannot be written.
    """
    check_format(Path(path))
    shares, equal = paragraph_shares(left, right, passages)
    rows, columns = shares.shape
    english = settings.language == "en"
    names = ("A", "B") if settings.anonymise else (single_label(left), single_label(right))
    heads = (_excerpts(left, settings.anonymise), _excerpts(right, settings.anonymise))
    cell = max(0.02, min(0.34, 8.0 / max(rows, columns, 1)))
    size = 8 if max(rows, columns) <= _MOST_NUMBERED else 6.5
    room = max((text_inches(t, size) for side in heads for t in side), default=0.5) + 0.12
    plot = (max(1.2, cell * columns), max(1.2, cell * rows))
    x0, y0 = MARGIN + 0.3 + room, _TOP_INCHES + 0.2
    with drawing(settings) as font:
        bottom = y0 + plot[1] + _BAR_INCHES + 0.1 + room + 0.35
        sheet = Sheet(max(x0 + plot[0] + _BAR_INCHES + 1.4, 8.6), max(bottom, y0 + 2.6) + 0.5, font)
        _headline(sheet, names, equal, english)
        axes = sheet.axes(x0, y0, *plot)
        axes.imshow(shares, vmin=0, vmax=1, cmap=cividis(), interpolation="nearest", aspect="auto")
        _numbers(sheet, axes, shares)
        _dots(axes, shares)
        _labels(sheet, axes, heads, size)
        draw_paragraph_bars(sheet.axes(x0 + plot[0] + 0.05, y0, _BAR_INCHES, plot[1]), left, upright=True)
        draw_paragraph_bars(sheet.axes(x0, y0 + plot[1] + 0.05, plot[0], _BAR_INCHES), right, upright=False)
        sheet.text(MARGIN, y0 + plot[1] / 2, f"↓ {names[0]}", 9, rotation=90, va="center", ha="left")
        sheet.text(x0, bottom - 0.28, f"→ {names[1]}", 9, va="top")
        draw_scale(sheet, x0 + plot[0] + _BAR_INCHES + 0.35, y0, ())
        draw_kind_legend(sheet, sheet.height - 0.42, english=english)
        return save(sheet, path, table, csv_bytes(*_table(shares, equal, left, right, english)))


def paragraph_shares(left: Assessment, right: Assessment, passages: Sequence[Passage]) -> tuple[FloatArray, IntArray]:
    """(share of the shorter paragraph, equal characters) for every pair of paragraphs with body characters."""
    sides = (_paragraph_numbers(left), _paragraph_numbers(right))
    sizes = [np.bincount(side[side >= 0], minlength=int(side.max(initial=-1)) + 1) for side in sides]
    equal = np.zeros((len(sizes[0]), len(sizes[1])), dtype=np.int32)
    for passage in passages:
        for run in passage.runs:
            length = min(run.left_end - run.left_start, run.right_end - run.right_start)
            a = sides[0][run.left_start : run.left_start + length]
            b = sides[1][run.right_start : run.right_start + length]
            both = (a >= 0) & (b >= 0)
            np.add.at(equal, (a[both], b[both]), 1)
    shorter = np.minimum(sizes[0][:, None], sizes[1][None, :])
    return np.minimum(equal / np.maximum(shorter, 1), 1.0), equal


def _paragraph_numbers(report: Assessment) -> IntArray:
    """Per raw character the number of its paragraph among those with body characters, else -1."""
    kinds = kinds_of_characters(report)
    numbers = np.full(len(kinds), -1, dtype=np.int32)
    for number, paragraph in enumerate(_counted(report, kinds)):
        for start, end in paragraph.ranges:
            numbers[start:end] = np.where(kinds[start:end] >= 0, number, -1)
    return numbers


def _counted(report: Assessment, kinds: IntArray) -> list[Paragraph]:
    return [p for p in report.report.structure.paragraphs if any((kinds[a:b] >= 0).any() for a, b in p.ranges)]


def _excerpts(report: Assessment, anonymise: bool) -> list[str]:
    text = report.report.document.text
    shown = []
    for number, paragraph in enumerate(_counted(report, kinds_of_characters(report)), 1):
        start = "".join(text[paragraph.start : paragraph.end].split())
        shown.append(str(number) if anonymise else f"{start[:_EXCERPT_CHARS]}… {number}")
    return shown


def _headline(sheet: Sheet, names: tuple[str, str], equal: IntArray, english: bool) -> None:
    total = int(equal.sum())
    if english:
        sheet.heading(
            "Paragraph × paragraph of two reports",
            f"{names[0]} (rows) and {names[1]} (columns): {total:,} equal characters in aligned passages",
            "A cell: share of the shorter paragraph; a diagonal is a stretch shared in the same order",
        )
    else:
        sheet.heading(
            "两篇报告逐段对照热力图",
            f"行为{names[0]}，列为{names[1]}；对齐片段中相同 {total:,} 字",
            "格中数值为相同字数占较短一段的比例；连成斜线的，是次序相同的成片雷同",
        )


def _numbers(sheet: Sheet, axes: Axes, shares: FloatArray) -> None:
    if max(shares.shape) <= _MOST_LABELS:
        for at in range(shares.shape[0]):
            axes.axhline(at - 0.5, color="#ffffff40", linewidth=0.4)
        for at in range(shares.shape[1]):
            axes.axvline(at - 0.5, color="#ffffff40", linewidth=0.4)
    if max(shares.shape) > _MOST_NUMBERED:
        return
    for y, row in enumerate(shares):
        for x, value in enumerate(row):
            if value > 0:
                ink = "black" if value > 0.5 else "white"
                sheet.label(axes, x, y, cell_number(float(value)), 7, ha="center", va="center", color=ink)


def _dots(axes: Axes, shares: FloatArray) -> None:
    """On a large grid a cell is too small to see: every shared one gets a dot of at least two points."""
    if max(shares.shape) > _MOST_LABELS:
        rows, columns = np.nonzero(shares)
        colours = cividis()(0.35 + 0.65 * shares[rows, columns])
        axes.scatter(columns, rows, s=7, c=colours, marker="s", linewidths=0)


def _labels(sheet: Sheet, axes: Axes, heads: tuple[list[str], list[str]], size: float) -> None:
    rows, columns = len(heads[0]), len(heads[1])
    for y in range(0, rows, -(-rows // _MOST_LABELS) or 1):
        sheet.label(axes, -0.5 - 0.01 * columns, y, heads[0][y], size, ha="right", va="center", color=MUTED)
    below = rows - 0.5 + rows * 0.01 + rows * (_BAR_INCHES + 0.08) / (axes.get_position().height * sheet.height)
    for x in range(0, columns, -(-columns // _MOST_LABELS) or 1):
        sheet.label(axes, x, below, heads[1][x], size, ha="center", va="top", rotation=90, color=MUTED)
    axes.set_xlim(-0.5, columns - 0.5)
    axes.set_ylim(rows - 0.5, -0.5)


def _table(
    shares: FloatArray, equal: IntArray, left: Assessment, right: Assessment, english: bool
) -> tuple[list[str], list[Sequence[Cell]]]:
    sides = [_counted(report, kinds_of_characters(report)) for report in (left, right)]
    header = ["left_paragraph", "right_paragraph", "equal_chars", "share_of_shorter", "left_start", "right_start"]
    if not english:
        header = ["左篇段号", "右篇段号", "相同字数", "占较短段比例", "左篇起点", "右篇起点"]
    rows: list[Sequence[Cell]] = [
        [int(y) + 1, int(x) + 1, int(equal[y, x]), float(shares[y, x]), sides[0][y].start, sides[1][x].start]
        for y, x in np.argwhere(equal > 0)
    ]
    return header, rows
