"""A unit's reports are judged one after the other, by year, so that last year's reading is at hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from jingwei.pipeline.batch import _unit_by_unit


def test_a_units_reports_follow_each_other_by_year() -> None:
    known = [("白石镇", 2023), ("松岭乡", 2022), ("白石镇", 2021), (None, 2022), ("松岭乡", None), ("白石镇", 2022)]
    prepared: list[Any] = [
        SimpleNamespace(report=SimpleNamespace(profile=SimpleNamespace(unit=unit, year=year))) for unit, year in known
    ]
    order = _unit_by_unit(cast("Any", prepared))
    assert sorted(order) == list(range(len(known)))
    assert [known[at] for at in order] == [
        *[(None, 2022), ("松岭乡", None), ("松岭乡", 2022)],
        *[("白石镇", 2021), ("白石镇", 2022), ("白石镇", 2023)],
    ]
