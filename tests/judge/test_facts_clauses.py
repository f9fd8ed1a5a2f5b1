"""Clauses of a whole text are those of its sentences one by one."""

from __future__ import annotations

from itertools import accumulate

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.judge import facts_clauses
from jingwei.judge.facts_clauses import break_places, clause_bounds, clause_cuts, tail_places, trimmed

_OPEN = dict(zip("（(《“【〔[", "）)》”】〕]", strict=True))
_TEXT = st.text(alphabet="一是在为，。；（）()《》“”【】\n甲乙开展活动中过程的 3", max_size=60)


def _plain_cuts(text: str, low: int, high: int) -> set[int]:
    """The definition, one sentence: marks outside of brackets that close in it."""
    steps = [0] * (high - low + 1)
    stack: list[tuple[str, int]] = []
    for index in range(low, high):
        char = text[index]
        if stack and char == stack[-1][0]:
            steps[stack.pop()[1] - low] += 1
            steps[index + 1 - low] -= 1
        elif char in _OPEN:
            stack.append((_OPEN[char], index))
    depths = list(accumulate(steps))
    marks = [i for i in range(low, high) if text[i] in "，,。；;：:！!？?\n" and depths[i - low] == 0]
    return {low, high, *marks, *(i + 1 for i in marks)}


@settings(deadline=None)
@given(_TEXT, st.sets(st.integers(0, 60), max_size=5))
def test_cuts_of_a_text_are_those_of_its_sentences(text: str, borders: set[int]) -> None:
    edges = sorted({0, len(text), *(b for b in borders if b < len(text))})
    lows, highs = edges[:-1], edges[1:]
    expected = set().union(*(_plain_cuts(text, low, high) for low, high in zip(lows, highs, strict=True)))
    assert set(clause_cuts(text, lows, highs).tolist()) == expected


@settings(deadline=None)
@given(_TEXT, st.data())
def test_trimming_asks_its_expressions_only_where_they_can_match(text: str, data: st.DataObject) -> None:
    left, start, end, right = sorted(data.draw(st.integers(0, len(text))) for _ in range(4))
    first = left
    while first < start and (match := facts_clauses._LEAD.match(text, first, start)) and match.end() > first:
        first = match.end()
    while first < start and text[first].isspace():
        first += 1
    tail = facts_clauses._TAIL.search(text, end, right)
    last = tail.start() if tail else right
    while last > end and text[last - 1].isspace():
        last -= 1
    assert trimmed(text, left, right, start, end, tail_places(text)) == (first, last)


def test_a_clause_reaches_from_mark_to_mark() -> None:
    text = "组织培训3场（一月，二月），发放资料200份。"
    cuts = clause_cuts(text, [0], [len(text)])
    starts = np.array([text.index("3"), text.index("200")])
    lefts, rights = clause_bounds(cuts, starts, starts + 1)
    shown = [text[a:b] for a, b in zip(lefts.tolist(), rights.tolist(), strict=True)]
    assert shown == ["组织培训3场（一月，二月）", "发放资料200份"]
    assert break_places(text).tolist() == [i for i, c in enumerate(text) if c in "，。"]
    assert tail_places("在工作的基础上") == [4]
