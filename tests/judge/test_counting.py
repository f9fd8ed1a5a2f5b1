"""All passages weighed at once count what the definition says of each by itself."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.judge.counting import GLUE_CHARS, GLUE_SHARE, _without_glue
from jingwei.judge.judge import _united
from jingwei.judge.kinds import _equal
from jingwei.judge.passages import Counted
from jingwei.judge.ranges import counts_before, positions_in
from jingwei.judge.reasons import Reasons
from jingwei.model import EqualRun, Passage, SourceMatch, SourceRef

_CHARS = 60
_passage = st.sets(st.integers(0, _CHARS - 1), min_size=1).map(sorted)


def _plainly(equal: list[int], free: set[int], sentence: list[int]) -> list[int]:
    """The free characters of one passage that stand in a sentence with enough of them, or in a long stretch."""
    mine = [at for at in equal if at in free]
    stretches: list[list[int]] = []
    for at in mine:
        if stretches and stretches[-1][-1] == at - 1:
            stretches[-1].append(at)
        else:
            stretches.append([at])
    spoken = {sentence[at] for one in stretches if len(one) >= GLUE_CHARS for at in one}
    for number in {sentence[at] for at in mine}:
        chars, left = (sum(sentence[at] == number for at in some) for some in (equal, mine))
        if left >= GLUE_SHARE * chars:
            spoken.add(number)
    return [at for at in mine if sentence[at] in spoken]


@settings(deadline=None)
@given(st.lists(_passage, min_size=1, max_size=4), st.sets(st.integers(0, _CHARS - 1)), st.sets(st.integers(0, _CHARS)))
def test_glue_of_all_passages_is_that_of_each(passages: list[list[int]], free: set[int], begins: set[int]) -> None:
    sentence = [sum(begin <= at for begin in begins) for at in range(_CHARS)]
    equal = np.array([at for one in passages for at in one], dtype=np.int32)
    owner = np.repeat(np.arange(len(passages)), [len(one) for one in passages])
    at = np.flatnonzero(np.isin(equal, list(free)))
    kept = _without_glue(np.array(sentence, dtype=np.int32)[equal], owner, at, equal[at])
    for number, one in enumerate(passages):
        assert equal[kept[owner[kept] == number]].tolist() == _plainly(one, free, sentence)


@settings(deadline=None)
@given(st.lists(st.lists(_passage, max_size=3), min_size=1, max_size=4))
def test_characters_of_overlapping_passages_of_a_source_are_taken_once(sources: list[list[list[int]]]) -> None:
    positions = np.array([at for many in sources for one in many for at in one], dtype=np.int32)
    owners = np.repeat(np.arange(len(sources)), [sum(map(len, many)) for many in sources])
    ours, places = _united(_CHARS, positions, owners)
    expected = [(row, at) for row, many in enumerate(sources) for at in sorted({at for one in many for at in one})]
    assert list(zip(ours.tolist(), places.tolist(), strict=True)) == expected


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 9)), max_size=6))
def test_positions_of_ranges_follow_one_another(ranges: list[tuple[int, int]]) -> None:
    starts, sizes = np.array(ranges, dtype=np.intp).reshape(-1, 2).T
    assert positions_in(starts, sizes).tolist() == [a + i for a, size in ranges for i in range(size)]


@settings(deadline=None)
@given(st.lists(st.sets(st.integers(0, _CHARS), min_size=2, max_size=10), min_size=1, max_size=4), st.integers(0, 9))
def test_equal_characters_of_passages_one_after_the_other(cuts: list[set[int]], inset: int) -> None:
    match = SourceMatch(SourceRef(1, "a.txt", "", None, None, None, None, None, None, "peer"), "", ())
    none = np.zeros(0, dtype=np.int32)
    counted, expected = [], []
    for some in map(sorted, cuts):
        runs = tuple(EqualRun(a, b, a, b) for a, b in zip(some[::2], some[1::2], strict=False))
        low, high = min(some[0] + inset, some[-1]), some[-1]  # a run may begin before its passage
        counted.append(Counted(match, Passage(low, high, low, high, 0, runs), "peer", none, 0, none, none))
        expected += [any(run.left_start <= at < run.left_end for run in runs) for at in range(low, high)]
    lows = np.array([one.passage.left_start for one in counted], dtype=np.intp)
    highs = np.array([one.passage.left_end for one in counted], dtype=np.intp)
    assert _equal(counted, lows, highs).tolist() == expected


def test_a_block_of_reasons_is_spelt_by_its_numbers() -> None:
    reasons = Reasons()
    before = reasons.add("a", "甲", "a")
    first = reasons.block(lambda n: ("family", f"{n}个", f"{n} units"), 5)
    after = reasons.add("b", "乙", "b")
    assert [reasons[n].zh for n in (before, first, first + 4, after)] == ["甲", "0个", "4个", "乙"]


def test_counts_before_each_position() -> None:
    assert counts_before(np.array([True, False, True, True])).tolist() == [0, 1, 1, 2, 3]


def test_a_reason_is_spelt_when_it_is_read_and_numbered_once() -> None:
    asked: list[str] = []

    def spell(first: str, second: str) -> tuple[str, str, str]:
        asked.append(first)
        return "code", f"甲{first}", f"a {second}"

    reasons = Reasons()
    plain = reasons.add("phrase", "乙", "b")
    late = reasons.later(spell, "数", "n")
    assert not asked
    assert reasons.later(spell, "数", "n") == late != plain == reasons.add("phrase", "乙", "b")
    assert [(r.code, r.zh, r.en) for r in reasons.each([late, plain, late])] == [
        ("code", "甲数", "a n"), ("phrase", "乙", "b"), ("code", "甲数", "a n"),
    ]  # fmt: skip
    assert reasons[late] is reasons[late]
    assert asked == ["数"]
