"""Measure sentence specificity and ``local`` characters on the labelled sentences of the shared data.

The three labelled reports run through the real pipeline without a library; every labelled sentence is found again in
the raw text. Counted: body sentences (N of either reader excluded) on which both readers agree (L and M specific).
Weights are learned without the report they are measured on.

    python gate/measure_specific.py [--errors] [--data ../shared/data]
    python gate/measure_specific.py --own      # gate/sentences_*.jsonl, each sentence alone
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from jingwei.judge.background import load_background
from jingwei.judge.facts import hidden_chars
from jingwei.judge.specific import LogisticModel, model
from jingwei.judge.specific_features import features
from jingwei.model import Document, Paragraph, Profile, Report, Sentence, Structure, TracedText
from jingwei.pipeline.draft import no_evidence
from jingwei.pipeline.prepare import Prepared, assess, parse, prepare
from jingwei.settings import Settings

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Labelled:
    """A labelled sentence found again: its raw characters and what the readers and the pipeline say of them."""

    row: dict[str, Any]
    at: np.ndarray  # raw offset of every non-space character of the label text
    values: np.ndarray  # features of the sentence that covers most of it
    facts: bool
    local: np.ndarray
    kinds: list[str]

    @property
    def text(self) -> str:
        """The label text without spaces."""
        return bare(self.row["text"])

    def specific(self, reader: str) -> bool:
        """Does this reader call it specific."""
        return bool(self.row["label_" + reader] != "F")

    def marked(self, reader: str) -> np.ndarray:
        """Characters this reader calls local."""
        marks = np.zeros(len(self.text), dtype=bool)
        for piece in self.row["local_" + reader]:
            start = self.text.find(bare(piece))
            if start >= 0:
                marks[start : start + len(bare(piece))] = True
        return marks


def bare(text: str) -> str:
    """Without any whitespace."""
    return "".join(text.split())


def f1(true: np.ndarray, found: np.ndarray) -> tuple[float, float, float]:
    """Precision, recall, F1 of two Boolean arrays."""
    both = float((true & found).sum())
    precision, recall = both / max(found.sum(), 1), both / max(true.sum(), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def auc(true: np.ndarray, values: np.ndarray) -> float:
    """Area under the ROC curve, ties counted half."""
    wins = values[true][:, None] - values[~true][None, :]
    return float(((wins > 0) + 0.5 * (wins == 0)).mean())


def alone(text: str) -> Prepared:
    """A sentence prepared as if it were a whole body; its title, place and year are unknown."""
    at = np.arange(len(text), dtype=np.int32)
    clean = TracedText(text, at, at + 1)
    structure = Structure(
        blocks=(),
        sections=(),
        paragraphs=(Paragraph(0, len(text), None, ((0, len(text)),), 0, len(text)),),
        sentences=(Sentence(0, len(text), None, 0, 0, len(text)),),
        clean=clean,
        body=np.array([not c.isspace() for c in text], dtype=np.bool_),
    )
    return prepare(Report(Document("-", "", "txt", text), structure, Profile()), Settings())


def row_of(prepared: Prepared) -> np.ndarray:
    """Features of a sentence that stands alone."""
    return np.asarray(_features(prepared)[0])


def locate(text: str, row: dict[str, Any], after: int) -> np.ndarray | None:
    """Raw offsets of the label text in a raw text; page furniture inside it is stepped over."""
    at = np.array([i for i, c in enumerate(text) if not c.isspace()], dtype=np.int64)
    raw, wanted = "".join(text[i] for i in at), bare(row["text"])
    start = raw.find(wanted, int(np.searchsorted(at, after)))
    if start < 0:
        start = raw.find(wanted)
    if start >= 0:
        return at[start : start + len(wanted)]
    head = raw.find(wanted[:12])
    if head < 0:
        return None
    found, place = [], head
    for char in wanted:  # a broken line: characters in order, with short interruptions
        step = raw.find(char, place, place + 40)
        if step < 0:
            return None
        found.append(step)
        place = step + 1
    return at[np.array(found)]


def read_labels(folder: Path, report: str, rows: list[dict[str, Any]]) -> list[Labelled]:
    """All labelled sentences of one report through the pipeline."""
    text = (folder / "township_reports" / report).read_text(encoding="utf-8").replace("\r\n", "\n")
    settings = Settings()
    parsed = parse(Document(report, "", "txt", text), settings)
    assert isinstance(parsed, Report)
    prepared = prepare(parsed, settings)
    assessment = assess(prepared, no_evidence(parsed), settings)[0]
    kinds = np.full(len(text), "-", dtype=object)
    for span in assessment.spans:
        kinds[span.start : span.end] = span.kind
    table = _features(prepared)
    found, after = [], 0
    for row in rows:
        at = locate(text, row, after)
        if at is None:
            print("not found:", row["id"])
            continue
        after = int(at[0])
        best = max(range(len(table)), key=lambda i: _overlap(parsed.structure.sentences[i], at))
        stated = any(f.clause_end > at[0] and f.clause_start <= at[-1] for f in prepared.facts)
        here = [str(k) for k in kinds[at]]
        found.append(Labelled(row, at, table[best], stated, np.array([k == "local" for k in here]), here))
    return found


def _features(prepared: Prepared) -> np.ndarray:
    report = prepared.report
    return features(report, prepared.facts, hidden_chars(report.structure.clean, prepared.phrases), load_background())


def _overlap(sentence: Sentence, at: np.ndarray) -> int:
    return int(((at >= sentence.start) & (at < sentence.end)).sum())


def read_own(folder: Path) -> list[Labelled]:
    """The sentences of our own, each alone, with both readers' labels (N of either left out)."""
    labels = {reader: {row["id"]: row for row in _lines(folder / f"sentences_{reader}.jsonl")} for reader in "ab"}
    found = []
    for row in _lines(folder / "sentences_texts.jsonl"):
        a, b = (labels[reader][row["id"]] for reader in "ab")
        if "N" in (a["label"], b["label"]):
            continue
        prepared = alone(row["text"])
        kinds = np.full(len(row["text"]), "-", dtype=object)
        for span in assess(prepared, no_evidence(prepared.report), Settings())[0].spans:
            kinds[span.start : span.end] = span.kind
        at = np.array([i for i, c in enumerate(row["text"]) if not c.isspace()], dtype=np.int64)
        here = [str(k) for k in kinds[at]]
        labelled = {
            "id": row["id"], "text": row["text"], "label_a": a["label"], "label_b": b["label"],
            "local_a": a["local"], "local_b": b["local"],
        }  # fmt: skip
        found.append(
            Labelled(labelled, at, row_of(prepared), bool(prepared.facts), np.array([k == "local" for k in here]), here)
        )
    return found


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def exceptions() -> set[str]:
    """Sentences whose labels contradict the product's rules, with reasons kept beside them."""
    path = ROOT / "gate" / "label_exceptions.json"
    return (
        {entry["id"] for entry in json.loads(path.read_text(encoding="utf-8"))["sentences"]} if path.exists() else set()
    )


