"""Alignment of two texts: the public door to passages without any library."""

from __future__ import annotations

import numpy as np
from msgspec.structs import replace

from jingwei.fingerprint import FoldedBatch, fold_entries, fold_texts, shingle_hashes
from jingwei.match.passages import passages_by_source
from jingwei.match.runs import ShingleTable, find_runs
from jingwei.match.scanning import scan
from jingwei.model import Entry, IntArray, Passage
from jingwei.settings import MatchSettings


def align(left: str, right: str, min_run_chars: int = 13) -> tuple[Passage, ...]:
    """Shared passages of two texts in any language, on both sides.

    Args:
        left: the one text.
        right: the other text.
        min_run_chars: a passage holds at least one equal run of so many letters (numbers count as one, punctuation
            and spaces as none) and at least so many equal characters.

    Returns:
        Passages in left order; ``equal_chars`` counts equal non-whitespace characters only.
    """
    defaults = MatchSettings()
    settings = replace(
        defaults, min_run_chars=min_run_chars, shingle_chars=max(1, min(defaults.shingle_chars, min_run_chars))
    )
    return _align(fold_texts([left], [_whole(left)]), fold_texts([right], [_whole(right)]), settings)


def align_entries(left: Entry, right: Entry, settings: MatchSettings) -> tuple[Passage, ...]:
    """Shared passages of the bodies of two entries."""
    return _align(fold_entries([left]), fold_entries([right]), settings)


def _whole(text: str) -> IntArray:
    return np.array([[0, len(text), 0]], dtype=np.int32)


def _align(left: FoldedBatch, right: FoldedBatch, settings: MatchSettings) -> tuple[Passage, ...]:
    k = settings.shingle_chars
    table = ShingleTable(shingle_hashes(left.codes, left.offsets, k))
    runs = find_runs(table, shingle_hashes(right.codes, right.offsets, k), right.offsets, k)
    return passages_by_source(scan(left, right, runs, settings), settings).get(0, ())
