"""Does a sentence state a local fact: a logistic model over a few readable features.

The model is data (``judge/data/specific.json``): feature names, weights, intercept, the hash of what it was trained
on. Nothing is learned at run time.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from jingwei.judge.facts import hidden_chars
from jingwei.judge.specific_features import FEATURES, features
from jingwei.model import Fact, FloatArray, PhraseHit, Report

if TYPE_CHECKING:
    from jingwei.judge.background import Background


def specificity(
    report: Report, facts: Sequence[Fact], phrases: Sequence[PhraseHit], background: Background | None = None
) -> FloatArray:
    """How sure we are, per body sentence, that it states a local fact.

    Args:
        report: the report.
        facts: its local facts (:func:`jingwei.judge.facts.find_facts`).
        phrases: its prescribed wording.
        background: the built-in background, or None: commonness then counts as unknown.

    Returns:
        One value in [0, 1] per ``report.structure.sentences``; logistic of a weighted sum of
        :data:`jingwei.judge.specific_features.FEATURES`. Cost: linear in the text.
    """
    table = features(report, facts, hidden_chars(report.structure.clean, phrases), background)
    weights, intercept = model()
    return np.asarray(1.0 / (1.0 + np.exp(-(table @ weights + intercept))), dtype=np.float64)


@cache
def model() -> tuple[FloatArray, float]:
    """Weights in the order of ``FEATURES`` and the intercept, from the shipped JSON."""
    text = files("jingwei.judge").joinpath("data/specific.json").read_text(encoding="utf-8")
    stored = json.loads(text)
    weights = np.array([float(stored["weights"].get(name, 0.0)) for name in FEATURES], dtype=np.float64)
    return weights, float(stored["intercept"])
