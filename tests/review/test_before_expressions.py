"""What is asked before an expression is compiled hides no match: formulas, odd marks, days of a month, kept lists."""

from __future__ import annotations

import calendar
import re
from pathlib import Path

import numpy as np
import pytest
from host_report import brief_of, host
from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.review.kept import keep, kept
from jingwei.review.reading import Reading
from jingwei.review.rules import damage, impossible_value, splice_marks, washed_wording

_GAPS = washed_wording._near()
_BETWEEN = ["", "", "", "、", "，", "和", "与", "“", "的"]


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(_GAPS), st.text("甲乙公平的和、", min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_a_formula_with_another_word_is_never_overlooked(near: washed_wording._Near, odd: str, chosen: object) -> None:
    parts = re.split(r"\[[^\]]+\]\?", near.pattern.replace(r"[^\W\d_]", ""))
    written = [odd if part.startswith("(?P<odd>") else part for part in parts]
    text = "坚持" + "".join(word + chosen.choice(_BETWEEN) for word in written) + "。"  # type: ignore[attr-defined]
    told = [
        match["odd"]
        for match in re.finditer(near.pattern, text)
        if match["odd"] not in near.formula and not washed_wording._FUNCTION & set(match["odd"])
    ]
    assert near.may_be_in(washed_wording._bare(text)) or not told


def test_the_formula_itself_is_not_tried() -> None:
    text = washed_wording._bare("坚持严格、规范、公正、文明执法，严格规范和公正文明的执法。")
    assert [near for near in _GAPS if near.formula == "严格规范公正文明执法" and near.may_be_in(text)] == []
    text = washed_wording._bare("坚持严格、规范、公允、文明执法。")
    assert [near.width for near in _GAPS if near.may_be_in(text)] == [2]


@pytest.mark.parametrize(
    ("text", "is_odd"),
    [
        ("工作，有序.推进", True),
        ("甲方2.5倍。", False),
        ("会议.\n结束", True),
        ("合计,共有", True),
        ("第3,共有", True),
        ("“好”.《办法》", True),
        ("见附件.", True),
    ],
)
def test_an_odd_mark_is_never_overlooked(text: str, is_odd: bool) -> None:
    reading = Reading(brief_of(host("镇", 2023, result=f"全年工作{text}")))
    odd = [style for style in splice_marks._STYLES if re.search(style.odd.pattern, reading.text)]
    assert bool(odd) is is_odd
    assert all(style.may_be_in(reading) for style in odd)


def test_months_have_the_days_of_the_calendar() -> None:
    for year in (1900, 2000, 2023, 2024):
        for month in range(1, 13):
            assert impossible_value._days_of(year, month) == calendar.monthrange(year, month)[1]


@settings(deadline=None)
@given(st.text(), st.lists(st.tuples(st.characters(), st.characters()), max_size=4))
def test_characters_are_found_in_their_ranges(text: str, ranges: list[tuple[str, str]]) -> None:
    present = "".join(sorted(set(text)))
    asked = ["".join(pair) for pair in ranges]
    assert damage._holds_one_of(present, asked) == any(a <= char <= b for char in text for a, b in ranges)


def test_lists_are_kept_as_they_are(tmp_path: Path) -> None:
    lists = [np.array([3, 1 << 60], dtype=np.uint64), np.array([], dtype=np.uint64), np.array([7], dtype=np.uint16)]
    keep(tmp_path / "lists.npy", lists)
    assert [numbers.tolist() for numbers in kept(tmp_path / "lists.npy")] == [[3, 1 << 60], [], [7]]
