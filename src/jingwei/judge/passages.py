"""Which passages count: effective length, common text, direction; and the matches they become."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from jingwei.judge.case import Case
from jingwei.judge.figures import OWN_DIGITS, Figures, digit_mask, figures_of, shared_scopes, telling_rows
from jingwei.judge.ranges import covered
from jingwei.judge.relation import Standing
from jingwei.model import BoolArray, EqualRun, IntArray, Match, Passage, Place, Relation, Source, SourceMatch

GLUE_SHARE = 0.25  # a sentence with fewer free characters among its equal ones, and none of them ...
GLUE_CHARS = 8  # ... in a stretch of this length, consists of prescribed wording
ALSO_SHARE = 0.5  # a passage that lies in another by this share is the same passage with another source


class Counted(Struct, frozen=True):
    """A passage that counts, with its source, its relation and the characters it claims.

    ``effective_chars`` of a common_source passage are those of the run that made it count: common ones included,
    prescribed ones not. ``equal_figures``: so many figures agree one by one, which makes their clauses uncommon.
    """

    match: SourceMatch
    passage: Passage
    relation: Relation
    equal: IntArray
    effective_chars: int
    claims: IntArray
    equal_figures: int = 0


def equal_positions(matches: Sequence[SourceMatch], body: BoolArray) -> list[list[IntArray]]:
    """Raw positions of the equal body characters of the left side, ascending, for every passage of every match.

    All passages at once: a report of a batch has forty of them with four hundred runs.
    """
    runs = [
        (run.left_start, run.left_end - run.left_start)
        for match in matches
        for passage in match.passages
        for run in passage.runs
    ]
    starts, lengths = np.array(runs, dtype=np.int32).reshape(-1, 2).T
    ends = np.cumsum(lengths, dtype=np.int32)
    positions = np.repeat(starts - (ends - lengths), lengths) + np.arange(ends[-1] if len(ends) else 0, dtype=np.int32)
    inside = body[positions]
    before = np.concatenate(([0], np.cumsum(inside)))[np.concatenate(([0], ends))]  # of the body, by run
    counts = [len(passage.runs) for match in matches for passage in match.passages]
    cuts = iter(before[np.cumsum([0, *counts])].tolist())
    kept = positions[inside]
    begin = next(cuts)
    found: list[list[IntArray]] = []
    for match in matches:
        found.append([])
        for _ in match.passages:
            end = next(cuts)
            found[-1].append(kept[begin:end])
            begin = end
    return found


def count_passages(
    case: Case,
    standings: list[Standing],
    equal: Sequence[Sequence[IntArray]],
    mandated: BoolArray,
    common: BoolArray,
) -> list[Counted]:
    """Passages that count as recycled or copied, previous ones first.

    Effective length = equal characters neither mandated nor common; figures that agree one by one make the clauses
    around them uncommon (:mod:`jingwei.judge.figures`). ``previous``: 13 is enough. ``peer``: 40.
    Text common in the library counts only in a passage of 80 equal, not prescribed characters (common_source);
    what the built-in background knows as common never does. ``equal`` are the :func:`equal_positions`.
    """
    text = case.report.document.text
    free, uncommon = ~mandated, _Uncommon(case, ~common)
    counted: list[Counted] = []
    recycled = case.mask()
    rows = list(zip(case.evidence.matches, standings, equal, strict=True))
    for match, standing, positions in rows:
        if standing != "previous":
            continue
        for raw, raw_equal in zip(match.passages, positions, strict=True):
            passage, mine = _trimmed(raw, raw_equal, text)
            claims = mine[free[mine]]
            found, figures = uncommon.among(claims, passage, mine, None)
            effective = int(np.count_nonzero(found))
            if effective >= case.settings.recycled_chars:
                counted.append(Counted(match, passage, "previous", mine, effective, claims, figures))
                recycled[claims] = True
    test = _PeerTest(case, free, ~recycled, uncommon, _sentence_of(case))
    for match, standing, positions in rows:
        if standing != "peer":
            continue
        for raw, raw_equal in zip(match.passages, positions, strict=True):
            passage, mine = _trimmed(raw, raw_equal, text)
            one = test.count(match, passage, mine)
            if one is not None:
                counted.append(one)
    return counted


def _sentence_of(case: Case) -> IntArray:
    """Per raw character how many sentences have begun."""
    starts = [s.start for s in case.report.structure.sentences]
    return np.cumsum(np.bincount(np.array(starts, dtype=np.int64), minlength=case.length), dtype=np.int32)


class _Uncommon:
    """Which characters of a passage are not common; its figures are looked at where it shares digits enough."""

    def __init__(self, case: Case, uncommon: BoolArray) -> None:
        self._case = case
        self._uncommon = uncommon
        self._digit = digit_mask(case.report.document.text) & (case.evidence.units < case.settings.common_units)

    @cached_property
    def _figures(self) -> Figures:
        return figures_of(self._case)

    def among(self, chosen: IntArray, passage: Passage, equal: IntArray, theirs: Place | None) -> tuple[BoolArray, int]:
        """A mark for each of the ``chosen`` equal characters of a passage, and how many figures agree one by one.

        ``theirs``: the source's place, null where it is our own earlier report.
        """
        found: BoolArray = self._uncommon[chosen]
        if np.count_nonzero(self._digit[chosen]) < OWN_DIGITS:
            return found, 0
        shared = shared_scopes(self._case.report.profile.place, theirs)
        told = telling_rows(self._figures, equal, passage.left_start, passage.left_end, shared)
        if told.figures:
            found = found | covered(told.clauses, self._case.length)[chosen]
        return found, told.figures


class _PeerTest(Struct, frozen=True):
    """What decides on passages of other units, per raw character: not prescribed, not recycled, not common."""

    case: Case
    free: BoolArray
    fresh: BoolArray
    uncommon: _Uncommon
    sentence_of: IntArray

    def count(self, match: SourceMatch, passage: Passage, equal: IntArray) -> Counted | None:
        settings = self.case.settings
        free = equal[self.free[equal]]
        if len(free) < min(settings.copied_chars, settings.common_source_chars):
            return None
        free = self._without_glue(equal, free)
        free = free[self.fresh[free]]
        found, figures = self.uncommon.among(free, passage, equal, match.source.where)
        effective = free[found]
        if len(effective) >= settings.copied_chars:
            claims = free if len(free) >= settings.common_source_chars else effective
            return Counted(match, passage, "peer", equal, len(effective), claims, figures)
        shared = free[~self.case.background_common[free]]
        if len(shared) >= settings.common_source_chars:
            return Counted(match, passage, "common_source", equal, len(shared), shared)
        return None

    def _without_glue(self, equal: IntArray, free: IntArray) -> IntArray:
        """The free ones of the equal characters, without those that only join prescribed ones (认真贯彻落实《…》).

        A sentence that consists of prescribed wording but for a verb and a full stop accuses nobody, wherever it
        stands.
        """
        if not len(free) or not self.case.report.structure.sentences:
            return free
        part = self.sentence_of[free]
        sentences = int(part[-1]) + 1
        whole = self.sentence_of[equal]
        chars, left = np.bincount(whole, minlength=sentences)[:sentences], np.bincount(part, minlength=sentences)
        stretch = np.zeros(len(free), dtype=np.int32)
        np.cumsum(free[1:] - free[:-1] > 1, out=stretch[1:])
        spoken = left >= GLUE_SHARE * chars
        spoken[part[np.bincount(stretch)[stretch] >= GLUE_CHARS]] = True
        return free[spoken[part]]


_EDGE = "，。；：、！？,.;:!? \n\u3000\u00a0"


def _trimmed(passage: Passage, equal: IntArray, text: str) -> tuple[Passage, IntArray]:
    """The trimmed passage with what is left of its equal characters."""
    shorter = trim(passage, text)
    return (passage, equal) if shorter is passage else (shorter, equal[equal >= shorter.left_start])


def trim(passage: Passage, text: str) -> Passage:
    """The passage without punctuation and whitespace in front, on both sides alike."""
    if not passage.runs or text[passage.left_start] not in _EDGE:  # most passages
        return passage
    runs = list(passage.runs)
    while runs:
        first = runs[0]
        lead = 0
        while lead < first.left_end - first.left_start and text[first.left_start + lead] in _EDGE:
            lead += 1
        if lead == 0:
            break
        if lead < first.left_end - first.left_start and lead < first.right_end - first.right_start:
            runs[0] = EqualRun(first.left_start + lead, first.left_end, first.right_start + lead, first.right_end)
            break
        runs.pop(0)
    if not runs or runs[0] == passage.runs[0]:
        return passage
    return replace(passage, left_start=runs[0].left_start, right_start=runs[0].right_start, runs=tuple(runs))


_BLOCK_CHARS = 256


def build_matches(counted: list[Counted], authority: list[tuple[SourceMatch, Passage]]) -> tuple[Match, ...]:
    """One match a passage, best source first (most equal characters, then earlier, then path), others under ``also``."""
    order = sorted(
        counted, key=lambda c: (c.relation != "previous", -len(c.equal), *_source_key(c.match), c.passage.left_start)
    )
    heads: list[tuple[Counted, list[Counted]]] = []
    near: dict[int, list[int]] = {}  # block of the text -> heads that reach into it, in order
    for one in order:
        # A head that holds half of a passage holds a character beside its middle.
        middle = (one.passage.left_start + one.passage.left_end) // 2
        blocks = {(middle - 1) // _BLOCK_CHARS, middle // _BLOCK_CHARS}
        seen = sorted({number for block in blocks for number in near.get(block, ())})
        home = next((number for number in seen if _same_passage(heads[number][0], one)), None)
        if home is not None:
            heads[home][1].append(one)
            continue
        for block in range(one.passage.left_start // _BLOCK_CHARS, one.passage.left_end // _BLOCK_CHARS + 1):
            near.setdefault(block, []).append(len(heads))
        heads.append((one, []))
    matches = [_match(head, also) for head, also in heads]
    matches += [_authority_match(m, p) for m, p in authority]
    return tuple(sorted(matches, key=lambda m: (m.start, m.end, m.relation, m.source.report)))


def _source_key(match: SourceMatch) -> tuple[int, str]:
    return (match.source.year if match.source.year is not None else 9999, match.source.report)


def _same_passage(head: Counted, other: Counted) -> bool:
    a, b = head.passage, other.passage
    shared = min(a.left_end, b.left_end) - max(a.left_start, b.left_start)
    kin = head.relation == other.relation or {head.relation, other.relation} == {"peer", "common_source"}
    return kin and shared >= ALSO_SHARE * (b.left_end - b.left_start)


def _match(head: Counted, also: list[Counted]) -> Match:
    seen = {head.match.source.number}
    others: list[Source] = []
    for one in also:
        if one.match.source.number not in seen:
            seen.add(one.match.source.number)
            others.append(_source(one.match, one.passage, len(one.equal)))
    p = head.passage
    relation: Relation = head.relation
    return Match(
        p.left_start, p.left_end, len(head.equal), head.effective_chars, relation,
        _source(head.match, p, len(head.equal)), tuple(others), p.runs, head.equal_figures,
    )  # fmt: skip


def _source(match: SourceMatch, passage: Passage, equal_chars: int) -> Source:
    s = match.source
    text = match.text[passage.right_start : passage.right_end]
    return Source(s.report, s.place, s.year, passage.right_start, passage.right_end, text, s.title, equal_chars)


def _authority_match(match: SourceMatch, passage: Passage) -> Match:
    runs: tuple[EqualRun, ...] = passage.runs
    return Match(
        passage.left_start, passage.left_end, passage.equal_chars, 0, "authority",
        _source(match, passage, passage.equal_chars), (), runs,
    )  # fmt: skip
