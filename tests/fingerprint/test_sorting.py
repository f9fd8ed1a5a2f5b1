"""Orders of hashes: equal ones together, stable, also where their high bits meet."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from jingwei.fingerprint.sorting import distinct, order_of_columns, order_of_hashes

# few high parts and few low parts, so that different hashes share the bits that are sorted
hashes = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 3)).map(lambda p: (p[0] << 60) | p[1]), min_size=1, max_size=80
).map(lambda values: np.array(values, dtype=np.uint64))


@given(hashes)
def test_equal_hashes_stand_together_in_their_old_order(values):
    order = order_of_hashes(values)
    assert sorted(order.tolist()) == list(range(len(values)))
    ranked = values[order]
    assert np.count_nonzero(ranked[1:] != ranked[:-1]) == len(set(values.tolist())) - 1
    same = ranked[1:] == ranked[:-1]
    assert (np.diff(order)[same] > 0).all()


@given(hashes)
def test_distinct_values_ascend(values):
    assert distinct(values).tolist() == sorted(set(values.tolist()))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 1 << 40), st.integers(0, 1 << 30)), max_size=40))
def test_columns_are_ordered_like_tuples(rows):
    columns = [np.array([r[c] for r in rows], dtype=np.int64) for c in range(3)]
    assert [rows[i] for i in order_of_columns(*columns).tolist()] == sorted(rows)
