"""Tables drawn with rulings: text lines are sorted into the cells that enclose them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import Final

from jingwei.sources.page import Line, Ruling, rows_of
from jingwei.sources.reflow import Frame, paragraphs_of_lines

_TOLERANCE: Final = 2.5  # points between a ruling and what it bounds
_MAX_RULINGS: Final = 3000
_MIN_CELLS: Final = 2
_MAX_CELL_CHARS: Final = 60

Cell = tuple[float, float, float, float]


@dataclass(slots=True)
class Table:
    """A table as finished lines of text, one a row, with its box."""

    x0: float
    y0: float
    x1: float
    y1: float
    rows: list[str] = field(default_factory=list)


def tables_of(lines: list[Line], rulings: list[Ruling]) -> tuple[list[Table], list[Line]]:
    """The ruled tables of a page and the lines outside of them.

    A frame around running text is no table: cells count only where at least two lie side by side or below each other.
    """
    if len(rulings) < 4 or len(rulings) > _MAX_RULINGS:
        return [], lines
    flat = sorted((r for r in rulings if r.y0 == r.y1), key=lambda r: r.y0)
    upright = sorted((r for r in rulings if r.x0 == r.x1), key=lambda r: r.x0)
    cells: dict[Cell, list[Line]] = {}
    rest: list[Line] = []
    for line in lines:
        cell = _cell_of(line, flat, upright)
        if cell is None:
            rest.append(line)
        else:
            cells.setdefault(cell, []).append(line)
    tables: list[Table] = []
    for group in _connected(list(cells)):
        content = {cell: cells[cell] for cell in group}
        if len(group) < _MIN_CELLS:
            rest += [line for found in content.values() for line in found]
        else:
            rest = _take_open_cells(content, rest, flat, upright)
            tables.append(_table(content))
    return tables, rest


def _take_open_cells(
    content: dict[Cell, list[Line]], rest: list[Line], flat: list[Ruling], upright: list[Ruling]
) -> list[Line]:
    """Cells that a page end cuts open have no lower or upper ruling: the table's own edge stands for it."""
    x0, y0 = min(c[0] for c in content) - _TOLERANCE, min(c[1] for c in content) - _TOLERANCE
    x1, y1 = max(c[2] for c in content) + _TOLERANCE, max(c[3] for c in content) + _TOLERANCE
    edges = [Ruling(x0, y0, x1, y0), *flat, Ruling(x0, y1, x1, y1)]
    left: list[Line] = []
    for line in rest:
        inside = x0 <= line.x0 and line.x1 <= x1 and y0 <= line.y0 and line.y1 <= y1
        cell = _cell_of(line, edges, upright) if inside else None
        if cell is None:
            left.append(line)
        else:
            content.setdefault(cell, []).append(line)
    return left


def _cell_of(line: Line, flat: list[Ruling], upright: list[Ruling]) -> Cell | None:
    x, y = min(line.x0 + line.size / 2, (line.x0 + line.x1) / 2), line.middle
    bottom = next((r.y0 for r in reversed(flat[: bisect_right(flat, y, key=lambda r: r.y0)]) if _spans_x(r, x)), None)
    top = next((r.y0 for r in flat[bisect_left(flat, y, key=lambda r: r.y0) :] if _spans_x(r, x)), None)
    left = next(
        (r.x0 for r in reversed(upright[: bisect_right(upright, x, key=lambda r: r.x0)]) if _spans_y(r, y)), None
    )
    right = next((r.x0 for r in upright[bisect_left(upright, x, key=lambda r: r.x0) :] if _spans_y(r, y)), None)
    if bottom is None or top is None or left is None or right is None:
        return None
    return round(left, 1), round(bottom, 1), round(right, 1), round(top, 1)


def _spans_x(ruling: Ruling, x: float) -> bool:
    return ruling.x0 - _TOLERANCE <= x <= ruling.x1 + _TOLERANCE


def _spans_y(ruling: Ruling, y: float) -> bool:
    return ruling.y0 - _TOLERANCE <= y <= ruling.y1 + _TOLERANCE


def _connected(cells: list[Cell]) -> list[list[Cell]]:
    """Cells whose boxes touch belong to one table."""
    groups: list[list[Cell]] = []
    for cell in cells:
        touching = [g for g in groups if any(_touch(cell, other) for other in g)]
        merged = [cell, *(other for g in touching for other in g)]
        groups = [g for g in groups if g not in touching] + [merged]
    return groups


def _touch(a: Cell, b: Cell) -> bool:
    near = 2 * _TOLERANCE
    return a[0] <= b[2] + near and b[0] <= a[2] + near and a[1] <= b[3] + near and b[1] <= a[3] + near


def _table(cells: dict[Cell, list[Line]]) -> Table:
    box = (min(c[0] for c in cells), min(c[1] for c in cells), max(c[2] for c in cells), max(c[3] for c in cells))
    table = Table(*box)
    ordered = sorted(cells, key=lambda c: (-c[3], c[0]))
    rows: list[list[Cell]] = []
    for cell in ordered:
        if rows and abs(rows[-1][0][3] - cell[3]) <= _TOLERANCE:
            rows[-1].append(cell)
        else:
            rows.append([cell])
    for row in rows:
        texts = [_cell_text(cell, cells[cell]) for cell in sorted(row)]
        flat = [text for cell in texts for text in cell]
        if all(len(text) <= 1 for text in texts) and all(len(text) <= _MAX_CELL_CHARS for text in flat):
            table.rows.append("\t".join(flat))
        else:
            table.rows += flat
    return table


def _cell_text(cell: Cell, lines: list[Line]) -> list[str]:
    ordered = [line for row in rows_of(lines) for line in row]
    if sum(len(line.text) for line in ordered) <= _MAX_CELL_CHARS:
        return ["".join(line.text for line in ordered)]
    return paragraphs_of_lines(ordered, Frame(cell[0] + _TOLERANCE, cell[2] - _TOLERANCE))
