"""What a page of a fixed-layout document is made of, whatever its format: glyphs, rulings, and lines built of glyphs.

Lengths are points, y grows upwards as in PDF.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

_MERGE_GAP_EM: Final = 1.6  # letter-spaced titles have gaps of a character and more
_SAME_ROW_SHARE: Final = 0.5
_CELL_POINTS: Final = 2.0
_AROUND: Final = tuple((dx, dy) for dx in (0, -1, 1) for dy in (0, -1, 1))
_DOUBLE_SHARE: Final = 0.12  # of the size: the distance at which a repeated character is a second stroke


class Glyph(NamedTuple):
    """One visible character with its box; ``spaced`` if the file has a space before it."""

    char: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    spaced: bool


class Ruling(NamedTuple):
    """A straight line of a table or frame, horizontal (y0 = y1) or vertical (x0 = x1)."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class Line:
    """Glyphs on one row without a wide gap. Mutable: lines grow and merge while a page is put together."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float

    @property
    def middle(self) -> float:
        """Height of the middle of the line."""
        return (self.y0 + self.y1) / 2


@dataclass(slots=True)
class Page:
    """One page before reflow; ``number`` counts from 1."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)
    pictures: int = 0
    unmapped: int = 0  # characters whose font does not say what they are


def same_row(left: Line, right: Line) -> bool:
    """Do two lines overlap vertically by half of the lower one, or does one contain the other's middle?"""
    overlap = min(left.y1, right.y1) - max(left.y0, right.y0)
    return overlap >= _SAME_ROW_SHARE * min(left.y1 - left.y0, right.y1 - right.y0)


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """Lines of a page from its glyphs in the order of the file, sorted from top to bottom and left to right."""
    runs: list[Line] = []
    for glyph in _without_doubles(glyphs):
        last = runs[-1] if runs else None
        if last is None or not _continues(last, glyph):
            runs.append(Line(glyph.char, glyph.x0, glyph.y0, glyph.x1, glyph.y1, glyph.size))
            continue
        if glyph.spaced and last.text[-1:].isascii() and glyph.char.isascii():
            last.text += " "
        if not glyph.char.isascii():  # figures often stand in another font with a taller box
            last.size = glyph.size if last.text.isascii() else max(last.size, glyph.size)
        last.text += glyph.char
        last.x1 = max(last.x1, glyph.x1)
        last.y0, last.y1 = min(last.y0, glyph.y0), max(last.y1, glyph.y1)
    return _merged(runs)


def _without_doubles(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """Characters drawn again a hair's breadth away, which is how some programs make text bold, count once."""
    seen: dict[str, dict[tuple[int, int], tuple[float, float]]] = {}  # by character, then by cell of the page
    for glyph in glyphs:
        column, row = int(glyph.x0 / _CELL_POINTS), int(glyph.y0 / _CELL_POINTS)
        cells = seen.setdefault(glyph.char, {})
        if cells:
            near = [cells[cell] for dx, dy in _AROUND if (cell := (column + dx, row + dy)) in cells]
            limit = _DOUBLE_SHARE * glyph.size
            if any(abs(x - glyph.x0) < limit and abs(y - glyph.y0) < limit for x, y in near):
                continue
        cells[column, row] = (glyph.x0, glyph.y0)
        yield glyph


def _continues(last: Line, glyph: Glyph) -> bool:
    size = max(last.size, glyph.size)
    if abs(last.size - glyph.size) > 0.45 * size:
        return False
    overlap = min(last.y1, glyph.y1) - max(last.y0, glyph.y0)
    if overlap < _SAME_ROW_SHARE * min(last.y1 - last.y0, glyph.y1 - glyph.y0):
        return False
    return -0.5 * size <= glyph.x0 - last.x1 <= _MERGE_GAP_EM * size


def rows_of(lines: Iterable[Line]) -> list[list[Line]]:
    """Lines grouped into rows, top row first, each from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda item: (-item.middle, item.x0)):
        for row in reversed(rows[-3:]):
            if same_row(row[0], line):
                row.append(line)
                break
        else:
            rows.append([line])
    for row in rows:
        row.sort(key=lambda item: item.x0)
    return rows


def _merged(runs: list[Line]) -> list[Line]:
    """Runs of one row that touch become one line: a change of font or of writing order starts a run."""
    merged: list[Line] = []
    for row in rows_of(runs):
        current = row[0]
        for line in row[1:]:
            size = max(current.size, line.size)
            if -0.5 * size <= line.x0 - current.x1 <= 0.9 * size:
                _append(current, line)
            else:
                merged.append(current)
                current = line
        merged.append(current)
    return merged


def _append(left: Line, right: Line) -> None:
    gap = right.x0 - left.x1
    latin = left.text[-1:].isascii() and right.text[:1].isascii()
    left.text += (" " if latin and gap > 0.15 * right.size else "") + right.text
    if right.x1 - right.x0 > left.x1 - left.x0:
        left.size = right.size
    left.x1 = max(left.x1, right.x1)
    left.y0, left.y1 = min(left.y0, right.y0), max(left.y1, right.y1)
