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


@dataclass(slots=True)
class _Edge:
    page: int
    lines: list[Line]
    text: str
    key: str
    height_share: float


def without_furniture(pages: list[list[Line]], heights: list[float]) -> list[list[Line]]:
    """The lines of every page without heads, feet and page numbers.

    An outermost row is furniture if it is a bare page number, or if its text, digits aside, stands at the same height
    of at least two pages (a third of them from six pages on).
    """
    edges: list[_Edge] = []
    for number, (lines, height) in enumerate(zip(pages, heights, strict=True)):
        edges += _edges(number, lines, height)
    counts: Counter[tuple[str, int]] = Counter()
    for edge in edges:
        level = round(edge.height_share * 50)
        counts.update({(edge.key, level), (edge.key, level + 1)})
    needed = max(2, len(pages) // 3)
    dropped: set[int] = set()
    for edge in edges:
        level = round(edge.height_share * 50)
        repeats = max(counts[edge.key, level], counts[edge.key, level + 1])
        if _NUMBER.fullmatch(edge.text) or (repeats >= needed and len(edge.text) <= _MAX_HEAD_CHARS):
            dropped.update(id(line) for line in edge.lines)
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
