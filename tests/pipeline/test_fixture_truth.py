"""Golden results for the fixture corpus: what was planted is found as what it is, and clean reports stay clean."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from jingwei.model import Assessment, Comparison, Report
from jingwei.pipeline.batch import compare
from jingwei.pipeline.draft import assess_draft
from jingwei.pipeline.prepare import entry_of
from jingwei.pipeline.reading import read_reports
from jingwei.settings import Settings

COUNTS = {"taken": 27, "sourced": 24, "mandated": 6, "traps": 63, "residues": 38, "clean": 13}


@pytest.fixture(scope="module")
def truth(fixtures_dir: Path) -> dict[str, Any]:
    return dict(json.loads((fixtures_dir / "truth.json").read_text("utf-8")))


@pytest.fixture(scope="module")
def batch(fixtures_dir: Path) -> Comparison:
    return compare([fixtures_dir / "reports"], Settings())


@pytest.fixture(scope="module")
def by_name(batch: Comparison) -> dict[str, Assessment]:
    return dict(zip(batch.ids, batch.assessments, strict=True))


@pytest.fixture(scope="module")
def told(truth: dict[str, Any], by_name: dict[str, Assessment]) -> dict[str, list[dict[str, Any]]]:
    """What the truth says of files of the batch, by what it says; that it says it at all is asserted here, once."""
    inside = {
        key: [row for row in truth[key] if Path(row["file"]).name in by_name] for key in ("plants", "traps", "residues")
    }
    sources = [p for p in inside["plants"] if p.get("source_file") and Path(p["source_file"]).name in by_name]
    groups = {
        "taken": [p for p in inside["plants"] if p["expect"] in ("copied", "recycled", "common_source")],
        "sourced": [p for p in sources if p["expect"] in ("copied", "recycled")],
        "mandated": [p for p in truth["plants"] if p["expect"] == "mandated"],
        "traps": inside["traps"],
        "residues": inside["residues"],
        "clean": [{"file": path} for path, report in truth["reports"].items() if report["clean"]],
    }
    assert {name: len(rows) for name, rows in groups.items()} == COUNTS
    return groups


def kinds_in(assessment: Assessment, start: int, end: int) -> Counter[str]:
    text, found = assessment.report.document.text, Counter[str]()
    for s in assessment.spans:
        low, high = max(s.start, start), min(s.end, end)
        found[s.kind] += sum(not c.isspace() for c in text[low:high]) if low < high else 0
    return found


def test_planted_copies_are_found(told: dict[str, list[dict[str, Any]]], by_name: dict[str, Assessment]) -> None:
    missed = []
    for plant in told["taken"]:
        name = Path(plant["file"]).name
        kinds = kinds_in(by_name[name], plant["start"], plant["end"])
        wanted = "recycled" if plant["expect"] == "recycled" else "copied"
        free = sum(kinds.values()) - kinds["mandated"]
        if kinds[wanted] < 0.6 * free:
            missed.append((plant["id"], plant["kind"], name, dict(kinds)))
    assert not missed


def test_each_planted_passage_names_its_source(
    told: dict[str, list[dict[str, Any]]], by_name: dict[str, Assessment]
) -> None:
    for plant in told["sourced"]:
        name, source = Path(plant["file"]).name, Path(plant["source_file"]).name
        reports = {
            Path(s.report).name
            for m in by_name[name].matches
            if m.start < plant["end"] and plant["start"] < m.end
            for s in (m.source, *m.also)
        }
        assert source in reports, plant["id"]


def test_clean_reports_stay_clean(told: dict[str, list[dict[str, Any]]], by_name: dict[str, Assessment]) -> None:
    for report in told["clean"]:
        found = by_name[Path(report["file"]).name]
        assert found.counts.copied == 0, report
        assert [f for f in found.findings if f.severity != "note"] == [], report


def test_no_trap_is_flagged(told: dict[str, list[dict[str, Any]]], by_name: dict[str, Assessment]) -> None:
    flagged = [
        (Path(t["file"]).name, f.code, f.quote, t["why"])
        for t in told["traps"]
        for f in by_name[Path(t["file"]).name].findings
        if f.severity != "note"
        and f.start is not None
        and f.end is not None
        and f.start < t["end"]
        and t["start"] < f.end
        # The county's sentence counts as shared while its document is not in the library.
        and not (f.code in ("C1", "C2") and "superior" in t["why"])
    ]
    assert not flagged


def test_residues_found_do_not_become_fewer(
    told: dict[str, list[dict[str, Any]]], by_name: dict[str, Assessment]
) -> None:
    """Of the marked residues in the batch most are found with their code; the floor only rises."""
    marked = told["residues"]
    found = [
        r
        for r in marked
        if any(
            f.code == r["code"]
            and (f.start is None or f.end is None or r["start"] is None or (f.start < r["end"] and r["start"] < f.end))
            for f in by_name[Path(r["file"]).name].findings
        )
    ]
    assert len(found) >= 0.7 * len(marked)


def test_identity_of_every_fixture(truth: dict[str, Any], by_name: dict[str, Assessment]) -> None:
    assert {Path(path).name for path in truth["reports"]} == set(by_name)
    for path, wanted in truth["reports"].items():
        profile = by_name[Path(path).name].report.profile
        assert profile.year == wanted["year"], path
        assert profile.level == wanted["level"], path
        assert profile.place is not None and profile.place.name.endswith(wanted["place"]), path


def test_duplicate_group_and_family_are_found(batch: Comparison) -> None:
    assert [(d.left, d.right) for d in batch.duplicates] == [
        ("suihe-tongheng-2025-draft.txt", "suihe-tongheng-2025.txt")
    ]
    (group,) = batch.groups
    assert len(group.reports) == 4
    assert any(f.places >= 5 and f.slots for f in batch.families)


def test_a_superiors_document_in_the_library_prescribes(
    told: dict[str, list[dict[str, Any]]], fixtures_dir: Path
) -> None:
    settings = Settings()
    from jingwei.library import MemoryLibrary

    read = [r for r in read_reports([fixtures_dir / "library/authority"], settings) if isinstance(r, Report)]
    library = MemoryLibrary([entry_of(r, "authority") for r in read], settings)
    for plant in told["mandated"]:
        (report,) = read_reports([fixtures_dir / plant["file"]], settings)
        assert isinstance(report, Report)
        kinds = kinds_in(assess_draft(report, library, settings), plant["start"], plant["end"])
        assert kinds["mandated"] >= 0.8 * sum(kinds.values()) > 0, plant["id"]


def test_order_of_the_files_changes_nothing_and_two_runs_agree(fixtures_dir: Path) -> None:
    from jingwei.report.json import dump_json
    from jingwei.report.json_batch import comparison_json

    files = sorted((fixtures_dir / "reports").iterdir())[:8]
    runs = [dump_json(comparison_json(compare(order, Settings()))) for order in (files, files[::-1], files)]
    assert runs[0] == runs[1] == runs[2]
