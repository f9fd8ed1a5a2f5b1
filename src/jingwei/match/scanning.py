"""The runs of one report against many, put into passages, with their equal true characters."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from jingwei.fingerprint import FoldedBatch
from jingwei.fingerprint.folded import LongArray
from jingwei.match.cluster import cluster_runs
from jingwei.match.runs import Runs, Segments, find_segments
from jingwei.model import BoolArray
from jingwei.settings import MatchSettings


class Scan(Struct, frozen=True):
    """Runs of one left body against a batch of right ones, in passage order, with their equal true characters.

    ``passage`` labels each run; ``anchored`` says whether the run's passage holds a run of the minimum length.
    """

    left: FoldedBatch
    right: FoldedBatch
    runs: Runs
    passage: LongArray
    segments: Segments
    common: BoolArray | None = None  # by label: passages that hold nothing rare, not worth extending

    def of_passages(self, kept: BoolArray) -> Scan:
        """Only the passages whose label is marked in ``kept``."""
        runs = kept[self.passage]
        segments = runs[self.segments.run]
        new_number = np.cumsum(runs) - 1
        return Scan(
            self.left,
            self.right,
            self.runs.pick(runs),
            self.passage[runs],
            Segments(
                new_number[self.segments.run[segments]],
                self.segments.left[segments],
                self.segments.right[segments],
                self.segments.length[segments],
            ),
            self.common,
        )


class Clusters(Struct, frozen=True):
    """Runs in passage order with the label of the passage each belongs to; true characters not yet looked at."""

    left: FoldedBatch
    right: FoldedBatch
    runs: Runs
    passage: LongArray

    def of_passages(self, kept: BoolArray) -> Clusters:
        """Only the passages whose label is marked in ``kept``."""
        chosen = kept[self.passage]
        return Clusters(self.left, self.right, self.runs.pick(chosen), self.passage[chosen])

    def scanned(self) -> Scan:
        """With the equal true characters found."""
        return Scan(self.left, self.right, self.runs, self.passage, find_segments(self.runs, self.left, self.right))


def cluster(left: FoldedBatch, right: FoldedBatch, runs: Runs, settings: MatchSettings) -> Clusters:
    """Put runs into passages; those without a run of the minimum length are dropped."""
    order, label = cluster_runs(runs, settings.max_gap_chars)
    ordered = runs.pick(order)
    if len(label):
        firsts = np.flatnonzero(np.diff(label, prepend=-1) != 0)
        longest = np.maximum.reduceat(ordered.length, firsts)
        size = np.diff(firsts, append=len(label))
        anchored = np.repeat(longest >= settings.min_run_chars, size)
        ordered, label = ordered.pick(anchored), label[anchored]
    return Clusters(left, right, ordered, label)


def scan(left: FoldedBatch, right: FoldedBatch, runs: Runs, settings: MatchSettings) -> Scan:
    """Cluster runs, drop the clusters without a run of the minimum length, find the equal true characters."""
    return cluster(left, right, runs, settings).scanned()
