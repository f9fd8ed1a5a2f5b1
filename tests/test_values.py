"""Frozen values: they stay as they are, compare by what they hold, and travel between processes."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from msgspec import Struct
from msgspec.structs import replace

from jingwei import model, settings
from jingwei.model import Document, Fact, Finding, Match, PlaceHit, Profile, Reason, Report, Source, Span, Structure
from jingwei.model import TracedText as Traced
from jingwei.pipeline.prepare import Prepared


def test_every_noun_and_every_setting_is_frozen() -> None:
    found = [c for room in (model, settings) for c in vars(room).values() if isinstance(c, type)]
    values = [c for c in found if issubclass(c, Struct) and c is not Struct]
    assert len(values) > 40
    assert all(c.__struct_config__.frozen for c in values)


def test_values_stay_frozen_and_travel() -> None:
    fact = Fact(3, 7, "count", 2, "18件", 0, 9)
    with pytest.raises(AttributeError):
        fact.start = 4  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(fact)) == fact  # noqa: S301 - our own bytes
    assert replace(fact, end=8).end == 8
    match = Match(0, 5, 5, 5, "peer", Source("a.txt", None, None, 0, 5, "文字"))
    assert pickle.loads(pickle.dumps(match)) == match  # noqa: S301 - our own bytes
    assert Finding("R1", "note", 0, 1, "", "").evidence is not Finding("R1", "note", 0, 1, "", "").evidence


def test_what_workers_send_arrives_as_it_was() -> None:
    structure = Structure((), (), (), (), Traced("", *[np.zeros(0, np.int32)] * 2), np.zeros(5, np.bool_))
    place = PlaceHit(0, 2, "柳河", "镇", "own", ("123",))
    noise = np.zeros(5, np.bool_)
    report = Report(Document("a.txt", "", "txt", "12345"), structure, Profile())
    prepared = pickle.loads(pickle.dumps(Prepared(report, (), (place,), (), np.zeros(1), noise, noise, {})))  # noqa: S301
    assert (prepared.report.document, prepared.places) == (report.document, (place,))
    why = Reason("generic", "通用", "generic")
    spans = pickle.loads(pickle.dumps((Span(0, 2, "own", why), Span(4, 5, "own", why))))  # noqa: S301
    assert spans[0].because is spans[1].because
