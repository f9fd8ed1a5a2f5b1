"""Runs of a batch through blocks and groups: the same as comparing every pair of reports by itself."""

from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.fingerprint import fold_texts, shingle_hashes
from jingwei.match import joint_runs
from jingwei.match.blocks import find_blocks
from jingwei.match.cluster import cluster_runs, neighbourhoods
from jingwei.match.groups import Witnesses, group_shingles
from jingwei.match.joint_runs import RunFinder
from jingwei.match.runs import Runs, ShingleTable, find_runs

SHINGLE = 3
PART = st.sampled_from(["依法行政工作", "调解纠纷", "清溪", "乡", "镇", "村民委员会办公室", "调调调调"])
REPORTS = st.lists(st.lists(PART, max_size=8).map("".join), min_size=2, max_size=7)


def grouped(texts):
    batch = fold_texts(texts, [np.array([[0, len(t), 0]], dtype=np.int32) for t in texts])
    hashes = shingle_hashes(batch.codes, batch.offsets, SHINGLE)
    everyone = Witnesses(np.arange(len(texts)), np.ones(len(texts), dtype=np.bool_))
    return batch, hashes, group_shingles(hashes, batch.offsets, everyone)


def rows(runs):
    return sorted(zip(*(c.tolist() for c in (runs.source, runs.left, runs.right, runs.length)), strict=True))


@given(REPORTS, st.randoms(use_true_random=False), st.integers(0, 40))
@settings(max_examples=150, deadline=None)
def test_runs_are_those_of_each_pair_alone(texts, random, listing_cost):
    batch, hashes, groups = grouped(texts)
    rank = list(range(len(texts)))
    random.shuffle(rank)
    pairs = [
        (a, b) for a in range(len(texts)) for b in range(len(texts)) if rank[a] < rank[b] and random.random() < 0.8
    ]
    lefts, rights = (np.array([p[side] for p in pairs], dtype=np.int64) for side in (0, 1))
    with patch.object(joint_runs, "_LISTING_COST", listing_cost / 10):  # both ways of finding equal blocks are taken
        finder = RunFinder(groups, batch.offsets, SHINGLE, np.array(rank), rights)
    for left in sorted(set(lefts.tolist())):
        item, mine = batch.item(left), np.sort(rights[lefts == left])
        table = ShingleTable(shingle_hashes(item.codes, item.offsets, SHINGLE))
        alone = find_runs(table, hashes, batch.offsets, SHINGLE)
        expected = rows(alone.pick(np.isin(alone.source, mine)))
        found = finder.find(left, mine)
        assert rows(found) == expected
        assert [r[:2] for r in zip(found.source.tolist(), found.left.tolist(), strict=True)] == sorted(
            r[:2] for r in expected
        )


@pytest.mark.parametrize("listing_cost", [0, 1000])
def test_runs_of_periodic_texts_are_equal_and_few(listing_cost):
    texts = ["调" * 300 + "清溪镇", "调" * 200 + "清溪镇", "依法行政工作"]
    batch, _, groups = grouped(texts)
    with patch.object(joint_runs, "_LISTING_COST", listing_cost):
        finder = RunFinder(groups, batch.offsets, SHINGLE, np.arange(3), np.array([1, 2]))
    found = finder.find(0, np.array([1, 2]))
    assert 0 < len(found) <= 500  # a run a diagonal
    for _, left, right, length in rows(found):
        assert batch.codes[left : left + length].tolist() == batch.codes[right : right + length].tolist()


@given(REPORTS)
@settings(max_examples=100, deadline=None)
def test_blocks_are_the_groups_of_the_batch_in_order(texts):
    _, _, groups = grouped(texts)
    blocks = find_blocks(groups)
    spread = [p + s for p, n in zip(blocks.position.tolist(), blocks.shingles.tolist(), strict=True) for s in range(n)]
    assert spread == groups.position.tolist()
    content: dict[int, tuple[int, ...]] = {}
    for position, shingles, block in zip(
        blocks.position.tolist(), blocks.shingles.tolist(), blocks.block.tolist(), strict=True
    ):
        said = tuple(groups.at[position : position + shingles].tolist())
        assert content.setdefault(block, said) == said
    held = [g for said in content.values() for g in said]
    assert len(held) == len(set(held))  # a shingle is in one block only
    assert np.array_equal(np.bincount(blocks.block, minlength=len(blocks.sizes)), blocks.sizes)


RUN = st.tuples(st.integers(0, 2), st.integers(0, 60), st.integers(0, 60), st.integers(3, 12))


@given(st.lists(RUN, max_size=25), st.integers(0, 20))
def test_a_passage_lies_in_one_neighbourhood(found, gap):
    found = sorted(found)
    source, left, right, length = (np.array([r[i] for r in found], dtype=np.int64) for i in range(4))
    runs = Runs(source, left, right, length)
    near = neighbourhoods(runs, gap)
    order, label = cluster_runs(runs, gap)
    assert all(len(set(near[order[label == some]].tolist())) == 1 for some in set(label.tolist()))
    assert all(len({found[i][0] for i in np.flatnonzero(near == some)}) == 1 for some in set(near.tolist()))
