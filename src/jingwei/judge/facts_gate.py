"""Expressions tried only on sentences that hold the characters they cannot do without.

Some forty expressions look for facts, and most sentences hold none of what most of them need: a set of the sentence's
characters answers that thirty times faster than the expression itself, which is also compiled only when first tried.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Set

from jingwei.judge.facts_words import words
from jingwei.text.lazy import lazy


class Gated:
    """An expression with what every match of it holds.

    Each of ``needs`` is one way to match: strings of characters of which at least one each stands in the match.
    ``probe`` is a cheaper expression that is found wherever the whole one is.
    """

    def __init__(
        self,
        source: str | Callable[[], str],
        *needs: Iterable[str],
        probe: str | Callable[[], str] | None = None,
    ) -> None:
        self.pattern = lazy(source)
        self.needs = tuple(tuple(frozenset(marks) for marks in way) for way in needs)
        self.probe = lazy(probe) if probe is not None else None

    def finditer(self, text: str, low: int, high: int, chars: Set[str]) -> Iterable[re.Match[str]]:
        """Matches in ``text[low:high]``, whose characters are ``chars``."""
        for way in self.needs:
            for marks in way:
                if marks.isdisjoint(chars):
                    break
            else:
                break
        else:
            return ()
        if self.probe is not None and self.probe.search(text, low, high) is None:
            return ()
        return self.pattern.finditer(text, low, high)


def last_of(*keys: str, page: str = "words") -> str:
    """The last characters of the words of some lists: one of them stands wherever one of the words does."""
    return "".join(sorted({word[-1] for word in words(*keys, page=page)}))
