"""Clean text of a paragraph: spaces inside Chinese and emphasis marks dropped, every character with its address."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from jingwei.model import TracedText
from jingwei.text.lazy import lazy

_DROPPED = lazy(r"[\s\u200b\ufeff]+|\*\*|__")
_INVISIBLE = lazy(r"[\s\u200b\ufeff*_]")


def clean_ranges(text: str, ranges: Sequence[tuple[int, int]]) -> TracedText:
    """The characters of ``ranges`` joined; whitespace stays (as one space) only between ASCII letters or digits."""
    if len(ranges) == 1:
        start, end = ranges[0]
        piece = text[start:end]
        if _INVISIBLE.search(piece) is None:
            return TracedText(
                piece, np.arange(start, end, dtype=np.int32), np.arange(start + 1, end + 1, dtype=np.int32)
            )
    pieces: list[str] = []
    positions: list[np.ndarray] = []
    for start, end in ranges:
        piece = text[start:end]
        if _INVISIBLE.search(piece) is None:
            pieces.append(piece)
            positions.append(np.arange(start, end, dtype=np.int32))
            continue
        at = 0
        for gap in _DROPPED.finditer(piece):
            _append(pieces, positions, piece, start, at, gap.start())
            before, after = piece[gap.start() - 1 : gap.start()], piece[gap.end() : gap.end() + 1]
            if gap[0].isspace() and _is_latin(before) and _is_latin(after) and not (before + after).isdigit():
                pieces.append(" ")
                positions.append(np.array([start + gap.start()], dtype=np.int32))
            at = gap.end()
        _append(pieces, positions, piece, start, at, len(piece))
    starts = np.concatenate(positions) if positions else np.empty(0, np.int32)
    return TracedText("".join(pieces), starts, (starts + 1).astype(np.int32))


def _append(pieces: list[str], positions: list[np.ndarray], piece: str, base: int, start: int, end: int) -> None:
    if end > start:
        pieces.append(piece[start:end])
        positions.append(np.arange(base + start, base + end, dtype=np.int32))


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def join_traced(parts: Sequence[TracedText], separator_at: Sequence[int]) -> TracedText:
    r"""Parts joined by "\n"; the separator after part i has the empty raw range at ``separator_at[i]``."""
    if not parts:
        empty = np.empty(0, np.int32)
        return TracedText("", empty, empty)
    starts: list[np.ndarray] = []
    ends: list[np.ndarray] = []
    for i, part in enumerate(parts):
        if i:
            mark = np.array([separator_at[i - 1]], dtype=np.int32)
            starts.append(mark)
            ends.append(mark)
        starts.append(part.starts)
        ends.append(part.ends)
    return TracedText("\n".join(p.text for p in parts), np.concatenate(starts), np.concatenate(ends))
