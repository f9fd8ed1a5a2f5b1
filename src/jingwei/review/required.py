"""What a regular expression cannot match without: read off its text, so that it need not be compiled to be ruled out."""

from __future__ import annotations

import re
from functools import cache

from jingwei.review.pattern_parts import ANYTHING, EMPTY, NOTHING, Part, Sequence, either, repeated, weakness, word_part

Needs = tuple[tuple[str, ...], ...]  # groups of words; of each group one must be there
DIGIT = "0"  # stands for every decimal digit, as ``\d`` does
_QUANTIFIER = re.compile(r"(?:([?*+])|\{(\d*)(,?)(\d*)\})[?+]?")
_OPENING = re.compile(r"\((?:\?(?:P<\w+>|P=\w+\)|<[=!]|[=!:]|[a-zA-Z]+[:)]?))?")
_CHANGING_FLAG = re.compile(r"\(\?[a-z]*[isx]")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "a": "\a"}
_CODED = {"x": 2, "u": 4, "U": 8}
_PLACES = frozenset("^$")
_MOST_IN_CLASS = 64
_MOST_GROUPS = 3
_MOST_ALTERNATIVES = 64
_SPACES = frozenset("sWD")  # kinds that hold the end of a line
_ANY_CHAR = Part(None, None, None, nullable=False)
_ANY_WITH_NEWLINE = Part(None, None, None, nullable=False, newline=1)


@cache
def required(pattern: str) -> tuple[Needs, ...]:
    """For each top-level alternative the groups of words of which one must be there; every digit is told as ``0``.

    Words that stand next to each other are put together while they are few; where they are not, the pairs of
    characters that can meet at a border are a group. Positive look-arounds need what they hold. Nothing is needed of
    negative ones, of what may be left out, and of classes told by what they exclude.
    """
    return tuple(_ordered(part) for part in _read(pattern))


@cache
def crosses_lines(pattern: str) -> bool:
    """Whether a match may run over the end of a line, or depend on more than the first character behind it."""
    return any(part.newline for part in _read(pattern))


def folded(char: str) -> str:
    """The character as :func:`required` tells it."""
    return DIGIT if char.isdecimal() or char > "\ufffe" else char


def _ordered(part: Part) -> Needs:
    """The groups of an alternative; those with a single character are left out when there are others."""
    groups = part.needs if part.words is None else (() if part.nullable else (part.words,))
    strong = [group for group in groups if not weakness(group)[0]]
    kept = list(dict.fromkeys(tuple(sorted(group)) for group in strong or groups if DIGIT not in group))
    telling: list[tuple[str, ...]] = []
    for group in kept:
        if not any(_implies(other, group) for other in telling):
            telling = [other for other in telling if not _implies(group, other)] + [group]
    return tuple(sorted(telling, key=lambda group: (len(group), group))[:_MOST_GROUPS])


