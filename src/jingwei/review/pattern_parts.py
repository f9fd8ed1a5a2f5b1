"""What a piece of a regular expression can match, told in short: a few whole words, or only how it begins and ends.

From pieces that follow each other it comes which words, and which pairs of characters across their borders, stand in
every match (after R. Cox, "Regular Expression Matching with a Trigram Index", 2012; with pairs instead of trigrams).
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy

from msgspec import Struct

Words = frozenset[str]
NOTHING: Words = frozenset({""})
_MOST = 48  # so many words at most are put together; beyond, only what they begin and end with
_FEW = 24  # and so many of words that rule out enough by themselves
_MOST_PAIRS = 160
_NEAR_END, _INSIDE = 1, 2  # where a piece can hold the end of a line: as its last character, or with more behind it


class Part(Struct, frozen=True):
    """A piece of an expression.

    ``words`` is everything it can match, when that is little ("" among them: it may match nothing), else null.
    ``first`` and ``last`` are the characters it can begin and end with, null when any; ``needs`` are groups of words
    of which each match holds one. ``newline`` tells whether it can run over the end of a line.
    """

    words: Words | None
    first: Words | None
    last: Words | None
    nullable: bool
    needs: tuple[Words, ...] = ()
    newline: int = 0

    @property
    def best(self) -> Words | None:
        """The group that rules out most."""
        if self.words is not None:
            return None if "" in self.words else self.words
        return min(self.needs, key=weakness, default=None)


ANYTHING = Part(None, None, None, nullable=True)
EMPTY = Part(NOTHING, frozenset(), frozenset(), nullable=True)


def word_part(words: Words, newline: int = 0) -> Part:
    """A piece that matches one of some words."""
    return Part(words, _firsts(words), _lasts(words), "" in words, (), newline)


def weakness(group: Words) -> tuple[bool, int]:
    """Groups with a word of one character hold nearly anywhere; of others the smaller rules out more."""
    return any(len(word) < 2 for word in group), len(group)


def repeated(part: Part, least: int, most: int | None) -> Part:
    """A piece that may or must stand several times (``most`` null: without limit)."""
    if least == most == 1:
        return part
    newline = _INSIDE if part.newline and most != 1 else part.newline
    if part.words is not None and (least, most) == (0, 1):
        return word_part(part.words | NOTHING, newline)
    if least == 0 or part.nullable:
        return Part(None, part.first, part.last, nullable=True, newline=newline)
    if part.words is None:
        return Part(None, part.first, part.last, nullable=False, needs=part.needs, newline=newline)
    several = part.words
    for _ in range(least - 1):
        if len(several) * len(part.words) > _MOST or len(next(iter(several))) > _MOST:
            break
        several = frozenset(a + b for a in several for b in part.words)
    else:
        if least == most:
            return word_part(several, newline)
    return Part(None, part.first, part.last, nullable=False, needs=(several,), newline=newline)


def either(parts: list[Part]) -> Part:
    """One of several pieces."""
    if len(parts) == 1:
        return parts[0]
    newline = max(part.newline for part in parts)
    if all(part.words is not None for part in parts):
        return word_part(frozenset[str]().union(*(part.words for part in parts if part.words)), newline)
    best = [part.best for part in parts]
    needs = (frozenset[str]().union(*(group for group in best if group)),) if all(best) else ()
    nullable = any(part.nullable for part in parts)
    return Part(None, _all_of(p.first for p in parts), _all_of(p.last for p in parts), nullable, needs, newline)


class Sequence:
    """Pieces that follow each other: words are put together while they are few, and asked for when they are not."""

    def __init__(self) -> None:
        self._words = NOTHING
        self._before: Words | None = None  # one of these stands before the words; null: anything may
        self._needs: list[Words] = []
        self._first: Words | None = frozenset()
        self._nullable = True
        self._whole = True  # nothing but the words so far
        self._newline = 0
        self._latest: Part | None = None

    def add(self, part: Part) -> None:
        """What stands next."""
        self._latest = part
        if self._nullable:
            self._first = _all_of((self._first, part.first))
            self._nullable = part.nullable
        if part.words != NOTHING:
            self._newline = _INSIDE if self._newline else part.newline
        if part.words is not None and len(self._words) * len(part.words) <= _worth(self._words):
            self._words = frozenset(a + b for a in self._words for b in part.words)
            return
        self._close()
        if part.words is not None:
            self._words = part.words
            return
        self._whole = False
        if not part.nullable:
            self._ask(_put(self._before, part.first, _MOST_PAIRS))
        self._needs += part.needs
        self._before = _all_of((self._before, part.last)) if part.nullable else part.last

    def followed_by(self, part: Part) -> Sequence:
        """Another sequence: this one with a piece more."""
        other = copy(self)
        other._needs = list(self._needs)
        other.add(part)
        return other

    def ahead(self, part: Part) -> None:
        """What must stand behind this place without being taken."""
        self._newline = max(self._newline, part.newline if part.newline == _INSIDE else 0)
        if part.nullable:
            return
        self._ask(part.best)
        own = self._words if "" not in self._words else self._ends()
        longer = _put(own, part.words, _worth(own or NOTHING))
        self._ask(longer if longer is not None else _put(self._ends(), part.first, _MOST_PAIRS))

    def again(self, part: Part | None) -> None:
        """That what stands next is what this piece matched; worth something when nothing stands between the two."""
        if part is not None and part is self._latest and part.words is not None:
            self._ask(frozenset(word + word for word in part.words))

    def behind(self, part: Part) -> None:
        """What must stand before this place; it may be in the line before."""
        best = part.best
        if part.nullable:
            return
        if best is not None and not any("\n" in word for word in best):
            self._ask(best)
        self._words = frozenset(word for word in self._words if _ends_as(word, part)) or self._words
        if self._words == NOTHING and part.last and (self._before is None or len(part.last) < len(self._before)):
            self._before = part.last

    def closed(self) -> Part:
        """All of it as one piece."""
        if self._whole:
            words = self._words
            first, last, nullable = _firsts(words), _lasts(words), "" in words
            if not self._needs:
                return Part(words, first, last, nullable, (), self._newline)
            self._close()
            return Part(None, first, last, nullable, tuple(self._needs), self._newline)
        self._close()
        return Part(None, self._first, self._before, self._nullable, tuple(self._needs), self._newline)

    def _close(self) -> None:
        """Asks for the words so far; what follows them is put to their last characters only."""
        words = self._words
        if words == NOTHING:
            return
        self._whole = False
        if "" not in words:
            longer = _put(self._before, words, _worth(words))
            self._ask(words if longer is None else longer)
            if longer is None and _is_short(words):
                self._ask(_put(self._before, _firsts(words), _MOST_PAIRS))
        self._before = self._ends()
        self._words = NOTHING

    def _ends(self) -> Words | None:
        """The characters of which one stands just before what comes next."""
        return _all_of((_lasts(self._words), self._before)) if "" in self._words else _lasts(self._words)

    def _ask(self, group: Words | None) -> None:
        """A group is of use when no word of it runs over the end of a line: lines are asked one by one."""
        if group and "" not in group and not any("\n" in word[:-1] for word in group):
            self._needs.append(group)


def _worth(words: Words) -> int:
    """How many words it is worth to have for these with something more to them."""
    return _MOST if _is_short(words) else _FEW


def _is_short(words: Words) -> bool:
    return any(len(word) < 2 for word in words)


def _put(left: Words | None, right: Words | None, most: int) -> Words | None:
    """Each of the left before each of the right, when they are known and few."""
    if not left or not right or len(left) * len(right) > most or any("\n" in word for word in left):
        return None
    return frozenset(a + b for a in left for b in right)


def _ends_as(word: str, part: Part) -> bool:
    """Whether a word can stand before a place that has a piece behind it: ``[,;](?<=年,)`` is ``,`` only."""
    if part.words is not None:
        return any(word.endswith(other) or other.endswith(word) for other in part.words)
    return not word or part.last is None or word[-1] in part.last


def _firsts(words: Words) -> Words:
    return frozenset(word[0] for word in words if word)


def _lasts(words: Words) -> Words:
    return frozenset(word[-1] for word in words if word)


def _all_of(sets: Iterable[Words | None]) -> Words | None:
    """The union; null as soon as one of them may be anything."""
    union: Words = frozenset()
    for one in sets:
        if one is None:
            return None
        union |= one
    return union
