"""Phrase lines against text: fold, anchor, verify.

A line is a sequence of literals, choices of literals and typed slots. Finding thousands of lines in one pass needs no
automaton: every line has one *anchor* (its rarest four-character piece), a filter names the places of the text where
an anchor may stand, and only there the line is verified around it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from math import prod
from typing import NamedTuple

import numpy as np

from jingwei.lexicon.matcher_fold import Folded, fold
from jingwei.lexicon.matcher_seeds import SeedIndex, code_units, packed
from jingwei.lexicon.matcher_slots import SLOTS, Piece, Token, is_slot, match_at, match_before

__all__ = ["ANCHOR_CHARS", "SLOTS", "Line", "Matcher", "Piece", "Token", "fold", "is_slot"]

ANCHOR_CHARS = 4
_MOST_SPELLINGS = 64  # of what stands on one side of an anchor; more are tried token by token


class Line(NamedTuple):
    """One form of an entry. ``anchor`` is the token that holds the anchor, ``offset`` where in it.

    ``exact`` is false for a form that is a known slip of the right wording; ``shown`` names the right form to people.
    """

    entry: int
    tokens: tuple[Token, ...]
    anchor: int
    offset: int
    exact: bool = True
    shown: str = ""


def join_pieces(pieces: Sequence[Piece]) -> list[Piece]:
    """Neighbouring pieces as one; what stays apart is separated by an open slot."""
    joined: list[Piece] = []
    for start, end in pieces:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


class _Cut:
    """A line cut at the literal of its anchor, ready to be verified.

    ``heads`` and ``tails`` spell out what stands before and behind the literal, in the order of trial, where the line
    has no slots and not too many spellings (``spelt``): by the character next to the literal, see :func:`_by_edge`.
    """

    __slots__ = ("after", "alone", "before", "heads", "line", "literal", "offset", "spelt", "tails")

    def __init__(self, line: Line) -> None:
        self.line = line
        self.literal = str(line.tokens[line.anchor])
        self.offset = line.offset
        self.before = line.tokens[: line.anchor]
        self.after = line.tokens[line.anchor + 1 :]
        heads, tails = _spellings(self.before, backward=True), _spellings(self.after)
        self.spelt = bool(heads) and bool(tails)
        self.heads, self.tails = _by_edge(heads, -1), _by_edge(tails, 0)
        self.alone = not self.before and not self.after

    def pieces(self, text: str, start: int, end: int) -> list[Piece] | None:
        """The prescribed pieces around the literal at ``start:end``, or null."""
        if self.alone:  # most lines
            return [(start, end)]
        if self.spelt:
            for tail in self.tails.get(text[end : end + 1], self.tails[""]):
                if text.startswith(tail, end):
                    break
            else:
                return None
            for head in self.heads.get(text[start - 1] if start else "", self.heads[""]):
                if text.endswith(head, 0, start):
                    return [(start - len(head), end + len(tail))]
            return None
        before = match_before(text, self.before, start)
        after = None if before is None else match_at(text, self.after, end)
        if before is None or after is None:
            return None
        return join_pieces([*before, (start, end), *after])


def _spellings(tokens: Sequence[Token], *, backward: bool = False) -> tuple[str, ...]:
    """All strings the tokens may stand for, in the order in which ``match_at`` (``match_before``) tries them.

    Empty where there is a slot or there are too many.
    """
    if any(map(is_slot, tokens)):
        return ()
    choices = [token if isinstance(token, tuple) else (token,) for token in tokens]
    if prod(map(len, choices)) > _MOST_SPELLINGS:
        return ()
    if backward:
        return tuple(["".join(reversed(spelt)) for spelt in product(*reversed(choices))])
    return tuple(map("".join, product(*choices)))


def _by_edge(spellings: Sequence[str], edge: int) -> dict[str, tuple[str, ...]]:
    """The spellings that a first (0) or last (-1) character leaves, in their order; under "" those of any other."""
    kept: dict[str, list[str]] = {char: [] for char in ("", *(spelt[edge] for spelt in spellings if spelt))}
    for spelt in spellings:
        for char in (spelt[edge],) if spelt else kept:
            kept[char].append(spelt)
    return {char: tuple(many) for char, many in kept.items()}


class Matcher:
    """All lines by their anchors; to its users immutable, and safe to share between threads.

    ``anchors[n]`` is the anchor of line n and ``line`` gives the line: it is made when its anchor is first met, because
    a report meets a few hundred of some thousand.
    """

    def __init__(self, anchors: Sequence[str], line: Callable[[int], Line]) -> None:
        self._line = line
        self._cuts: dict[int, _Cut] = {}
        long = [number for number, anchor in enumerate(anchors) if len(anchor) == ANCHOR_CHARS]
        self._long = np.array(long, dtype=np.intp)
        self._seeds = _index([anchors[number] for number in long], ANCHOR_CHARS)
        self._short: dict[str, list[int]] = {}  # a handful of anchors of two or three characters
        for number, anchor in enumerate(anchors):
            if len(anchor) < ANCHOR_CHARS:
                self._short.setdefault(anchor, []).append(number)
        self._pairs = _index(sorted({anchor[:2] for anchor in self._short}), 2)
        self._sizes = sorted({len(anchor) for anchor in self._short})

    def find(self, text: Folded) -> list[tuple[Line, list[Piece]]]:
        """Every line that matches, with its prescribed pieces; by the size of anchors, then in text order."""
        plain, cuts = text.text, self._cuts
        found: list[tuple[Line, list[Piece]]] = []
        for number, at in self._candidates(text):
            cut = cuts.get(number) or self._learn(number)
            start = at - cut.offset
            if start < 0 or not plain.startswith(cut.literal, start):
                continue
            pieces = cut.pieces(plain, start, start + len(cut.literal))
            if pieces is not None:
                found.append((cut.line, pieces))
        return found

    def _candidates(self, text: Folded) -> list[tuple[int, int]]:
        """Number of a line and the place where its anchor stands."""
        found: list[tuple[int, int]] = []
        if self._short:
            places = self._pairs.find(text.grams(2), text.slots(2))[0].tolist()
            for size in self._sizes:
                for at in places:
                    found += [(number, at) for number in self._short.get(text.text[at : at + size], ())]
        at_long, rows = self._seeds.find(text.grams(ANCHOR_CHARS), text.slots(ANCHOR_CHARS))
        found += zip(self._long.take(rows).tolist(), at_long.tolist(), strict=True)
        return found

    def line(self, number: int) -> Line:
        """Line by number."""
        return (self._cuts.get(number) or self._learn(number)).line

    def _learn(self, number: int) -> _Cut:
        return self._cuts.setdefault(number, _Cut(self._line(number)))


def _index(seeds: Sequence[str], size: int) -> SeedIndex:
    return SeedIndex(packed(code_units("".join(seeds)), size)[::size])
