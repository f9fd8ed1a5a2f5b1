"""How far the two readers of our own sentences agree.

Printed for each set and for all rows together: Cohen's kappa on the four classes; kappa on formulaic against specific
(L or M) for the rows both call body; and F1 over the non-whitespace characters that each reader marks as local facts.

    python gate/agreement.py                 # the figures
    python gate/agreement.py --list          # the rows labelled differently as well
    python gate/agreement.py FIRST SECOND    # other label files than sentences_a.jsonl and sentences_b.jsonl
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
TEXTS = HERE / "sentences_texts.jsonl"
SPECIFIC = "LM"
NOT_BODY = "N"

Labels = dict[str, dict[str, Any]]


def read(path: Path) -> Labels:
    """The objects of a JSON Lines file by their id, in order."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return {row["id"]: row for row in rows}


def kappa(left: Sequence[str], right: Sequence[str]) -> float:
    """Cohen's kappa; 1 where both readers use one and the same class throughout."""
    total = len(left)
    if not total:
        return float("nan")
    observed = sum(one == other for one, other in zip(left, right, strict=True)) / total
    first, second = Counter(left), Counter(right)
    expected = sum(first[name] * second[name] for name in first) / total**2
    return 1.0 if expected == 1 else (observed - expected) / (1 - expected)


def marked(text: str, parts: Sequence[str]) -> set[int]:
    """Offsets of the non-whitespace characters in the first occurrence of each part."""
    offsets: set[int] = set()
    for part in parts:
        start = text.find(part)
        if start < 0:
            raise ValueError(f"not in the text: {part}")
        offsets.update(at for at in range(start, start + len(part)) if not text[at].isspace())
    return offsets


def measure(names: Sequence[str], texts: Labels, first: Labels, second: Labels) -> str:
    """One line of figures for the rows named."""
    left = [first[name]["label"] for name in names]
    right = [second[name]["label"] for name in names]
    same = sum(one == other for one, other in zip(left, right, strict=True))
    body = [(one, other) for one, other in zip(left, right, strict=True) if NOT_BODY not in (one, other)]
    specific = [("L" if one in SPECIFIC else "F", "L" if other in SPECIFIC else "F") for one, other in body]
    agreed = sum(one == other for one, other in specific)
    both = only_first = only_second = 0
    for name in names:
        mine = marked(texts[name]["text"], first[name]["local"])
        theirs = marked(texts[name]["text"], second[name]["local"])
        both += len(mine & theirs)
        only_first += len(mine - theirs)
        only_second += len(theirs - mine)
    precision = both / (both + only_second) if both + only_second else float("nan")
    recall = both / (both + only_first) if both + only_first else float("nan")
    f1 = 2 * both / (2 * both + only_first + only_second) if both + only_first + only_second else float("nan")
    return (
        f"rows {len(names)} same {same} kappa {kappa(left, right):.3f} | "
        f"body {len(body)} same {agreed} "
        f"kappa F/LM {kappa([one for one, _ in specific], [other for _, other in specific]):.3f} | "
        f"local F1 {f1:.3f} (P {precision:.3f} R {recall:.3f}; characters: "
        f"both {both}, first only {only_first}, second only {only_second})"
    )


def main(arguments: Sequence[str]) -> int:
    """Print the figures; 2 if the files do not hold the same rows."""
    parser = argparse.ArgumentParser(description="Agreement of two readers.")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="two label files")
    parser.add_argument("--list", action="store_true", help="print the rows labelled differently")
    options = parser.parse_args(arguments)
    if len(options.files) not in (0, 2):
        parser.error("give two label files or none")
    paths = options.files or [HERE / "sentences_a.jsonl", HERE / "sentences_b.jsonl"]
    texts, first, second = read(TEXTS), read(paths[0]), read(paths[1])
    if not list(texts) == list(first) == list(second):
        print("the files do not hold the same rows in the same order", file=sys.stderr)
        return 2
    for kind in sorted({row["set"] for row in texts.values()}):
        names = [name for name, row in texts.items() if row["set"] == kind]
        print(f"{kind}: {measure(names, texts, first, second)}")
    print(f"all: {measure(list(texts), texts, first, second)}")
    pairs = Counter((first[name]["label"], second[name]["label"]) for name in texts)
    print("first/second: " + " ".join(f"{one}{other} {count}" for (one, other), count in sorted(pairs.items())))
    if options.list:
        for name, row in texts.items():
            one, other = first[name], second[name]
            if one["label"] != other["label"]:
                print(f"{name} {one['label']}/{other['label']} {row['text']} | {one['local']} | {other['local']}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
