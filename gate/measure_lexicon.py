"""Measure the lexicon of prescribed wording against real reports and labels.

    python gate/measure_lexicon.py [SHARED] [--corpus UNPACKED] [--detail]

SHARED is the folder with the shared evaluation material (default: JINGWEI_SHARED, else ``shared`` beside the
repository); ``--corpus`` names already unpacked work reports. Prints one JSON object and exits 1 below a floor:

* ``runs_explained_share`` ≥ 0.85: of the characters in runs of 40 and more that five provinces share, in work reports
  of places that ``scripts/mine_phrases.py`` never reads, the share that lies in a hit;
* ``local_called_mandated_share`` ≤ 0.03: of the characters that both readers call locally specific. Titles of a
  superior's documents, which both readers marked local, are left out: PRODUCT.md says they are prescribed;
* ``labelled_spans_hit`` = all: spans labelled 上级规定用语 with a majority of their characters in hits;
* ``generic_called_mandated_share`` (no floor): of the spans labelled 通用套语.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tarfile
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

from mine_phrases import is_held_out, shared_positions  # noqa: E402

from jingwei.lexicon.matcher import fold  # noqa: E402
from jingwei.lexicon.phrases import find_phrases, lexicon_version  # noqa: E402
from jingwei.lexicon.titles import find_titles, title_kind  # noqa: E402
from jingwei.model import TracedText  # noqa: E402

FLOORS = {"runs_explained_share": 0.85, "local_called_mandated_share": 0.03}


def traced(text: str, offsets: list[int] | None = None) -> TracedText:
    """A text that stands for itself, or for the raw offsets given."""
    starts = np.arange(len(text), dtype=np.int32) if offsets is None else np.array(offsets, dtype=np.int32)
    return TracedText(text, starts, starts + 1)


def covered(clean: TracedText, length: int, year: int | None) -> np.ndarray:
    """Per raw character whether a hit holds it."""
    flags = np.zeros(length, bool)
    for hit in (*find_phrases(clean, year), *find_titles(clean)):
        flags[hit.start : hit.end] = True
    return flags


def squeezed(raw: str) -> TracedText:
    """Raw text without spaces inside lines (enough of the text room for measuring words)."""
    kept = [i for i, char in enumerate(raw) if char == "\n" or not char.isspace()]
    return traced("".join(raw[i] for i in kept), kept)


def measure_runs(corpus: Path, *, detail: bool) -> dict[str, Any]:
    """Coverage of long shared runs in held-out places."""
    reports = []
    for row in (corpus / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        file, level, place, province, year = row.split("\t")[:5]
        path = corpus / file
        if int(year) >= 2003 and level not in {"law", "party", "plan", "national"} and path.is_file():
            lines = path.read_text(encoding="utf-8").split("---", 2)[-1].replace("#", "").splitlines()
            text = "\n".join(filter(None, ("".join(line.split()) for line in lines)))
            reports.append((place, province or place, int(year), text, *fold(text)))
    numbers = {name: i for i, name in enumerate(sorted({r[1] for r in reports}))}
    flags = shared_positions([r[4] for r in reports], [numbers[r[1]] for r in reports], least=5)
    total = explained = 0
    missed: Counter[str] = Counter()
    for (place, _, year, text, folded, where), shared in zip(reports, flags, strict=True):
        if not is_held_out(place) or not shared.any():
            continue
        hit = covered(traced(text), len(text), year - 1)[np.array(where)]
        total += int(shared.sum())
        explained += int((shared & hit).sum())
        if detail:
            missed.update(_stretches(folded, shared & ~hit))
    report: dict[str, Any] = {"runs_explained_share": round(explained / total, 4), "runs_chars": total}
    if detail:
        worst = sorted(missed, key=lambda piece: -len(piece) * missed[piece])
        report["missed"] = [f"{missed[piece]} {piece}" for piece in worst[:200]]
    return report


def _stretches(text: str, flags: np.ndarray) -> list[str]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    return [text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]


def measure_labels(data: Path, *, detail: bool) -> dict[str, Any]:
    """False hits on local and generic wording, and hits on the labelled spans."""
    both = called = 0
    wrong: list[str] = []
    for line in (data / "labelled_sentences.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = row["text"]
        local = _mark(text, row["local_a"]) & _mark(text, row["local_b"])
        for hit in find_titles(traced(text)):
            if title_kind(text[hit.start + 1 : hit.end - 1]) == "superior":
                local[hit.start : hit.end] = False
        hit_flags = covered(traced(text), len(text), None)
        both += int(local.sum())
        called += int((local & hit_flags).sum())
        wrong += _stretches(text, local & hit_flags)
    raws: dict[str, tuple[str, np.ndarray]] = {}
    spans: dict[str, list[float]] = {"label_mandated": [], "label_generic": [], "label_local": []}
    missed = []
    for line in (data / "labelled_findings.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["kind"] not in spans:
            continue
        name = row["report"]
        if name not in raws:
            raw = (data / "township_reports" / name).read_text(encoding="utf-8")
            raws[name] = raw, covered(squeezed(raw), len(raw), None)
        share = float(raws[name][1][row["start"] : row["end"]].mean())
        spans[row["kind"]].append(share)
        if row["kind"] == "label_mandated" and share <= 0.5:
            missed.append(row["span_text"])
    report: dict[str, Any] = {
        "local_called_mandated_share": round(called / both, 4),
        "local_chars": both,
        "labelled_spans_hit": sum(share > 0.5 for share in spans["label_mandated"]),
        "labelled_spans": len(spans["label_mandated"]),
        "generic_called_mandated_share": round(float(np.mean(spans["label_generic"])), 4),
        "local_spans_called_mandated_share": round(float(np.mean(spans["label_local"])), 4),
    }
    if detail:
        report |= {"local_called": wrong, "labelled_missed": missed}
    return report


def _mark(text: str, pieces: list[str]) -> np.ndarray:
    flags = np.zeros(len(text), bool)
    for piece in filter(None, pieces):
        at = text.find(piece)
        while at >= 0:
            flags[at : at + len(piece)] = True
            at = text.find(piece, at + 1)
    return flags


def main() -> int:
    """Measure and compare with the floors; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = os.environ.get("JINGWEI_SHARED", str(ROOT.parent / "shared"))
    parser.add_argument("shared", nargs="?", type=Path, default=Path(default))
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--detail", action="store_true")
    options = parser.parse_args()
    figures: dict[str, Any] = {"lexicon": lexicon_version()}
    figures |= measure_labels(options.shared / "data", detail=options.detail)
    if options.corpus:
        figures |= measure_runs(options.corpus, detail=options.detail)
    else:
        with tempfile.TemporaryDirectory() as folder:
            with tarfile.open(options.shared / "data" / "gov_work_reports.tar.xz") as archive:
                archive.extractall(folder, filter="data")
            manifest = next(Path(folder).rglob("MANIFEST.tsv"))
            figures |= measure_runs(manifest.parent, detail=options.detail)
    print(json.dumps(figures, ensure_ascii=False, indent=1))
    good = (
        figures["runs_explained_share"] >= FLOORS["runs_explained_share"]
        and figures["local_called_mandated_share"] <= FLOORS["local_called_mandated_share"]
        and figures["labelled_spans_hit"] == figures["labelled_spans"]
    )
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
