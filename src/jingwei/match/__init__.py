"""Says "same": candidates, families, passages, likeness. Symmetric: left and right, no blame."""

from jingwei.match.align import align, align_entries
from jingwei.match.batch import BatchEvidence, compare_batch
from jingwei.match.evidence import find_evidence
from jingwei.match.families import families

__all__ = ["BatchEvidence", "align", "align_entries", "compare_batch", "families", "find_evidence"]
