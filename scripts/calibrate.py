"""Make ``src/jingwei/judge/data/calibration.json``: percentiles of real reports and overlaps by chance.

    python scripts/calibrate.py DATA [--reports 300] [--pairs 20000] [--seed 1]

Percentiles: every sampled work report runs through the real pipeline without a library. Chance: pairs of reports of
different provinces, cut to a length; the share of the characters of the shorter text in runs of 13 and more folded
characters that both have, prescribed wording included. Run it again when the judgement changes.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
from pathlib import Path

import numpy as np

from jingwei.fingerprint import fold_texts, shingle_hashes
from jingwei.fingerprint.winnow import NO_HASH
from jingwei.judge.background_standings import CALIBRATION_FILE, measured
from jingwei.model import Document, Report
from jingwei.pipeline.draft import no_evidence
from jingwei.pipeline.prepare import assess, parse, prepare
from jingwei.settings import Settings

RUN_CHARS = 13
LENGTHS = (3000, 6000, 12000)
BORDERS = [round(x, 4) for x in (*np.arange(0, 0.02, 0.001), *np.arange(0.02, 0.1, 0.01), *np.arange(0.1, 1.01, 0.1))]
LEVELS = {"省": {"province", "municipality"}, "市": {"prefecture", "major_city"}}
FIRST_YEAR = 2010  # older work reports are another language
STEPS = 20


def sampled(data: Path, number: int, seed: int) -> list[dict[str, str]]:
    """Rows of the manifest, at most one report of a place."""
    with (data / "MANIFEST.tsv").open(encoding="utf-8") as table:
        rows = [row for row in csv.DictReader(table, delimiter="\t") if int(row["year"]) >= FIRST_YEAR]
    rows = [row for row in rows if (data / row["file"]).is_file()]
    random.Random(seed).shuffle(rows)  # noqa: S311 - a sample, no secret
    first = {row["place"]: row for row in reversed(rows)}
    return sorted(first.values(), key=lambda row: row["file"])[:number]


def percentiles(data: Path, rows: list[dict[str, str]]) -> dict[str, object]:
    """Percentile borders of every measure, for all and by level."""
    settings = Settings()
    values: list[tuple[str, dict[str, float | None]]] = []
    for row in rows:
        text = (data / row["file"]).read_text(encoding="utf-8")
        report = parse(Document(row["file"], "", "md", text), settings)
        if isinstance(report, Report):
            assessment = assess(prepare(report, settings), no_evidence(report), settings)[0]
            values.append((row["level"], measured(assessment.counts, assessment.scores)))
    groups: dict[str, object] = {}
    for name, levels in {"all": None, **LEVELS}.items():
        chosen = [measures for level, measures in values if levels is None or level in levels]
        borders = {
            key: [
                round(float(x), 4)
                for x in np.percentile([m[key] or 0.0 for m in chosen], np.linspace(0, 100, STEPS + 1))
            ]
            for key in chosen[0]
        }
        zh = {"all": "政府工作报告", "省": "省级政府工作报告", "市": "市级政府工作报告"}[name]
        en = {"all": "government work reports", "省": "provincial work reports", "市": "municipal work reports"}[name]
        groups[name] = {"n": len(chosen), "zh": zh, "en": en, "percentiles": borders}
    return groups


def chance(data: Path, rows: list[dict[str, str]], pairs: int, seed: int) -> dict[str, object]:
    """Histogram of overlaps of unrelated pairs, by length."""
    draw = random.Random(seed)  # noqa: S311 - a sample, no secret
    tables: dict[str, object] = {}
    for length in LENGTHS:
        hashes = []
        for row in rows:
            text = (data / row["file"]).read_text(encoding="utf-8")
            start = max(0, (len(text) - length) // 2)  # the middle: openings are alike by order
            text = text[start : start + length]
            batch = fold_texts([text], [np.array([[0, len(text)]], dtype=np.int32)])
            hashes.append(shingle_hashes(batch.codes, batch.offsets, RUN_CHARS))
        counts = np.zeros(len(BORDERS), dtype=int)
        done = 0
        while done < pairs:
            left, right = draw.randrange(len(rows)), draw.randrange(len(rows))
            if rows[left]["province"] != rows[right]["province"]:
                share = covered(hashes[left], hashes[right])
                counts[int(np.searchsorted(BORDERS, share, side="right")) - 1] += 1
                done += 1
        tables[str(length)] = {"pairs": counts.tolist()}
    return tables


def covered(left: np.ndarray, right: np.ndarray) -> float:
    """Share of the left characters inside a run that the right text has too."""
    hit = np.isin(left, right[right != NO_HASH])
    steps = np.zeros(len(left) + RUN_CHARS, dtype=int)
    steps[np.flatnonzero(hit)] += 1
    np.subtract.at(steps, np.flatnonzero(hit) + RUN_CHARS, 1)
    return float((np.cumsum(steps)[: len(left)] > 0).mean())


def main() -> None:
    """Write the calibration."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--reports", type=int, default=300)
    parser.add_argument("--pairs", type=int, default=20000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    rows = sampled(arguments.data, arguments.reports, arguments.seed)
    stored = {
        "about": "percentiles of real work reports and overlaps by chance; made by scripts/calibrate.py",
        "seed": arguments.seed,
        "reports": percentiles(arguments.data, rows),
        "chance_borders": BORDERS,
        "chance": chance(arguments.data, rows, arguments.pairs, arguments.seed),
    }
    CALIBRATION_FILE.write_text(json.dumps(stored, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
