"""Tables without rulings: rows whose cells stand below each other, kept apart where prose would be joined."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Final

from jingwei.sources.page import Line, rows_of

_SAME_PLACE_EM: Final = 0.6
_MIN_GAP_EM: Final = 1.0
_MAX_CELL_CHARS: Final = 60  # longer cells are prose in columns
_MAX_PITCH_EM: Final = 4.0


def table_rows(lines: Sequence[Line]) -> dict[int, str]:
    """Texts of the rows that belong to such tables by the ``id`` of each of their lines; only the first has a text.

    A row belongs if it has two cells or more, and so has the row above or below it, with two cells of both at the same
    place (left, middle or right). Cells of several lines stay as they are. Cost: one pass.
    """
    rows = [row for row in rows_of(lines) if row]
    found: dict[int, str] = {}
    for above, below in itertools.pairwise(rows):
        if not _is_row(above) or not _is_row(below) or not _share_columns(above, below):
            continue
        for row in (above, below):
            if id(row[0]) not in found:
                found.update((id(line), "") for line in row)
                found[id(row[0])] = "\t".join(line.text.strip() for line in row)
    return found


def _is_row(row: Sequence[Line]) -> bool:
    apart = all(b.x0 - a.x1 >= _MIN_GAP_EM * max(a.size, b.size) for a, b in itertools.pairwise(row))
    return len(row) > 1 and apart and all(line.text.strip() and len(line.text) <= _MAX_CELL_CHARS for line in row)


def _share_columns(above: Sequence[Line], below: Sequence[Line]) -> bool:
    size = max(above[0].size, below[0].size)
    if above[0].middle - below[0].middle > _MAX_PITCH_EM * size:
        return False
    return sum(any(_same_place(a, b, size) for b in below) for a in above) >= 2


def _same_place(a: Line, b: Line, size: float) -> bool:
    near = _SAME_PLACE_EM * size
    middle = abs((a.x0 + a.x1) - (b.x0 + b.x1)) / 2
    return abs(a.x0 - b.x0) < near or abs(a.x1 - b.x1) < near or middle < near
