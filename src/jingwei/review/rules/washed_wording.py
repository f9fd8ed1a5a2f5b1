"""R10: wording that a rewriting tool leaves behind: a fixed formula with one word replaced, words no official uses."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from jingwei.model import Finding
from jingwei.review.confusable import washed_phrases
from jingwei.review.gate import among, found, held, matches
from jingwei.review.reading import Reading
from jingwei.review.rule_data import page

_BETWEEN = "、，“”和与及的"
_MIN_WORDS = 4
_ENOUGH = 3
_FUNCTION = frozenset("的了和与及、，")


def check(reading: Reading) -> Iterator[Finding]:
    """Findings R10, notes: the writer may have a reason."""
    words = page("R10")
    for match in found(words.listed("washed"), reading.text):
        if not reading.in_title(*match.span()):
            yield words.finding(reading, "washed", match.span(), shown=match.group())
    yield from _several(reading)
    accepted = words.listed("accepted")
    bare = _bare(reading.text)
    for near in among(_near(), _patterns(), reading.text):
        for match in matches(near.pattern, reading.text) if near.may_be_in(bare) else ():
            odd = match["odd"]
            shown = match.group()
            if odd in near.formula or any(fine in shown for fine in accepted) or _FUNCTION & set(odd):
                continue
            yield words.finding(reading, "near", match.span(), shown=shown, odd=odd)


def gated() -> Iterator[str]:
    """What this rule asks the gate for."""
    yield from (*page("R10").listed("washed"), *_thesaurus("rare"), *_thesaurus("seldom"), *_patterns())


def _several(reading: Reading) -> Iterator[Finding]:
    """Sentences with several words of the rewriters' thesaurus: a rare one weighs two, a seldom one weighs one."""
    words = page("R10")
    weights: dict[tuple[int, int], dict[str, int]] = {}
    for name, weight in (("rare", 2), ("seldom", 1)):
        for word in held(_thesaurus(name), reading.text):
            at = reading.text.find(word)
            while at >= 0:
                if not reading.is_quoted(at, at + len(word)):
                    weights.setdefault(reading.sentence(at), {})[word] = weight
                at = reading.text.find(word, at + len(word))
    for swap in washed_phrases(reading.text):
        if not reading.is_quoted(swap.start, swap.start + len(swap.shown)):
            odd = weights.setdefault(reading.sentence(swap.start), {})
            halves = [swap.shown[at : at + 2] for at in (0, 2) if swap.shown[at : at + 2] != swap.meant[at : at + 2]]
            odd.update({half: max(len(halves), odd.get(half, 0)) for half in halves})
    for (start, end), odd in sorted(weights.items()):
        if sum(odd.values()) >= _ENOUGH:
            yield words.finding(reading, "several", (start, end), odd="、".join(odd))


@lru_cache(maxsize=2)
def _thesaurus(name: str) -> tuple[str, ...]:
    return tuple(str(page("R10").words[name]).split())


class _Near(Struct, frozen=True):
    """A formula with one inner word open: its expression, and bare what stands before and behind the ``width`` odd."""

    formula: str
    pattern: str
    before: str
    behind: str
    width: int

    def may_be_in(self, bare: str) -> bool:
        """Whether another word stands in the open place; most texts have the formula itself, and nothing is tried.

        An odd word holds none of the characters that may stand between words (``_FUNCTION``), so it stands in the bare
        text as it is.
        """
        at = bare.find(self.before)
        while at >= 0:
            left = at + len(self.before)
            right = left + self.width
            if bare.startswith(self.behind, right) and bare[left:right] not in self.formula:
                return True
            at = bare.find(self.before, at + 1)
        return False


@lru_cache(maxsize=1)
def _near() -> tuple[_Near, ...]:
    """For every formula and every inner word of it the pattern with that word open."""
    gaps = []
    for formula in page("R10").listed("formulas"):
        parts = formula.split()
        if len(parts) < _MIN_WORDS or sum(map(len, parts)) < 2 * _MIN_WORDS:
            continue
        for gap, word in enumerate(parts):
            if len(word) < 2 or gap in {0, len(parts) - 1}:  # at an end the formula may simply begin later
                continue
            pieces = [rf"(?P<odd>[^\W\d_]{{{len(word)}}})" if at == gap else part for at, part in enumerate(parts)]
            before, behind = _bare("".join(parts[:gap])), _bare("".join(parts[gap + 1 :]))
            gaps.append(_Near("".join(parts), f"[{_BETWEEN}]?".join(pieces), before, behind, len(word)))
    return tuple(gaps)


@lru_cache(maxsize=1)
def _patterns() -> tuple[str, ...]:
    return tuple(near.pattern for near in _near())


def _bare(text: str) -> str:
    """A text without the characters that may stand between the words of a formula."""
    for char in _BETWEEN:
        text = text.replace(char, "")
    return text
