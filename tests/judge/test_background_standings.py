"""Calibrations: where a report stands and what chance does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from jingwei.judge import background_standings as room
from jingwei.judge.background_standings import measured, standings
from jingwei.model import Counts, Scores

BORDERS = [i / 20 for i in range(21)]
STORED: dict[str, Any] = {
    "reports": {
        "all": {"n": 200, "zh": "报告", "en": "reports", "percentiles": dict.fromkeys(
            ("originality", "fact_density", "local_share", "prescribed_share"), BORDERS)},
        "市": {"n": 12, "zh": "市级报告", "en": "city reports", "percentiles": {}},
    },
    "chance_borders": [0.0, 0.01, 0.05],
    "chance": {"3000": {"pairs": [900, 90, 10]}, "12000": {"pairs": [0, 0, 1000]}},
}  # fmt: skip


@pytest.fixture
def stored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_calibration", lambda: STORED)


def scores(**values: float | None) -> Scores:
    base: dict[str, Any] = {
        "originality": None, "overlap_total": 0.0, "overlap_effective": 0.0, "overlap_max_source": 0.0,
        "longest_run_chars": 0, "recycled_rate": 0.0, "fact_density": None,
    }  # fmt: skip
    return Scores(**{**base, **values})


@pytest.mark.usefixtures("stored")
def test_percentile_is_the_share_of_the_sample_below() -> None:
    counts = Counts(body=1000, mandated=250, local=100)
    found = {s.measure: s for s in standings(counts, scores(originality=0.5, fact_density=2.0), 1000, None)}
    assert found["originality"].percentile == 50.0
    assert found["fact_density"].percentile == 100.0
    assert found["local_share"].percentile == 10.0
    assert found["prescribed_share"].percentile == 25.0
    assert found["originality"].sample == 200
    assert "体裁不同" in found["originality"].zh
    assert "chance" not in found


@pytest.mark.usefixtures("stored")
def test_a_dense_report_is_told_which_of_its_facts_are_taken_over() -> None:
    counts = Counts(body=1000, facts=30)
    told, silent = (
        {s.measure: s for s in standings(counts, scores(originality=0.5, fact_density=30.0), 1000, None, shared)}
        for shared in (26, 0)
    )
    assert "所计30个事实中有26个在沿用往年或疑似雷同的文字里" in told["fact_density"].zh
    assert "of its 30 facts 26" in told["fact_density"].en
    assert "个事实" not in told["originality"].zh + silent["fact_density"].zh


@pytest.mark.usefixtures("stored")
def test_a_small_sample_of_one_level_is_not_used() -> None:
    assert standings(Counts(body=499), scores(originality=0.5), 499, "市") == ()
    found = standings(Counts(body=600), scores(originality=0.5), 600, "市")
    assert {s.sample for s in found} == {200}


@pytest.mark.usefixtures("stored")
def test_chance_counts_unrelated_pairs_of_about_that_length() -> None:
    counts = Counts(body=3200)
    (short,) = [s for s in standings(counts, scores(overlap_max_source=0.03), 3200, None) if s.measure == "chance"]
    assert short.percentile == 99.0
    assert "1000对" in short.zh
    assert "有10对" in short.zh
    (long,) = [s for s in standings(counts, scores(overlap_max_source=0.03), 20000, None) if s.measure == "chance"]
    assert long.percentile == 0.0


@pytest.mark.usefixtures("stored")
def test_an_empty_body_has_no_standing() -> None:
    assert standings(Counts(), scores(), 0, None) == ()


def test_no_calibration_no_standing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "CALIBRATION_FILE", tmp_path / "none.json")
    room._calibration.cache_clear()
    try:
        assert standings(Counts(body=10), scores(), 10, None) == ()
    finally:
        room._calibration.cache_clear()


def test_the_shipped_calibration_holds_every_measure() -> None:
    stored = json.loads(room.CALIBRATION_FILE.read_text(encoding="utf-8"))
    names = set(measured(Counts(body=1), scores()))
    for group in stored["reports"].values():
        assert set(group["percentiles"]) == names
        assert all(values == sorted(values) for values in group["percentiles"].values())
    assert all(len(t["pairs"]) == len(stored["chance_borders"]) for t in stored["chance"].values())
