"""Passages as they are shown: each side can be read from end to end beside the other."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np
from msgspec.structs import replace

from jingwei.judge.case import Case
from jingwei.judge.passages import Counted, passage_of, trim
from jingwei.model import EqualRun, Passage

_STRAY_LETTERS = 3  # fewer than so many beyond the edge of a paragraph met by chance


def without_stray_ends(passage: Passage, text: str, other: str, paragraph_starts: Sequence[int]) -> Passage:
    """The passage without a few equal characters at either end that stand in another paragraph than all the rest.

    A character or two behind a heading (the 全 of the next section) or a bare number before one is chance, and shown it
    looks like a passage that goes on.

    Args:
        passage: of the report (left) and its source (right).
        text: of the report.
        other: text of the source.
        paragraph_starts: of the report, ascending.
    """
    runs = passage.runs
    first, last = 0, len(runs)
    while last - first > 1 and _strays(runs[last - 1], runs[last - 2], text, other, paragraph_starts):
        last -= 1
    while last - first > 1 and _strays(runs[first], runs[first + 1], text, other, paragraph_starts):
        first += 1
    return passage if last - first == len(runs) else passage_of(runs[first:last])


def _strays(end: EqualRun, inner: EqualRun, text: str, other: str, paragraph_starts: Sequence[int]) -> bool:
    if end.left_end - end.left_start > 2 * _STRAY_LETTERS:  # most of them, told without a look at the text
        return False
    if sum(map(str.isalnum, text[end.left_start : end.left_end])) >= _STRAY_LETTERS:
        return False
    return _apart(end, inner, other, paragraph_starts)


def _apart(one: EqualRun, another: EqualRun, other: str, paragraph_starts: Sequence[int]) -> bool:
    """Whether two runs stand in different paragraphs, of the report or of its source."""
    if bisect_right(paragraph_starts, one.left_start) != bisect_right(paragraph_starts, another.left_start):
        return True
    # Of the source only the text is known: a line break with words around it ends a paragraph, one alone may be a wrap.
    between = other[min(one.right_end, another.right_end) : max(one.right_start, another.right_start)]
    return "\n" in between and not between.isspace()


def in_reading_order(case: Case, counted: Sequence[Counted]) -> list[Counted]:
    """The passages, those whose paragraphs changed places divided where they cross, if each part counts by itself.

    Beside a plan that comes before the shortcomings the source would show the shortcomings first. Sentences that changed
    places within a paragraph stay together, with the whole paragraph on either side; so do parts too short to count, and
    a passage that counts by its row of figures. What is claimed stays what it is: the kind of a character was decided by
    the passage as a whole.
    """
    settings, text = case.settings, case.report.document.text
    least = {
        "previous": settings.recycled_chars,
        "peer": settings.copied_chars,
        "common_source": settings.common_source_chars,
    }
    starts = [paragraph.start for paragraph in case.report.structure.paragraphs]
    divided: list[Counted] = []
    for one in counted:
        runs = one.passage.runs
        cuts = [
            n
            for n in range(1, len(runs))
            if runs[n].right_start < runs[n - 1].right_start and _apart(runs[n - 1], runs[n], one.match.text, starts)
        ]
        if cuts and not one.equal_figures:
            divided += _divided(one, cuts, least[one.relation], text)
        else:
            divided.append(one)
    return divided


def _divided(one: Counted, cuts: Sequence[int], least: int, text: str) -> list[Counted]:
    runs, parts = one.passage.runs, []
    begin, before = 0, 0  # run, and effective characters before it
    for cut in (*cuts, len(runs)):
        upto = len(one.effective) if cut == len(runs) else int(np.searchsorted(one.effective, runs[cut].left_start))
        rest = len(one.effective) - upto
        if cut < len(runs) and (upto - before < least or rest < least):
            continue
        low = 0 if begin == 0 else runs[begin].left_start
        high = len(text) if cut == len(runs) else runs[cut].left_start
        passage = trim(passage_of(runs[begin:cut]), text)
        equal = one.equal[slice(*np.searchsorted(one.equal, (passage.left_start, high)).tolist())]
        claims = one.claims[slice(*np.searchsorted(one.claims, (low, high)).tolist())]
        effective = one.effective[before:upto]
        parts.append(
            replace(
                one, passage=passage, equal=equal, claims=claims, effective=effective, effective_chars=len(effective)
            )
        )
        begin, before = cut, upto
    return parts
