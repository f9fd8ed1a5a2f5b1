"""A gate may never be shut on a sentence that its expression matches."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.judge import facts_bodies, facts_documents, facts_names
from jingwei.judge.facts_gate import Gated, last_of
from jingwei.text.lazy import lazy

_ROOMS = (facts_bodies, facts_documents, facts_names)
_GATES = {
    **{f"{m.__name__}.{k}": v for m in _ROOMS for k, v in vars(m).items() if isinstance(v, Gated)},
    **{f"{m.__name__}.{k}": v for m in (facts_bodies, facts_names) for k, v in m._patterns().items()},
}


@pytest.mark.parametrize("name", sorted(_GATES))
def test_every_match_passes_its_gate(name: str) -> None:
    gate = _GATES[name]

    @settings(max_examples=60, deadline=None, derandomize=True)
    @given(st.from_regex(gate.pattern.pattern, alphabet=st.characters(codec="utf-8")))
    def check(text: str) -> None:
        expected = [m.span() for m in re.finditer(gate.pattern.pattern, text)]
        assert [m.span() for m in gate.finditer(text, 0, len(text), frozenset(text))] == expected

    check()


def test_a_gate_shuts_without_its_characters() -> None:
    gate = Gated("甲乙|丙", ("甲", "乙"), ("丙",))
    assert not list(gate.finditer("甲丁", 0, 2, {"甲", "丁"}))
    assert [m.span() for m in gate.finditer("丁甲乙丙", 0, 4, set("丁甲乙丙"))] == [(1, 3), (3, 4)]


def test_probe_is_asked_within_the_sentence_only() -> None:
    gate = Gated("甲乙?", ("甲",), probe="甲乙")
    assert not list(gate.finditer("甲丁甲乙", 0, 2, {"甲", "丁"}))


def test_last_characters_of_a_list_stand_in_every_word() -> None:
    assert "长" in last_of("heads")


def test_lazy_pattern_is_a_pattern_when_used() -> None:
    pattern = lazy(lambda: "[甲乙]+")
    assert pattern.findall("甲丙乙甲") == ["甲", "乙甲"]
    assert pattern.pattern == "[甲乙]+"
    with pytest.raises(AttributeError):
        pattern.flags  # noqa: B018 - not offered
