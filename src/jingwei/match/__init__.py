"""Says "same": candidates, families, passages, likeness. Symmetric: left and right, no blame."""

from jingwei.match.align import align, align_entries
from jingwei.match.evidence import find_evidence

__all__ = ["align", "align_entries", "find_evidence"]
