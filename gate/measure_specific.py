"""Measure sentence specificity and local facts on the labelled sentences of the shared data.

Leave one report out for everything learned. Targets: sentence F1 ≥ .88 and AUC ≥ .94 on body sentences where both
readers agree; character F1 of ``local`` ≥ .75, mean over the two readers.

    python gate/measure_specific.py [--errors] [--data ../shared/data]
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np

from jingwei.judge.facts import find_facts
from jingwei.judge.specific import specificity
from jingwei.model import Document, Paragraph, Profile, Report, Sentence, Structure, TracedText

ROOT = Path(__file__).resolve().parents[1]


def one_sentence(text: str) -> Report:
    """A report of a single body sentence."""
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
    return Report(Document("-", "", "txt", text), structure, Profile())


def marked(text: str, pieces: list[str]) -> np.ndarray:
    """Characters of ``text`` inside one of the marked substrings, without whitespace."""
    marks = np.zeros(len(text), dtype=bool)
    for piece in pieces:
        at = text.find(piece)
        if at >= 0:
            marks[at : at + len(piece)] = True
    marks &= np.array([not c.isspace() for c in text], dtype=bool)
    return marks


def f1(true: np.ndarray, found: np.ndarray) -> tuple[float, float, float]:
    """Precision, recall, F1 of two Boolean arrays."""
    both = float((true & found).sum())
    precision, recall = both / max(found.sum(), 1), both / max(true.sum(), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def auc(true: np.ndarray, values: np.ndarray) -> float:
    """Area under the ROC curve, ties counted half."""
    wins = values[true][:, None] - values[~true][None, :]
    return float(((wins > 0) + 0.5 * (wins == 0)).mean())


def main() -> int:
    """Print the figures; 1 when a target is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", default=str(ROOT.parent / "shared" / "data"))
    parser.add_argument("--errors", action="store_true")
    arguments = parser.parse_args()
    rows = [json.loads(line) for line in (Path(arguments.data) / "labelled_sentences.jsonl").open(encoding="utf-8")]
    rows = [row for row in rows if "N" not in (row["label_a"], row["label_b"])]
    truth, values, found_chars, gold = [], [], [], {"a": [], "b": []}
    for row in rows:
        report = one_sentence(row["text"])
        facts = find_facts(report, (), ())
        value = float(specificity(report, facts, ())[0])
        marks = np.zeros(len(row["text"]), dtype=bool)
        for fact in facts:
            marks[fact.clause_start : fact.clause_end] = True
        marks &= report.structure.body
        found_chars.append(marks)
        for reader in "ab":
            gold[reader].append(marked(row["text"], row["local_" + reader]))
        specific = (row["label_a"] != "F", row["label_b"] != "F")
        if arguments.errors:
            wrong = specific[0] == specific[1] and specific[0] != (value >= 0.5)
            a, b = gold["a"][-1], gold["b"][-1]
            show = "".join(f"[{c}]" if m else c for c, m in zip(row["text"], marks, strict=True)).replace("][", "")
            if wrong or (facts and min((a ^ marks).sum(), (b ^ marks).sum()) > 8):
                print(
                    "!!" if wrong else "  ",
                    row["id"],
                    row["label_a"] + row["label_b"],
                    show,
                    [(f.text, f.type, f.strength) for f in facts],
                )
                print("       A:", row["local_a"], "B:", row["local_b"] if row["local_b"] != row["local_a"] else "=")
        if specific[0] == specific[1]:
            truth.append(specific[0])
            values.append(value)
    t, v = np.array(truth), np.array(values, dtype=float)
    print("sentences", len(t), "specific", int(t.sum()))
    print("sentence P R F1", f1(t, v >= 0.5), "AUC", auc(t, v))
    for reader in "ab":
        print("chars", reader, f1(np.concatenate(gold[reader]), np.concatenate(found_chars)))
    print("readers", f1(np.concatenate(gold["a"]), np.concatenate(gold["b"])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
