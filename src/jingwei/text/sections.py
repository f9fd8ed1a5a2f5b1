"""Sections from headings, and which required part (Art. 25 ①–⑤) each belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jingwei.model import Section
from jingwei.text.lazy import lazy

_PARTS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (3, lazy(r"第一责任人|主要负责(?:人|同志).{0,12}(?:履|职责|情况)|党政主要.{0,12}(?:履|职责)|履职情况")),
    (2, lazy(r"问题|不足|短板|困难|差距|薄弱|原因")),
    (
        4,
        lazy(
            r"下一?步|下一?阶段|[下明来]一?年|今后|未来|工作(?:打算|安排|计划|思路|设想|谋划|重点|目标)|主要安排|打算|努力方向"
            r"|改进(?:措施|方向)|20\d\d年.{0,10}(?:安排|打算|计划|思路|重点|任务|目标)"
        ),
    ),
    (5, lazy(r"其他(?:需要)?(?:报告|说明)?(?:的)?(?:情况|事项|工作)|需要(?:说明|报告)的")),
    (
        1,
        lazy(r"开展情况|主要(?:做法|举措|措施|工作|成效|情况)|工作(?:情况|成效|举措|回顾|总结)|举措|成效|情况|做法"),
    ),
)
_NUMBER_OR_SPACE = lazy(r"\s+")


def part_of(title: str) -> int | None:
    """The part of Art. 25 that a heading announces (1–5), or null when it names a topic."""
    for part, pattern in _PARTS:
        if pattern.search(title):
            return part
    return None


def build_sections(headings: Sequence[tuple[int, int, int, str]], end: int) -> tuple[Section, ...]:
    """Sections from (start, end, level, text) of the headings; a section ends where one of its level or above begins.

    A subsection without a part of its own has its parent's; topics before any problem or plan belong to part 1.
    """
    sections: list[Section] = []
    open_parents: list[tuple[int, int | None]] = []
    seen_later = False
    for (start, _, level, text), until in zip(headings, _ends(headings, end), strict=True):
        title = _NUMBER_OR_SPACE.sub("", text)
        while open_parents and open_parents[-1][0] >= level:
            open_parents.pop()
        part = open_parents[-1][1] if open_parents else part_of(title)
        if part is None and not seen_later:
            part = 1
        seen_later = seen_later or part in (2, 4)
        open_parents.append((level, part))
        sections.append(Section(start, max(until, start), level, title, part))
    return tuple(sections)


def _ends(headings: Sequence[tuple[int, int, int, str]], end: int) -> list[int]:
    """For each heading the start of the next one of its level or above; from behind, so that the cost is linear."""
    ends: list[int] = []
    later: list[tuple[int, int]] = []  # (level, start) of headings that can end an earlier one, nearest last
    for start, _, level, _ in reversed(headings):
        while later and later[-1][0] > level:
            later.pop()
        ends.append(later[-1][1] if later else end)
        later.append((level, start))
    return ends[::-1]
