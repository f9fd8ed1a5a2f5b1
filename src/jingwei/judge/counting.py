"""Which passages count: effective length, common text, direction.

All passages of a report are weighed at once: what is asked of each is a count of its characters, and the counts of all
come out of one pass over one array.
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np

from jingwei.judge.case import Case
from jingwei.judge.figures import OWN_DIGITS, Figures, digit_mask, figures_of, shared_scopes, telling_rows
from jingwei.judge.passages import Counted, trim
from jingwei.judge.ranges import Positions, counts_before, covered, positions_in
from jingwei.judge.reading_order import without_stray_ends
from jingwei.judge.relation import Standing
from jingwei.judge.shared import Shared
from jingwei.model import BoolArray, IntArray, Passage, SourceMatch

GLUE_SHARE = 0.25  # a sentence with fewer free characters among its equal ones, and none of them ...
GLUE_CHARS = 8  # ... in a stretch of this length, consists of prescribed wording


def count_passages(
    case: Case, standings: list[Standing], shared: Shared, mandated: BoolArray, common: BoolArray
) -> list[Counted]:
    """Passages that count as recycled or copied, previous ones first.

    Effective length = equal characters neither mandated nor common; figures that agree one by one make the clauses
    around them uncommon (:mod:`jingwei.judge.figures`). ``previous``: 13 is enough. ``peer``: 40.
    Text common in the library counts only in a passage of 80 equal, not prescribed characters (common_source);
    what the built-in background knows as common never does.
    """
    free, uncommon = ~mandated, _Uncommon(case, ~common)
    counted = _recycled(case, _chosen(case, standings, shared, "previous"), free, uncommon)
    fresh = np.ones(case.length, dtype=np.bool_)
    for one in counted:
        fresh[one.claims] = False
    return counted + _copied(case, _chosen(case, standings, shared, "peer"), free, fresh, uncommon)


class _Chosen(NamedTuple):
    """Passages trimmed of punctuation in front, with what is left of their equal characters in ``positions``."""

    passages: list[tuple[SourceMatch, Passage]]
    positions: IntArray
    starts: Positions
    ends: Positions

    def equal(self, number: int) -> IntArray:
        """Raw positions of the equal characters of a passage."""
        return self.positions[self.starts[number] : self.ends[number]]

    def only(self, numbers: Positions) -> _Chosen:
        """Some of the passages."""
        kept = [self.passages[number] for number in numbers.tolist()]
        return _Chosen(kept, self.positions, self.starts[numbers], self.ends[numbers])

    def one_by_one(self) -> tuple[IntArray, Positions]:
        """The equal characters of all the passages, one passage after the other, with the number of the passage."""
        sizes = self.ends - self.starts
        return self.positions[positions_in(self.starts, sizes)], np.repeat(np.arange(len(sizes)), sizes)


def _chosen(case: Case, standings: list[Standing], shared: Shared, standing: Standing) -> _Chosen:
    """The passages with the sources of one standing."""
    text, matches = case.report.document.text, case.evidence.matches
    numbers = [number for number, match in enumerate(shared.match_of) if standings[match] == standing]
    starts, ends = shared.cuts[numbers], shared.cuts[1:][numbers]
    paragraphs = [paragraph.start for paragraph in case.report.structure.paragraphs]
    passages = []
    for row, number in enumerate(numbers):
        passage = shared.passages[number]
        match = matches[shared.match_of[number]]
        shorter = trim(without_stray_ends(passage, text, match.text, paragraphs), text)
        if shorter is not passage:
            equal = shared.positions[starts[row] : ends[row]]
            first, behind = np.searchsorted(equal, (shorter.left_start, shorter.left_end)).tolist()
            starts[row], ends[row] = starts[row] + first, starts[row] + behind
        passages.append((match, shorter))
    return _Chosen(passages, shared.positions, starts, ends)


class _Weighed(NamedTuple):
    """Characters that may count, of all passages (``cuts`` part them): which are uncommon, how many by passage.

    ``figures``: how many figures of each passage agree one by one.
    """

    positions: IntArray
    cuts: list[int]
    found: BoolArray
    effective: list[int]
    figures: list[int]

    def of(self, number: int) -> slice:
        """Where the characters of a passage stand."""
        return slice(self.cuts[number], self.cuts[number + 1])


class _Uncommon:
    """Which characters of passages are not common; figures are looked at where a passage shares digits enough."""

    def __init__(self, case: Case, uncommon: BoolArray) -> None:
        self._case = case
        self._uncommon = uncommon
        self._digit = digit_mask(case.report.document.text) & (case.evidence.units < case.settings.common_units)

    @cached_property
    def _figures(self) -> Figures:
        return figures_of(self._case)

    def among(self, chosen: _Chosen, positions: IntArray, owner: Positions, *, ours: bool) -> _Weighed:
        """The characters at ``positions``, equal ones of the passages that ``owner`` says, weighed.

        ``ours``: the sources are earlier reports of the unit, which tell its figures, not those of a place both are in.
        """
        size = len(chosen.passages)
        cuts = np.searchsorted(owner, np.arange(size + 1))
        found: BoolArray = self._uncommon[positions]
        digits = np.bincount(owner[self._digit[positions]], minlength=size)
        figures = [0] * size
        for number in np.flatnonzero(digits >= OWN_DIGITS).tolist():
            match, passage = chosen.passages[number]
            scopes = shared_scopes(self._case.report.profile.place, None if ours else match.source.where)
            told = telling_rows(self._figures, chosen.equal(number), passage.left_start, passage.left_end, scopes)
            if told.figures:
                figures[number] = told.figures
                mine = slice(cuts[number], cuts[number + 1])
                starts, ends = told.clauses.T
                found[mine] |= covered(starts, ends, self._case.length)[positions[mine]]
        return _Weighed(positions, cuts.tolist(), found, _counts(found, cuts), figures)


def _counts(marks: BoolArray, cuts: Positions) -> list[int]:
    """How many of the marks lie between each cut and the next."""
    before = counts_before(marks)[cuts]
    return (before[1:] - before[:-1]).tolist()  # type: ignore[no-any-return]


def _recycled(case: Case, chosen: _Chosen, free: BoolArray, uncommon: _Uncommon) -> list[Counted]:
    """Passages of earlier reports of the unit; they claim all that is not prescribed."""
    if not chosen.passages:
        return []
    equal, owner = chosen.one_by_one()
    kept = free[equal]
    weighed = uncommon.among(chosen, equal[kept], owner[kept], ours=True)
    return [
        Counted(
            match,
            passage,
            "previous",
            chosen.equal(n),
            effective,
            weighed.positions[weighed.of(n)],
            weighed.positions[weighed.of(n)][weighed.found[weighed.of(n)]],
            figures,
        )
        for n, ((match, passage), effective, figures) in enumerate(
            zip(chosen.passages, weighed.effective, weighed.figures, strict=True)
        )
        if effective >= case.settings.recycled_chars
    ]


def _copied(case: Case, chosen: _Chosen, free: BoolArray, fresh: BoolArray, uncommon: _Uncommon) -> list[Counted]:
    """Passages of other units; ``free`` and ``fresh`` say what is not prescribed and not recycled."""
    settings = case.settings
    before = counts_before(free[chosen.positions])
    least = min(settings.copied_chars, settings.common_source_chars)
    chosen = chosen.only(np.flatnonzero(before[chosen.ends] - before[chosen.starts] >= least))
    if not chosen.passages:
        return []
    equal, owner = chosen.one_by_one()
    spoken = np.flatnonzero(free[equal])
    if case.report.structure.sentences:
        spoken = _without_glue(_sentence_of(case)[equal], owner, spoken, equal[spoken])
    spoken = spoken[fresh[equal[spoken]]]
    weighed = uncommon.among(chosen, equal[spoken], owner[spoken], ours=False)
    unknown = ~case.background_common[weighed.positions]
    counts = _counts(unknown, np.array(weighed.cuts))
    counted = []
    for n, (match, passage) in enumerate(chosen.passages):
        part, effective = weighed.of(n), weighed.effective[n]
        if effective >= settings.copied_chars:
            claims = weighed.positions[part]
            found = claims[weighed.found[part]]
            if len(claims) < settings.common_source_chars:
                claims = found
            counted.append(
                Counted(match, passage, "peer", chosen.equal(n), effective, claims, found, weighed.figures[n])
            )
        elif counts[n] >= settings.common_source_chars:
            claims = weighed.positions[part][unknown[part]]
            counted.append(Counted(match, passage, "common_source", chosen.equal(n), counts[n], claims, claims))
    return counted


def _sentence_of(case: Case) -> IntArray:
    """Per raw character how many sentences have begun."""
    starts = [s.start for s in case.report.structure.sentences]
    return np.cumsum(np.bincount(np.array(starts, dtype=np.int64), minlength=case.length), dtype=np.int32)


def _without_glue(sentence: IntArray, owner: Positions, free: Positions, positions: IntArray) -> Positions:
    """The free ones of the equal characters, without those that only join prescribed ones (认真贯彻落实《…》).

    A sentence that consists of prescribed wording but for a verb and a full stop accuses nobody, wherever it stands.

    Args:
        sentence: of every equal character of all passages the number of its sentence.
        owner: and the number of its passage; ``sentence`` ascends within one.
        free: which of them are not prescribed.
        positions: where these stand in the text.
    """
    if not len(free):
        return free
    part = np.zeros(len(owner), dtype=np.intp)  # number of the sentence of a passage, counted through all passages
    np.cumsum((sentence[1:] != sentence[:-1]) | (owner[1:] != owner[:-1]), out=part[1:])
    chars, part = np.bincount(part), part[free]
    spoken = np.bincount(part, minlength=len(chars)) >= GLUE_SHARE * chars
    stretch = np.zeros(len(free), dtype=np.intp)  # number of the stretch without a gap
    owner = owner[free]
    np.cumsum((positions[1:] - positions[:-1] > 1) | (owner[1:] != owner[:-1]), out=stretch[1:])
    spoken[part[np.bincount(stretch)[stretch] >= GLUE_CHARS]] = True
    return free[spoken[part]]
