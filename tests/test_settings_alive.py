"""Every knob changes what is found: a value that is read and thrown away would be a lie."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import fields, replace

from jingwei.library import MemoryLibrary
from jingwei.match import compare_batch
from jingwei.model import Report
from jingwei.pipeline.draft import assess_draft
from jingwei.pipeline.prepare import entry_of
from jingwei.pipeline.reading import read_reports
from jingwei.report.json import report_json
from jingwei.settings import Settings

_OTHER: dict[str, Any] = {
    "match.shingle_chars": 7,
    "match.window_shingles": 3,
    "match.min_run_chars": 20,
    "match.max_gap_chars": 2,
    "match.candidates": 1,
    "match.frequency_cap_share": 0.9,
    "match.frequency_cap_floor": 1,
    "match.crowd_units": 6,
    "match.crowd_chars": 20,
    "match.permutations": 16,
    "match.minhash_seed": 7,
    "match.family_jaccard": 0.3,
    "match.duplicate_jaccard": 0.2,
    "judge.copied_chars": 150,
    "judge.recycled_chars": 60,
    "judge.common_source_chars": 300,
    "judge.common_units": 1,
    "judge.local_strength": 3,
    "judge.specific_threshold": 0.9,
    "judge.background": False,
    "review.degree_watch": 0.01,
    "review.degree_check": 0.1,
    "review.degree_high": 0.1,
    "review.recycled_watch": 0.01,
    "review.recycled_check": 0.9,
    "review.min_facts_per_1000": 40.0,
    "review.off": ("C1",),
    "review.severities": {"C1": "note"},
    "review.allow": ("桐庐县",),
    "review.names": ("柳汀镇",),
}


def _with(key: str, value: Any) -> Settings:
    section, name = key.split(".")
    settings = Settings()
    return replace(settings, **{section: replace(getattr(settings, section), **{name: value})})


@pytest.fixture(scope="module")
def reports(fixtures_dir: Path) -> list[Report]:
    found = read_reports([fixtures_dir / "reports", fixtures_dir / "drafts"], Settings())
    return [r for r in found if isinstance(r, Report)]


def _outcome(reports: list[Report], settings: Settings) -> tuple[Any, ...]:
    entries = [entry_of(r) for r in reports]
    library = MemoryLibrary(entries, settings)
    probes = [
        r for r in reports if any(name in r.document.path for name in ("draft", "liuting-2023", "qingchu", "dipu-2023"))
    ]
    drafts = []
    for probe in probes:
        shown = report_json(assess_draft(probe, library, settings, ()))
        drafts.append({key: value for key, value in shown.items() if key != "settings"})
    batch = compare_batch(entries, settings)
    return drafts, batch.pairs, batch.families, batch.duplicates


@pytest.fixture(scope="module")
def usual(reports: list[Report]) -> tuple[Any, ...]:
    return _outcome(reports, Settings())


def test_every_knob_that_judges_is_tried() -> None:
    settings = Settings()
    sections = {name: getattr(settings, name) for name in ("match", "judge", "review")}
    knobs = {f"{name}.{f.name}" for name, section in sections.items() for f in fields(section)}
    assert knobs - set(_OTHER) == {"review.fail_on"}  # decides the exit code alone


@pytest.mark.parametrize("key", _OTHER)
def test_a_knob_changes_the_outcome(key: str, reports: list[Report], usual: tuple[Any, ...]) -> None:
    assert _outcome(reports, _with(key, _OTHER[key])) != usual


def test_the_same_settings_change_nothing(reports: list[Report], usual: tuple[Any, ...]) -> None:
    assert _outcome(reports, Settings()) == usual
