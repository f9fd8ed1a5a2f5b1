"""Does a sentence state a local fact: a logistic model over a few readable features.

The model is data (``judge/data/specific.json``): feature names, weights, intercept, and the hash of what it was
trained on. Nothing is learned at run time.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct, field

from jingwei.judge.facts import hidden_chars
from jingwei.judge.specific_features import FEATURES, features
from jingwei.model import Fact, FloatArray, PhraseHit, Report

if TYPE_CHECKING:
    from jingwei.judge.background import Background, Survey

MODEL_FILE = Path(__file__).with_name("data") / "specific.json"


class LogisticModel(Struct, frozen=True):
    """Weights in the order of ``FEATURES``. ``folds`` are the same model trained without one report, for measuring."""

    weights: FloatArray
    intercept: float
    folds: dict[str, LogisticModel] = field(default_factory=dict)

    def values(self, table: FloatArray) -> FloatArray:
        """Logistic of the weighted sum, one value in [0, 1] per row."""
        return np.asarray(1.0 / (1.0 + np.exp(-(table @ self.weights + self.intercept))), dtype=np.float64)

    def value(self, row: FloatArray) -> float:
        """:meth:`values` of one row."""
        return float(self.values(row[None, :])[0])

    def without(self, report: str) -> LogisticModel:
        """The model trained without this labelled report; the model itself where it never saw it."""
        return self.folds.get(report, self)


def specificity(
    report: Report,
    facts: Sequence[Fact],
    phrases: Sequence[PhraseHit],
    background: Background | None = None,
    survey: Survey | None = None,
) -> FloatArray:
    """How sure we are, per body sentence, that it states a local fact.

    Args:
        report: the report.
        facts: its local facts (:func:`jingwei.judge.facts.find_facts`).
        phrases: its prescribed wording.
        background: the built-in background, or None: commonness then counts as unknown (0).
        survey: what the background knows of the report, where that was asked already.

    Returns:
        One value in [0, 1] per ``report.structure.sentences``; logistic of a weighted sum of
        :data:`jingwei.judge.specific_features.FEATURES`. Cost: linear in the text.
    """
    table = features(report, facts, hidden_chars(report.structure.clean, phrases), background, survey)
    return model().values(table)


@cache
def model() -> LogisticModel:
    """The shipped model."""
    stored = json.loads(MODEL_FILE.read_text(encoding="utf-8"))
    folds = {name: _read(fold) for name, fold in stored.get("folds", {}).items()}
    whole = _read(stored)
    return LogisticModel(whole.weights, whole.intercept, folds)


def _read(stored: dict[str, object]) -> LogisticModel:
    weights = stored["weights"]
    if not isinstance(weights, dict) or set(weights) != set(FEATURES):
        raise ValueError("judge/data/specific.json was made for other features; run scripts/train_specific.py")
    return LogisticModel(np.array([float(weights[name]) for name in FEATURES]), float(str(stored["intercept"])))
