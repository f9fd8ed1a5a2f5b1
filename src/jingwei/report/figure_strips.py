"""The strip picture: one row per report, one column per paragraph, colour and hatch by kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from jingwei.model import KINDS, Assessment, Comparison, FloatArray, IntArray
from jingwei.report.composition import Composition, Stretch, kinds_of_characters
from jingwei.report.csv_text import Cell, csv_bytes
from jingwei.report.labels import report_labels, shorten
from jingwei.report.palette import INK, KIND_COLOURS, KIND_HATCHES, LINE, MUTED
from jingwei.report.picture import MARGIN, Drawn, Sheet, check_format, drawing, save, text_inches
from jingwei.report.words import KIND_LABELS, percent
from jingwei.settings import ReportSettings

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MOST_HATCHED = 60  # reports up to which every kind has its hatch; beyond, lightness alone tells them apart
_MOST_LABELS = 40
_CELL_PARTS = 12  # columns of pixels per paragraph in the picture of a large batch
_TOP_INCHES = 1.05

Run = tuple[float, float, int]  # from, to in [0, 1] of the paragraph, kind number


def draw_strips(
    comparison: Comparison, path: Path | str, settings: ReportSettings, *, table: str | None = None
) -> Drawn:
    """Write the strip picture (.png, .svg, .pdf) and the characters by kind of every paragraph as CSV.

    Every cell is one body paragraph, filled from left to right in the order of its text. Rows stand in cluster order.

    Raises:
        UsageError: unknown suffix, or the place cannot be written.
    """
    check_format(Path(path))
    order = list(comparison.order)
    names = report_labels(comparison, anonymise=settings.anonymise)
    labels = [names[i] for i in order]
    reports = [comparison.assessments[i] for i in order]
    strips, paragraphs = [], []
    for report in reports:  # one at a time: the totals of a large batch together would fill the memory
        composition = Composition(report)
        strips.append(_cells_of(report, composition.kinds))
        paragraphs.append(composition.many([p.ranges for p in report.report.structure.paragraphs]))
    columns = max((s.paragraphs for s in strips), default=1) or 1
    count, english = len(order), settings.language == "en"
    size = 9 if count <= 25 else 7.5
    row = 0.34 if count <= 12 else 0.24 if count <= 30 else max(0.018, min(0.2, 9.0 / count))
    room = max((text_inches(shorten(name), size) for name in labels), default=0.5) + 0.12
    plot_width, plot_height = max(6.8, min(11.0, 0.24 * columns)), max(0.5, row * count)
    left = MARGIN + room
    width, height = left + plot_width + 0.9, _TOP_INCHES + plot_height + 0.95
    with drawing(settings) as font:
        sheet = Sheet(width, height, font)
        _headline(sheet, count, english)
        axes = sheet.axes(left, _TOP_INCHES, plot_width, plot_height)
        axes.set_xlim(0, columns)
        axes.set_ylim(count, 0)
        if count <= _MOST_HATCHED:
            _draw_cells(axes, [paragraph_runs(report) for report in reports])
        else:
            axes.imshow(_pixels(strips, columns), extent=(0, columns, count, 0), interpolation="nearest", aspect="auto")
        _row_labels(sheet, axes, labels, reports, columns, size)
        _column_numbers(sheet, axes, columns, count)
        draw_kind_legend(sheet, _TOP_INCHES + plot_height + 0.5, english=english)
        return save(sheet, path, table, csv_bytes(*_table(labels, paragraphs, english)))


def paragraph_runs(report: Assessment) -> list[list[Run]]:
    """Per body paragraph its stretches of one kind, as shares of the paragraph in the order of the text."""
    cells = _cells_of(report, kinds_of_characters(report))
    strips: list[list[Run]] = [[] for _ in range(cells.paragraphs)]
    for at, start, end, kind in zip(*(column.tolist() for column in cells.columns), strict=True):
        strips[at].append((start, end, kind))
    return strips


class _Cells(NamedTuple):
    """The runs of all counted paragraphs of a report: (number of the paragraph, from, to, kind) by column."""

    paragraphs: int
    columns: tuple[IntArray, FloatArray, FloatArray, IntArray]


def _cells_of(report: Assessment, kinds: IntArray) -> _Cells:
    ranges = [p.ranges for p in report.report.structure.paragraphs]
    found = np.concatenate([kinds[:0], *(kinds[start:end] for pieces in ranges for start, end in pieces)])
    owner = np.repeat(
        np.arange(len(ranges), dtype=np.int32), [sum(max(0, end - start) for start, end in p) for p in ranges]
    )
    counted = found >= 0
    found, owner = found[counted], owner[counted]
    if not len(found):
        return _Cells(0, (owner, np.zeros(0), np.zeros(0), found))
    edges = np.flatnonzero((np.diff(found) != 0) | (np.diff(owner) != 0)) + 1
    starts = np.concatenate(([0], edges))
    ends = np.concatenate((edges, [len(found)]))
    sizes = np.bincount(owner)
    before = np.cumsum(sizes) - sizes  # counted characters before each paragraph
    number = np.cumsum(sizes > 0) - 1  # paragraphs without a counted character have no cell
    at = owner[starts]
    shares = ((edge - before[at]) / sizes[at] for edge in (starts, ends))
    return _Cells(int(number[-1]) + 1, (number[at], *shares, found[starts]))


def _draw_cells(axes: Axes, strips: Sequence[Sequence[Sequence[Run]]]) -> None:
    from matplotlib.collections import LineCollection
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path as MplPath

    boxes: dict[int, list[list[tuple[float, float]]]] = defaultdict(list)
    borders = []
    for y, paragraphs in enumerate(strips):
        top, bottom = y + 0.1, y + 0.9
        for x, runs in enumerate(paragraphs):
            for start, end, number in runs:
                a, b = x + 0.03 + 0.94 * start, x + 0.03 + 0.94 * end
                boxes[number].append([(a, top), (b, top), (b, bottom), (a, bottom)])
            borders.append([(x + 0.03, top), (x + 0.97, top), (x + 0.97, bottom), (x + 0.03, bottom), (x + 0.03, top)])
    for number in sorted(boxes):
        kind: str = KINDS[number]
        light = kind in {"recycled", "copied"}
        # One compound path a kind: a hatch on each of thousands of boxes takes seconds.
        outline = MplPath.make_compound_path_from_polys(np.array(boxes[number]))
        axes.add_artist(  # not add_patch, which walks every corner for limits that are set anyway
            PathPatch(
                outline,
                facecolor=KIND_COLOURS[kind],
                hatch=KIND_HATCHES[kind] or None,
                edgecolor="#ffffff99" if light else "#1d273355",
                linewidth=0,
            )
        )
    axes.add_collection(LineCollection(borders, colors=LINE, linewidths=0.4))


def _pixels(reports: Sequence[_Cells], columns: int) -> Any:  # noqa: ANN401 - numpy image
    palette = np.array([[int(KIND_COLOURS[k][i : i + 2], 16) for i in (1, 3, 5)] for k in KINDS], dtype=np.uint8)
    # With an alpha of their own: matplotlib would add one as float64 and scale four times the bytes.
    image = np.full((len(reports), columns * _CELL_PARTS, 4), 255, dtype=np.uint8)
    for y, cells in enumerate(reports):
        _, start, end, kind = cells.columns
        widths = np.rint(end * _CELL_PARTS).astype(int) - np.rint(start * _CELL_PARTS).astype(int)
        image[y, : cells.paragraphs * _CELL_PARTS, :3] = palette[np.repeat(kind, widths)]
    return image


def _headline(sheet: Sheet, count: int, english: bool) -> None:
    if english:
        sheet.heading(
            "Kinds of wording along each report",
            f"{count} reports in cluster order; a column is a paragraph, filled in the order of its text; "
            "right: originality",
        )
    else:
        sheet.heading(
            "各报告逐段成分图",
            f"共 {count} 篇，每行一篇，每格一个自然段（格内从左到右为行文先后）；按相近程度排列；右侧为原创度",
        )


def _row_labels(
    sheet: Sheet,
    axes: Axes,
    labels: Sequence[str],
    reports: Sequence[Assessment],
    columns: int,
    size: float,
) -> None:
    gap = columns * 0.008
    for y in range(0, len(labels), -(-len(labels) // _MOST_LABELS)):
        sheet.label(axes, -gap, y + 0.5, shorten(labels[y]), size, ha="right", va="center")
        scores = reports[y].scores
        shown = percent(scores.originality, upper_bound=scores.originality_is_upper_bound)
        sheet.label(axes, columns + gap, y + 0.5, shown, size - 1, ha="left", va="center", color=MUTED)


def _column_numbers(sheet: Sheet, axes: Axes, columns: int, count: int) -> None:
    step = 1 if columns <= 12 else 5 if columns <= 60 else 20
    for x in range(0, columns, step):
        number = x + 1 if step == 1 else max(1, x)
        axes.plot([number - 0.5] * 2, [count, count], color=MUTED)
        sheet.label(axes, number - 0.5, count, f"{number}", 7, ha="center", va="top", color=MUTED)


def draw_paragraph_bars(axes: Axes, report: Assessment, *, upright: bool) -> None:
    """A strip of one report beside an axis: every paragraph one cell, downwards or to the right."""
    from matplotlib.collections import PolyCollection

    strips = paragraph_runs(report)
    boxes: dict[int, list[list[tuple[float, float]]]] = defaultdict(list)
    for at, runs in enumerate(strips):
        for start, end, number in runs:
            a, b = at + start, at + end
            boxes[number].append([(0, a), (1, a), (1, b), (0, b)] if upright else [(a, 0), (a, 1), (b, 1), (b, 0)])
    for number in sorted(boxes):
        axes.add_collection(PolyCollection(boxes[number], facecolors=KIND_COLOURS[KINDS[number]], linewidths=0))
    axes.set_xlim((0, 1) if upright else (0, max(1, len(strips))))
    axes.set_ylim((max(1, len(strips)), 0) if upright else (1, 0))


def draw_kind_legend(sheet: Sheet, top: float, *, english: bool) -> None:
    """The six kinds with colour and hatch, in one line at ``top`` inches."""
    from matplotlib.patches import Rectangle

    axes = sheet.axes(MARGIN, top, sheet.width - 2 * MARGIN, 0.3)
    axes.set_xlim(0, sheet.width - 2 * MARGIN)
    axes.set_ylim(0.3, 0)
    x = 0.0
    for kind in KINDS:
        light = kind in {"recycled", "copied"}
        axes.add_patch(
            Rectangle(
                (x, 0.05),
                0.3,
                0.18,
                facecolor=KIND_COLOURS[kind],
                hatch=KIND_HATCHES[kind] or None,
                edgecolor="#ffffff99" if light else "#1d273355",
                linewidth=0,
            )
        )
        axes.add_patch(Rectangle((x, 0.05), 0.3, 0.18, fill=False, edgecolor=MUTED, linewidth=0.5))
        words = KIND_LABELS[kind].text("en" if english else "zh")
        sheet.label(axes, x + 0.37, 0.14, words, 8.5, va="center", color=INK)
        x += 0.37 + text_inches(words, 8.5) + 0.28


def _table(
    labels: Sequence[str], reports: Sequence[Sequence[Stretch]], english: bool
) -> tuple[list[str], list[Sequence[Cell]]]:
    language = "en" if english else "zh"
    kinds = [KIND_LABELS[kind].text(language) for kind in KINDS]
    header = ["report", "paragraph", "chars", *kinds] if english else ["报告", "段", "字数", *kinds]
    rows: list[Sequence[Cell]] = []
    for label, paragraphs in zip(labels, reports, strict=True):
        counted = [stretch for stretch in paragraphs if stretch.body]
        rows += [[label, number, stretch.body, *stretch.chars] for number, stretch in enumerate(counted, 1)]
    return header, rows
