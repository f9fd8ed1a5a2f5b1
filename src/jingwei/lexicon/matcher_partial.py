"""Long formulas quoted in part or with small edits.

A writer who drops two items of an enumeration, changes a word or slips one in still writes the superior's wording.
Runs of at least ``RUN_CHARS`` equal characters with a formula count by themselves; shorter ones count together, when
they follow each other as in the formula with little between them and make up most of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from jingwei.lexicon.matcher import Line, Piece, is_slot
from jingwei.lexicon.matcher_seeds import SeedFilter, code_points

FORMULA_CHARS = 12  # shorter formulas are matched whole or not at all
RUN_CHARS = 9
SHORT_RUN_CHARS = 6
STRIDE = SHORT_RUN_CHARS - 3  # seeds this far apart meet every run of SHORT_RUN_CHARS
SEED_CHARS = 4
GAP_CHARS = 6  # inserted or changed words between two runs
CHAIN_SHARE = 0.75
NEW_CHARS = 4  # a part that adds less to what whole forms explain only blurs their edges


class _Run(NamedTuple):
    start: int  # in the text
    end: int
    offset: int  # in the formula


class PartialMatcher:
    """Parts of long literals. Immutable once built."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._formulas: list[tuple[Line, str]] = []
        self._seeds: dict[str, list[tuple[int, int]]] = {}
        for line in lines:
            for token in line.tokens:
                if isinstance(token, str) and not is_slot(token) and len(token) >= FORMULA_CHARS:
                    number = len(self._formulas)
                    self._formulas.append((line, token))
                    for offset in range(0, len(token) - SEED_CHARS + 1, STRIDE):
                        self._seeds.setdefault(token[offset : offset + SEED_CHARS], []).append((number, offset))
        self._filter = SeedFilter(self._seeds, SEED_CHARS)

    def find(self, text: str, taken: bytearray) -> Iterator[tuple[Line, list[Piece]]]:
        """Parts of formulas in the folded ``text``; seeds on ``taken`` (non-zero) characters are not looked at."""
        runs: dict[int, list[_Run]] = defaultdict(list)
        reached: dict[tuple[int, int], int] = {}
        for at in self._filter.candidates(code_points(text)):
            if taken[at] and taken[at + SEED_CHARS - 1]:
                continue
            for number, offset in self._seeds.get(text[at : at + SEED_CHARS], ()):
                formula = self._formulas[number][1]
                if not _goes_on(text, formula, at, offset):
                    continue
                diagonal = (number, at - offset)
                if reached.get(diagonal, -1) > at:
                    continue
                run = _extend(text, formula, at, offset)
                reached[diagonal] = run.end
                if run.end - run.start >= SHORT_RUN_CHARS:
                    runs[number].append(run)
        for number, found in runs.items():
            line, formula = self._formulas[number]
            for chain in _chains(text, found):
                equal = sum(run.end - run.start for run in chain)
                if equal >= max(RUN_CHARS + 1, CHAIN_SHARE * len(formula)):
                    pieces = [(chain[0].start, chain[-1].end)]
                else:
                    pieces = [(run.start, run.end) for run in chain if run.end - run.start >= RUN_CHARS]
                yield from ((line, [piece]) for piece in pieces if taken.count(0, *piece) >= NEW_CHARS)


def _goes_on(text: str, formula: str, at: int, offset: int) -> bool:
    """Whether two characters beside the seed are equal too: most seeds stand alone and are no run."""
    after, follows = at + SEED_CHARS, offset + SEED_CHARS
    right = text[after : after + 1] == formula[follows : follows + 1] != ""
    left = at > 0 and offset > 0 and text[at - 1] == formula[offset - 1]
    if left and right:
        return True
    if right:
        return text[after + 1 : after + 2] == formula[follows + 1 : follows + 2] != ""
    return left and at > 1 and offset > 1 and text[at - 2] == formula[offset - 2]


def _extend(text: str, formula: str, at: int, offset: int) -> _Run:
    start, end = at, at + SEED_CHARS
    low, high = offset, offset + SEED_CHARS
    while low > 0 and start > 0 and text[start - 1] == formula[low - 1]:
        start, low = start - 1, low - 1
    while high < len(formula) and end < len(text) and text[end] == formula[high]:
        end, high = end + 1, high + 1
    # A mark within the first or last two characters leaves the torso of a clause outside it: drop that.
    first = text.find("、", start, min(start + 2, end)) + 1
    if first:
        start, low = first, low + first - start
    last = text.rfind("、", max(start, end - 2), end)
    if last >= 0:
        end = last
    return _Run(start, end, low)


def _chains(text: str, runs: list[_Run]) -> Iterator[list[_Run]]:
    """Runs that follow each other in text and formula with at most ``GAP_CHARS`` between, no digits, one paragraph."""
    chain: list[_Run] = []
    for run in sorted(runs):
        if chain:
            last = chain[-1]
            gap = text[last.end : run.start]
            follows = run.offset >= last.offset + (last.end - last.start) and 0 <= run.start - last.end <= GAP_CHARS
            if not follows or "\n" in gap or any(char.isdigit() for char in gap):
                yield chain
                chain = []
        chain.append(run)
    if chain:
        yield chain
