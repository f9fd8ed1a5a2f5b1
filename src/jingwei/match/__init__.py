"""Says "same": candidates, families, passages, likeness. Symmetric: left and right, no blame."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jingwei.match.alignment import align, align_entries
    from jingwei.match.batch import BatchEvidence, compare_batch
    from jingwei.match.evidence import find_evidence
    from jingwei.match.sentence_families import families

__all__ = ["BatchEvidence", "align", "align_entries", "compare_batch", "families", "find_evidence"]

# Loaded when asked for: a look-up needs nothing of what compares a batch.
_HOMES = {
    "BatchEvidence": "batch",
    "align": "alignment",
    "align_entries": "alignment",
    "compare_batch": "batch",
    "families": "sentence_families",
    "find_evidence": "evidence",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(name)
    value: object = getattr(import_module(f"jingwei.match.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
