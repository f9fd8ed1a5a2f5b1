"""How many characters of each kind any stretch of a report holds: the counts behind bars, strips and outlines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from jingwei.model import KINDS, Assessment, IntArray


class Stretch(Struct, frozen=True):
    """Counted characters by kind in a stretch of text, in the order of ``KINDS``."""

    chars: tuple[int, ...]

    @property
    def body(self) -> int:
        """All counted characters."""
        return sum(self.chars)

    def of(self, kind: str) -> int:
        """Characters of one kind."""
        return self.chars[_INDEX[kind]]

    def share(self, kind: str) -> float | None:
        """Share of one kind in the body characters, null where there are none."""
        return self.of(kind) / self.body if self.body else None

    @property
    def judged(self) -> int:
        """Body without prescribed wording: the denominator of the effective scores."""
        return self.body - self.of("mandated")

    @property
    def originality(self) -> float | None:
        """(local + own) / (body - mandated), null where the denominator is 0."""
        return (self.of("local") + self.of("own")) / self.judged if self.judged else None

    @property
    def effective(self) -> float | None:
        """(copied + recycled) / (body - mandated), null where the denominator is 0."""
        return (self.of("copied") + self.of("recycled")) / self.judged if self.judged else None


_INDEX: dict[str, int] = {kind: i for i, kind in enumerate(KINDS)}


def whole_report(assessment: Assessment) -> Stretch:
    """The counts of all of its body: what the judgement counted, without going through the text again."""
    return Stretch(tuple(getattr(assessment.counts, kind) for kind in KINDS))


class Composition:
    """Running totals over the text of one assessment: any stretch is answered in constant time."""

    def __init__(self, assessment: Assessment) -> None:
        kinds = kinds_of_characters(assessment)
        totals = np.zeros((len(KINDS), len(kinds) + 1), dtype=np.int64)
        for number in range(len(KINDS)):
            np.cumsum(kinds == number, out=totals[number, 1:])
        self.kinds = kinds
        self._totals = totals.T

    def stretch(self, start: int, end: int) -> Stretch:
        """Counts of ``text[start:end]``."""
        return Stretch(tuple((self._totals[end] - self._totals[start]).tolist()))

    def pieces(self, ranges: tuple[tuple[int, int], ...]) -> Stretch:
        """Counts of several disjoint ranges together (a paragraph split by a page end)."""
        return self.many([ranges])[0]

    def many(self, parts: Sequence[Sequence[tuple[int, int]]]) -> list[Stretch]:
        """Counts of every part, each given by its disjoint ranges: all paragraphs of a report at once."""
        starts = [start for ranges in parts for start, _ in ranges]
        ends = [end for ranges in parts for _, end in ranges]
        if not starts:
            return [Stretch((0,) * len(KINDS))] * len(parts)
        counts = self._totals[ends] - self._totals[starts]
        if len(starts) != len(parts) or not all(parts):  # some part is none or several: sums of its ranges
            owner = np.repeat(np.arange(len(parts)), [len(ranges) for ranges in parts])
            sums = np.zeros((len(parts), len(KINDS)), dtype=np.int64)
            np.add.at(sums, owner, counts)
            counts = sums
        return [Stretch(tuple(row)) for row in counts.tolist()]


def kinds_of_characters(assessment: Assessment) -> IntArray:
    """Per raw character the number of its kind in ``KINDS``; -1 for whitespace and whatever is not body."""
    body = assessment.report.structure.body
    spans = assessment.spans  # sorted and disjoint, so they and the gaps between them cut the text
    edges = np.empty(2 * len(spans), dtype=np.int64)
    edges[::2] = [span.start for span in spans]
    edges[1::2] = [span.end for span in spans]
    values = np.full(len(edges) + 1, -1, dtype=np.int32)
    values[1::2] = [_INDEX[span.kind] for span in spans]
    kinds = np.repeat(values, np.diff(edges, prepend=0, append=len(body)))
    kinds[~body] = -1
    return kinds
