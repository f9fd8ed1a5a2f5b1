"""The characters of a body as the engine compares them, every one with its raw address.

Two streams come from one pass. The *true* stream holds every non-whitespace body character (punctuation and digits
as they are, after width and case folding): equal characters are counted on it. The *folded* stream holds only
letters, ideographs and one ``0`` for each number: shared passages are found on it, because punctuation, spacing and
numbers are what changes when a text is reused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from jingwei.fingerprint import codes as c
from jingwei.model import BoolArray, Entry, IntArray

LongArray = npt.NDArray[np.int64]
_GROUP_CHARS = 1 << 17  # texts folded in one pass: its arrays stay in the processor's cache


class Folded(Struct, frozen=True):
    """The folded stream of one body: ``codes[i]`` stands for ``text[starts[i]:ends[i]]``."""

    codes: c.CodeArray
    starts: IntArray
    ends: IntArray


class FoldedBatch(Struct, frozen=True):
    """Both streams of many bodies, one after the other.

    ``offsets`` and ``true_offsets`` (n + 1 items) say where each body begins. ``true_start[i]:true_end[i]`` is the
    range of the true stream (absolute) that folded item i stands for; ``at`` is the raw position of a true character
    in its own text.
    """

    codes: c.CodeArray
    offsets: LongArray
    true_start: IntArray
    true_end: IntArray
    true_codes: c.CodeArray
    at: IntArray
    true_offsets: LongArray

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def item(self, number: int) -> FoldedBatch:
        """One body as a batch of its own (views, no copies of the code arrays)."""
        low, high = int(self.offsets[number]), int(self.offsets[number + 1])
        true_low, true_high = int(self.true_offsets[number]), int(self.true_offsets[number + 1])
        return FoldedBatch(
            codes=self.codes[low:high],
            offsets=np.array([0, high - low], dtype=np.int64),
            true_start=self.true_start[low:high] - np.int32(true_low),
            true_end=self.true_end[low:high] - np.int32(true_low),
            true_codes=self.true_codes[true_low:true_high],
            at=self.at[true_low:true_high],
            true_offsets=np.array([0, true_high - true_low], dtype=np.int64),
        )

    def items(self, numbers: Sequence[int]) -> FoldedBatch:
        """Several bodies as a batch of their own, in the order given (copies)."""
        return joined([self.item(n) for n in numbers]) if len(numbers) else fold_texts([], [])


def fold(text: str, body: IntArray) -> Folded:
    """The folded stream of one text.

    Args:
        text: the raw text.
        body: raw ranges of the body, shape (n, 2) or (n, 3); what lies outside is not compared.
    """
    batch = fold_texts([text], [body])
    return Folded(batch.codes, batch.at[batch.true_start], batch.at[batch.true_end - 1] + np.int32(1))


def fold_entries(entries: Sequence[Entry]) -> FoldedBatch:
    """Both streams of many entries; see :func:`fold_texts`."""
    return fold_texts([e.text for e in entries], [e.body for e in entries])


def fold_texts(texts: Sequence[str], bodies: Sequence[IntArray]) -> FoldedBatch:
    """Both streams of many texts, a cache-sized group of texts at a time."""
    groups = list(_groups(texts))
    if len(groups) <= 1:
        return _fold_group(texts, bodies)
    parts = (_fold_group(texts[a:b], bodies[a:b]) for a, b in groups)
    return _gathered(parts, len(texts), sum([len(text) for text in texts]))


def joined(parts: Sequence[FoldedBatch]) -> FoldedBatch:
    """Several batches as one."""
    return _gathered(parts, sum([len(p) for p in parts]), sum([max(len(p.codes), len(p.true_codes)) for p in parts]))


def _gathered(parts: Iterable[FoldedBatch], texts: int, most_chars: int) -> FoldedBatch:
    """Batches of so many texts, and at most so many items of either stream, as one.

    Each is copied to its place as soon as it is there: only one at a time needs memory of its own.
    """
    codes, true_codes = (np.empty(most_chars, dtype=np.uint16) for _ in range(2))
    true_start, true_end, at = (np.empty(most_chars, dtype=np.int32) for _ in range(3))
    offsets, true_offsets = (np.zeros(texts + 1, dtype=np.int64) for _ in range(2))
    text = item = char = 0
    for part in parts:
        of_texts = slice(text + 1, text + 1 + len(part))
        items, chars = slice(item, item + len(part.codes)), slice(char, char + len(part.true_codes))
        codes[items], true_codes[chars], at[chars] = part.codes, part.true_codes, part.at
        np.add(part.true_start, np.int32(char), out=true_start[items])
        np.add(part.true_end, np.int32(char), out=true_end[items])
        np.add(part.offsets[1:], item, out=offsets[of_texts])
        np.add(part.true_offsets[1:], char, out=true_offsets[of_texts])
        text, item, char = text + len(part), items.stop, chars.stop
    return FoldedBatch(
        codes[:item], offsets, true_start[:item], true_end[:item], true_codes[:char], at[:char], true_offsets
    )


def _groups(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    begin = size = 0
    for number, text in enumerate(texts):
        size += len(text)
        if size >= _GROUP_CHARS:
            yield begin, number + 1
            begin, size = number + 1, 0
    if begin < len(texts):
        yield begin, len(texts)


def _fold_group(texts: Sequence[str], bodies: Sequence[IntArray]) -> FoldedBatch:
    text_offsets = np.zeros(len(texts) + 1, dtype=np.int64)
    np.cumsum([len(t) for t in texts], out=text_offsets[1:])
    units = c.code_units("".join(texts))
    kept = np.flatnonzero(_body_mask(bodies, text_offsets) & (units != 0)).astype(np.int32)
    true_codes = units[kept]
    true_offsets = np.searchsorted(kept, text_offsets).astype(np.int64)
    classes = c.class_table()[true_codes]
    numbers, number_ends = _numbers(classes, kept, true_offsets)
    token = classes == c.LETTER
    token[numbers] = True
    true_start = np.flatnonzero(token).astype(np.int32)
    true_end = true_start + np.int32(1)
    codes = true_codes[true_start]
    at_numbers = np.searchsorted(true_start, numbers)
    true_end[at_numbers] = number_ends
    codes[at_numbers] = c.NUMBER_CODE
    return FoldedBatch(
        codes=codes,
        offsets=np.searchsorted(true_start, true_offsets).astype(np.int64),
        true_start=true_start,
        true_end=true_end,
        true_codes=true_codes,
        at=kept - np.repeat(text_offsets[:-1].astype(np.int32), np.diff(true_offsets)),
        true_offsets=true_offsets,
    )


def _body_mask(bodies: Sequence[IntArray], text_offsets: LongArray) -> BoolArray:
    """Which characters of the joined texts lie in a body range."""
    size = int(text_offsets[-1])
    lengths = [len(b) for b in bodies]
    if not sum(lengths):
        return np.zeros(size, dtype=np.bool_)
    ranges = np.concatenate([b[:, :2] for b in bodies if len(b)]).astype(np.int64)
    ranges += np.repeat(text_offsets[:-1], lengths)[:, None]
    edges = np.concatenate([[0], ranges.ravel(), [size]])
    stretches = np.diff(edges)
    if (stretches >= 0).all():  # ranges that ascend without overlap, as nearly always: painted, not summed up
        inside = np.zeros(len(stretches), dtype=np.bool_)
        inside[1::2] = True
        return np.repeat(inside, stretches)
    steps = np.zeros(size + 1, dtype=np.int16)
    np.add.at(steps, ranges[:, 0], 1)
    np.add.at(steps, ranges[:, 1], -1)
    mask: BoolArray = np.cumsum(steps[:-1], dtype=np.int16) > 0
    return mask


def _numbers(classes: c.ClassArray, kept: IntArray, true_offsets: LongArray) -> tuple[LongArray, LongArray]:
    """Ranges of the numbers in the true stream: digits, decimal points and commas between digits, a percent sign.

    Up to two dropped characters may stand inside, since extraction puts spaces into numbers; a new paragraph or an
    enumeration is further away or starts with a letter or a mark.
    """
    digits = np.flatnonzero(classes == c.DIGIT)
    if not len(digits):
        return digits, digits
    first_of_body = np.zeros(len(classes) + 1, dtype=np.bool_)
    first_of_body[true_offsets[:-1]] = True
    step = np.diff(digits, prepend=-9)
    near = np.diff(kept[digits], prepend=-9) <= step + 2
    pointed = (step == 2) & (classes[digits - 1] == c.POINT) & ~first_of_body[digits - 1]
    goes_on = ((step == 1) | pointed) & near & ~first_of_body[digits]
    begins = np.flatnonzero(~goes_on)
    ends = digits[np.append(begins[1:], len(digits)) - 1] + 1
    after = np.minimum(ends, len(classes) - 1)
    percent = (ends < len(classes)) & (classes[after] == c.PERCENT) & ~first_of_body[after]
    percent &= kept[after] - kept[ends - 1] <= 3
    return digits[begins], ends + percent
