"""Measure the self-check: recall on the labelled spans, traps, and false alarms on real reports.

    python gate/measure_findings.py SHARED [--reports FOLDER] [--sample 100] [--show error]

SHARED is the folder with the labelled data, FOLDER one with real government work reports. Nothing of their text is
kept; only counts are printed unless ``--show`` asks for the findings of a severity.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from jingwei.model import Document, Evidence, Finding, LibrarySummary, Report
from jingwei.pipeline.prepare import assess, parse, prepare
from jingwei.settings import Settings
from jingwei.sources import expand, read_one

# PRODUCT.md: which code answers for which kind of label.
ANSWERS: dict[str, frozenset[str]] = {
    "residue_level": frozenset({"R2"}),
    "residue_scope": frozenset({"R9"}),
    "genre_mix": frozenset({"R9"}),
    "foreign_slogan": frozenset({"R9"}),
    **dict.fromkeys(("old_slogan", "old_law", "old_term", "stale_org", "stale_term"), frozenset({"R5"})),
    **dict.fromkeys(
        ("number_contradiction", "internal_inconsistency", "repeated_number", "impossible_value"), frozenset({"R8"})
    ),
    **dict.fromkeys(("numbering_lost", "numbering_mixed"), frozenset({"R7"})),
    "number_format": frozenset({"Q1"}),
    **dict.fromkeys(("heading_punct", "format_error", "punct_mixed", "layout_inconsistent"), frozenset({"Q2"})),
    **dict.fromkeys(("inconsistent_name", "inconsistent_unit"), frozenset({"Q3"})),
    "typo_grammar": frozenset({"Q4"}),
    "missing_element": frozenset({"S1"}),
    **dict.fromkeys(("heading_promise_missing", "heading_content_mismatch"), frozenset({"S3"})),
    **dict.fromkeys(
        ("ocr_space", "page_break_split", "lost_character", "web_chrome", "markdown_artifact"), frozenset({"X1"})
    ),
}
SILENT = {"ocr_space", "page_break_split", "web_chrome", "markdown_artifact"}  # may be repaired without a word


def findings_of(path: Path, settings: Settings) -> tuple[Report, tuple[Finding, ...], float] | None:
    """Report, findings and the seconds the review took, without a library."""
    for item in expand([path], settings.sources):
        for document in read_one(item, settings.sources):
            report = parse(document, settings) if isinstance(document, Document) else document
            if isinstance(report, Report):
                prepared = prepare(report, settings)
                nothing = Evidence((), np.zeros(len(report.document.text), dtype=np.int32), LibrarySummary())
                started = time.perf_counter()
                assessment, _ = assess(prepared, nothing, settings)
                return report, assessment.findings, time.perf_counter() - started
    return None


def touches(finding: Finding, label: dict[str, Any]) -> bool:
    """Whether a finding overlaps a label; for what may be repaired silently one of the places it lists is enough."""
    if label.get("start") is None:
        return True
    places = finding.evidence.get("places", ()) if label.get("kind") in SILENT else ()
    ranges = [(finding.start, finding.end), *places]
    return any(a is not None and b is not None and a < label["end"] and label["start"] < b for a, b in ranges)


def labelled(shared: Path, settings: Settings) -> dict[str, float]:
    """Recall by kind of the high-confidence labels, and the traps that were flagged; printed, and their shares."""
    rows = [json.loads(line) for line in (shared / "data" / "labelled_findings.jsonl").open(encoding="utf-8")]
    found = {}
    for name in sorted({row["report"] for row in rows}):
        answer = findings_of(shared / "data" / "township_reports" / name, settings)
        assert answer is not None
        found[name] = answer[1]
        counts = Counter((f.code, f.severity) for f in answer[1])
        print(f"{name}: {dict(sorted(counts.items()))}")
    total: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    traps, flagged = 0, 0
    for row in rows:
        if row["kind"] == "legit_trap":
            raised = [
                f for f in found[row["report"]] if f.severity != "note" and f.start is not None and touches(f, row)
            ]
            for f in raised:
                print("  TRAP FLAGGED", row["id"], row["span_text"], f.code, f.severity, f.message)
            traps, flagged = traps + 1, flagged + bool(raised)
            continue
        codes = ANSWERS.get(row["kind"])
        if codes is None or row["confidence"] != "high":
            continue
        total[row["kind"]] += 1
        if any(f.code in codes and touches(f, row) for f in found[row["report"]]):
            hits[row["kind"]] += 1
        elif row["kind"] not in SILENT:
            print("  missed", row["kind"], row["id"], row["span_text"], "|", row["note"])
    for kind in total:
        print(f"  {kind:26s} {hits[kind]}/{total[kind]}{'  (or repaired silently)' if kind in SILENT else ''}")
    loud = [k for k in total if k not in SILENT and k != "typo_grammar"]
    wanted, told = sum(total[k] for k in loud), sum(hits[k] for k in loud)
    print(f"residues and defects: {told}/{wanted}")
    print(f"typing slips: {hits['typo_grammar']}/{total['typo_grammar']}")
    return {"residues": told / max(1, wanted), "traps_unflagged": 1 - flagged / max(1, traps)}


def labelled_figures(shared: Path) -> dict[str, float]:
    """Shares for the gate: ``residues`` found among high-confidence ones, ``traps_unflagged`` at error or warning."""
    return labelled(shared, Settings())


def fixture_findings(folder: Path, settings: Settings) -> dict[str, tuple[Finding, ...]]:
    """Findings of every invented report, the others its library, its unit's earlier ones given as previous."""
    from jingwei.library import MemoryLibrary
    from jingwei.pipeline.draft import assess_draft
    from jingwei.pipeline.prepare import entry_of

    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    about = truth["reports"] | truth["drafts"]
    reports: dict[str, Report] = {}
    for name in about:
        for item in expand([folder / name], settings.sources):
            for document in read_one(item, settings.sources):
                report = parse(document, settings) if isinstance(document, Document) else document
                if isinstance(report, Report):
                    reports[name] = report
    superiors = [
        entry_of(report, role="authority")
        for name in truth["authority"]
        for item in expand([folder / name], settings.sources)
        for document in read_one(item, settings.sources)
        if isinstance(document, Document) and isinstance(report := parse(document, settings), Report)
    ]
    found = {}
    for name, report in reports.items():
        earlier = [
            reports[other] for other in about
            if about[other]["unit"] == about[name]["unit"] and about[other]["year"] < about[name]["year"]
        ]  # fmt: skip
        earlier.sort(key=lambda r: -(r.profile.year or 0))
        others = [entry_of(r) for other, r in reports.items() if other != name]
        library = MemoryLibrary([*others, *superiors], settings)
        found[name] = assess_draft(report, library, settings, earlier).findings
    return found