def _implies(group: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether a text that holds a word of a group holds one of another: each of its words has one inside."""
    return all(any(inner in word for inner in other) for word in group)


@cache
def _read(pattern: str) -> list[Part]:
    return [ANYTHING] if _CHANGING_FLAG.search(pattern) else _Reader(pattern).alternatives()


class _Reader:
    """Reads an expression from left to right; knows what our own expressions use, and takes the rest for anything."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0
        self._named: dict[str, Part] = {}

    def alternatives(self) -> list[Part]:
        """The alternatives from here to the closing bracket or the end."""
        parts: list[Part] = []
        sequences = [Sequence()]  # an alternative that holds others is told as one for each of them
        while self._at < len(self._pattern) and self._pattern[self._at] != ")":
            if self._pattern[self._at] == "|":
                parts += [sequence.closed() for sequence in sequences]
                sequences = [Sequence()]
                self._at += 1
            elif self._pattern[self._at] == "(":
                sequences = self._group(sequences)
            else:
                part = self._quantified(self._single())
                for sequence in sequences:
                    sequence.add(part)
        return parts + [sequence.closed() for sequence in sequences]

    def _group(self, sequences: list[Sequence]) -> list[Sequence]:
        match = _OPENING.match(self._pattern, self._at)
        how = match.group() if match else "("
        self._at += len(how)
        if how.startswith("(?P="):  # what a named group matched, once more
            again = self._quantified(ANYTHING)
            for sequence in sequences:
                sequence.again(self._named.get(how[4:-1]))
                sequence.add(again)
            return sequences
        if how.endswith(")"):  # a flag
            return sequences
        alternatives = self.alternatives()
        inside = either(alternatives)
        self._at += 1
        part = self._quantified(inside)
        several = how == "(?:" and part is inside and inside.words is None and len(alternatives) > 1
        if several and len(sequences) * len(alternatives) <= _MOST_ALTERNATIVES:
            return [sequence.followed_by(one) for sequence in sequences for one in alternatives]
        for sequence in sequences:
            self._joined(sequence, how, inside, part)
        return sequences

    def _joined(self, sequence: Sequence, how: str, inside: Part, part: Part) -> None:
        """A group told as one: what it holds, and that as often as it is asked for."""
        looked = EMPTY if part.nullable else inside  # to look several times at one place is to look once
        if how == "(?<!":
            return
        if how == "(?!":
            sequence.ahead(Part(NOTHING, None, None, nullable=True, newline=inside.newline))
        elif how == "(?=":
            sequence.ahead(looked)
        elif how == "(?<=":
            sequence.behind(looked)
        else:
            sequence.add(part)
            if how.startswith("(?P<"):
                self._named[how[4:-1]] = inside

    def _single(self) -> Part:
        """One character, class or place."""
        char = self._pattern[self._at]
        if char == "[":
            return self._char_class()
        if char == "\\":
            return self._escaped()[0]
        self._at += 1
        if char in _PLACES:
            return EMPTY
        return _ANY_CHAR if char == "." else word_part(frozenset({folded(char)}), int(char == "\n"))

    def _escaped(self) -> tuple[Part, str]:
        """What an escape matches, and its character when it is one."""
        kind = self._pattern[self._at + 1]
        self._at += 2
        if kind in _CODED:
            code = self._pattern[self._at : self._at + _CODED[kind]]
            self._at += len(code)
            char = chr(int(code, 16))
        elif kind == "d":
            return word_part(frozenset({DIGIT})), ""
        elif kind in "bBAZ":
            return EMPTY, ""
        elif kind.isalpha() and kind not in _ESCAPES:
            return _ANY_WITH_NEWLINE if kind in _SPACES else _ANY_CHAR, ""
        elif kind.isdigit():
            return ANYTHING, ""
        else:
            char = _ESCAPES.get(kind, kind)
        return word_part(frozenset({folded(char)}), int(char == "\n")), char

    def _char_class(self) -> Part:
        self._at += 1
        negated = self._pattern[self._at] == "^"
        self._at += negated
        known: set[str] | None = set()
        newline = excluded = False
        first = True
        while first or self._pattern[self._at] != "]":
            first = False
            kind = self._pattern[self._at : self._at + 2]
            part, char = self._class_member()
            excluded |= char == "\n" or kind in {r"\W", r"\s"}
            newline |= bool(part.newline)
            if known is None or part.words is None:
                known = None
            elif char and self._pattern[self._at] == "-" and self._pattern[self._at + 1] != "]":
                self._at += 1
                _, last = self._class_member()
                newline |= char <= "\n" <= last
                wide = ord(last) - ord(char) >= _MOST_IN_CLASS
                known = None if wide else known | {folded(chr(code)) for code in range(ord(char), ord(last) + 1)}
            else:
                known |= part.words
        self._at += 1
        if negated:
            return _ANY_CHAR if excluded else _ANY_WITH_NEWLINE
        if known is None:
            return _ANY_WITH_NEWLINE if newline else _ANY_CHAR
        return word_part(frozenset(known), int(newline))

    def _class_member(self) -> tuple[Part, str]:
        if self._pattern[self._at] == "\\":
            return self._escaped()
        self._at += 1
        char = self._pattern[self._at - 1]
        return word_part(frozenset({folded(char)}), int(char == "\n")), char

    def _quantified(self, part: Part) -> Part:
        match = _QUANTIFIER.match(self._pattern, self._at)
        if match is None:
            return part
        self._at = match.end()
        sign, least, comma, most = match.groups()
        if sign:
            return repeated(part, int(sign == "+"), 1 if sign == "?" else None)
        lower = int(least or 0)
        return repeated(part, lower, (int(most) if most else None) if comma else lower)
