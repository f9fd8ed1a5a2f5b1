"""The text of a report as HTML: pieces that each have one set of marks, and two passages laid side by side."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from markupsafe import Markup, escape

from jingwei.model import Assessment, Match
from jingwei.report.disguise import Disguise
from jingwei.report.markup import SEVERITY_CLASSES, escaped, is_plain, named, trusted, visible
from jingwei.report.palette import KIND_MARKS


class Line(NamedTuple):
    """One line of the document with its role, as HTML; ``section`` is the number of the section that starts here."""

    role: str
    level: int
    section: int
    html: str


# A box around a word helps; around a whole passage, which has its kind's colour already, it only makes noise.
_LONGEST_BOX_CHARS = 30
_SEVERITY_ORDER = {"error": 0, "warning": 1, "note": 2}


class Shower:
    """Turns foreign text into HTML, its names set apart for the switch on the page or already replaced."""

    def __init__(self, disguise: Disguise, *, anonymise: bool) -> None:
        self.disguise, self.anonymise = disguise, anonymise
        self._known: dict[str, str] = {}

    def __call__(self, text: str) -> Markup:
        """The markup of ``text``, for a template."""
        return trusted(self.html(text))

    def html(self, text: str) -> str:
        """The HTML of ``text``; a page says the same thing many times."""
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._made(text)
        return known

    def _made(self, text: str) -> str:
        if self.anonymise:
            return visible(self.disguise.hide(text))
        names = self.disguise.find(text)
        if not names:
            return visible(text)
        parts, at = [], 0
        for start, end, alias in names:
            parts.append(visible(text[at:start]) + named(visible(text[start:end]), alias))
            at = end
        return "".join(parts) + visible(text[at:])


class TextView:
    """The whole text of an assessment, line by line.

    Between two neighbouring ``_cuts`` nothing changes: one span, one match, one fact, the same findings.
    """

    def __init__(self, assessment: Assessment, disguise: Disguise, *, anonymise: bool) -> None:
        self._assessment = assessment
        self._anonymise = anonymise
        self._text = assessment.report.document.text
        end = len(self._text) + 1
        self._names = [*disguise.find(self._text), (end, end, "")]  # the last one is never reached
        self._next_name = 0
        self._visible = str if is_plain(self._text) else visible
        self.reasons: list[tuple[str, str, str]] = []
        reason_numbers: dict[tuple[str, str, str], int] = {}
        self._span_reasons = []
        for span in assessment.spans:
            reason = (span.kind, span.because.zh, span.because.en or span.because.zh)
            if reason not in reason_numbers:
                reason_numbers[reason] = len(self.reasons)
                self.reasons.append(reason)
            self._span_reasons.append(reason_numbers[reason])
        self._placed = [(i, f) for i, f in enumerate(assessment.findings) if f.start is not None and f.end is not None]
        self._cuts = sorted(self._boundaries())
        self._place_of = {cut: place for place, cut in enumerate(self._cuts)}
        self._span_of = self._first_at([(s.start, s.end) for s in assessment.spans])
        self._match_of = self._first_at([(m.start, m.end) for m in assessment.matches])
        self._fact_of = self._first_at([(f.start, f.end) for f in assessment.facts])
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
        self._next_name = 0
        structure = self._assessment.report.structure
        sections: dict[int, int] = {}
        for number, section in enumerate(structure.sections):
            sections.setdefault(section.start, number)
        lines, at = [], 0
        for raw in self._text.split("\n"):
            end = at + len(raw)
            if raw and not raw.isspace():
                role, level = self._role(at, end)
                opening = next((n for start, n in sections.items() if at <= start < end), -1)
                lines.append(Line(role, level, opening, "".join(self._pieces(at, end))))
            at = end + 1
        return lines

    def _boundaries(self) -> set[int]:
        assessment = self._assessment
        cuts = {0, len(self._text)}
        for items in (assessment.spans, assessment.matches, assessment.facts):
            cuts.update([item.start for item in items])
            cuts.update([item.end for item in items])
        for _, finding in self._placed:
            cuts.update((finding.start or 0, finding.end or 0))
        return cuts

    def _first_at(self, ranges: Sequence[tuple[int, int]]) -> list[int]:
        """Per stretch between two cuts the number of the first range that holds it, else -1."""
        numbers = [-1] * len(self._cuts)
        for number in range(len(ranges) - 1, -1, -1):
            start, end = ranges[number]
            first, last = self._place_of[start], self._place_of[end]
            if first < last:  # the border of every range is a cut
                numbers[first:last] = [number] * (last - first)
        return numbers

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

    def _pieces(self, start: int, end: int) -> list[str]:
        cuts, found, span_of = self._cuts, self._found, self._span_of
        first, last = bisect_right(cuts, start), bisect_left(cuts, end)
        pieces, left = [], start
        for stretch in range(first - 1, last):
            right = cuts[stretch + 1] if stretch < last - 1 else end
            shown = self._shown(left, right)
            if found[stretch]:
                shown = self._found_piece(left, right, stretch, shown)
            elif span_of[stretch] >= 0:
                shown = f"<i{self._marks(left, stretch)}>{shown}</i>"
            pieces.append(shown)
            left = right
        return pieces

    def _found_piece(self, start: int, end: int, stretch: int, shown: str) -> str:
        """A piece that findings speak of: boxed where they are short, with the anchors of those that begin there."""
        findings = self._assessment.findings
        found = [i for i in self._found[stretch] if start < self._found_ends[i]]
        boxed = [findings[i].severity for i in found if i in self._boxed]
        severity = ""
        if boxed and not self._text[start:end].isspace():
            severity = min(boxed, key=_SEVERITY_ORDER.__getitem__)
        if self._span_of[stretch] >= 0 or severity:
            shown = f"<i{self._marks(start, stretch, severity)}>{shown}</i>"
        for number in reversed([i for i in found if findings[i].start == start]):
            finding = findings[number]
            shown = f'<sup class="f {SEVERITY_CLASSES[finding.severity]}" id="f{number}">{escape(finding.code)}</sup>{shown}'
        return shown

    def _marks(self, start: int, stretch: int, severity: str = "") -> str:
        """Attributes of a piece: kind and worst finding as classes, what the script asks for as numbers."""
        at, match, fact = self._span_of[stretch], self._match_of[stretch], self._fact_of[stretch]
        box = " " + SEVERITY_CLASSES[severity] if severity else ""
        marks = f' data-m="{match}"' if match >= 0 else ""
        if fact >= 0:
            marks += f' data-f="{fact}"'
        if at < 0:
            return f' class="{box}"{marks}'
        span, reason = self._assessment.spans[at], self._span_reasons[at]
        if span.start == start and self._opens(at, match):
            mark = escape(KIND_MARKS[span.kind])
            return f' class="{span.kind} mk{box}" data-r="{reason}" data-k="{mark}"{marks}'
        return f' class="{span.kind}{box}" data-r="{reason}"{marks}'

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

    def _shown(self, start: int, end: int) -> str:
        """The characters of a piece; pieces are asked for in the order of the text.

        A name that is cut by a boundary shows its alias once, in its first part.
        """
        names, number = self._names, self._next_name
        while names[number][1] <= start:
            number += 1
        self._next_name = number
        if names[number][0] >= end:
            return self._visible(self._text[start:end])
        parts, at = [], start
        while names[number][0] < end:
            name_start, name_end, alias = names[number]
            left, right = max(name_start, start), min(name_end, end)
            parts.append(self._visible(self._text[at:left]))
            alias = alias if left == name_start else ""
            parts.append(escaped(alias) if self._anonymise else named(self._visible(self._text[left:right]), alias))
            at = right
            number += 1
        return "".join(parts) + self._visible(self._text[at:end])


def side_by_side(assessment: Assessment, match: Match, show: Shower) -> tuple[Markup, Markup]:
    """The passage of the report and that of its best source: equal stretches marked, the others boxed."""
    left = assessment.report.document.text[match.start : match.end]
    runs = match.runs
    return (
        _side(left, match.start, [(r.left_start, r.left_end) for r in runs], show),
        _side(match.source.text, match.source.start, [(r.right_start, r.right_end) for r in runs], show),
    )


def _side(text: str, offset: int, runs: Sequence[tuple[int, int]], show: Shower) -> Markup:
    if not runs:
        return trusted(f"<mark>{show.html(text)}</mark>")
    parts, at = [], 0
    for start, end in sorted(runs):
        a, b = max(start - offset, at), min(end - offset, len(text))
        if b <= a:
            continue
        if a > at:
            parts.append(f'<u class="d">{show.html(text[at:a])}</u>')
        parts.append(f"<mark>{show.html(text[a:b])}</mark>")
        at = b
    if at < len(text):
        parts.append(f'<u class="d">{show.html(text[at:])}</u>')
    return trusted("".join(parts))
