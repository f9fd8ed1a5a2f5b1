"""Equal characters of all passages at once are those of the passages one by one."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.judge.shared import shared_positions
from jingwei.model import EqualRun, Passage, SourceMatch, SourceRef

_CHARS = 40
_SOURCE = SourceRef(1, "a.txt", "", None, None, None, None, None, None, "peer")


@st.composite
def _passages(draw: st.DrawFn) -> Passage:
    cuts = sorted(draw(st.sets(st.integers(0, _CHARS), max_size=8)))
    runs = tuple(EqualRun(a, b, a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False))
    return Passage(0, _CHARS, 0, _CHARS, sum(r.left_end - r.left_start for r in runs), runs)


@settings(deadline=None)
@given(st.lists(st.lists(_passages(), max_size=3), max_size=4), st.integers(0, 2**_CHARS - 1))
def test_positions_of_all_passages(found: list[list[Passage]], bits: int) -> None:
    body = np.array([bits >> i & 1 for i in range(_CHARS)], dtype=np.bool_)
    matches = [SourceMatch(_SOURCE, "", tuple(passages)) for passages in found]
    passages = [passage for many in found for passage in many]
    expected = [[i for r in p.runs for i in range(r.left_start, r.left_end) if body[i]] for p in passages]
    shared = shared_positions(matches, body)
    assert shared.passages == passages
    assert shared.match_of == [number for number, many in enumerate(found) for _ in many]
    parts = [shared.positions[a:b].tolist() for a, b in pairwise(shared.cuts.tolist())]
    assert parts == expected
