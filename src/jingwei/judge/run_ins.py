"""A copied paragraph is shown with the small heading it begins with, which is no body text and so in no passage."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np
from msgspec.structs import replace

from jingwei.judge.case import Case
from jingwei.judge.passages import Counted
from jingwei.match.refine import extend
from jingwei.model import Block, EqualRun, IntArray, Passage

_EQUAL_SHARE = 0.6  # of the characters of a heading that make it the same heading
_LONGER_CHARS = 24  # so much longer than ours may the heading of the source be


def with_run_ins(case: Case, counted: Sequence[Counted]) -> list[Counted]:
    """The passages, those that begin behind a run-in heading which the source has too with it, on both sides.

    What a passage claims stays as it is: a heading counts nowhere. Cost: one short alignment a heading.
    """
    blocks = [block for block in case.report.structure.blocks if block.role == "run_in"]
    ends = [block.end for block in blocks]
    headed = []
    for one in counted:
        at = bisect_right(ends, one.passage.left_start) - 1
        headed.append(_headed(case.report.document.text, blocks[at], one) if at >= 0 else one)
    return headed


def _headed(text: str, heading: Block, one: Counted) -> Counted:
    passage = one.passage
    if text[heading.end : passage.left_start].strip():
        return one
    mine = _characters(text, heading.start, heading.end)
    theirs = _before(one.match.text, passage.right_start)
    if not mine or not 0 < len(theirs) <= len(mine) + _LONGER_CHARS:
        return one
    aligned = extend("".join([text[i] for i in mine[::-1]]), "".join([one.match.text[i] for i in theirs[::-1]]))
    pairs = [(mine[-1 - left - n], theirs[-1 - right - n]) for left, right, chars in aligned for n in range(chars)]
    if len(pairs) < _EQUAL_SHARE * len(mine):
        return one
    pairs.sort()
    runs = (*_runs(pairs), *passage.runs)
    equal_chars = passage.equal_chars + len(pairs)
    longer = Passage(mine[0], passage.left_end, theirs[0], passage.right_end, equal_chars, runs)
    positions: IntArray = np.array([position for position, _ in pairs], dtype=np.int32)
    return replace(one, passage=longer, equal=np.concatenate((positions, one.equal)))


def _characters(text: str, start: int, end: int) -> list[int]:
    """Positions of the characters that are no whitespace."""
    return [i for i in range(start, end) if not text[i].isspace()]


def _before(text: str, end: int) -> list[int]:
    """The same of the line that a position stands in, before it."""
    return _characters(text, text.rfind("\n", 0, end) + 1, end)


def _runs(pairs: Sequence[tuple[int, int]]) -> list[EqualRun]:
    """Pairs of equal characters as runs; a space inside one divides it."""
    runs: list[EqualRun] = []
    for left, right in pairs:
        if runs and (runs[-1].left_end, runs[-1].right_end) == (left, right):
            runs[-1] = replace(runs[-1], left_end=left + 1, right_end=right + 1)
        else:
            runs.append(EqualRun(left, left + 1, right, right + 1))
    return runs
