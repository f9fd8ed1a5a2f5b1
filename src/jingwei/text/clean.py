"""Clean text of a paragraph: spaces inside Chinese and emphasis marks dropped, every character with its address.

Addresses are kept as runs (characters that stood side by side) until the whole text is known: one array then costs
less than one a paragraph.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np

from jingwei.model import TracedText
from jingwei.text.lazy import lazy

_DROPPED = lazy(r"[\s\u200b\ufeff]+|\*\*|__")


class CleanParagraph:
    """The characters of a paragraph; run i begins at ``at[i]`` in ``text`` and at ``raw[i]`` in the document."""

    __slots__ = ("at", "raw", "text")

    def __init__(self, text: str, at: Sequence[int], raw: Sequence[int]) -> None:
        self.text = text
        self.at = at
        self.raw = raw

    def raw_range(self, start: int, end: int) -> tuple[int, int]:
        """Raw range of the non-empty stretch ``start:end``."""
        if len(self.at) == 1:
            return self.raw[0] + start, self.raw[0] + end
        first, last = bisect_right(self.at, start) - 1, bisect_right(self.at, end - 1) - 1
        return self.raw[first] + start - self.at[first], self.raw[last] + end - self.at[last]

    def runs(self, start: int, end: int) -> list[tuple[int, int]]:
        """(raw start, length) of the runs within ``start:end``."""
        if len(self.at) == 1:
            return [(self.raw[0] + start, end - start)]
        found: list[tuple[int, int]] = []
        number = bisect_right(self.at, start) - 1
        while start < end:
            stop = min(end, self.at[number + 1]) if number + 1 < len(self.at) else end
            found.append((self.raw[number] + start - self.at[number], stop - start))
            start, number = stop, number + 1
        return found


def clean_ranges(text: str, ranges: Sequence[tuple[int, int]]) -> CleanParagraph:
    """The characters of ``ranges`` joined; whitespace stays (as one space) only between ASCII letters or digits."""
    if len(ranges) == 1:
        start, end = ranges[0]
        piece = text[start:end]
        if _is_clean(piece):
            return CleanParagraph(piece, (0,), (start,))
    pieces: list[str] = []
    raw: list[int] = []
    for start, end in ranges:
        piece = text[start:end]
        if _is_clean(piece):
            pieces.append(piece)
            raw.append(start)
            continue
        at = 0
        for gap in _DROPPED.finditer(piece):
            if gap.start() > at:
                pieces.append(piece[at : gap.start()])
                raw.append(start + at)
            before, after = piece[gap.start() - 1 : gap.start()], piece[gap.end() : gap.end() + 1]
            if gap[0].isspace() and _is_latin(before) and _is_latin(after) and not (before + after).isdigit():
                pieces.append(" ")
                raw.append(start + gap.start())
            at = gap.end()
        if at < len(piece):
            pieces.append(piece[at:])
            raw.append(start + at)
    if len(pieces) == 1:
        return CleanParagraph(pieces[0], (0,), raw)
    offsets, length = [], 0
    for piece in pieces:
        offsets.append(length)
        length += len(piece)
    return CleanParagraph("".join(pieces), offsets, raw)


def _is_clean(piece: str) -> bool:
    """Whether there is nothing to drop: no whitespace (sooner told by splitting than by looking) and no mark."""
    return (
        piece.split() == [piece]
        and "*" not in piece
        and "_" not in piece
        and "\u200b" not in piece
        and "\ufeff" not in piece
    )


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


class CleanText:
    r"""Paragraphs joined by "\n" to one traced text; a separator has the empty raw range behind the text before it."""

    def __init__(self) -> None:
        self.length = 0
        self._texts: list[str] = []
        self._runs: list[tuple[int, int]] = []
        self._separators: list[int] = []

    def add(self, paragraph: CleanParagraph, spans: Sequence[tuple[int, int]]) -> int:
        """Append the stretches ``spans`` of a paragraph, which must not be empty; where they begin."""
        if self._texts:
            last_start, last_length = self._runs[-1]
            self._separators.append(self.length)
            self._runs.append((last_start + last_length, 1))
            self.length += 1
        begin = self.length
        for start, end in spans:
            self._runs += paragraph.runs(start, end)
            self.length += end - start
        self._texts.append("".join([paragraph.text[start:end] for start, end in spans]))
        return begin

    def traced(self) -> TracedText:
        """All of it with the address of every character."""
        runs = np.array(self._runs, dtype=np.int32).reshape(-1, 2)
        raw, lengths = runs[:, 0], runs[:, 1]
        begins = np.cumsum(lengths, dtype=np.int32) - lengths
        starts = np.repeat(raw - begins, lengths) + np.arange(self.length, dtype=np.int32)
        ends = starts + np.int32(1)
        ends[self._separators] -= 1
        return TracedText("\n".join(self._texts), starts, ends)
