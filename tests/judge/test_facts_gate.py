"""A gate may never be shut on a sentence that its expression matches."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.judge import facts_bodies, facts_documents, facts_names
from jingwei.judge.facts_gate import Gate, Gated, gates_of, last_of, rows_through
from jingwei.text.lazy import lazy

_ROOMS = (facts_bodies, facts_documents, facts_names)
_GATES = {
    **{f"{m.__name__}.{k}": v for m in _ROOMS for k, v in vars(m).items() if isinstance(v, Gated)},
    **{f"{m.__name__}.{k}": v for m in (facts_bodies, facts_names) for k, v in m.expressions().items()},
}


def opened(text: str) -> int:
    """The gates that are open for a text taken as one sentence."""
    return int(gates_of(text, [0])[0]) if text else 0


@pytest.mark.parametrize("name", sorted(_GATES))
def test_every_match_passes_its_gate(name: str) -> None:
    gate = _GATES[name]

    @settings(max_examples=60, deadline=None)
    @given(st.from_regex(gate.pattern.pattern, alphabet=st.characters(codec="utf-8")))
    def check(text: str) -> None:
        expected = [m.span() for m in re.finditer(gate.pattern.pattern, text)]
        assert [m.span() for m in gate.finditer(text, 0, len(text), opened(text))] == expected

    check()


def test_a_gate_shuts_without_its_characters() -> None:
    gate = Gated("甲乙|丙", ("甲", "乙"), ("丙",))
    assert not list(gate.finditer("甲丁", 0, 2, opened("甲丁")))
    assert [m.span() for m in gate.finditer("丁甲乙丙", 0, 4, opened("丁甲乙丙"))] == [(1, 3), (3, 4)]


def test_a_pair_must_stand_side_by_side_and_may_begin_before_the_sentence() -> None:
    gate = Gated("(?<=甲)乙", (("甲", "乙"),))
    assert gate.bit & opened("丙甲乙")
    assert not gate.bit & opened("乙甲丙")
    assert rows_through(gates_of("丙甲乙丁", [0, 2]), gate.bit) == [1]


def test_characters_are_told_apart_in_every_sentence() -> None:
    many = "".join(chr(0x9000 + i) for i in range(70))  # more groups than one number has bits
    rare, common = Gate(("龘",)), Gate(tuple(many), ("龘", "山"))
    gates = gates_of("山龘水" + many, [0, 2])
    assert rows_through(gates, rare.bit) == [0]
    assert rows_through(gates, common.bit) == [0, 1]
    assert rows_through(gates_of("山水" + many[:-1], [0]), common.bit) == []
    assert gates_of("", []).tolist() == []
    assert not int(gates_of("\U00020000", [0])[0]) & (rare.bit | common.bit)


def test_probe_is_asked_within_the_sentence_only() -> None:
    gate = Gated("甲乙?", ("甲",), probe="甲乙")
    assert not list(gate.finditer("甲丁甲乙", 0, 2, opened("甲丁")))


def test_last_characters_of_a_list_stand_in_every_word() -> None:
    assert "长" in last_of("heads")


def test_lazy_pattern_is_a_pattern_when_used() -> None:
    pattern = lazy(lambda: "[甲乙]+")
    assert pattern.findall("甲丙乙甲") == ["甲", "乙甲"]
    assert pattern.pattern == "[甲乙]+"
    with pytest.raises(AttributeError):
        pattern.flags  # noqa: B018 - not offered