def fixtures(folder: Path, settings: Settings) -> None:
    """Recall of the residues planted in the invented reports, and findings on their traps."""
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    found = fixture_findings(folder, settings)
    hits: Counter[str] = Counter()
    total: Counter[str] = Counter(row["code"] for row in truth["residues"])
    told: set[tuple[str, int]] = set()
    for row in truth["residues"]:
        mine = [f for f in found[row["file"]] if f.code == row["code"] and touches(f, row)]
        told |= {(row["file"], id(f)) for f in found[row["file"]] if f.start is None or touches(f, row)}
        hits[row["code"]] += bool(mine)
        if not mine:
            others = [f.code for f in found[row["file"]] if f.start is not None and touches(f, row)]
            print("  missed", row["code"], row["file"], row["text"][:50], "|", row["note"], others)
    for row in truth["traps"]:
        for f in found[row["file"]]:
            if f.severity != "note" and f.start is not None and touches(f, row):
                print(
                    "  TRAP FLAGGED", row["file"], row["text"][:40], "|", row["why"], f.code, f.severity, f.quote[:20]
                )
                told.add((row["file"], id(f)))
    for name, findings in found.items():
        for f in findings:
            if f.severity != "note" and (name, id(f)) not in told:
                print("  not in the key:", name, f.code, f.severity, f.quote[:24], f.evidence.get("case"))
    print("fixtures:", {code: f"{hits[code]}/{total[code]}" for code in sorted(total)})
    print(f"planted residues: {sum(hits.values())}/{sum(total.values())}")


def real_reports(folder: Path, sample: int, seed: int, settings: Settings, show: str) -> None:
    """False alarms: findings a report on texts that went through many hands."""
    paths = sorted(
        p for p in folder.rglob("*.md") if p.parts[-3] in {"prefecture", "major_city", "province", "municipality"}
    )
    picked = random.Random(seed).sample(paths, min(sample, len(paths)))  # noqa: S311 - a fixed sample, no secret
    counts: Counter[tuple[str, str]] = Counter()
    seconds, chars, read = 0.0, 0, 0
    for path in sorted(picked):
        answer = findings_of(path, settings)
        if answer is None:
            continue
        report, findings, took = answer
        read, seconds, chars = read + 1, seconds + took, chars + len(report.document.text)
        for f in findings:
            counts[(f.severity, f.code)] += 1
            if show in {f.severity, f.code}:
                text = report.document.text
                around = text[max(0, (f.start or 0) - 24) : (f.end or 0) + 24].replace("\n", "/")
                print(
                    f"{path.relative_to(folder)} {report.profile.level} {report.profile.year} {f.code} [{f.quote[:20]}] {around}"
                )
    print(
        f"reports: {read}, judged and reviewed in {seconds / max(1, read) * 1000:.0f} ms each ({chars // max(1, read)} characters)"
    )
    for severity in ("error", "warning", "note"):
        of = {code: n for (s, code), n in sorted(counts.items()) if s == severity}
        print(f"{severity}: {sum(of.values()) / max(1, read):.2f} a report {of}")


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--reports", type=Path)
    parser.add_argument("--sample", type=int, default=100)
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--show", default="")
    options = parser.parse_args()
    settings = Settings()
    labelled(options.shared, settings)
    fixtures(Path(__file__).resolve().parents[1] / "fixtures", settings)
    if options.reports:
        real_reports(options.reports, options.sample, options.seed, settings, options.show)


if __name__ == "__main__":
    main()
