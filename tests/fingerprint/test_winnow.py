"""Winnowing: the guarantee, and independence of neighbours."""

import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.fingerprint import fold_texts, shingle_hashes, winnow
from jingwei.fingerprint.winnow import NO_HASH

K, W = 8, 6


def whole(text):
    return np.array([[0, len(text), 0]], dtype=np.int32)


def marks(texts, k=K, w=W):
    batch = fold_texts(texts, [whole(t) for t in texts])
    hashes = shingle_hashes(batch.codes, batch.offsets, k)
    at = winnow(hashes, batch.offsets, k, w)
    owner = np.searchsorted(batch.offsets, at, side="right") - 1
    return [set(hashes[at[owner == n]].tolist()) for n in range(len(texts))]


letters = st.text(alphabet="甲乙丙丁戊己庚辛", max_size=60)


@settings(max_examples=300)
@given(letters, letters, letters, letters, st.text(alphabet="子丑寅卯辰巳午未", min_size=K + W - 1, max_size=K + W - 1))
def test_every_shared_run_of_the_guaranteed_length_shares_a_fingerprint(a, b, c, d, run):
    one, other = marks([a + run + b, c + run + d])
    assert one & other


@pytest.mark.parametrize(("k", "w"), [(8, 6), (5, 4), (4, 9), (1, 1), (13, 1)])
def test_a_body_has_the_same_fingerprints_whatever_stands_beside_it(k, w):
    texts = ["甲乙丙丁戊己庚辛壬癸" * 3, "短", "", "子丑寅卯辰巳午未申酉戌亥" * 2]
    together = marks(texts, k, w)
    for text, found in zip(texts, together, strict=True):
        assert marks([text], k, w) == [found]


def test_shingles_never_cross_bodies():
    batch = fold_texts(["甲乙丙丁", "戊己庚辛壬癸子丑寅"], [whole("甲乙丙丁"), whole("戊己庚辛壬癸子丑寅")])
    hashes = shingle_hashes(batch.codes, batch.offsets, 8)
    assert (hashes == NO_HASH).tolist() == [True] * 4 + [False] * 2 + [True] * 7


def test_equal_shingles_have_equal_hashes_and_different_ones_differ():
    text = "甲乙丙丁戊己庚辛甲乙丙丁戊己庚辛"
    batch = fold_texts([text], [whole(text)])
    hashes = shingle_hashes(batch.codes, batch.offsets, 8)
    assert hashes[0] == hashes[8]
    assert len(set(hashes[:9].tolist())) == 8


def test_long_texts_are_winnowed_in_blocks_with_the_same_result(monkeypatch):
    rng = np.random.default_rng(1)
    codes = rng.integers(0x4E00, 0x4E40, 5000).astype(np.uint16)
    offsets = np.array([0, 1200, 1300, 5000])
    hashes = shingle_hashes(codes, offsets, K)
    at = winnow(hashes, offsets, K, W)
    monkeypatch.setattr(sys.modules[shingle_hashes.__module__], "_BLOCK", 64)
    assert shingle_hashes(codes, offsets, K).tolist() == hashes.tolist()
    assert winnow(hashes, offsets, K, W).tolist() == at.tolist()
