"""Sentences without the words that only plans or only results have, and how alike they are to other sentences.

A plan of last year and the result it became by copying differ in such words (将组织 … 组织了 …). Likeness is the share of
common pairs of characters (Dice with the shorter sentence as the base); all sentences of one report are compared with
all of another at once.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from jingwei.review.pieces import among, codes_of_text
from jingwei.review.reading import Reading
from jingwei.text.lazy import lazy

_PLAN_WORDS = lazy(  # 将, 继续, 我镇, 2023年, 一是 …: begun with the class of their first characters they are found faster
    r"[将继进拟计力争下要不持更切我全2今明来以了已一二三四五六（(](?:(?<=[将拟要了已])|(?<=[继持])续|(?<=[进下])一步|(?<=计)划|(?<=力)争"
    r"|(?<=争)取|(?<=不)断|(?<=更)加|(?<=切)实|(?<=我)[镇乡县局区市]|(?<=全)[镇乡县区市]|(?<=2)0\d\d年|(?<=[今明来])年|(?<=以)来"
    r"|(?<=[一二三四五六])是|(?<=[（(])[一二三四五六七八九十][)）])"
)
_BORDERS = "。！？；\n"
_FIRST, _LAST = 0x4E00, 0x9FFF  # ideographs
_MIN_CHARS = 14  # a shorter plan is a slogan
_PAIR_BITS = np.uint64(32)
_SLOT_BITS = 16
_MIX = np.uint32(0x9E3779B1)  # as in the needs table
_CHAR_BITS = np.uint64(16)


class BareSentences(Struct, frozen=True):
    """Sentences in the order of the text; ``spans`` are offsets in their reading.

    ``pairs`` are the distinct pairs of neighbouring characters of one sentence after the other, each in order;
    ``begins`` says where those of a sentence begin, and ``sizes`` how many there are.
    """

    spans: tuple[tuple[int, int], ...]
    parts: tuple[int | None, ...]
    pairs: NDArray[np.uint32]
    begins: NDArray[np.intp]
    sizes: NDArray[np.intp]

    def __len__(self) -> int:
        return len(self.spans)

    def of_parts(self, parts: Collection[int | None]) -> BareSentences:
        """The sentences that stand in some parts of the report."""
        return self.chosen([at for at, part in enumerate(self.parts) if part in parts])

    def chosen(self, numbers: list[int]) -> BareSentences:
        """Some of the sentences."""
        sizes = self.sizes[numbers]
        begins = np.cumsum(sizes) - sizes
        own = np.repeat(self.begins[numbers] - begins, sizes) + np.arange(int(sizes.sum()))
        spans = tuple([self.spans[at] for at in numbers])
        return BareSentences(spans, tuple([self.parts[at] for at in numbers]), self.pairs[own], begins, sizes)


@lru_cache(maxsize=4)  # in a batch a report is asked for as this year's, and again as last year's
def bare_sentences(reading: Reading) -> BareSentences:
    """The sentences of the body without plan words and all that is no ideograph; short ones left out.

    Cost linear in the text, about 1 ms for 6,000 characters: words are taken out of all sentences at once, for no word
    and no stretch without ideographs reaches over the end of a sentence.
    """
    lines = [line for line in reading.lines if line.role in {"body", "run_in"}]
    text = "\n".join([reading.text[line.start : line.end] for line in lines])
    bare = _PLAN_WORDS.sub("", _ideographs(_PLAN_WORDS.sub("", text)))
    starts, ends = _between_borders(codes_of_text(text))
    codes = codes_of_text(bare).astype(np.uint64)
    bare_starts, bare_ends = _between_borders(codes)
    told = np.flatnonzero((ends - starts >= _MIN_CHARS) & (bare_ends - bare_starts >= _MIN_CHARS))
    # Where the text of each line begins among the joined lines, and from there to its place in the reading.
    line_sizes = np.array([line.end - line.start + 1 for line in lines], dtype=np.intp)
    line_starts = np.cumsum(line_sizes) - line_sizes
    own = np.searchsorted(line_starts, starts[told], side="right") - 1
    shifts = np.array([line.start for line in lines], dtype=np.intp) - line_starts
    spans = zip((starts[told] + shifts[own]).tolist(), (ends[told] + shifts[own]).tolist(), strict=True)
    pairs, sizes = _distinct_pairs(codes, bare_starts[told], bare_ends[told])
    return BareSentences(
        tuple(spans), tuple([lines[at].part for at in own.tolist()]), pairs, np.cumsum(sizes) - sizes, sizes
    )


def alike(left: BareSentences, right: BareSentences) -> NDArray[np.float64]:
    """For every sentence left and right the common pairs over those of the shorter; 0 where one is twice as long."""
    if not len(left) or not len(right):
        return np.zeros((len(left), len(right)))
    # Most pairs of the left are none of the right: what their hashes do not rule out is looked up.
    there = np.zeros(1 << _SLOT_BITS, dtype=bool)
    there[_slots(right.pairs)] = True
    asked = np.flatnonzero(there.take(_slots(left.pairs)))
    order = np.argsort(right.pairs, kind="stable")
    known, pairs = right.pairs[order], left.pairs[asked]
    first = known.searchsorted(pairs)
    times = known.searchsorted(pairs, side="right") - first  # in so many sentences of the right
    at = np.repeat(first - (np.cumsum(times) - times), times) + np.arange(int(times.sum()))
    rows = np.repeat(left.begins.searchsorted(asked, side="right") - 1, times)
    columns = np.repeat(np.arange(len(right)), right.sizes)[order[at]]
    cells = np.bincount(rows * len(right) + columns, minlength=len(left) * len(right))
    common = cells.reshape(len(left), len(right))
    small = np.minimum(left.sizes[:, None], right.sizes)
    large = np.maximum(left.sizes[:, None], right.sizes)
    return np.where(large > 2 * small, 0.0, common / small)


def _ideographs(text: str) -> str:
    """The text without all that is neither an ideograph nor the end of a sentence."""
    codes = codes_of_text(text)
    kept = codes[((codes >= _FIRST) & (codes <= _LAST)) | among(_BORDERS).take(codes)]
    return kept.tobytes().decode("utf-32-le")


def _slots(pairs: NDArray[np.uint32]) -> NDArray[np.uint32]:
    return pairs * _MIX >> np.uint32(32 - _SLOT_BITS)


def _between_borders(codes: NDArray[np.uint32] | NDArray[np.uint64]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Begin and end of every stretch between borders, empty ones too: taking words out leaves their number."""
    borders = np.flatnonzero(among(_BORDERS).take(codes))
    return np.concatenate(([0], borders + 1)), np.concatenate((borders, [len(codes)]))


def _distinct_pairs(
    codes: NDArray[np.uint64], starts: NDArray[np.intp], ends: NDArray[np.intp]
) -> tuple[NDArray[np.uint32], NDArray[np.intp]]:
    """The distinct pairs of characters of stretches, one after the other, and how many each has."""
    sizes = ends - starts - 1
    own = np.repeat(np.arange(len(starts)), sizes)
    at = np.arange(len(own)) + np.repeat(starts - (np.cumsum(sizes) - sizes), sizes)
    keys = np.sort(own.astype(np.uint64) << _PAIR_BITS | codes.take(at) << _CHAR_BITS | codes.take(at + 1))
    first = np.ones(len(keys), dtype=bool)
    first[1:] = keys[1:] != keys[:-1]
    keys = keys[first]
    distinct = np.bincount((keys >> _PAIR_BITS).astype(np.intp), minlength=len(starts))
    return keys.astype(np.uint32), distinct
