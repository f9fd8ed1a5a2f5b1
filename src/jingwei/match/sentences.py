"""The sentences of a batch as stretches of its folded stream, and the distinct wordings among them."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from jingwei.fingerprint import FoldedBatch
from jingwei.fingerprint.folded import LongArray
from jingwei.fingerprint.stretches import stretch_hashes
from jingwei.match.groups import number_groups
from jingwei.model import BoolArray, Entry

_STOPS = "。！？!?"
_ORDINALS = np.array([ord(c) for c in "一二三四五六七八九十"], dtype=np.uint16)


class Wordings(Struct, frozen=True):
    """Sentences ``start:end`` (folded positions, report ``owner``) and the distinct wordings they repeat.

    ``wording[i]`` is the wording of sentence i; ``raw[w]`` the folded text of wording w. Wordings are numbered by
    falling frequency, then text, so numbering does not depend on the order of the reports.
    """

    start: LongArray
    end: LongArray
    owner: LongArray
    wording: LongArray
    raw: tuple[bytes, ...]

    def text(self, wording: int) -> str:
        """The folded text of a wording."""
        return self.raw[wording].decode("utf-16-le", "surrogatepass")


def find_wordings(
    entries: Sequence[Entry], batch: FoldedBatch, shared: BoolArray, min_chars: int, most_chars: int = 200
) -> Wordings:
    """Sentences of at least ``min_chars`` folded items that hold one marked in ``shared`` (met in another report)."""
    start, end, owner = _sentences(entries, batch)
    start = start + 2 * _numbered(batch, start, end)
    met = np.concatenate([[0], np.cumsum(shared)])
    kept = (end - start >= min_chars) & (end - start <= most_chars) & (met[end] > met[start])
    start, end, owner = start[kept], end[kept], owner[kept]
    group, groups = number_groups(stretch_hashes(batch.codes, start, end))
    example = np.zeros(groups, dtype=np.int64)
    example[group] = np.arange(len(group))
    group, groups = number_groups(stretch_hashes(batch.codes, start, end))
    example = np.zeros(groups, dtype=np.int64)
    example[group] = np.arange(len(group))
    codes = batch.codes.tobytes()
    raw = [codes[2 * a : 2 * b] for a, b in zip(start[example].tolist(), end[example].tolist(), strict=True)]
    ranked = np.array(sorted(range(groups), key=raw.__getitem__), dtype=np.int64)
    ranked = ranked[np.argsort(-np.bincount(group, minlength=groups)[ranked], kind="stable")]
    number = np.empty(groups, dtype=np.int64)
    number[ranked] = np.arange(groups)
    return Wordings(start, end, owner, number[group], tuple([raw[g] for g in ranked.tolist()]))


def _numbered(batch: FoldedBatch, start: LongArray, end: LongArray) -> BoolArray:
    """Sentences that begin with 一是, 二是 …: the numbering is not part of the wording."""
    long = end - start > 2
    numbered: BoolArray = (
        long
        & np.isin(batch.codes[start], _ORDINALS)
        & (batch.codes[np.minimum(start + 1, len(batch.codes) - 1)] == ord("是"))
    )
    return numbered


@functools.cache
def _ends_sentence() -> BoolArray:
    stops = np.zeros(1 << 16, dtype=np.bool_)
    stops[[ord(stop) for stop in _STOPS]] = True
    return stops


def _sentences(entries: Sequence[Entry], batch: FoldedBatch) -> tuple[LongArray, LongArray, LongArray]:
    """All sentences: cut after a full stop, and where the paragraph changes."""
    starts, ends, owners = [], [], []
    for number, entry in enumerate(entries):
        low, high = int(batch.offsets[number]), int(batch.offsets[number + 1])
        if low == high:
            continue
        at = batch.at[batch.true_start[low:high]]
        points = np.frombuffer(entry.text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        stops = np.flatnonzero(_ends_sentence()[np.minimum(points, 0xFFFF)])
        order = np.argsort(entry.body[:, 0], kind="stable")
        piece = np.searchsorted(entry.body[order, 0], at, side="right") - 1
        paragraph = entry.body[order, 2][piece].astype(np.int64)
        cut = (np.diff(np.searchsorted(stops, at)) != 0) | (np.diff(paragraph) != 0)
        begins = np.concatenate([[0], np.flatnonzero(cut) + 1]) + low
        starts.append(begins)
        ends.append(np.concatenate([begins[1:], [high]]))
        owners.append(np.full(len(begins), number))
    if not starts:
        empty = np.zeros(0, dtype=np.int64)
        return empty, empty, empty
    return np.concatenate(starts), np.concatenate(ends), np.concatenate(owners)
