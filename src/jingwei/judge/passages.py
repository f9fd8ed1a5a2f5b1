"""Passages that count, and the matches they become."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from jingwei.model import EqualRun, IntArray, Match, Passage, Relation, Source, SourceMatch

ALSO_SHARE = 0.5  # a passage that lies in another by this share is the same passage with another source


class Counted(Struct, frozen=True):
    """A passage that counts, with its source, its relation and the characters it claims.

    ``effective_chars`` of a common_source passage are those of the run that made it count: common ones included,
    prescribed ones not; ``effective`` says where they stand. ``equal_figures``: so many figures agree one by one, which
    makes their clauses uncommon.
    """

    match: SourceMatch
    passage: Passage
    relation: Relation
    equal: IntArray
    effective_chars: int
    claims: IntArray
    effective: IntArray
    equal_figures: int = 0


def passage_of(runs: Sequence[EqualRun]) -> Passage:
    """The passage that consists of these runs."""
    return Passage(
        left_start=runs[0].left_start,
        left_end=max([run.left_end for run in runs]),
        right_start=min([run.right_start for run in runs]),
        right_end=max([run.right_end for run in runs]),
        equal_chars=sum([run.left_end - run.left_start for run in runs]),
        runs=tuple(runs),
    )


def longest_run_chars(runs: Sequence[EqualRun], text: str) -> int:
    """Equal characters in a row, at most: runs that only whitespace parts are one. ``text`` is that of the report."""
    longest = chars = 0
    last_left = last_right = -1
    for run in runs:
        size = run.left_end - run.left_start
        gap = text[last_left : run.left_start] if last_left >= 0 and run.right_start >= last_right else None
        near = gap is not None and run.right_start - last_right <= _WRAP_CHARS and (not gap or gap.isspace())
        chars = chars + size if near else size
        longest = max(longest, chars)
        last_left, last_right = run.left_end, run.right_end
    return longest


_WRAP_CHARS = 4  # of whitespace between two lines of the source; its text is not looked at
_EDGE = "，。；：、！？,.;:!? \n\u3000\u00a0"


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
    right_start = min([run.right_start for run in runs])
    return replace(passage, left_start=runs[0].left_start, right_start=right_start, runs=tuple(runs))


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
    return Source(s.report, s.place, s.year, passage.right_start, passage.right_end, text, s.title, equal_chars, s.unit)


def _authority_match(match: SourceMatch, passage: Passage) -> Match:
    runs: tuple[EqualRun, ...] = passage.runs
    return Match(
        passage.left_start, passage.left_end, passage.equal_chars, 0, "authority",
        _source(match, passage, passage.equal_chars), (), runs,
    )  # fmt: skip
