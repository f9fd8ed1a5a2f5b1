"""The text as the rules read it: body, title, headings and signature without furniture, every character traced."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from jingwei.model import BlockRole, Fact, Report
from jingwei.review.brief import Brief
from jingwei.review.gate import digits_of_plane
from jingwei.review.genre import is_rule_of_law_report, part_of_heading
from jingwei.review.pieces import BEYOND, among, codes_of_text, pieces_of, present_in

_STOPS = "。！？；!?;\n"
_PAUSES = _STOPS + "，,：:"
_TITLE_MARKS = re.compile(r"《[^《》\n]{1,80}(?:[〈《][^〉》\n]{1,60}[〉》][^》\n]{0,30})?》|〈[^〉\n]{1,60}〉")
_FILE_NUMBER = re.compile(r"[〔\[（(【]\s*(?:19|20)\d\d\s*[〕\]）)】]\s*第?\s*\d+\s*号")
_DIGITS = re.compile(r"\d\d*")  # begun with one digit it is found five times faster than as \d+
_THOUSANDS = re.compile(r"[,，](?<=\d[,，])(?=\d{3}(?!\d))")
_FULL_STOPS = "。！？；\n"


class Line(Struct, frozen=True):
    """One line of the reading: a body paragraph or a heading, title, salutation, signature or date line.

    ``start:end`` index ``Reading.text``; ``part`` is 1–5 (Art. 25) where the section's heading or place tells it.
    """

    start: int
    end: int
    role: BlockRole
    level: int
    part: int | None
    section: int | None


class Reading:
    """A draft made easy to read for rules. Built once per review; cost linear in the text.

    Offsets of rules are offsets into ``text``; ``raw_range`` turns them into code points of the document.
    """

    def __init__(self, brief: Brief) -> None:
        self.brief = brief
        self.report: Report = brief.report
        self.profile = brief.report.profile
        self.year = brief.report.profile.year
        chars: list[str] = []
        starts, ends = array("i"), array("i")
        lines: list[tuple[int, int, BlockRole, int]] = []
        length = 0
        raw = brief.report.document.text
        for _, role, level, text, own, behind, glued in pieces_of(brief.report):
            # A run-in heading is parted from what follows by a line break of the document alone.
            if length and not glued and (lines[-1][2] != "run_in" or "\n" in raw[ends[-1] : own[0]]):
                chars.append("\n")
                starts.append(ends[-1])
                ends.append(ends[-1])
                length += 1
            chars.append(text)
            starts += own
            ends += behind
            lines.append((length, length + len(text), role, level))
            length += len(text)
        self.text = "".join(chars)
        self.starts = starts
        self.ends = ends
        self.lines = self._with_parts(lines)
        self._line_starts = [line.start for line in self.lines]

    # -- where am I

    def opened_by(self, pattern: re.Pattern[str], chars: str) -> Iterator[re.Match[str]]:
        """Matches at the start of a written line (after a line break) that begins with one of some characters."""
        text, start = self.text, 0
        while start >= 0:
            if text[start : start + 1] in chars and start < len(text):
                match = pattern.match(text, start)
                if match:
                    yield match
            start = text.find("\n", start) + 1 or -1

    def begun(self, pattern: re.Pattern[str], chars: str) -> Iterator[re.Match[str]]:
        """All matches of a pattern that begins with one of some characters, tried where these stand."""
        done = 0
        for at in self.places(chars).tolist():
            match = pattern.match(self.text, at) if at >= done else None
            if match:
                done = match.end()
                yield match

    @cached_property
    def present(self) -> str:
        """The characters of the document in order, each once, those beyond the first plane as one."""
        return present_in(codes_of_text(self.report.document.text))

    def holds_any(self, chars: Iterable[str]) -> bool:
        """Whether the document holds one of some characters: without it much need not be looked for."""
        present = self.present
        return any(char in present for char in chars)

    def line_at(self, at: int) -> Line:
        """The line that holds offset ``at`` (the one before it for a line break)."""
        return self.lines[max(0, bisect_right(self._line_starts, at) - 1)]

    def sentence(self, at: int) -> tuple[int, int]:
        """The sentence around ``at``, without its stop."""
        return self._between(self._stops, at)

    def clause(self, at: int) -> tuple[int, int]:
        """The comma-clause around ``at``, without its mark."""
        return self._between(self._pauses, at)

    def _between(self, marks: list[int], at: int) -> tuple[int, int]:
        behind = bisect_left(marks, at)
        start = marks[behind - 1] + 1 if behind else 0
        return start, marks[behind] if behind < len(marks) else len(self.text)

    @cached_property
    def _stops(self) -> list[int]:
        stops: list[int] = self.places(_STOPS).tolist()
        return stops

    @cached_property
    def _pauses(self) -> list[int]:
        pauses: list[int] = self.places(_PAUSES).tolist()
        return pauses

    def places(self, chars: str) -> NDArray[np.intp]:
        """Where one of some characters stands, in order."""
        return np.flatnonzero(self.is_one_of(chars))

    def is_one_of(self, chars: str) -> NDArray[np.bool_]:
        """For every character whether it is one of some characters."""
        return among(chars).take(self._codes)

    @cached_property
    def _codes(self) -> NDArray[np.uint32]:
        return codes_of_text(self.text)

    def before(self, at: int, width: int) -> str:
        """Up to ``width`` characters of the same line left of ``at``."""
        start = max(0, at - width)
        return self.text[start:at].rpartition("\n")[2]

    def after(self, at: int, width: int) -> str:
        """Up to ``width`` characters of the same line from ``at`` on."""
        return self.text[at : at + width].partition("\n")[0]

    def in_title(self, start: int, end: int) -> bool:
        """Whether ``start:end`` touches a title in 《》 or a 文号: names and years there belong to the document."""
        spans, begins = self._titles
        at = bisect_right(begins, end - 1) - 1
        return at >= 0 and spans[at][1] > start

    def is_quoted(self, start: int, end: int) -> bool:
        """Whether ``start:end`` stands in a title or between “ and ” of its sentence: words of somebody else."""
        if self.in_title(start, end):
            return True
        inside = self.text[self.sentence(start)[0] : start]
        return inside.count("“") > inside.count("”")

    @cached_property
    def _titles(self) -> tuple[list[tuple[int, int]], list[int]]:
        found = [m.span() for m in self.begun(_TITLE_MARKS, "《〈")]
        found += [(self.letters_before(m.start(), 14), m.end()) for m in self.begun(_FILE_NUMBER, "〔[（(【")]
        found.sort()
        merged: list[tuple[int, int]] = []
        for start, end in found:
            if merged and start < merged[-1][1]:
                merged[-1] = (merged[-1][0], max(merged[-1][1], end))
            else:
                merged.append((start, end))
        return merged, [start for start, _ in merged]

    def letters_before(self, at: int, most: int) -> int:
        """Where the run of up to ``most`` letters that ends at ``at`` begins (a 文号 before its bracket)."""
        start = at
        while start > 0 and at - start < most and self.text[start - 1].isalpha():
            start -= 1
        return start

    @cached_property
    def numbers(self) -> tuple[tuple[int, int], ...]:
        """Every run of digits: what most rules about values begin with."""
        digits = digits_of_plane().take(self._codes)
        if BEYOND in self._codes:  # there are digits beyond the first plane
            return tuple(m.span() for m in _DIGITS.finditer(self.text))
        border = np.zeros(1, dtype=bool)
        borders = np.flatnonzero(np.diff(np.concatenate((border, digits, border)))).tolist()
        return tuple(zip(borders[::2], borders[1::2], strict=True))

    @cached_property
    def number_borders(self) -> NDArray[np.intp]:
        """The same as rows of begin and end."""
        return np.array(self.numbers, dtype=np.intp).reshape(-1, 2)

    def counting(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The stretches between the stops of ``start:end`` that hold two numbers or more, which may contradict."""
        begins = self._number_starts
        first = max(0, bisect_right(self._counting, (start, start)) - 1)
        for opened, closed in self._counting[first:]:
            if opened >= end:
                return
            left, right = max(opened, start), min(closed, end)
            at = bisect_left(begins, left)
            if at + 1 < len(begins) and begins[at + 1] < right:
                yield left, right

    def numbers_between(self, start: int, end: int) -> list[int]:
        """Where the numbers of ``start:end`` begin."""
        begins = self._number_starts
        return begins[bisect_left(begins, start) : bisect_left(begins, end)]

    @cached_property
    def _counting(self) -> list[tuple[int, int]]:
        """All stretches of the text that hold two numbers or more."""
        stops = np.concatenate(([-1], self.places(_FULL_STOPS), [len(self.text)]))
        own = np.searchsorted(stops, self._number_starts)
        several = own[1:][own[1:] == own[:-1]]  # in order; np.unique would load masked arrays, which takes 20 ms
        several = several[np.concatenate(([True], several[1:] != several[:-1]))[: len(several)]]
        return list(zip((stops[several - 1] + 1).tolist(), stops[several].tolist(), strict=True))

    @cached_property
    def _number_starts(self) -> list[int]:
        return [start for start, _ in self.numbers]

    @cached_property
    def counted(self) -> str:
        """The text with the comma of 1,264 as ``_``: same offsets, and ``float("1_264")`` reads it."""
        return _THOUSANDS.sub("_", self.text)

    @cached_property
    def rule_of_law(self) -> bool:
        """Whether the draft is an annual report on rule-of-law government, to which Article 25 applies."""
        return is_rule_of_law_report(self.profile.title or self.title)

    @property
    def title(self) -> str:
        """The title lines, joined."""
        return "".join(self.text[line.start : line.end] for line in self.lines if line.role == "title")

    # -- addresses

    def raw_range(self, start: int, end: int) -> tuple[int, int]:
        """Code points of the document for ``text[start:end]`` (never empty for a non-empty slice)."""
        return self.starts[start], self.ends[end - 1]

    def from_raw(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the reading of a raw range; empty when the range holds only furniture."""
        left = bisect_left(self.ends, start + 1)
        right = bisect_left(self.starts, end)
        return left, max(left, right)

    def quote(self, start: int, end: int) -> str:
        """The document's own characters, as they stand."""
        raw_start, raw_end = self.raw_range(start, end)
        return self.report.document.text[raw_start:raw_end]

    def facts_between(self, start: int, end: int) -> Iterator[Fact]:
        """Facts whose own words lie in ``text[start:end]``."""
        if start >= end:
            return
        raw_start, raw_end = self.raw_range(start, end)
        facts, begins = self._facts
        yield from facts[bisect_left(begins, raw_start) : bisect_left(begins, raw_end)]

    @cached_property
    def _facts(self) -> tuple[list[Fact], list[int]]:
        facts = sorted(self.brief.facts, key=lambda fact: fact.start)
        return facts, [fact.start for fact in facts]

    # -- building

    def _with_parts(self, lines: list[tuple[int, int, BlockRole, int]]) -> tuple[Line, ...]:
        sections = self.report.structure.sections
        heads = [section.start for section in sections]
        found: list[Line] = []
        part: int | None = None
        top: int = 9
        for start, end, role, level in lines:
            at = bisect_right(heads, self.starts[start]) - 1 if end > start else -1
            section = at if at >= 0 and self.starts[start] < sections[at].end else None
            if role == "heading":
                named = part_of_heading(self.text[start:end], self.year)
                stated = sections[section].part if section is not None else None
                if level <= top or named is not None or stated is not None:
                    part = named if named is not None else (stated if level > 1 or stated is not None else 1)
                    top = level
            found.append(Line(start, end, role, level, part, section))
        return tuple(found)
