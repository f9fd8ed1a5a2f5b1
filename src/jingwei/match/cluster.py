"""Which runs belong to one passage: runs close to each other on both sides, in whatever order.

Closeness on both sides, not a strict chain, so that two neighbouring clauses that changed places stay together.
"""

from __future__ import annotations

import numpy as np

from jingwei.fingerprint.folded import LongArray
from jingwei.fingerprint.sorting import order_of_columns
from jingwei.match.runs import Runs

_LOOK_BACK = 6  # runs before (in left order) that a run may be joined to: stray runs stand between now and then


def neighbourhoods(runs: Runs, max_gap_chars: int) -> LongArray:
    """Rising labels of runs in the order of source and left position: runs of one passage always have the same.

    A neighbourhood ends where everything before lies further to the left than runs may be joined over. It costs a few
    passes, so what cannot become a passage worth showing need not be clustered.
    """
    source, left = runs.source, runs.left.astype(np.int64)
    if not len(left):
        return left
    end = left + runs.length
    shift = source * (int(end.max()) + max_gap_chars + 1)  # sources never meet, so one pass serves all
    reach = np.maximum.accumulate(end + shift)
    fresh = left[1:] + shift[1:] - reach[:-1] > max_gap_chars
    return np.concatenate([[0], np.cumsum(fresh)])


def cluster_runs(runs: Runs, max_gap_chars: int) -> tuple[LongArray, LongArray]:
    """Order of the runs by passage, and the passage of each run in that order.

    Two runs of one source are joined when at most ``max_gap_chars`` folded items lie between them on each side.
    """
    order = order_of_columns(runs.source, runs.left, runs.right)
    source, left, right = runs.source[order], runs.left[order], runs.right[order]
    left_end, right_end = left + runs.length[order], right + runs.length[order]
    label = np.arange(len(order))
    links: list[tuple[LongArray, LongArray]] = []
    for back in range(1, min(_LOOK_BACK, len(order) - 1) + 1):
        close = (
            (source[back:] == source[:-back])
            & (left[back:] - left_end[:-back] <= max_gap_chars)
            & (
                np.maximum(right[back:], right[:-back]) - np.minimum(right_end[back:], right_end[:-back])
                <= max_gap_chars
            )
        )
        here = np.flatnonzero(close) + back
        if len(here):
            links.append((here, here - back))
    while links:
        before = label.copy()
        for here, there in links:  # nothing stands twice on one side of links of one length
            lower = np.minimum(label[here], label[there])
            label[here] = lower
            label[there] = np.minimum(label[there], lower)
        label = label[label]
        if np.array_equal(label, before):
            break
    by_label = np.argsort(label, kind="stable")
    return order[by_label], label[by_label]
