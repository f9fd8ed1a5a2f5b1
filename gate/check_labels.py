"""Check the labelled sentences of our own: texts and labels belong together, and every marked fact occurs.

``sentences_texts.jsonl`` holds the sentences in reading order ({id, set, report, text}); ``sentences_<reader>.jsonl``
holds one reader's labels ({id, label, local}): F formulaic, L locally specific, M mixed, N not body text.

    python gate/check_labels.py                 # all label files beside this script
    python gate/check_labels.py FILE...         # these label files
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
TEXTS = HERE / "sentences_texts.jsonl"
LABELS = "FLMN"
WITH_FACTS = "LM"
SETS = ("fixtures", "new")


def read(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file, in order."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def check_texts(texts: list[dict[str, Any]]) -> list[str]:
    """What is wrong with the sentences: fields, sets, doubled ids, empty texts."""
    problems = []
    for row in texts:
        if set(row) != {"id", "set", "report", "text"}:
            problems.append(f"{row.get('id')}: fields {sorted(row)}")
        elif row["set"] not in SETS:
            problems.append(f"{row['id']}: unknown set {row['set']}")
        elif not row["text"].strip() or row["text"] != row["text"].strip():
            problems.append(f"{row['id']}: empty text or space at an end")
    doubled = [name for name, count in Counter(row["id"] for row in texts).items() if count > 1]
    return problems + [f"{name}: doubled id" for name in doubled]


def check_label(row: dict[str, Any], text: str) -> list[str]:
    """What is wrong with one label, given its sentence."""
    name = row["id"]
    if row["label"] not in LABELS:
        return [f"{name}: unknown label {row['label']}"]
    problems = [f"{name}: not in the text: {part}" for part in row["local"] if not part or part not in text]
    if row["label"] in WITH_FACTS and not row["local"]:
        problems.append(f"{name}: {row['label']} without a local fact")
    if row["label"] not in WITH_FACTS and row["local"]:
        problems.append(f"{name}: {row['label']} with a local fact")
    return problems


def check_labels(labels: list[dict[str, Any]], texts: list[dict[str, Any]]) -> list[str]:
    """What is wrong with a reader's labels: other ids or another order than the texts, and every single label."""
    names = [row["id"] for row in texts]
    given = [row["id"] for row in labels]
    problems = [f"{name}: no label" for name in names if name not in set(given)]
    problems += [f"{name}: no text" for name in given if name not in set(names)]
    if not problems and names != given:
        problems.append("labels stand in another order than the texts")
    text = {row["id"]: row["text"] for row in texts}
    for row in labels:
        if row["id"] in text:
            problems += check_label(row, text[row["id"]])
    return problems


def main(arguments: list[str]) -> int:
    """Check the files named, or all beside this script; 1 if anything is wrong."""
    texts = read(TEXTS)
    problems = check_texts(texts)
    paths = [Path(name) for name in arguments] or sorted(set(HERE.glob("sentences_?.jsonl")))
    kind = {row["id"]: row["set"] for row in texts}
    for path in paths:
        labels = read(path)
        problems += [f"{path.name}: {problem}" for problem in check_labels(labels, texts)]
        counts = Counter((kind.get(row["id"], "?"), row["label"]) for row in labels)
        for name in SETS:
            share = " ".join(f"{label} {counts[name, label]}" for label in LABELS)
            print(f"{path.name} {name}: {share}")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
