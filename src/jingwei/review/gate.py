"""Skip a regular expression, uncompiled, when a literal it cannot do without is not in the text.

The lists of the rules hold hundreds of expressions and one draft needs few: compiling them all would cost more than
the review itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

import numpy as np

_SLOTS = 1 << 18  # 4 % of the slots are taken by a text of 10,000 characters: so many words are looked up in vain
_MIX = 0x9E3B
_QUANTIFIERS = "?*{"
_PLAIN_GROUP = re.compile(r"\((?:\?:|\?P<\w+>)?([\u4e00-\u9fff|]+)\)(?![?*{])")


def found(patterns: Iterable[str], text: str) -> Iterator[re.Match[str]]:
    """All matches of all patterns, in the order of the patterns."""
    for pattern in patterns:
        if possible(pattern, text):
            yield from compiled(pattern).finditer(text)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A regular expression, compiled when first needed."""
    return re.compile(pattern)


def possible(pattern: str, text: str) -> bool:
    """Whether the literals of at least one alternative stand in the text; never false when there is a match."""
    pairs = _pairs(text)
    for needs in required(pattern):
        for any_of in needs:
            for literal in any_of:
                if pairs[_slot(literal)] and literal in text:
                    break
            else:
                break
        else:
            return True
    return False


def holds(text: str, word: str) -> bool:
    """``word in text`` for many words of one text: nearly all are settled by their first two characters."""
    return bool(_pairs(text)[_slot(word)]) and word in text


@lru_cache(maxsize=2)
def _pairs(text: str) -> bytes:
    """A mark for every pair of neighbours in the text, hashed; slot 0 for words of one character. Cost: 0.2 ms."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    marks = np.zeros(_SLOTS, dtype=np.uint8)
    marks[0] = 1
    marks[(codes[:-1] * np.uint32(_MIX) ^ codes[1:]) & np.uint32(_SLOTS - 1)] = 1
    return marks.tobytes()


@cache
def _slot(word: str) -> int:
    """Where the first two characters of a word are marked in :func:`_pairs`."""
    return (ord(word[0]) * _MIX ^ ord(word[1])) & (_SLOTS - 1) if len(word) > 1 else 0


@cache
def required(pattern: str) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """For each top-level alternative what it must contain: groups of ideographs of which one must be there.

    A plain run of ideographs is a group of one, ``(?:甲|乙)`` a group of two; classes, look-arounds, nested and
    optional groups require nothing.
    """
    alternatives: list[tuple[tuple[str, ...], ...]] = []
    needs: list[tuple[str, ...]] = []
    run = ""
    depth = at = 0
    while at < len(pattern):
        char = pattern[at]
        plain = _PLAIN_GROUP.match(pattern, at) if char == "(" and not depth else None
        if plain:
            run, at = _kept(needs, run), plain.end()
            if all(plain[1].split("|")):
                needs.append(tuple(plain[1].split("|")))
            continue
        if char == "\\":
            run, at = _kept(needs, run), at + 2
            continue
        if char == "[":
            run, at = _kept(needs, run), _class_end(pattern, at)
            continue
        if char in "()" or depth:
            depth += (char == "(") - (char == ")")
            run = _kept(needs, run)
        elif char == "|":
            run = _kept(needs, run)
            alternatives.append(tuple(needs))
            needs = []
        elif "\u4e00" <= char <= "\u9fff":
            run += char
        else:
            run = _kept(needs, run[:-1] if char in _QUANTIFIERS else run)
        at += 1
    _kept(needs, run)
    return (*alternatives, tuple(needs))


def _kept(needs: list[tuple[str, ...]], run: str) -> str:
    if run:
        needs.append((run,))
    return ""


def _class_end(pattern: str, at: int) -> int:
    at += 2 if pattern[at + 1 : at + 2] in ("^", "]") else 1
    while pattern[at] != "]":
        at += 2 if pattern[at] == "\\" else 1
    return at + 1