def read_shared(data: Path) -> list[Labelled]:
    """The labelled sentences of the shared data through the real pipeline, report by report."""
    rows = _lines(data / "labelled_sentences.jsonl")
    return [
        one
        for report in sorted({row["report"] for row in rows})
        for one in read_labels(
            data, report, [r for r in rows if r["report"] == report and "N" not in (r["label_a"], r["label_b"])]
        )
    ]


def figures(body: list[Labelled]) -> dict[str, Any]:
    """All measures; weights learned without the report a sentence is of."""
    shipped = model()
    agreed = [one for one in body if one.specific("a") == one.specific("b")]
    truth = np.array([one.specific("a") for one in agreed])
    values = np.array([shipped.without(one.row.get("report", "")).value(one.values) for one in agreed])
    local = np.concatenate([one.local for one in body])
    gold = {reader: np.concatenate([one.marked(reader) for one in body]) for reader in "ab"}
    both = gold["a"] & gold["b"]
    kinds = np.array([k for one in body for k in one.kinds])
    excused = np.concatenate([np.full(len(one.at), one.row["id"] in exceptions()) for one in body])
    lost = both & np.isin(kinds, ["mandated", "formulaic"])
    chars = {reader: f1(gold[reader], local) for reader in "ab"}
    return {
        "sentences": len(truth),
        "specific": int(truth.sum()),
        "sentence": f1(truth, values >= Settings().judge.specific_threshold),
        "sentence_auc": auc(truth, values),
        "local_f1": (chars["a"][2] + chars["b"][2]) / 2,
        "local_a": chars["a"],
        "local_b": chars["b"],
        "readers_f1": f1(gold["a"], gold["b"])[2],
        "local_lost": float(lost.sum() / both.sum()),
        "local_lost_without_exceptions": float((lost & ~excused).sum() / both.sum()),
        "formulaic_of_f": formulaic_share(body),
    }


def main() -> int:
    """Print the figures; ``gate/floors.json`` holds those they must not fall below."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--own", action="store_true", help="the sentences of our own instead of the shared ones")
    parser.add_argument("--errors", action="store_true")
    arguments = parser.parse_args()
    body = read_own(ROOT / "gate") if arguments.own else read_shared(arguments.data)
    if arguments.errors:
        for one in body:
            show(one, model().without(one.row.get("report", "")))
    print(json.dumps(figures(body), indent=1))
    return 0


def formulaic_share(body: list[Labelled]) -> float:
    """Of the characters of sentences both call formulaic: the share that is mandated or formulaic, not own."""
    kinds = [k for one in body if not one.specific("a") and not one.specific("b") for k in one.kinds]
    return sum(k in {"mandated", "formulaic"} for k in kinds) / max(len(kinds), 1)


def show(one: Labelled, left_out: LogisticModel) -> None:
    """Print a sentence that is judged wrongly or whose local characters differ much from both readers."""
    value = left_out.value(one.values)
    wrong = one.specific("a") == one.specific("b") != (value >= 0.5)
    differs = min(int((one.marked(r) ^ one.local).sum()) for r in "ab")
    if wrong or differs > 8:
        text = "".join(f"[{c}]" if m else c for c, m in zip(one.text, one.local, strict=True)).replace("][", "")
        print("!!" if wrong else "  ", f"{value:.2f}", one.row["id"], one.row["label_a"] + one.row["label_b"], text)
        print(
            "     A", one.row["local_a"], "B", one.row["local_b"] if one.row["local_b"] != one.row["local_a"] else "="
        )


if __name__ == "__main__":
    sys.exit(main())
