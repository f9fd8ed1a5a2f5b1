"""Comma-clauses: the stretch of a sentence that carries a fact and becomes ``local``.

Readers mark the clause between two commas, without the words that only open it (一是, 在……中, 为……) and, where
the counted thing stands in the middle of a long clause, without the generic words after it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate

from jingwei.text.lazy import lazy

_BREAKS = lazy("[，,。；;：:！!？?\n]")
_BRACKETS = lazy(r"[（(《“【〔\[]")
_OPEN = {"（": "）", "(": ")", "《": "》", "“": "”", "【": "】", "〔": "〕", "[": "]"}
_LEAD = lazy(
    r"(?:[\s\-—]*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|[一二三四五六七八九十]是|首先|其次|再次|最后|同时|另外|此外|其中|并且|并|还|且|分别|先后|已|也|又|均)"
    r"|(?:今年以来|今年来|一年来|去年以来|年内|截至目前|截至当前|截止目前|至目前|目前为止|到目前为止)[，,]?"
    r"|在[^，,。；]{0,8}?(?:活动|工作|行动|过程|整治|检查|执法)(?:中|过程中|期间)(?=[\u4e00-\u9fff])"
    r"|(?:为|向|对|给)[^，,。；]{4,40}?(?=(?:开展|提供|举办|发放|进行|组织)))"
)
# generic continuation after a counted noun phrase that does not belong to the fact
_TAIL = lazy(r"的?(?:安置帮教|日常管理|基础上|前提下|过程中|情况下)")


def break_places(text: str) -> list[int]:
    """Where the marks stand that end a comma-clause, in order; asked once for a whole text."""
    return [mark.start() for mark in _BREAKS.finditer(text)]


def clauses_of(text: str, low: int, high: int, breaks: list[int]) -> list[int]:
    """Borders of the comma-clauses of ``text[low:high]``; brackets and quotes are never split.

    ``breaks`` are the places of the marks in the whole text (:func:`break_places`).

    Returns:
        Ascending cuts from ``low`` to ``high``; a clause runs from one cut to before the mark that ends it, and the
        marks are clauses of one character. Cost linear in the sentence.
    """
    depths = _depths(text, low, high) if _BRACKETS.search(text, low, high) else None
    cuts = {low, high}
    for index in breaks[bisect_left(breaks, low) : bisect_left(breaks, high)]:
        if depths is None or depths[index - low] == 0:
            cuts.add(index)
            cuts.add(index + 1)
    return sorted(cuts)


def clause_bounds(cuts: list[int], start: int, end: int) -> tuple[int, int]:
    """The clause around ``[start, end)``: from the last cut at or before it to the first at or after it."""
    return cuts[bisect_right(cuts, start) - 1], cuts[bisect_left(cuts, end)]


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
    """Above 0 inside brackets or quotes; an opening without a close in the sentence counts as nothing."""
    steps = [0] * (high - low + 1)
    stack: list[tuple[str, int]] = []
    for index in range(low, high):
        char = text[index]
        if stack and char == stack[-1][0]:
            _, opened = stack.pop()
            steps[opened - low] += 1
            steps[index + 1 - low] -= 1
        elif char in _OPEN:
            stack.append((_OPEN[char], index))
    return list(accumulate(steps[:-1]))
