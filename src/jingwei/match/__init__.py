"""Says "same": candidates, families, passages, likeness. Symmetric: left and right, no blame."""

from jingwei.match.align import align, align_entries

__all__ = ["align", "align_entries"]
