"""The sentences of a batch as stretches of its folded stream, and the distinct wordings among them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from jingwei.fingerprint import FoldedBatch
from jingwei.fingerprint.folded import LongArray
from jingwei.model import BoolArray, Entry

_END = re.compile("[。！？!?]")
_ORDINALS = np.array([ord(c) for c in "一二三四五六七八九十"], dtype=np.uint16)


@dataclass(frozen=True, slots=True)
class Wordings:
    """Sentences ``start:end`` (folded positions, report ``owner``) and the distinct wordings they repeat.

    ``wording[i]`` is the wording of sentence i; ``texts[w]`` the folded text of wording w. Wordings are numbered by
    falling frequency, then text, so numbering does not depend on the order of the reports.
    """

    start: LongArray
    end: LongArray
    owner: LongArray
    wording: LongArray
    texts: tuple[str, ...]


def find_wordings(
    entries: Sequence[Entry], batch: FoldedBatch, shared: BoolArray, min_chars: int, most_chars: int = 200
) -> Wordings:
    """Sentences of at least ``min_chars`` folded items that hold one marked in ``shared`` (met in another report)."""
    start, end, owner = _sentences(entries, batch)
    start = start + 2 * _numbered(batch, start, end)
    met = np.concatenate([[0], np.cumsum(shared)])
    kept = (end - start >= min_chars) & (end - start <= most_chars) & (met[end] > met[start])
    start, end, owner = start[kept], end[kept], owner[kept]
    raw = batch.codes.tobytes()
    keys = [raw[2 * a : 2 * b] for a, b in zip(start.tolist(), end.tolist(), strict=True)]
    count: dict[bytes, int] = {}
    for key in keys:
        count[key] = count.get(key, 0) + 1
    ranked = sorted(count, key=lambda k: (-count[k], k))
    number = {key: n for n, key in enumerate(ranked)}
    wording = np.fromiter((number[k] for k in keys), dtype=np.int64, count=len(keys))
    return Wordings(start, end, owner, wording, tuple(k.decode("utf-16-le", "surrogatepass") for k in ranked))


def _numbered(batch: FoldedBatch, start: LongArray, end: LongArray) -> BoolArray:
    """Sentences that begin with 一是, 二是 …: the numbering is not part of the wording."""
    long = end - start > 2
    numbered: BoolArray = (
        long
        & np.isin(batch.codes[start], _ORDINALS)
        & (batch.codes[np.minimum(start + 1, len(batch.codes) - 1)] == ord("是"))
    )
    return numbered


def _sentences(entries: Sequence[Entry], batch: FoldedBatch) -> tuple[LongArray, LongArray, LongArray]:
    """All sentences: cut after a full stop, and where the paragraph changes."""
    starts, ends, owners = [], [], []
    for number, entry in enumerate(entries):
        low, high = int(batch.offsets[number]), int(batch.offsets[number + 1])
        if low == high:
            continue
        at = batch.at[batch.true_start[low:high]]
        stops = np.array([m.start() for m in _END.finditer(entry.text)], dtype=np.int64)
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
