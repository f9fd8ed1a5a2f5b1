"""Numbers of text: folded streams, shingle hashes, winnowed fingerprints, MinHash signatures. All vectorised."""

from jingwei.fingerprint.folded import Folded, FoldedBatch, fold, fold_entries, fold_texts
from jingwei.fingerprint.winnow import shingle_hashes, winnow

__all__ = ["Folded", "FoldedBatch", "fold", "fold_entries", "fold_texts", "shingle_hashes", "winnow"]
