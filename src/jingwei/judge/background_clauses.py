"""Clauses as the background judges them, and how much of one is known."""

from __future__ import annotations

from jingwei.model import BoolArray

_BREAKS = frozenset("，,。；;：:！!？?\n")
_SHORTEST = 5  # a shorter clause is judged together with the next one


def clause_edges(text: str, low: int, high: int) -> list[tuple[int, int]]:
    """Clauses of ``text[low:high]`` with their closing mark, each of at least five characters; they tile it."""
    cuts = [low]
    for index in range(low, high):
        if text[index] in _BREAKS and index + 1 - cuts[-1] >= _SHORTEST and index + 1 < high:
            cuts.append(index + 1)
    if len(cuts) > 1 and high - cuts[-1] < _SHORTEST:
        cuts.pop()
    return list(zip(cuts, [*cuts[1:], high], strict=True)) if high > low else []


def covered_share(marks: BoolArray, counted: BoolArray, low: int, high: int) -> float:
    """Share of the counted characters of ``[low, high)`` that are marked; 0 where there is none."""
    total = int(counted[low:high].sum())
    return float((marks[low:high] & counted[low:high]).sum()) / total if total else 0.0
