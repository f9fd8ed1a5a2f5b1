"""Running heads, feet and page numbers of paged documents: found by position and repetition, taken out."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from jingwei.sources.page import Line, rows_of

_ZONE_SHARE: Final = 0.13  # of the page height, at the top and at the bottom
_NUMBER: Final = re.compile(
    r"[-—–─_·•~\s]*(?:第?\s*\d{1,4}\s*页?|[ivxlIVXL]{1,6}|第\s*\d{1,4}\s*页\s*[,，/、]?\s*共\s*\d{1,4}\s*页|\d{1,4}\s*[/／]\s*\d{1,4}|[Pp]age\s*\d+(?:\s*of\s*\d+)?)[-—–─_·•~\s]*"
)
_DIGITS: Final = re.compile(r"\d+")
_MAX_HEAD_CHARS: Final = 60
_MAX_SHARE: Final = 0.8  # of the text: what repeats beyond that is the text, on slides for example


@dataclass(slots=True)
class _Edge:
    page: int
    lines: list[Line]
    text: str
    key: str
    height_share: float

    @property
    def level(self) -> int:
        """Height in fiftieths of the page; the same head may fall into this step or the next."""
        return round(self.height_share * 50)


def without_furniture(pages: list[list[Line]], heights: list[float]) -> list[list[Line]]:
    """The lines of every page without heads, feet and page numbers.

    An outermost row is furniture if it is a bare page number, or if its text, digits aside, stands at the same height
    of at least two pages (a third of them from six pages on). Where that would take most of the text, all is kept.
    """
    edges: list[_Edge] = []
    for number, (lines, height) in enumerate(zip(pages, heights, strict=True)):
        edges += _edges(number, lines, height)
    places = {(edge.page, edge.key, level) for edge in edges for level in (edge.level, edge.level + 1)}
    counts = Counter((key, level) for _, key, level in places)  # of pages: two rows of one page repeat nothing
    needed = max(2, len(pages) // 3)
    dropped: set[int] = set()
    for edge in edges:
        repeats = max(counts[edge.key, edge.level], counts[edge.key, edge.level + 1])
        if _NUMBER.fullmatch(edge.text) or (repeats >= needed and len(edge.text) <= _MAX_HEAD_CHARS):
            dropped.update(id(line) for line in edge.lines)
    sizes = [(len(line.text), id(line) in dropped) for lines in pages for line in lines]
    if sum(size for size, drop in sizes if drop) > _MAX_SHARE * sum(size for size, _ in sizes):
        return pages
    return [[line for line in lines if id(line) not in dropped] for lines in pages]


def _edges(number: int, lines: list[Line], height: float) -> list[_Edge]:
    """The two outermost rows at either end, as far as they lie in the margin zones."""
    rows = rows_of(lines)
    found: list[_Edge] = []
    for position, row in enumerate(rows):
        outer = position < 2 or position >= len(rows) - 2
        share = row[0].middle / height if height else 0.5
        if not outer or _ZONE_SHARE < share < 1 - _ZONE_SHARE:
            continue
        text = "".join(line.text for line in row).strip()
        found.append(_Edge(number, row, text, _DIGITS.sub("#", re.sub(r"\s", "", text)), share))
    return found
