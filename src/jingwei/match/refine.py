"""One passage made exact: overlaps between runs settled, gaps filled, both ends extended, in true characters.

All positions here are indices of the true streams (non-whitespace body characters); :mod:`jingwei.match.passages`
turns them into raw ranges.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

Block = tuple[int, int, int]  # left, right, length: equal true characters

_STEP_CHARS = 32  # window of one extension step
_DIGITS = frozenset("0123456789")
_SHORTEST_INSIDE = 2  # a single equal character in a gap is chance


def settle(blocks: Iterable[Block]) -> list[Block]:
    """Blocks in left order, no character used twice on either side; longer blocks win."""
    kept: list[Block] = []
    for left, right, length in sorted(blocks, key=lambda b: (-b[2], b[0], b[1])):
        trimmed = _trim((left, right, length), kept)
        if trimmed is not None:
            kept.append(trimmed)
    kept.sort()
    return kept


def _trim(block: Block, kept: list[Block]) -> Block | None:
    """What is left of a block outside the kept ones: its longer free end, or nothing under two characters."""
    left, right, length = block
    number = 0
    while number < len(kept):
        other_left, other_right, other_length = kept[number]
        number += 1
        for mine, other in ((left, other_left), (right, other_right)):
            low, high = max(mine, other), min(mine + length, other + other_length)
            if low >= high:
                continue
            head, tail = low - mine, mine + length - high
            if max(head, tail) < _SHORTEST_INSIDE:
                return None
            if head >= tail:
                length = head
            else:
                left, right, length = left + length - tail, right + length - tail, tail
            number -= 1  # the other side may still overlap
            break
    return left, right, length


def fill(blocks: list[Block], left: str, right: str, left_from: int, right_from: int) -> list[Block]:
    """Equal characters in the gaps between consecutive blocks that run in the same order on both sides.

    A gap that holds a block from elsewhere (a clause that changed places) is left alone: it is used already.
    ``left[i]`` is true character ``left_from + i``.
    """
    filled: list[Block] = []
    ascending = all(a[1] + a[2] <= b[1] for a, b in pairwise(blocks))
    for number, block in enumerate(blocks):
        if number:
            before = blocks[number - 1]
            a, b = before[0] + before[2], before[1] + before[2]
            gap_left = left[a - left_from : block[0] - left_from]
            if b < block[1] and gap_left and (ascending or not any(b < r + n and r < block[1] for _, r, n in blocks)):
                gap_right = right[b - right_from : block[1] - right_from]
                filled += _equal_blocks(gap_left, gap_right, a, b)
        filled.append(block)
    return filled


def _equal_blocks(left: str, right: str, left_from: int, right_from: int) -> list[Block]:
    size_left, size_right = len(left), len(right)
    blocks: list[Block] = []
    if set(left).isdisjoint(right):  # two numbers, two names: no alignment finds anything
        return blocks
    for op in Levenshtein.opcodes(left, right):
        if op.tag != "equal":
            continue
        a, b, length = _whole_numbers(left, right, op.src_start, op.dest_start, op.src_end - op.src_start)
        at_edge = (a == 0 == b) or (a + length == size_left and b + length == size_right)
        if length >= _SHORTEST_INSIDE or (length and at_edge):
            blocks.append((left_from + a, right_from + b, length))
    return blocks


def _whole_numbers(left: str, right: str, a: int, b: int, length: int) -> Block:
    """An equal block without the digits of a number that is not equal as a whole (98 and 99 share no 9)."""
    while length and _cuts_number(left, a) | _cuts_number(right, b):
        a, b, length = a + 1, b + 1, length - 1
    while length and _cuts_number(left, a + length) | _cuts_number(right, b + length):
        length -= 1
    return a, b, length


def _cuts_number(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1] in _DIGITS and text[at] in _DIGITS


def extend(left: str, right: str) -> list[Block]:
    """Blocks that go on from the start of both strings, as long as equal characters outweigh the edits."""
    found: list[Block] = []
    done_left = done_right = 0
    while True:
        best, blocks = _best_prefix(
            left[done_left : done_left + _STEP_CHARS], right[done_right : done_right + _STEP_CHARS]
        )
        if best <= 0:
            return found
        found += [(done_left + a, done_right + b, n) for a, b, n in blocks]
        done_left, done_right = found[-1][0] + found[-1][2], found[-1][1] + found[-1][2]


def _best_prefix(left: str, right: str) -> tuple[int, list[Block]]:
    """Largest sum of equal minus edited characters over the beginnings of an alignment, and its blocks."""
    if not left or not right:
        return 0, []
    total = best = keep = 0
    blocks: list[Block] = []
    for op in Levenshtein.opcodes(left, right):
        size = max(op.src_end - op.src_start, op.dest_end - op.dest_start)
        if op.tag != "equal":
            total -= size
            continue
        a, b, length = _whole_numbers(left, right, op.src_start, op.dest_start, size)
        if length < _SHORTEST_INSIDE and not (length and a == 0 == b):
            total -= size
            continue
        blocks.append((a, b, length))
        total += 2 * length - size
        if total > best:
            best, keep = total, len(blocks)
    return best, blocks[:keep]
