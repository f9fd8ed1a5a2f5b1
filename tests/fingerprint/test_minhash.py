"""Signatures are those of datasketch, bit for bit."""

from itertools import pairwise

import datasketch
import numpy as np
import pytest
from datasketch import MinHash

from jingwei.fingerprint.minhash import EMPTY, permutations, signatures


@pytest.mark.parametrize(("count", "seed"), [(128, 1), (64, 7), (1, 1)])
def test_equal_to_datasketch_update_batch(count, seed):
    rng = np.random.default_rng(seed)
    sizes = [1, 5, 0, 300, 2, 40000]
    hashes = rng.integers(0, 1 << 63, sum(sizes)).astype(np.uint64)
    offsets = np.concatenate([[0], np.cumsum(sizes)])
    rows = signatures(hashes, offsets, count, seed)
    for number, size in enumerate(sizes):
        mine = hashes[offsets[number] : offsets[number + 1]]
        theirs = MinHash(num_perm=count, seed=seed, hashfunc=lambda value: value)
        if size:
            theirs.update_batch([int(v) & 0xFFFFFFFF for v in mine])
        wrapped = MinHash(hashvalues=rows[number], permutations=permutations(count, seed), scheme="affine32", seed=seed)
        assert wrapped.hashvalues.dtype == theirs.hashvalues.dtype == np.uint32
        assert wrapped.hashvalues.tolist() == theirs.hashvalues.tolist()
        assert wrapped.jaccard(theirs) == 1.0


def test_drawn_permutations_are_those_of_datasketch():
    assert datasketch.__version__.startswith("2.")
    assert permutations(128, 1).tolist() == MinHash(num_perm=128, seed=1).permutations.tolist()


def test_an_empty_set_is_marked():
    assert (signatures(np.zeros(0, np.uint64), np.array([0, 0])) == EMPTY).all()


def test_many_sets_in_blocks(monkeypatch):
    rng = np.random.default_rng(3)
    sizes = rng.integers(0, 40, 200)
    hashes = rng.integers(0, 1 << 63, int(sizes.sum())).astype(np.uint64)
    offsets = np.concatenate([[0], np.cumsum(sizes)])
    rows = signatures(hashes, offsets, 16)
    monkeypatch.setattr("jingwei.fingerprint.minhash._BLOCK", 7)
    assert signatures(hashes, offsets, 16).tolist() == rows.tolist()
    alone = [signatures(hashes[a:b], np.array([0, b - a]), 16)[0].tolist() for a, b in pairwise(offsets)]
    assert rows.tolist() == alone
