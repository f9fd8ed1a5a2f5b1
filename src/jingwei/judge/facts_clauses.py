"""Comma-clauses: the stretch of a sentence that carries a fact and becomes ``local``.

Readers mark the clause between two commas, without the words that only open it (一是, 在……中, 为……) and, where
the counted thing stands in the middle of a long clause, without the generic words after it.
"""

from __future__ import annotations

import re

_BREAKS = frozenset("，,。；;：:！!？?\n")
_OPEN = {"（": "）", "(": ")", "《": "》", "“": "”", "【": "】", "〔": "〕", "[": "]"}
_LEAD = re.compile(
    r"(?:[\s\-—]*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|[一二三四五六七八九十]是|首先|其次|再次|最后|同时|另外|此外|其中|并且|并|还|且|分别|先后|已|也|又|均)"
    r"|(?:今年以来|今年来|一年来|去年以来|年内|截至目前|截至当前|截止目前|至目前|目前为止|到目前为止)[，,]?"
    r"|在[^，,。；]{0,8}?(?:活动|工作|行动|过程|整治|检查|执法)(?:中|过程中|期间)(?=[\u4e00-\u9fff])"
    r"|(?:为|向|对|给)[^，,。；]{4,40}?(?=(?:开展|提供|举办|发放|进行|组织)))"
)
# generic continuation after a counted noun phrase that does not belong to the fact
_TAIL = re.compile(r"的?(?:安置帮教|日常管理|基础上|前提下|过程中|情况下)")


def clause_bounds(text: str, start: int, end: int, low: int, high: int) -> tuple[int, int]:
    """Comma-clause of ``text[low:high]`` around ``[start, end)``; brackets and quotes are never split.

    Args:
        text: clean characters.
        start: first character of the fact.
        end: one past its last character.
        low: start of the sentence.
        high: end of the sentence.

    Returns:
        Half-open range inside ``[low, high)``, at least ``[start, end)``; cost linear in the sentence.
    """
    depth_at = _depths(text, low, high)
    left = start
    while left > low and not (text[left - 1] in _BREAKS and depth_at[left - 1 - low] == 0):
        left -= 1
    right = end
    while right < high and not (text[right] in _BREAKS and depth_at[right - low] == 0):
        right += 1
    return left, right


def trimmed(text: str, left: int, right: int, start: int, end: int) -> tuple[int, int]:
    """The clause without its opening adverbials and generic tail, never cutting into ``[start, end)``."""
    while left < start and (match := _LEAD.match(text, left, start)) and match.end() > left:
        left = match.end()
    while left < start and text[left].isspace():
        left += 1
    tail = _TAIL.search(text, end, right)
    if tail:
        right = tail.start()
    while right > end and text[right - 1].isspace():
        right -= 1
    return left, right


def _depths(text: str, low: int, high: int) -> list[int]:
    """Bracket depth of every character; an opening without a close in the sentence counts as nothing."""
    depths = [0] * (high - low)
    stack: list[tuple[str, int]] = []
    for index in range(low, high):
        char = text[index]
        if stack and char == stack[-1][0]:
            _, opened = stack.pop()
            for inside in range(opened, index + 1):
                depths[inside - low] += 1
        elif char in _OPEN:
            stack.append((_OPEN[char], index))
    return depths
