"""Recall of planted copies in synthetic reports (../shared/bench/synth.py).

    score_synth.py FOLDER [--sample N] [--library FOLDER] [--seed S]
    score_synth.py FOLDER --batch

FOLDER holds reports.jsonl and truth.jsonl. All reports go into a library (in memory, or on disk with ``--library``);
every report with a plant, or a sample of N of them, is looked up. With ``--batch`` all reports are compared with each
other at once, as ``compare`` does. A plant counts when one passage joins the two places:
at least 13 equal characters of it lie in the planted paragraph on both sides (for a single sentence: in that sentence).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from jingwei.library import MemoryLibrary, create_or_open
from jingwei.match import find_evidence
from jingwei.model import Entry, Passage, Place
from jingwei.settings import Settings


def read_entries(file: Path) -> Iterator[Entry]:
    """The reports as entries; every line is a paragraph of the body."""
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            report = json.loads(line)
            text = report["text"]
            body, at = [], 0
            for number, paragraph in enumerate(text.split("\n")):
                body.append((at, at + len(paragraph), number))
                at += len(paragraph) + 1
            yield Entry(
                path=report["id"],
                sha256=hashlib.sha256(text.encode()).hexdigest(),
                text=text,
                body=np.array(body, dtype=np.int32),
                place=Place(report["place"], town=report["place"]),
                unit=report["place"],
                year=report["year"],
            )


def planted_range(entry: Entry, paragraph: int, span: str | None) -> tuple[int, int]:
    """Raw range of the plant: the paragraph, or the sentence in it where it is found as it stands."""
    start, end, _ = entry.body[paragraph].tolist()
    if span is not None and (at := entry.text.find(span, start, end)) >= 0:
        return at, at + len(span)
    return start, end


def joins(passage: Passage, left: tuple[int, int], right: tuple[int, int]) -> bool:
    """Whether enough of the passage's equal runs lie in both ranges."""
    equal = 0
    for run in passage.runs:
        on_left = min(run.left_end, left[1]) - max(run.left_start, left[0])
        on_right = min(run.right_end, right[1]) - max(run.right_start, right[0])
        equal += max(0, min(on_left, on_right))
    return equal >= 13


def score_batch(entries: dict[str, Entry], plants: dict[str, list[dict[str, Any]]]) -> None:
    """Print recall by kind of the comparison of all with all, and its processor time."""
    from jingwei.match import compare_batch

    started = [*os.times()][:4]
    evidence = compare_batch(list(entries.values()), Settings()).evidence
    seconds = sum([*os.times()][:4]) - sum(started)
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for one, name in zip(evidence, entries, strict=True):
        by_source = {m.source.report: m.passages for m in one.matches}
        for plant in plants.get(name, ()):
            span = plant.get("span") if plant["kind"] == "sent" else None
            left = planted_range(entries[name], plant["dst_para"], span)
            right = planted_range(entries[plant["src"]], plant["src_para"], span)
            found[plant["kind"]][0] += any(joins(p, left, right) for p in by_source.get(plant["src"], ()))
            found[plant["kind"]][1] += 1
    recall = ", ".join(f"{kind} {hits / total:.4f} ({hits}/{total})" for kind, (hits, total) in sorted(found.items()))
    print(f"{len(entries)} reports with each other, {seconds:.1f} cpu s of all processes; recall {recall}")


def main() -> None:
    """Print recall by kind and time per look-up."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--library", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--batch", action="store_true")
    args = parser.parse_args()
    settings = Settings()
    entries = {e.path: e for e in read_entries(args.folder / "reports.jsonl")}
    plants: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in (args.folder / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        plant = json.loads(line)
        plants[plant["dst"]].append(plant)
    if args.batch:
        score_batch(entries, plants)
        return
    started = time.perf_counter()
    library: Any
    if args.library is None:
        library = MemoryLibrary(list(entries.values()), settings)
    else:
        library = create_or_open(args.library, settings)
        library.add(entries.values())
    built = time.perf_counter() - started
    hosts = sorted(plants)
    if args.sample:
        hosts = sorted(random.Random(args.seed).sample(hosts, min(args.sample, len(hosts))))  # noqa: S311
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    started = time.perf_counter()
    passages = 0
    for host in hosts:
        evidence = find_evidence(entries[host], library, settings.match)
        by_source = {m.source.report: m.passages for m in evidence.matches}
        passages += sum(len(m.passages) for m in evidence.matches)
        for plant in plants[host]:
            span = plant.get("span") if plant["kind"] == "sent" else None
            left = planted_range(entries[host], plant["dst_para"], span)
            right = planted_range(entries[plant["src"]], plant["src_para"], span)
            hit = any(joins(p, left, right) for p in by_source.get(plant["src"], ()))
            found[plant["kind"]][0] += hit
            found[plant["kind"]][1] += 1
            if args.misses and not hit:
                print("missed", plant["kind"], host, plant["src"], entries[host].text[slice(*left)][:120])
    seconds = (time.perf_counter() - started) / max(1, len(hosts))
    print(f"{len(entries)} reports, built in {built:.1f} s; {len(hosts)} look-ups, {seconds * 1000:.0f} ms each,")
    print(
        f"{passages / max(1, len(hosts)):.0f} passages each; recall "
        + ", ".join(f"{kind} {hits / total:.4f} ({hits}/{total})" for kind, (hits, total) in sorted(found.items()))
    )


if __name__ == "__main__":
    main()
