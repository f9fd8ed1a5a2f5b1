"""The distinct clauses of many texts, found by sorting hashes: official prose says most things more than once."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from jingwei.fingerprint.folded import LongArray
from jingwei.fingerprint.stretches import stretch_hashes
from jingwei.match.groups import number_groups
from jingwei.model import BoolArray

_MARKS = "，。；：、！？\n\0"  # no dictionary word holds one of these
_LINE = np.uint16(ord("\n"))


class Clauses(Struct, frozen=True):
    """``lines``: every distinct clause in lower case, a line each. ``said[bounds[i]:bounds[i + 1]]``: those of text i."""

    lines: str
    said: LongArray
    bounds: LongArray


@functools.cache
def _is_mark() -> BoolArray:
    marks = np.zeros(1 << 16, dtype=np.bool_)
    marks[[ord(mark) for mark in _MARKS]] = True
    return marks


def distinct_clauses(texts: Sequence[str]) -> Clauses:
    """The clauses of ``texts``: what stands between two marks, without empty ones."""
    encoded = [(text.lower() + "\n").encode("utf-16-le", "surrogatepass") for text in texts]
    codes = np.frombuffer(b"".join(encoded), dtype=np.uint16).copy()
    offsets = np.concatenate([[0], np.cumsum([len(e) // 2 for e in encoded], dtype=np.int64)])
    del encoded
    end = np.flatnonzero(_is_mark()[codes])
    begin = np.concatenate([[0], end[:-1] + 1]).astype(np.int64)[: len(end)]
    some = end > begin
    begin, end = begin[some], end[some]
    group, count = number_groups(stretch_hashes(codes, begin, end))
    example = np.full(count, -1, dtype=np.int64)
    example[group[::-1]] = np.arange(len(group))[::-1]  # the last write is the first place where it is said
    shown = np.sort(example)
    number = np.empty(len(group), dtype=np.int64)
    number[shown] = np.arange(count)
    codes[end] = _LINE
    steps = np.zeros(len(codes) + 1, dtype=np.int8)
    steps[begin[shown]] += 1
    steps[end[shown] + 1] -= 1
    lines = codes[np.cumsum(steps[:-1], dtype=np.int8).astype(np.bool_)].tobytes()
    bounds = np.searchsorted(begin, offsets).astype(np.int64)
    return Clauses(lines.decode("utf-16-le", "surrogatepass"), number[example[group]], bounds)
