"""How many characters of each kind any stretch of a report holds: the counts behind bars, strips and outlines."""

from __future__ import annotations

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
        text = assessment.report.document.text
        kinds = kinds_of_characters(assessment)
        totals = np.zeros((len(text) + 1, len(KINDS)), dtype=np.int64)
        for number in range(len(KINDS)):
            np.cumsum(kinds == number, out=totals[1:, number])
        self._totals = totals

    def stretch(self, start: int, end: int) -> Stretch:
        """Counts of ``text[start:end]``."""
        return Stretch(tuple(int(n) for n in self._totals[end] - self._totals[start]))

    def pieces(self, ranges: tuple[tuple[int, int], ...]) -> Stretch:
        """Counts of several disjoint ranges together (a paragraph split by a page end)."""
        parts = [self._totals[end] - self._totals[start] for start, end in ranges]
        return Stretch(tuple(int(n) for n in np.sum(parts, axis=0))) if parts else Stretch((0,) * len(KINDS))


def kinds_of_characters(assessment: Assessment) -> IntArray:
    """Per raw character the number of its kind in ``KINDS``; -1 for whitespace and whatever is not body."""
    body = assessment.report.structure.body
    spans = assessment.spans  # sorted and disjoint, so they and the gaps between them cut the text
    edges = np.fromiter((edge for span in spans for edge in (span.start, span.end)), dtype=np.int64)
    values = np.full(len(edges) + 1, -1, dtype=np.int32)
    values[1::2] = [_INDEX[span.kind] for span in spans]
    kinds = np.repeat(values, np.diff(edges, prepend=0, append=len(body)))
    kinds[~body] = -1
    return kinds
