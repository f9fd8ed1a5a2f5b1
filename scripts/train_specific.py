"""Train the sentence model: ``src/jingwei/judge/data/specific.json``.

    python scripts/train_specific.py [--shared ../shared/data]

Learned from ``gate/specific_training.jsonl`` (sentences written for this purpose) and, where present, the labelled
sentences of the shared data on which both readers agree. For every labelled report a fold without it is stored, so
that the gate measures what a new report would get.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "gate"))

from measure_specific import alone, read_labels, row_of  # noqa: E402

from jingwei.judge import specific  # noqa: E402
from jingwei.judge.specific import MODEL_FILE  # noqa: E402
from jingwei.judge.specific_features import FEATURES  # noqa: E402

STRENGTH = 3.0  # inverse of the L2 penalty


def fit(table: np.ndarray, truth: np.ndarray) -> dict[str, object]:
    """Weights by name and intercept, rounded so that the file does not change with the machine."""
    from sklearn.linear_model import LogisticRegression

    learned = LogisticRegression(C=STRENGTH, max_iter=2000).fit(table, truth)
    weights = {name: round(float(w), 3) for name, w in zip(FEATURES, learned.coef_[0], strict=True)}
    return {"weights": weights, "intercept": round(float(learned.intercept_[0]), 3)}


def forget() -> None:
    """Let the pipeline run on a model without weights: the stored one may know other features."""
    nothing = specific.LogisticModel(np.zeros(len(FEATURES)), 0.0)
    setattr(specific, "model", lambda: nothing)  # noqa: B010 - the function is replaced for this run


def main() -> None:
    """Train on everything, and once without each labelled report."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared" / "data")
    arguments = parser.parse_args()
    forget()
    own = ROOT / "gate" / "specific_training.jsonl"
    inputs = hashlib.sha256(own.read_bytes())
    rows = [json.loads(line) for line in own.read_text(encoding="utf-8").splitlines()]
    table, truth, origin = [row_of(alone(r["text"])) for r in rows], [r["specific"] for r in rows], [""] * len(rows)
    labels = arguments.shared / "labelled_sentences.jsonl"
    if labels.exists():
        inputs.update(labels.read_bytes())
        labelled = [json.loads(line) for line in labels.read_text(encoding="utf-8").splitlines()]
        for report in sorted({r["report"] for r in labelled}):
            mine = [r for r in labelled if r["report"] == report and "N" not in (r["label_a"], r["label_b"])]
            for one in read_labels(arguments.shared, report, mine):
                if one.specific("a") == one.specific("b"):
                    table.append(one.values)
                    truth.append(one.specific("a"))
                    origin.append(report)
    x, y, whose = np.array(table), np.array(truth), np.array(origin)
    stored: dict[str, object] = {
        "about": "logistic model of sentence specificity; made by scripts/train_specific.py",
        "training_sha256": inputs.hexdigest(),
        "sentences": len(y),
        "specific": int(y.sum()),
        **fit(x, y),
        "folds": {name: fit(x[whose != name], y[whose != name]) for name in sorted(set(origin) - {""})},
    }
    MODEL_FILE.write_text(json.dumps(stored, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(json.dumps({k: stored[k] for k in ("sentences", "specific", "weights", "intercept")}, indent=1))


if __name__ == "__main__":
    main()
