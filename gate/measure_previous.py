"""Planted passages whose source is an earlier report of the same unit: carried over, never suspected.

    python gate/measure_previous.py [--seeds 1 2 3] [--hosts 40] [--library 300]

Plants as measure_plant.py does; then, host by host, the sources of its plants enter the library as the unit's own reports
of the years before, beside all others. Of the planted characters that are no prescribed wording, ``recycled`` is the
share that came out carried over, ``copied`` the share that came out suspected (each one is a false accusation),
``matched`` the share inside a match whose relation is ``previous`` and whose source is the right report.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path, PurePath
from typing import Any

import numpy as np
from measure_plant import shared, unpack
from msgspec.structs import replace

from jingwei.library import MemoryLibrary
from jingwei.model import Entry, Report
from jingwei.pipeline.draft import assess_draft
from jingwei.pipeline.prepare import entry_of
from jingwei.pipeline.reading import read_reports
from jingwei.settings import Settings

UNIT, YEAR = "本单位", 2030


def measure(reports: Path, folder: Path, seed: int, hosts: int, library: int) -> dict[str, float]:
    """Plant with one seed and judge every host that has plants."""
    place = folder / f"plant-{seed}"
    options = ["--hosts", str(hosts), "--library", str(library), "--seed", str(seed)]
    program = [sys.executable, str(shared() / "bench/plant.py"), str(reports), str(place), *options]
    subprocess.run(program, check=True, capture_output=True)
    settings = Settings()
    shelf = [entry_of(r) for r in read_reports([place / "library"], settings) if isinstance(r, Report)]
    plants: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in (place / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        plant = json.loads(line)
        plants[plant["host"]].append(plant)
    totals: dict[str, int] = defaultdict(int)
    for report in read_reports([place / "hosts"], settings):
        if isinstance(report, Report) and (mine := plants.get(PurePath(report.document.path).name)):
            for key, chars in _judged(report, mine, shelf, settings).items():
                totals[key] += chars
    return {key: totals[key] / totals["free"] for key in ("recycled", "copied", "matched")}


def _judged(report: Report, plants: list[dict[str, Any]], shelf: list[Entry], settings: Settings) -> dict[str, int]:
    """Planted characters of one host by what became of them."""
    sources = sorted({p["source"] for p in plants})
    years = {name: YEAR - 1 - i for i, name in enumerate(sources)}
    entries = [
        replace(e, unit=UNIT, year=years[name]) if (name := PurePath(e.path).name) in years else e for e in shelf
    ]
    host = replace(report, profile=replace(report.profile, unit=UNIT, year=YEAR))
    assessment = assess_draft(host, MemoryLibrary(entries, settings), settings)
    text = report.document.text
    kinds = np.full(len(text), "", dtype="U9")
    for span in assessment.spans:
        kinds[span.start : span.end] = span.kind
    matched = np.zeros((len(text), len(sources)), dtype=np.bool_)
    for match in assessment.matches:
        for source in (match.source, *match.also):
            name = PurePath(source.report).name
            if match.relation == "previous" and name in years:
                matched[match.start : match.end, sources.index(name)] = True
    counts = dict.fromkeys(("free", "recycled", "copied", "matched"), 0)
    for plant in plants:
        chosen = slice(plant["host_start"], plant["host_end"])
        free = (kinds[chosen] != "") & (kinds[chosen] != "mandated")
        counts["free"] += int(free.sum())
        counts["recycled"] += int((free & (kinds[chosen] == "recycled")).sum())
        counts["copied"] += int((free & (kinds[chosen] == "copied")).sum())
        counts["matched"] += int((free & matched[chosen, sources.index(plant["source"])]).sum())
    return counts


def main() -> None:
    """Measure all seeds and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--hosts", type=int, default=40)
    parser.add_argument("--library", type=int, default=300)
    parser.add_argument("--keep", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        reports = unpack(folder)
        for seed in args.seeds:
            row = measure(reports, folder, seed, args.hosts, args.library)
            print(f"seed {seed}: " + " ".join(f"{key} {share:.4f}" for key, share in row.items()))


if __name__ == "__main__":
    main()
