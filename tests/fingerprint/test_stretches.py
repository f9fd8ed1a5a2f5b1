"""Hashes of stretches, and what occurs more than once: against the plain definitions."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from jingwei.fingerprint.sorting import order_of_columns, repeated
from jingwei.fingerprint.stretches import stretch_hashes

WORDS = st.lists(st.text("乡镇村依法", min_size=1, max_size=6), min_size=1, max_size=40)


@given(WORDS, st.integers(0, 3))
def test_equal_stretches_have_equal_hashes_and_others_do_not(words, gap):
    codes = np.array([ord(c) for w in words for c in w + "。" * gap], dtype=np.uint16)
    end = np.cumsum([len(w) + gap for w in words]) - gap
    begin = end - np.array([len(w) for w in words])
    hashes = stretch_hashes(codes, begin, end).tolist()
    assert len(set(zip(words, hashes, strict=True))) == len(set(words)) == len(set(hashes))


def test_a_long_text_is_hashed_as_a_short_one():
    codes = np.resize(np.array([ord(c) for c in "清溪镇"], dtype=np.uint16), 400_000)
    begin = np.arange(0, 400_000 - 10, 10)
    hashes = stretch_hashes(codes, begin, begin + 9)
    assert len(set(hashes.tolist())) == 3  # three beginnings, whatever block they lie in


@given(st.lists(st.integers(0, 2**64 - 1) | st.integers(0, 5), max_size=60))
def test_repeated_finds_what_occurs_more_than_once(values):
    hashes = np.array(values, dtype=np.uint64)
    index, fresh = repeated(hashes)
    stretches = [s.tolist() for s in np.split(index, np.flatnonzero(fresh)[1:])] if len(index) else []
    assert all(s == sorted(s) and len({values[i] for i in s}) == 1 for s in stretches)
    assert {values[s[0]]: len(s) for s in stretches} == {v: n for v, n in Counter(values).items() if n > 1}


def test_repeated_tells_values_apart_that_share_their_high_bits():
    values = [7, 6, 5, 6, 7, 4]  # two bits of index are taken off their low end
    index, fresh = repeated(np.array(values, dtype=np.uint64))
    assert [values[i] for i in index] == [6, 6, 7, 7]
    assert fresh.tolist() == [True, False, True, False]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2**40)), max_size=30))
def test_order_of_columns_is_stable_and_lexical(rows):
    columns = [np.array(c, dtype=np.int64) for c in zip(*rows, strict=True)] or [np.zeros(0, dtype=np.int64)] * 2
    assert order_of_columns(*columns).tolist() == sorted(range(len(rows)), key=rows.__getitem__)
