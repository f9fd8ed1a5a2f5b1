"""A fact as it is found in the clean text, before its clause and raw addresses are known."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple


class RawFact(NamedTuple):
    """A fact by clean offsets; ``whole_clause``: its clause becomes ``local``, not the named thing alone."""

    start: int
    end: int
    type: str
    strength: int
    whole_clause: bool = True


# RawFact of a row of all five values, without the detour through Python: a report has some hundred.
raw_fact: Callable[[tuple[int, int, str, int, bool]], RawFact] = partial(tuple.__new__, RawFact)

Names = tuple[tuple[str, ...], tuple[str, ...]]  # of the unit, of the places above it
Find = Callable[[str, int, int, int, Names], list[RawFact]]  # text, sentence from, to, open gates, names
