"""Reading order of one page: cells of ruled tables row by row, columns of prose one after the other."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from statistics import median
from typing import Final

from jingwei.sources.page import Line, Ruling, rows_of
from jingwei.sources.tables import Table, tables_of

_MIN_GUTTER_POINTS: Final = 7.0
_MIN_COLUMN_ROWS: Final = 4
_MIN_COLUMN_CHARS: Final = 7  # shorter cells are a table without rulings, not a column of prose
_MIN_FILL_SHARE: Final = 0.55
_MAX_COLUMN_DEPTH: Final = 3


@dataclass(slots=True)
class Block:
    """Lines that follow one another in one column; ``table`` blocks hold finished lines of text instead.

    ``left``/``right`` are the edges of the column; ``column`` is empty for the full width, else the
    path of column numbers from the left, (2, 1) being the first column inside the second.
    """

    lines: list[Line]
    left: float
    right: float
    column: tuple[int, ...] = ()
    table: Table | None = None


def blocks_of(lines: list[Line], rulings: list[Ruling]) -> list[Block]:
    """The blocks of a page in reading order."""
    tables, rest = tables_of(lines, rulings)
    holders = [Line("", t.x0, t.y0, t.x1, t.y1, 0.0) for t in tables]
    by_holder = {id(holder): table for holder, table in zip(holders, tables, strict=True)}
    blocks: list[Block] = []
    for block in _columns([*rest, *holders], 0):
        blocks += _split_at_tables(block, by_holder)
    return blocks


def _split_at_tables(block: Block, tables: dict[int, Table]) -> list[Block]:
    parts: list[Block] = []
    for line in block.lines:
        table = tables.get(id(line))
        if table is not None:
            parts.append(Block([], block.left, block.right, block.column, table))
        elif parts and parts[-1].table is None:
            parts[-1].lines.append(line)
        else:
            parts.append(Block([line], block.left, block.right, block.column))
    return parts


def _columns(lines: list[Line], depth: int) -> list[Block]:
    """Bands of rows that a gutter divides become columns; everything between them keeps the full width."""
    if not lines:
        return []
    whole = Block(_flat(rows_of(lines)), min(i.x0 for i in lines), max(i.x1 for i in lines))
    if depth >= _MAX_COLUMN_DEPTH:
        return [whole]
    gutter = _gutter(rows_of(lines))
    if gutter is None:
        return [whole]
    blocks: list[Block] = []
    loose: list[Line] = []
    for band, divided in _bands(lines, gutter):
        left = [i for i in band if i.x1 <= gutter + 1]
        right = [i for i in band if i.x1 > gutter + 1]
        if divided and _is_prose(left) and _is_prose(right):
            if loose:
                blocks.append(Block(_flat(rows_of(loose)), whole.left, whole.right))
                loose = []
            for column, side in enumerate((left, right), 1):
                for inner in _columns(side, depth + 1):
                    inner.column = (column, *inner.column)
                    blocks.append(inner)
        else:
            loose += band
    if loose:
        blocks.append(Block(_flat(rows_of(loose)), whole.left, whole.right))
    return blocks


def _flat(rows: list[list[Line]]) -> list[Line]:
    return [line for row in rows for line in row]


def _gutter(rows: list[list[Line]]) -> float | None:
    """The x that lies in a gap of the most rows, if at least ``_MIN_COLUMN_ROWS`` rows have one there."""
    gaps = [
        (left.x1, right.x0)
        for row in rows
        for left, right in itertools.pairwise(row)
        if right.x0 - left.x1 >= _MIN_GUTTER_POINTS
    ]
    best, best_count = None, 0
    for x1, x0 in gaps:
        middle = (x0 + x1) / 2
        count = sum(low <= middle <= high for low, high in gaps)
        if count > best_count:
            best, best_count = middle, count
    return best if best_count >= _MIN_COLUMN_ROWS else None


def _bands(lines: list[Line], gutter: float) -> list[tuple[list[Line], bool]]:
    """Runs of rows that cross the gutter and runs that do not, from top to bottom."""
    bands: list[tuple[list[Line], bool]] = []
    for row in rows_of(lines):
        divided = all(line.x1 <= gutter + 1 or line.x0 >= gutter - 1 for line in row)
        if bands and bands[-1][1] == divided:
            bands[-1][0].extend(row)
        else:
            bands.append((list(row), divided))
    return bands


def _is_prose(lines: list[Line]) -> bool:
    """Enough full lines to be a column of text, or one table."""
    if any(not line.text for line in lines):
        return True
    if len(lines) < _MIN_COLUMN_ROWS - 1:
        return False
    width = max(i.x1 for i in lines) - min(i.x0 for i in lines)
    full = median(i.x1 - i.x0 for i in lines) >= _MIN_FILL_SHARE * width
    return full and median(len(i.text) for i in lines) >= _MIN_COLUMN_CHARS
