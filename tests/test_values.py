"""Frozen values: made, kept and sent as the dataclass says."""

from __future__ import annotations

import pickle
from dataclasses import MISSING, FrozenInstanceError, fields, is_dataclass, replace

import pytest

from jingwei import model
from jingwei.model import Fact, Finding, Match, Source

_CLASSES = [c for c in vars(model).values() if is_dataclass(c) and c.__init__.__module__ != model.__name__]


@pytest.mark.parametrize("cls", _CLASSES, ids=lambda c: c.__name__)
def test_every_field_takes_its_value_or_its_default(cls: type) -> None:
    given = {f.name: object() for f in fields(cls)}
    whole = cls(**given)
    assert {name: getattr(whole, name) for name in given} == given
    needed = [f.name for f in fields(cls) if f.default is MISSING and f.default_factory is MISSING]
    least = cls(*(given[name] for name in needed))
    for f in fields(cls):
        factory = f.default if f.default_factory is MISSING else f.default_factory()
        assert getattr(least, f.name) == (given[f.name] if f.name in needed else factory)
    with pytest.raises(TypeError):
        cls(**given, another=1)


def test_values_stay_frozen_and_travel() -> None:
    fact = Fact(3, 7, "count", 2, "18件", 0, 9)
    with pytest.raises(FrozenInstanceError):
        fact.start = 4  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(fact)) == fact  # noqa: S301 - our own bytes
    assert replace(fact, end=8).end == 8
    match = Match(0, 5, 5, 5, "peer", Source("a.txt", None, None, 0, 5, "文字"))
    assert pickle.loads(pickle.dumps(match)) == match  # noqa: S301 - our own bytes
    assert Finding("R1", "note", 0, 1, "", "").evidence is not Finding("R1", "note", 0, 1, "", "").evidence
