"""What is asked first never hides a match."""

from __future__ import annotations

from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.lexicon import matcher_slots
from jingwei.lexicon.matcher import _by_edge
from jingwei.lexicon.matcher_slots import Token, match_before

_WORD = st.text(alphabet="按照根据的", max_size=3)
_TEXT = st.text(alphabet="按照根据的县委政府、。", max_size=12)


@given(st.lists(_WORD, max_size=6), _TEXT, st.integers(0, 12))
def test_spellings_by_their_edge_are_tried_in_the_same_order(spellings: list[str], text: str, at: int) -> None:
    at = min(at, len(text))
    ahead = _by_edge(spellings, 0)
    tried = [s for s in ahead.get(text[at : at + 1], ahead[""]) if text.startswith(s, at)]
    assert tried == [s for s in spellings if text.startswith(s, at)]
    behind = _by_edge(spellings, -1)
    tried = [s for s in behind.get(text[at - 1 : at] if at else "", behind[""]) if text.endswith(s, 0, at)]
    assert tried == [s for s in spellings if text.endswith(s, 0, at)]


@settings(max_examples=300, deadline=None)  # the first text compiles the slots
@given(
    _TEXT, st.sampled_from(["按照", "根据", ("按照", "根据"), ("的", ""), "〈词〉"]), st.sampled_from(["上级", "词"])
)
def test_a_slot_is_left_out_only_where_nothing_can_stand_before_it(text: str, lead: Token, slot: str) -> None:
    for end in range(len(text) + 1):
        found = match_before(text, (lead, f"〈{slot}〉"), end)
        with patch.object(matcher_slots, "_stands_before", return_value=True):
            assert match_before(text, (lead, f"〈{slot}〉"), end) == found
