"""Measure sentence specificity and ``local`` characters on the labelled sentences of the shared data.

The three labelled reports run through the real pipeline without a library; every labelled sentence is found again in
the raw text. Counted: body sentences (N of either reader excluded) on which both readers agree (L and M specific).
Weights are learned without the report they are measured on.

    python gate/measure_specific.py [--errors] [--data ../shared/data]
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
from jingwei.model import Document, Report, Sentence
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


def exceptions() -> set[str]:
    """Sentences whose labels contradict the product's rules, with reasons kept beside them."""
    path = ROOT / "gate" / "label_exceptions.json"
    return (
        {entry["id"] for entry in json.loads(path.read_text(encoding="utf-8"))["sentences"]} if path.exists() else set()
    )


def main() -> int:
    """Print the figures; 1 when a target is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--errors", action="store_true")
    arguments = parser.parse_args()
    rows = [json.loads(line) for line in (arguments.data / "labelled_sentences.jsonl").open(encoding="utf-8")]
    shipped = model()
    values, held_out, truth = [], [], []
    body: list[Labelled] = []
    for report in sorted({row["report"] for row in rows}):
        mine = [row for row in rows if row["report"] == report and "N" not in (row["label_a"], row["label_b"])]
        here = read_labels(arguments.data, report, mine)
        left_out = shipped.without(report)
        for one in here:
            if one.specific("a") == one.specific("b"):
                truth.append(one.specific("a"))
                values.append(shipped.value(one.values))
                held_out.append(left_out.value(one.values))
            if arguments.errors:
                show(one, left_out)
        body += here
    local = np.concatenate([one.local for one in body])
    gold = {reader: np.concatenate([one.marked(reader) for one in body]) for reader in "ab"}
    t = np.array(truth)
    both = gold["a"] & gold["b"]
    kinds = np.array([k for one in body for k in one.kinds])
    excused = np.concatenate([np.full(len(one.at), one.row["id"] in exceptions()) for one in body])
    lost = both & np.isin(kinds, ["mandated", "formulaic"])
    chars = {reader: f1(gold[reader], local) for reader in "ab"}
    result = {
        "sentences": len(t), "specific": int(t.sum()),
        "sentence_f1": f1(t, np.array(held_out) >= 0.5)[2], "sentence_auc": auc(t, np.array(held_out)),
        "shipped_f1": f1(t, np.array(values) >= 0.5)[2], "shipped_auc": auc(t, np.array(values)),
        "local_f1": (chars["a"][2] + chars["b"][2]) / 2, "local_a": chars["a"], "local_b": chars["b"],
        "readers_f1": f1(gold["a"], gold["b"])[2],
        "local_lost": float(lost.sum() / both.sum()), "local_lost_excused": float((lost & ~excused).sum() / both.sum()),
        "formulaic_of_f": formulaic_share(body),
    }  # fmt: skip
    print(json.dumps(result, indent=1))
    return 0 if result["sentence_f1"] >= 0.88 and result["sentence_auc"] >= 0.94 and result["local_f1"] >= 0.75 else 1


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
