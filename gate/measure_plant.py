"""Planted passages in real reports: recall, precision, granularity and false accusations by kind of edit.

    python gate/measure_plant.py [--seeds 1 2 3] [--hosts 40] [--library 300]

Needs the shared evaluation material (``JINGWEI_SHARED`` or ``../shared``). Uses the bench programs there; prints one
line a seed, then mean and worst.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from jingwei.library import MemoryLibrary
from jingwei.model import Report
from jingwei.pipeline.draft import assess_draft
from jingwei.pipeline.prepare import entry_of
from jingwei.pipeline.reading import read_reports
from jingwei.report.json import dump_json, report_json
from jingwei.settings import Settings


def shared() -> Path:
    """Where the shared material is."""
    return Path(os.environ.get("JINGWEI_SHARED", Path(__file__).resolve().parents[2] / "shared"))


def unpack(folder: Path) -> Path:
    """The real work reports, unpacked once into ``folder``."""
    target = folder / "work_reports"
    if not target.is_dir():
        with tarfile.open(shared() / "data/gov_work_reports.tar.xz") as archive:
            archive.extractall(target, filter="data")
    return target


def measure(reports: Path, folder: Path, seed: int, hosts: int, library: int) -> dict[str, Any]:
    """Plant with one seed, score every host, and let plagdet.py judge."""
    place = folder / f"plant-{seed}"
    bench = shared() / "bench"
    options = ["--hosts", str(hosts), "--library", str(library), "--seed", str(seed)]
    subprocess.run([sys.executable, bench / "plant.py", reports, place, *options], check=True, capture_output=True)
    settings = Settings()
    entries = [entry_of(r) for r in read_reports([place / "library"], settings) if isinstance(r, Report)]
    shelf = MemoryLibrary(entries, settings)
    found = read_reports([place / "hosts"], settings)
    with (place / "found.jsonl").open("w", encoding="utf-8") as out:
        for report in found:
            if isinstance(report, Report):
                out.write(dump_json(report_json(assess_draft(report, shelf, settings))) + "\n")
    command = [sys.executable, bench / "plagdet.py", place / "truth.jsonl", place / "found.jsonl"]
    answer = subprocess.run(
        [*command, "--clean", place / "clean.jsonl", "--json"], check=True, capture_output=True, text=True
    )
    return dict(json.loads(answer.stdout))


def main() -> None:
    """Measure all seeds and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4, 5])
    parser.add_argument("--hosts", type=int, default=40)
    parser.add_argument("--library", type=int, default=300)
    parser.add_argument("--keep", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        reports = unpack(folder)
        rows = [measure(reports, folder, seed, args.hosts, args.library) for seed in args.seeds]
    for seed, row in zip(args.seeds, rows, strict=True):
        kinds = " ".join(f"{k} {v['char_recall']:.3f}/{v['copied_recall']:.3f}" for k, v in row["kinds"].items())
        rest = {k: v for k, v in row.items() if k != "kinds"}
        print(f"seed {seed}: char/copied recall {kinds}\n  {rest}")
    for key in ("copied_precision", "precision", "recall", "granularity", "plagdet", "clean_copied_share"):
        values = [row[key] for row in rows]
        print(f"{key}: mean {sum(values) / len(values):.4f}, min {min(values):.4f}, max {max(values):.4f}")


if __name__ == "__main__":
    main()
