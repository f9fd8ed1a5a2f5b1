"""The text of a report cut into pieces that each have one set of marks, and two passages laid side by side."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np

from jingwei.model import Assessment, Match
from jingwei.report.disguise import Disguise
from jingwei.report.names import show_text


class Bit(NamedTuple):
    """A stretch of shown text; ``alias`` is set where it is a name, and empty for the later parts of a cut name."""

    text: str
    alias: str | None = None


class Piece(NamedTuple):
    """Characters with the same kind, reason, match, findings and fact."""

    bits: tuple[Bit, ...]
    kind: str = ""
    reason: int = -1
    opens: bool = False
    match: int = -1
    findings: tuple[int, ...] = ()
    anchors: tuple[int, ...] = ()
    severity: str = ""
    fact: int = -1


class Line(NamedTuple):
    """One line of the document with its role; ``section`` is the number of the section that starts here."""

    role: str
    level: int
    section: int
    pieces: tuple[Piece, ...]


class Side(NamedTuple):
    """One of two passages side by side: (bits, equal on both sides)."""

    parts: tuple[tuple[tuple[Bit, ...], bool], ...]


# A box around a word helps; around a whole passage, which has its kind's colour already, it only makes noise.
_LONGEST_BOX_CHARS = 30
_SEVERITY_ORDER = {"error": 0, "warning": 1, "note": 2}


def bits_of(text: str, disguise: Disguise, *, anonymise: bool) -> tuple[Bit, ...]:
    """``text`` with its names set apart for the toggle, or already replaced where the output is anonymous."""
    if anonymise:
        return (Bit(show_text(disguise.hide(text))),) if text else ()
    bits, at = [], 0
    for start, end, alias in disguise.find(text):
        if start > at:
            bits.append(Bit(show_text(text[at:start])))
        bits.append(Bit(show_text(text[start:end]), alias))
        at = end
    if at < len(text):
        bits.append(Bit(show_text(text[at:])))
    return tuple(bits)


class TextView:
    """The whole text of an assessment, line by line."""

    def __init__(self, assessment: Assessment, disguise: Disguise, *, anonymise: bool) -> None:
        self._assessment = assessment
        self._anonymise = anonymise
        self._text = assessment.report.document.text
        self._names = disguise.find(self._text)
        self.reasons: list[tuple[str, str, str]] = []
        reason_numbers: dict[tuple[str, str, str], int] = {}
        self._span_reasons = []
        for span in assessment.spans:
            reason = (span.kind, span.because.zh, span.because.en or span.because.zh)
            if reason not in reason_numbers:
                reason_numbers[reason] = len(self.reasons)
                self.reasons.append(reason)
            self._span_reasons.append(reason_numbers[reason])
        self._span_starts = [span.start for span in assessment.spans]
        self._name_starts = [name[0] for name in self._names]
        self._placed = [(i, f) for i, f in enumerate(assessment.findings) if f.start is not None and f.end is not None]
        self._cuts = sorted(self._boundaries())
        self._match_at = _first_at(len(self._text), [(m.start, m.end) for m in assessment.matches])
        self._fact_at = _first_at(len(self._text), [(f.start, f.end) for f in assessment.facts])
        self._opened: set[int] = set()
        # Findings of each stretch between two cuts: a piece never asks all findings.
        self._found: list[list[int]] = [[] for _ in self._cuts]
        self._boxed = {i for i, f in self._placed if (f.end or 0) - (f.start or 0) <= _LONGEST_BOX_CHARS}
        self._found_ends = {i: max(f.end or 0, (f.start or 0) + 1) for i, f in self._placed}
        for number, finding in self._placed:
            start, end = finding.start or 0, finding.end or 0
            first = bisect_left(self._cuts, start)
            for at in range(first, max(bisect_left(self._cuts, end), first + 1)):
                self._found[at].append(number)
        self._blocks = sorted(assessment.report.structure.blocks, key=lambda b: (b.start, b.end))
        self._block_starts = [b.start for b in self._blocks]
        self._furthest = list(accumulate((b.end for b in self._blocks), max))

    def lines(self) -> list[Line]:
        """All lines that hold more than whitespace."""
        self._opened.clear()
        structure = self._assessment.report.structure
        sections: dict[int, int] = {}
        for number, section in enumerate(structure.sections):
            sections.setdefault(section.start, number)
        lines, at = [], 0
        for raw in self._text.split("\n"):
            end = at + len(raw)
            if raw.strip():
                role, level = self._role(at, end)
                opening = next((n for start, n in sections.items() if at <= start < end), -1)
                lines.append(Line(role, level, opening, tuple(self._pieces(at, end))))
            at = end + 1
        return lines

    def _boundaries(self) -> set[int]:
        assessment = self._assessment
        cuts = {0, len(self._text)}
        for items in (assessment.spans, assessment.matches, assessment.facts):
            cuts.update(edge for item in items for edge in (item.start, item.end))
        for _, finding in self._placed:
            cuts.update((finding.start or 0, finding.end or 0))
        return cuts

    def _role(self, start: int, end: int) -> tuple[str, int]:
        """Role of the block that covers most of the line."""
        best, role, level = 0, "body", 0
        last = bisect_left(self._block_starts, end)
        first = last
        while first and self._furthest[first - 1] > start:
            first -= 1
        for block in self._blocks[first:last]:
            covered = min(end, block.end) - max(start, block.start)
            if covered > best and block.role != "run_in":
                best, role, level = covered, block.role, block.level
        return role, level

    def _pieces(self, start: int, end: int) -> Iterable[Piece]:
        first = bisect_right(self._cuts, start)
        edges = [start]
        edges += self._cuts[first : bisect_left(self._cuts, end)]
        edges.append(end)
        for left, right in pairwise(edges):
            yield self._piece(left, right)

    def _piece(self, start: int, end: int) -> Piece:
        assessment = self._assessment
        bits = self._bits(start, end)
        at = bisect_right(self._span_starts, start) - 1
        inside = at >= 0 and start < assessment.spans[at].end
        span = assessment.spans[at] if inside else None
        found = self._found[bisect_right(self._cuts, start) - 1]
        if found:
            found = [i for i in found if start < self._found_ends[i]]
        match = self._match_at[start]
        worst, anchors = "", tuple[int, ...]()
        if found:
            boxed = [assessment.findings[i].severity for i in found if i in self._boxed]
            if boxed and not self._text[start:end].isspace():
                worst = min(boxed, key=_SEVERITY_ORDER.__getitem__)
            anchors = tuple([i for i in found if assessment.findings[i].start == start])
        return Piece(
            bits,
            kind=span.kind if span else "",
            reason=self._span_reasons[at] if span else -1,
            opens=span is not None and span.start == start and self._opens(at, match),
            match=match,
            findings=tuple(found),
            anchors=anchors,
            severity=worst,
            fact=self._fact_at[start],
        )

    def _opens(self, at: int, match: int) -> bool:
        """Whether a copied or recycled passage begins here: once a match, or once a run of spans without one."""
        spans = self._assessment.spans
        if spans[at].kind not in {"copied", "recycled"}:
            return False
        if match < 0:
            return at == 0 or spans[at - 1].kind != spans[at].kind
        new = match not in self._opened
        self._opened.add(match)
        return new

    def _bits(self, start: int, end: int) -> tuple[Bit, ...]:
        """A name that is cut by a boundary shows its alias once, in its first part."""
        bits, at = [], start
        first = max(0, bisect_right(self._name_starts, start) - 1)
        for name_start, name_end, alias in self._names[first : bisect_left(self._name_starts, end)]:
            left, right = max(name_start, start), min(name_end, end)
            if left >= right:
                continue
            if left > at:
                bits.append(Bit(show_text(self._text[at:left])))
            shown = alias if left == name_start else ""
            bits.append(Bit(shown) if self._anonymise else Bit(show_text(self._text[left:right]), shown))
            at = right
        if at < end:
            bits.append(Bit(show_text(self._text[at:end])))
        return tuple(bits)


def _first_at(length: int, ranges: Sequence[tuple[int, int]]) -> list[int]:
    """Per character (and for the end of the text) the number of the first range that holds it, else -1."""
    numbers = np.full(length + 1, -1, dtype=np.int32)
    for number in range(len(ranges) - 1, -1, -1):
        start, end = ranges[number]
        numbers[start:end] = number
    return numbers.tolist()  # asked one by one, thousands of times


def side_by_side(assessment: Assessment, match: Match, disguise: Disguise, *, anonymise: bool) -> tuple[Side, Side]:
    """The passage of the report and that of its best source, cut at the equal runs."""
    left = assessment.report.document.text[match.start : match.end]
    runs = match.runs
    return (
        _side(left, match.start, [(r.left_start, r.left_end) for r in runs], disguise, anonymise=anonymise),
        _side(
            match.source.text, match.source.start, [(r.right_start, r.right_end) for r in runs], disguise,
            anonymise=anonymise,
        ),
    )  # fmt: skip


def _side(text: str, offset: int, runs: Sequence[tuple[int, int]], disguise: Disguise, *, anonymise: bool) -> Side:
    if not runs:
        return Side(((bits_of(text, disguise, anonymise=anonymise), True),))
    parts, at = [], 0
    for start, end in sorted(runs):
        a, b = max(start - offset, at), min(end - offset, len(text))
        if b <= a:
            continue
        if a > at:
            parts.append((bits_of(text[at:a], disguise, anonymise=anonymise), False))
        parts.append((bits_of(text[a:b], disguise, anonymise=anonymise), True))
        at = b
    if at < len(text):
        parts.append((bits_of(text[at:], disguise, anonymise=anonymise), False))
    return Side(tuple(parts))
