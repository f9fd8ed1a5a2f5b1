"""Frozen values: made, kept and sent as the dataclass says."""

from __future__ import annotations

import pickle
from dataclasses import MISSING, FrozenInstanceError, fields, is_dataclass, replace

import numpy as np
import pytest

from jingwei import model
from jingwei.model import (
    Assessment,
    Block,
    Counts,
    Damage,
    Document,
    Excluded,
    Fact,
    Finding,
    LibrarySummary,
    Match,
    PlaceHit,
    Profile,
    Reason,
    Report,
    Scores,
    Sentence,
    SentenceJudgement,
    Source,
    Span,
    Structure,
    TracedText,
)
from jingwei.pipeline.prepare import Prepared

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


def test_tuples_of_values_travel_in_columns() -> None:
    why = Reason("generic", "通用", "generic")
    spans = (Span(0, 2, "own", why), Span(2, 4, "local", Reason("fact", "事实", "fact")), Span(4, 5, "own", why))
    place = PlaceHit(0, 2, "柳河", "镇", "own", ("123",))
    damage = (Damage("ocr_space", 1, 2),)
    structure = Structure(
        (Block(0, 5, "body"),), (), (), (Sentence(0, 5, None, 0, 0, 5),), TracedText("", *[np.zeros(0, np.int32)] * 2),
        np.zeros(5, np.bool_), damage,
    )  # fmt: skip
    report = Report(Document("a.txt", "", "txt", "12345"), structure, Profile())
    assessment = Assessment(
        report, LibrarySummary(), Counts(), Scores(None, None, None, None, 0, None, None), spans,
        (SentenceJudgement(0, 5, None, 0.5, True),), (), (), (Excluded(0, 4, "同", None),), (), {}, "", "",
    )  # fmt: skip
    sent = pickle.loads(pickle.dumps(assessment))  # noqa: S301 - our own bytes
    assert (sent.spans, sent.sentences, sent.facts, sent.excluded) == (
        spans,
        assessment.sentences,
        (),
        assessment.excluded,
    )
    assert sent.spans[0].because is sent.spans[2].because
    there = sent.report.structure
    assert (there.blocks, there.sections, there.sentences, there.damage) == (
        structure.blocks,
        (),
        structure.sentences,
        damage,
    )
    noise = np.zeros(5, np.bool_)
    prepared = pickle.loads(pickle.dumps(Prepared(report, (), (place,), (), np.zeros(1), noise, noise, {})))  # noqa: S301
    assert (prepared.phrases, prepared.places) == ((), (place,))
