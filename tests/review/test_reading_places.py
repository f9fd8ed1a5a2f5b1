"""What is found for a whole text at once is what a plain search finds place by place."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pytest
from host_report import brief_of, codes, host
from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.review import review
from jingwei.review.confusable import same_after
from jingwei.review.reading import Reading
from jingwei.review.rules.typing_slips import _any_twice_in_a_row

TEXTS = st.text(alphabet="甲乙丙1，,。；：\n12", max_size=40)


@pytest.fixture(scope="module")
def reading() -> Reading:
    return Reading(brief_of(host()))


def _shows(reading: Reading, text: str) -> Reading:
    """The same reading of another text, with nothing looked up yet."""
    other = Reading(reading.brief)
    other.text = text
    return other


@settings(deadline=None, max_examples=60)
@given(text=TEXTS)
def test_sentences_and_clauses_end_at_their_marks(reading: Reading, text: str) -> None:
    shown = _shows(reading, text)
    for around, marks in ((shown.sentence, "。！？；!?;\n"), (shown.clause, "。！？；!?;\n，,：:")):
        for at in range(len(text) + 1):
            start, end = around(at)
            assert not set(text[start:at]) & set(marks)
            assert not set(text[at:end]) & set(marks)
            assert start == 0 or text[start - 1] in marks
            assert end == len(text) or text[end] in marks


@settings(deadline=None, max_examples=60)
@given(text=TEXTS, window=st.tuples(st.integers(0, 40), st.integers(0, 40)))
def test_stretches_with_two_numbers(reading: Reading, text: str, window: tuple[int, int]) -> None:
    start, end = min(window), min(max(window), len(text))
    begins = [match.start() for match in re.finditer(r"\d+", text)]
    plain = [
        match.span()
        for match in re.compile(r"[^。！？；\n]+").finditer(text, start, end)
        if sum(match.start() <= at < match.end() for at in begins) > 1
    ]
    assert list(_shows(reading, text).counting(start, end)) == plain


@settings(deadline=None, max_examples=60)
@given(text=TEXTS, chars=st.text(alphabet="甲，1𠀀", min_size=1, max_size=3))
def test_places_of_characters(reading: Reading, text: str, chars: str) -> None:
    chars = chars.replace("𠀀", "")
    assert _shows(reading, text).places(chars).tolist() == [at for at, char in enumerate(text) if char in set(chars)]


@settings(deadline=None, max_examples=60)
@given(text=TEXTS)
def test_lines_are_opened_where_a_line_begins(reading: Reading, text: str) -> None:
    pattern = re.compile(r"甲\w|1")
    plain = [m.span() for m in pattern.finditer(text) if m.start() == 0 or text[m.start() - 1] == "\n"]
    assert [match.span() for match in _shows(reading, text).opened_by(pattern, "甲1")] == plain


@given(st.text(alphabet="甲乙，", max_size=30), st.integers(1, 4))
def test_a_run_behind_itself(text: str, width: int) -> None:
    plain: list[int] = []
    for at in range(len(text) - 2 * width + 1):
        run = text[at : at + width]
        if "，" not in run and run == text[at + width : at + 2 * width] and (not plain or at >= plain[-1] + width):
            plain.append(at)
    assert same_after(text, width) == plain


@given(st.text(alphabet="甲乙，。", max_size=30))
def test_a_clause_behind_itself(text: str) -> None:
    marks = np.array([at for at, char in enumerate(text) if char in "，。"], dtype=np.intp)
    assert _any_twice_in_a_row(text, marks) == any(a == b != "" for a, b in pairwise(re.split("[，。]", text)))


@settings(deadline=None, max_examples=60)
@given(text=st.text(alphabet="《》〈〉甲12３𝟙年", max_size=30))
def test_matches_begun_by_a_mark_and_numbers(reading: Reading, text: str) -> None:
    shown, pattern = _shows(reading, text), re.compile("《[^》]*》|〈甲")
    assert [m.span() for m in shown.begun(pattern, "《〈")] == [m.span() for m in pattern.finditer(text)]
    assert list(shown.numbers) == [m.span() for m in re.finditer(r"\d+", text)]


@pytest.mark.parametrize(
    "second",
    ["全年化解矛盾纠纷1,264件。", "全年化解矛盾纠纷268件，全年化解矛盾纠纷286件。", "全年化解矛盾纠纷2__86件。"],
)
def test_one_thing_counted_twice(second: str) -> None:
    found = review(brief_of(host(result=f"全年化解矛盾纠纷286件。{second}")))
    assert ("R8" in codes(found)) is ("__" not in second)
