"""From runs to passages with raw ranges on both sides."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from jingwei.fingerprint.codes import CodeArray
from jingwei.fingerprint.folded import LongArray
from jingwei.match.refine import Block, extend, fill, settle
from jingwei.match.runs import Segments
from jingwei.match.scanning import Scan
from jingwei.model import BoolArray, EqualRun, Passage
from jingwei.settings import MatchSettings

_CLOSING = frozenset(ord(c) for c in ".,;:!?)]>")
_REACH_CHARS = 400  # a passage is extended by so much at most on either end
_EXTEND_FROM_CHARS = 20  # passages with fewer equal characters are not worth extending by guesswork


class _Part(Struct, frozen=True):
    """Blocks of one passage; ``rare`` when they hold something rare, ``tidy`` when they ascend apart on both sides."""

    blocks: list[Block]
    rare: bool
    tidy: bool


def passages_by_source(found: Scan, settings: MatchSettings) -> dict[int, tuple[Passage, ...]]:
    """Passages of every source in left order; sources without one are absent."""
    segments = found.segments
    if not len(segments):
        return {}
    label = found.passage[segments.run]
    firsts = np.flatnonzero(np.diff(label, prepend=-1) != 0)
    plain = found.common[label[firsts]] if found.common is not None else np.zeros(len(firsts), dtype=np.bool_)
    ends = np.append(firsts[1:], len(label))
    source = found.runs.source[segments.run[firsts]]
    chosen = _may_be_shown(segments, firsts, source, plain, settings)
    tidy = _tidy(segments, firsts)
    lefts, rights, lengths = segments.left.tolist(), segments.right.tolist(), segments.length.tolist()
    parts: dict[int, list[_Part]] = {}
    columns = (source[chosen], firsts[chosen], ends[chosen], plain[chosen], tidy[chosen])
    for of, begin, end, common, apart in zip(*(c.tolist() for c in columns), strict=True):
        blocks = list(zip(lefts[begin:end], rights[begin:end], lengths[begin:end], strict=True))
        parts.setdefault(of, []).append(_Part(blocks, not common, apart))
    raw, text = _RawPositions(found), _decoded(found.left.true_codes)
    result: dict[int, tuple[Passage, ...]] = {}
    for of, some in parts.items():
        first, last = int(found.right.true_offsets[of]), int(found.right.true_offsets[of + 1])
        texts = _Texts(text, _decoded(found.right.true_codes[first:last]), first)
        passages = _finish(some, found, raw, texts, settings)
        if passages:
            result[of] = passages
    return result


def _may_be_shown(
    segments: Segments, firsts: LongArray, source: LongArray, plain: BoolArray, settings: MatchSettings
) -> BoolArray:
    """Which parts are worth finishing: all but common ones that stay below ``crowd_chars`` whatever they meet.

    Parts that lie close together on the left may become one, and a rare one may grow by ``_REACH_CHARS``; so stretches
    of parts within reach of each other are judged as a whole.
    """
    begin = np.minimum.reduceat(segments.left, firsts).astype(np.int64)
    end = np.maximum.reduceat(segments.left + segments.length, firsts).astype(np.int64)
    begin[~plain] -= _REACH_CHARS
    end[~plain] += _REACH_CHARS
    shift = source * (int(end.max()) + 2 * _REACH_CHARS + settings.max_gap_chars + 1)  # sources stay apart
    begin, end = begin + shift, end + shift
    order = np.argsort(begin, kind="stable")
    reach = np.maximum.accumulate(end[order])
    fresh = np.append(True, begin[order][1:] - reach[:-1] > settings.max_gap_chars)
    stretch = np.cumsum(fresh) - 1
    heads = np.flatnonzero(fresh)
    span = np.append(reach[heads[1:] - 1], reach[-1]) - begin[order][heads]
    shown = (span >= settings.crowd_chars) | (np.add.reduceat(~plain[order], heads, dtype=np.int64) > 0)
    kept = np.zeros(len(firsts), dtype=np.bool_)
    kept[order] = shown[stretch]
    return kept


def _tidy(segments: Segments, firsts: LongArray) -> BoolArray:
    """Parts whose segments ascend on both sides without overlap: nothing in them needs settling."""
    clash = np.zeros(len(segments), dtype=np.bool_)
    clash[1:] = (segments.left[1:] < segments.left[:-1] + segments.length[:-1]) | (
        segments.right[1:] < segments.right[:-1] + segments.length[:-1]
    )
    clash[firsts] = False
    tidy: BoolArray = np.add.reduceat(clash, firsts, dtype=np.int64) == 0
    return tidy


class _Texts(Struct, frozen=True):
    """True characters of both bodies; ``right[0]`` stands at ``right_from`` of the batch."""

    left: str
    right: str
    right_from: int


def _decoded(codes: CodeArray) -> str:
    """One character a code: folding leaves no surrogates."""
    return codes.tobytes().decode("utf-16-le", "surrogatepass")


def _finish(
    parts: list[_Part], found: Scan, raw: _RawPositions, texts: _Texts, settings: MatchSettings
) -> tuple[Passage, ...]:
    finished: list[tuple[list[Block], bool]] = []
    for part in parts:
        blocks = part.blocks if part.tidy else settle(part.blocks)
        if len(blocks) > 1:
            blocks = fill(blocks, texts.left, texts.right, 0, texts.right_from)
        if part.rare and sum([b[2] for b in blocks]) >= _EXTEND_FROM_CHARS:
            blocks = _extended(blocks, texts)
        finished.append((blocks, part.rare))
    if len(finished) > 1:
        finished = _merged(finished, settings.max_gap_chars)
    out = [
        _passage(blocks, found, raw)
        for blocks, rare in finished
        if sum([b[2] for b in blocks]) >= (settings.min_run_chars if rare else settings.crowd_chars)
    ]
    out.sort(key=lambda p: (p.left_start, p.right_start, p.left_end))
    return tuple(out)


def _extended(blocks: list[Block], texts: _Texts) -> list[Block]:
    """Blocks with what goes on equal, edits allowed, before the first and after the last of them."""
    first, last = blocks[0], blocks[-1]
    if first[1] == min([b[1] for b in blocks]):
        left, right = first[0], first[1] - texts.right_from
        before_left = texts.left[max(0, left - _REACH_CHARS) : left][::-1]
        before_right = texts.right[max(0, right - _REACH_CHARS) : right][::-1]
        head = [(first[0] - a - n, first[1] - b - n, n) for a, b, n in extend(before_left, before_right)]
        blocks = [*reversed(head), *blocks]
    if last[1] + last[2] == max([b[1] + b[2] for b in blocks]):
        end_left, end_right = last[0] + last[2], last[1] + last[2]
        after_left = texts.left[end_left : end_left + _REACH_CHARS]
        right = end_right - texts.right_from
        after_right = texts.right[right : right + _REACH_CHARS]
        blocks = [*blocks, *((end_left + a, end_right + b, n) for a, b, n in extend(after_left, after_right))]
    return blocks


def _merged(parts: list[tuple[list[Block], bool]], max_gap_chars: int) -> list[tuple[list[Block], bool]]:
    """Passages that met while they were extended become one; rare when one of them is."""
    merged: list[tuple[list[Block], bool]] = []
    for part, rare in sorted(parts):
        if merged and _near(merged[-1][0], part, max_gap_chars):
            merged[-1] = (settle([*merged[-1][0], *part]), merged[-1][1] or rare)
        else:
            merged.append((part, rare))
    return merged


def _near(one: Sequence[Block], other: Sequence[Block], gap: int) -> bool:
    begin = other[0][0] - gap
    if not any(b[0] + b[2] >= begin for b in reversed(one)):  # the last block mostly reaches furthest
        return False
    low, high = min([b[1] for b in other]), max([b[1] + b[2] for b in other])
    one_low, one_high = min([b[1] for b in one]), max([b[1] + b[2] for b in one])
    return max(low, one_low) - min(high, one_high) <= gap


class _RawPositions:
    """Raw positions of both sides as plain integers: one look costs less than into an array."""

    def __init__(self, found: Scan) -> None:
        self.left = np.ascontiguousarray(found.left.at).data
        self.right = np.ascontiguousarray(found.right.at).data

    def runs(self, left: int, right: int, length: int) -> list[tuple[int, int, int, int]]:
        """Raw runs of equal true characters: a new one where whitespace or a heading stands between on either side."""
        lefts, rights = self.left, self.right
        low, high = lefts[left], lefts[left + length - 1]
        other_low, other_high = rights[right], rights[right + length - 1]
        if high - low == length - 1 == other_high - other_low:  # nothing stands between: one run on both sides
            return [(low, high + 1, other_low, other_high + 1)]
        found = []
        before, other_before = low, other_low
        for here, there in zip(
            lefts[left + 1 : left + length].tolist(), rights[right + 1 : right + length].tolist(), strict=True
        ):
            if here - before > 1 or there - other_before > 1:
                found.append((low, before + 1, other_low, other_before + 1))
                low, other_low = here, there
            before, other_before = here, there
        found.append((low, before + 1, other_low, other_before + 1))
        return found


def _passage(blocks: list[Block], found: Scan, raw: _RawPositions) -> Passage:
    joined: list[Block] = []
    for left, right, length in blocks:
        if joined and joined[-1][0] + joined[-1][2] == left and joined[-1][1] + joined[-1][2] == right:
            joined[-1] = (joined[-1][0], joined[-1][1], joined[-1][2] + length)
        else:
            joined.append((left, right, length))
    joined = _without_closing_marks(joined, found.left.true_codes)
    runs = [run for block in joined for run in raw.runs(*block)]
    return Passage(
        left_start=runs[0][0],
        left_end=max(r[1] for r in runs),
        right_start=min(r[2] for r in runs),
        right_end=max(r[3] for r in runs),
        equal_chars=sum(b[2] for b in joined),
        runs=tuple([EqualRun(*r) for r in runs]),
    )


def _without_closing_marks(blocks: list[Block], codes: CodeArray) -> list[Block]:
    """A passage does not begin with the mark that ends the sentence before it."""
    left, right, length = blocks[0]
    while length > 1 and int(codes[left]) in _CLOSING:
        left, right, length = left + 1, right + 1, length - 1
    return [(left, right, length), *blocks[1:]]
