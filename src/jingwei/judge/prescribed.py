"""Which characters are prescribed: dated lexicon, titles, and passages of superiors' texts."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from jingwei.judge.case import Case
from jingwei.judge.reasons import Reasons
from jingwei.judge.relation import Standing
from jingwei.model import IntArray, SourceMatch

_PATTERN_MARKS = frozenset("[]|〈〉")


def mark_prescribed(case: Case, standings: list[Standing], reasons: Reasons) -> IntArray:
    """Per raw character the index of the reason why it is mandated, 0 where it is not.

    A lexicon phrase explains its characters; of a passage with an authority text or an earlier or contemporary text
    of a superior (at least the minimum run) the equal characters. Punctuation between two prescribed stretches
    belongs to them.
    """
    marks = np.zeros(case.length, dtype=np.int32)
    for match, standing in zip(case.evidence.matches, standings, strict=True):
        if standing in ("authority", "superior"):
            _mark_passages(marks, match, reasons)
    for hit in case.phrases:
        marks[hit.start : hit.end] = reasons.add(*_phrase_reason(hit.canonical, hit.source, hit.note))
    marks[~case.report.structure.body] = 0
    return marks


def _mark_passages(marks: IntArray, match: SourceMatch, reasons: Reasons) -> None:
    title = match.source.title or match.source.report
    index = reasons.add(
        "superior_text", f"上级原文：与《{title.strip('《》')}》一致", f"text of a superior: equals {title}"
    )
    for passage in match.passages:
        for run in passage.runs:
            marks[run.left_start : run.left_end] = index


@lru_cache(maxsize=4096)  # the same few hundred phrases in every report
def _phrase_reason(canonical: str, source: str, note: str) -> tuple[str, str, str]:
    origin = f"（出处：{source}）" if source else ""
    remark = f"；{note}" if note else ""
    # Entries with slots are patterns; people are shown their source, not the pattern.
    name = "" if not _PATTERN_MARKS.isdisjoint(canonical) else f"：{canonical}"
    name_en, origin_en = name.replace("：", ": "), f" (source: {source})" if source else ""
    return "phrase", f"上级规定用语{name}{origin}{remark}", f"prescribed wording{name_en}{origin_en}"
