"""Likeness of whole reports in a batch: words (tf-idf), MinHash, cluster order. Only ``compare`` comes here."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from itertools import pairwise

import numpy as np
from msgspec import Struct

from jingwei.fingerprint.folded import LongArray
from jingwei.fingerprint.minhash import permutations, signatures
from jingwei.fingerprint.sorting import distinct
from jingwei.fingerprint.winnow import NO_HASH, HashArray
from jingwei.match.words import count_words
from jingwei.model import Entry, FloatArray
from jingwei.settings import MatchSettings

_VOCABULARY = 1 << 14
_TERMS = 8
# The cost grows with the cube of the reports: two seconds here, fifteen for 2,000, more than a minute for 3,000.
_LEAVES_WORTH_ORDERING = 1200


class Twins(Struct, frozen=True):
    """Two whole reports (numbers, left < right) whose masked shingles have this exact Jaccard similarity."""

    left: int
    right: int
    jaccard: float


class Wording(Struct, frozen=True):
    """Symmetric tf-idf cosines of all reports, and the words that mark each one out."""

    cosine: FloatArray
    terms: tuple[tuple[str, ...], ...]


def compare_wording(entries: Sequence[Entry]) -> Wording:
    """Cosines of tf-idf vectors over words (scikit-learn's TfidfTransformer, words cut by rjieba or jieba).

    Words of one report only, and of more than half of the reports, say nothing about likeness and are left out where
    the batch is large enough to tell.
    """
    from sklearn.feature_extraction.text import TfidfTransformer

    count = len(entries)
    words, counts = count_words([_body_text(e) for e in entries])
    reports = np.bincount(counts.indices, minlength=len(words))
    usual = (reports >= 2) & (reports <= 0.5 * count) if count >= 10 else reports > 0
    total = np.asarray(counts.sum(axis=0)).ravel()
    kept = np.flatnonzero(usual)
    kept = np.sort(kept[np.argsort(-total[kept], kind="stable")[:_VOCABULARY]])
    if not len(kept):  # no word is left: the reports are empty or all alike
        return Wording(np.eye(count), tuple(() for _ in entries))
    names = np.array(words, dtype=object)[kept]
    matrix = TfidfTransformer(sublinear_tf=True).fit_transform(counts[:, kept].astype(np.float32))
    dense = matrix.toarray()
    cosine = np.clip(dense @ dense.T, 0.0, 1.0).astype(np.float64)
    cosine = np.round((cosine + cosine.T) / 2, 6)
    np.fill_diagonal(cosine, 1.0)
    terms = []
    for row in dense:
        some = np.flatnonzero(row)  # ascending, so in the order of the words
        best = some[np.argsort(-np.round(row[some], 6), kind="stable")[:_TERMS]]
        terms.append(tuple(str(names[i]) for i in best))
    return Wording(cosine, tuple(terms))


def _body_text(entry: Entry) -> str:
    return "\n".join([entry.text[a:b] for a, b in entry.body[:, :2].tolist()])


def document_sets(hashes: HashArray, offsets: LongArray) -> tuple[HashArray, LongArray]:
    """Distinct shingles of every report, one sorted set after the other."""
    sets = [_distinct(hashes[a:b]) for a, b in pairwise(offsets.tolist())]
    bounds = np.zeros(len(offsets), dtype=np.int64)
    np.cumsum([len(s) for s in sets], out=bounds[1:])
    return (np.concatenate(sets) if sets else np.zeros(0, dtype=np.uint64)), bounds


def _distinct(hashes: HashArray) -> HashArray:
    return distinct(hashes[hashes != NO_HASH])


def find_twins(shingles: HashArray, bounds: LongArray, settings: MatchSettings) -> tuple[tuple[Twins, ...], np.ndarray]:
    """Duplicates among whole reports: datasketch's MinHashLSH proposes, exact Jaccard decides. Also all signatures."""
    from datasketch import MinHash, MinHashLSH

    rows = signatures(shingles, bounds, settings.permutations, settings.minhash_seed)
    drawn = permutations(settings.permutations, settings.minhash_seed)
    lsh = MinHashLSH(threshold=max(0.1, settings.duplicate_jaccard - 0.15), num_perm=settings.permutations)
    twins = []
    content: dict[int, bytes] = {}
    known: dict[tuple[bytes, bytes], float] = {}  # many copies of one file: each pair of contents is compared once
    for number in np.flatnonzero(np.diff(bounds)).tolist():
        content[number] = blake2b(shingles[bounds[number] : bounds[number + 1]].tobytes(), digest_size=16).digest()
        sketch = MinHash(hashvalues=rows[number], permutations=drawn, scheme="affine32", seed=settings.minhash_seed)
        for other in lsh.query(sketch):
            both = content[other], content[number]
            jaccard = known.get(both)
            if jaccard is None:
                jaccard = known[both] = exact_jaccard(shingles, bounds, other, number)
            if jaccard >= settings.duplicate_jaccard:
                twins.append(Twins(other, number, jaccard))
        lsh.insert(number, sketch, check_duplication=False)
    return tuple(sorted(twins, key=lambda t: (t.left, t.right))), rows


def exact_jaccard(shingles: HashArray, bounds: LongArray, left: int, right: int) -> float:
    """Jaccard similarity of two sorted sets."""
    one, other = shingles[bounds[left] : bounds[left + 1]], shingles[bounds[right] : bounds[right + 1]]
    shared = len(np.intersect1d(one, other, assume_unique=True))
    whole = len(one) + len(other) - shared
    return shared / whole if whole else 0.0


def cluster_order(shared: FloatArray, cosine: FloatArray) -> tuple[int, ...]:
    """Row order that puts like reports side by side: average linkage with optimal leaf ordering."""
    count = len(shared)
    if count < 3:
        return tuple(range(count))
    from scipy.cluster.hierarchy import leaves_list, linkage, optimal_leaf_ordering
    from scipy.spatial.distance import squareform

    distance = 1.0 - np.clip(0.5 * shared + 0.5 * cosine, 0.0, 1.0)
    np.fill_diagonal(distance, 0.0)
    condensed = squareform((distance + distance.T) / 2, checks=False)
    tree = linkage(condensed, "average")
    if count <= _LEAVES_WORTH_ORDERING:
        tree = optimal_leaf_ordering(tree, condensed)
    return tuple(int(i) for i in leaves_list(tree))
