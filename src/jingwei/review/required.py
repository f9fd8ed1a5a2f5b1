"""What a regular expression cannot match without: read off its text, so that it need not be compiled to be ruled out."""

from __future__ import annotations

import re
from functools import cache

Needs = tuple[tuple[str, ...], ...]  # groups of literals; of each group one must be there
_OPTIONAL = re.compile(r"[?*]|\{0?,")
_OPENING = re.compile(r"\((?:\?(?:P<\w+>|P=\w+|<[=!]|[=!:]|[a-z]+:?))?")
_QUANTIFIER = re.compile(r"(?:[?*+]|\{\d*,?\d*\})\??")
_BEHIND_CLASS = re.compile(r"\(\?<[=!](?:\^|\[(?:\\.|[^\]])*\]|\|)+\)|\(\?<=\^\)\||\(\?=\[(?:\\.|[^\]])*\]\)")
_LETTERS = re.compile(r"\[\^\\W(?:\\d)?_?\]")  # holds no end of a line
_RUNS_ON = re.compile(r"\\n|\\s|\\W|\\D|\[\^(?!(?:\\.|[^\]])*\\n)(?!\\W\\d_\])(?!\\W\])")


@cache
def required(pattern: str) -> tuple[Needs, ...]:
    """For each top-level alternative the groups of ideographs of which one must be there.

    Literals in a row are one literal; a group of alternatives needs one of what its alternatives need; a positive
    look-ahead needs its content; classes, look-behinds, negative look-aheads and optional items need nothing.
    """
    alternatives, _ = _alternatives(pattern, 0)
    return tuple(tuple(needs) for needs in alternatives)


@cache
def crosses_lines(pattern: str) -> bool:
    """Whether a match may run over the end of a line (a class before or after the match does not count)."""
    return _RUNS_ON.search(_LETTERS.sub("", _BEHIND_CLASS.sub("", pattern))) is not None


def _alternatives(pattern: str, at: int) -> tuple[list[list[tuple[str, ...]]], int]:
    """The alternatives from ``at`` to the closing bracket or the end, and where that is."""
    found: list[list[tuple[str, ...]]] = []
    needs: list[tuple[str, ...]] = []
    run = ""
    while at < len(pattern) and pattern[at] != ")":
        char = pattern[at]
        if "\u4e00" <= char <= "\u9fff":
            if _OPTIONAL.match(pattern, at + 1):
                run = _kept(needs, run)
            else:
                run += char
                if _QUANTIFIER.match(pattern, at + 1):
                    run = _kept(needs, run)
            at = _after_quantifier(pattern, at + 1)
            continue
        run = _kept(needs, run)
        if char == "|":
            found.append(needs)
            needs = []
            at += 1
        elif char == "\\":
            at = _after_quantifier(pattern, at + 2)
        elif char == "[":
            at = _after_quantifier(pattern, _class_end(pattern, at))
        elif char == "(":
            at = _group(pattern, at, needs)
        else:
            at += 1
    _kept(needs, run)
    return [*found, needs], at


def _group(pattern: str, at: int, needs: list[tuple[str, ...]]) -> int:
    """Adds what a group needs, when it must match; returns where the text goes on."""
    opening = _OPENING.match(pattern, at)
    how = opening.group() if opening else "("
    inside, end = _alternatives(pattern, at + len(how))
    end += 1
    if how.startswith(("(?<", "(?!", "(?P=")) or how in {"(?m", "(?s"} or _OPTIONAL.match(pattern, end):
        return _after_quantifier(pattern, end)
    if all(inside):
        best = (min(own, key=_weakness) for own in inside)
        needs.append(tuple(dict.fromkeys(literal for group in best for literal in group)))
    return _after_quantifier(pattern, end)


def _weakness(group: tuple[str, ...]) -> tuple[bool, int]:
    """Groups with a literal of one character hold nearly anywhere; of others the shorter rules out more."""
    return any(len(literal) < 2 for literal in group), len(group)


def _kept(needs: list[tuple[str, ...]], run: str) -> str:
    if run:
        needs.append((run,))
    return ""


def _after_quantifier(pattern: str, at: int) -> int:
    match = _QUANTIFIER.match(pattern, at)
    return match.end() if match else at


def _class_end(pattern: str, at: int) -> int:
    at += 2 if pattern[at + 1 : at + 2] in ("^", "]") else 1
    while pattern[at] != "]":
        at += 2 if pattern[at] == "\\" else 1
    return at + 1
