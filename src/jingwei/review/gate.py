"""Skip a regular expression, uncompiled, when a literal it cannot do without is not in the text.

The lists of the rules hold hundreds of expressions and one draft needs few: compiling them all would cost more than
the review itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

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
    return any(all(any(literal in text for literal in any_of) for any_of in needs) for needs in required(pattern))


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
