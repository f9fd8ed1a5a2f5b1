"""Lines of a page back into the paragraphs they were broken from."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from jingwei.sources.page import Line

_SENTENCE_ENDS: Final = "。！？；：!?;:…"
_CLOSERS: Final = "”’」』）》)〕】"
_NUMBERED: Final = re.compile(
    r"(?:第?[一二三四五六七八九十百]{1,4}[、章节条]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、．](?!\d)|[①-⑳⑴-⒛]|附件?\s*[:：\d]|[-•●■◆▪])"
)
_UNBREAKABLE: Final = re.compile(r"[“‘（《〈「『【〔(\[]*(?:[!-~]+|.)[，。、；：！？）》〉」』】〕”’…—%]*(?:[“”‘’]+.)*")
_INDENT_EM: Final = 1.2
_SIZE_STEP: Final = 0.12
_TITLE_SIZE: Final = 1.15  # times the size of the body
_PITCH_STEP: Final = 1.25


@dataclass(slots=True)
class Frame:
    """The edges that lines of a column keep, and how paragraphs are marked in it."""

    left: float
    right: float
    size: float = 0.0
    pitch: float = 0.0
    indented: bool = True  # first lines are indented; else only gaps, short lines and numbers mark a paragraph


def frame_of(lines: Sequence[Line]) -> Frame:
    """The frame of a column from all its lines, best over many pages."""
    chars: Counter[float] = Counter()
    for line in lines:
        chars[round(line.size, 1)] += len(line.text)
    size = chars.most_common(1)[0][0] if chars else 10.0
    body = [line for line in lines if abs(line.size - size) <= _SIZE_STEP * size] or list(lines)
    edges: Counter[int] = Counter()
    for line in body:
        if len(line.text) > 6:
            edges[round(line.x0)] += 1
    long = sorted(line.x1 for line in body)
    right = long[int(len(long) * 0.95)] if long else 0.0
    common = [x for x, n in edges.items() if n >= 0.1 * sum(edges.values())]
    left = float(min(common)) if common else min((line.x0 for line in body), default=0.0)
    pitches = [a.middle - b.middle for a, b in itertools.pairwise(body) if 0 < a.middle - b.middle < 4 * size]
    frame = Frame(left, right, size, median(pitches) if pitches else 1.5 * size)
    starts = [b for a, b in itertools.pairwise(body) if _ends_sentence(a) and right - a.x1 > 2 * size]
    if starts:
        frame.indented = sum(_is_indented(b, frame) for b in starts) >= 0.5 * len(starts)
    return frame


def paragraphs_of_lines(lines: Sequence[Line], frame: Frame) -> list[str]:
    """Paragraphs of one column in one go; see :class:`Flow` for columns that go on over pages."""
    if not frame.size:
        known = frame_of(lines)
        frame = Frame(frame.left, min(frame.right, known.right + known.size), known.size, known.pitch, known.indented)
    flow = Flow()
    for at, line in enumerate(lines):
        flow.add(line, frame, new_page=at == 0)
    return flow.paragraphs


class Flow:
    """Paragraphs under construction: lines are added in reading order, over page ends too."""

    def __init__(self) -> None:
        self.paragraphs: list[str] = []
        self._last: Line | None = None
        self._frame: Frame | None = None

    def add(self, line: Line, frame: Frame, *, new_page: bool) -> None:
        """Take the next line; it goes on with the last paragraph or starts one."""
        last = self._last
        if last is not None and self.paragraphs and self._joins(last, line, frame, new_page):
            self.paragraphs[-1] = joined(self.paragraphs[-1], line.text)
        elif last is not None and not new_page and _beside(last, line):
            self.paragraphs[-1] += "\t" + line.text
        else:
            self.paragraphs.append(line.text)
        self._last, self._frame = line, frame

    def add_finished(self, rows: Sequence[str]) -> None:
        """Lines that are paragraphs already, such as rows of a table."""
        self.paragraphs += rows
        self._last = None

    def _joins(self, last: Line, line: Line, frame: Frame, new_page: bool) -> bool:
        before = self._frame or frame
        size = max(last.size, line.size)
        if abs(last.size - line.size) > _SIZE_STEP * size or not _is_full_or_title(last, line, before):
            return False
        if not new_page:
            if _is_middle(line, frame) and _is_middle(last, before) and _titles_join(last, line, frame):
                return True
            centred = _is_centred(last, before) and _is_centred(line, frame)
            distant = last.middle - line.middle > _PITCH_STEP * max(frame.pitch, 1.1 * size)
            if _beside(last, line) or centred or distant or not _is_full(last, line, before):
                return False
        if _ends_sentence(last):
            numbered = _NUMBERED.match(line.text) is not None
            return not _is_indented(line, frame) and (frame.indented or not numbered)
        return not _is_indented(line, frame) or (not frame.indented and not _NUMBERED.match(line.text))


def joined(left: str, right: str) -> str:
    """Two pieces of a paragraph; a space only between Latin letters or digits."""
    a, b = left[-1:], right[:1]
    if a.isascii() and b.isascii() and a.isalpha() and b.isalpha():
        return f"{left} {right}"
    return left + right


def _beside(last: Line, line: Line) -> bool:
    overlap = min(last.y1, line.y1) - max(last.y0, line.y0)
    return overlap > 0.5 * min(last.y1 - last.y0, line.y1 - line.y0) and line.x0 >= last.x1 - 1


def _ends_sentence(line: Line) -> bool:
    return line.text.rstrip().rstrip(_CLOSERS)[-1:] in _SENTENCE_ENDS or line.text.rstrip()[-1:] in _SENTENCE_ENDS


def _is_indented(line: Line, frame: Frame) -> bool:
    return line.x0 - frame.left >= _INDENT_EM * line.size


def _is_full(last: Line, line: Line, frame: Frame) -> bool:
    """Did the line end because there was no room for the first word of the next?"""
    unit = _UNBREAKABLE.match(line.text)
    width = sum(0.55 if c.isascii() else 1.0 for c in unit.group()) * line.size if unit else line.size
    return frame.right - last.x1 < min(width + 0.9 * line.size, 0.5 * (frame.right - frame.left))


def _is_full_or_title(last: Line, line: Line, frame: Frame) -> bool:
    return _is_full(last, line, frame) or (_is_middle(last, frame) and last.size >= _TITLE_SIZE * frame.size)


def _is_middle(line: Line, frame: Frame) -> bool:
    return abs((line.x0 + line.x1) / 2 - (frame.left + frame.right) / 2) < 1.2 * line.size


def _is_centred(line: Line, frame: Frame) -> bool:
    return _is_middle(line, frame) and line.x0 > frame.left + line.size and line.x1 < frame.right - line.size


def _titles_join(last: Line, line: Line, frame: Frame) -> bool:
    """Two centred lines larger than the body are one title."""
    larger = line.size >= _TITLE_SIZE * frame.size and abs(last.size - line.size) <= _SIZE_STEP * line.size
    near = last.middle - line.middle <= 2.2 * line.size
    return larger and near and not _ends_sentence(last) and not line.text.startswith(("（", "(", "—"))
