"""Local facts: one counted or named thing each, with type, strength and address (DOMAIN.md §6, §7)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from jingwei.judge import facts_bodies, facts_documents, facts_names, facts_numbers
from jingwei.judge.facts_clauses import break_places, clause_bounds, clauses_of, trimmed
from jingwei.judge.facts_gate import group_bit, marks_of
from jingwei.judge.facts_raw import Find, Names, RawFact
from jingwei.model import BoolArray, Fact, PhraseHit, PlaceHit, Profile, Report, TracedText
from jingwei.text.lazy import lazy

_HALF = tuple(zip("０１２３４５６７８９％，；：！？［］", "0123456789%,;:!?[]", strict=True))
_Row = tuple[RawFact, int, int, int]  # a fact, its clause, the number of its sentence
_OPENING = group_bit('《“〔["')
_SPACE = lazy(r"[^\S\n]+")
_MAX_BRACKET = 160


def find_facts(report: Report, phrases: Sequence[PhraseHit], places: Sequence[PlaceHit]) -> tuple[Fact, ...]:
    """All local facts of a report in text order.

    Args:
        report: the report with its structure and profile.
        phrases: stretches of prescribed wording; a number inside one counts nothing.
        places: place names; those below or beside the reporter are facts.

    Returns:
        Facts with raw addresses; ``clause_start:clause_end`` is the comma-clause that becomes ``local``. Facts do
        not overlap; two facts may share a clause. Cost: linear, about 1 ms per 1,000 characters.
    """
    structure = report.structure
    clean, place_of = _without_spaces(structure.clean)
    text = clean.text
    for wide, half in _HALF:  # str.translate looks up every character: ten times slower
        text = text.replace(wide, half)
    lows = place_of[[s.clean_start for s in structure.sentences]].tolist() if structure.sentences else []
    highs = place_of[[s.clean_end for s in structure.sentences]].tolist() if structure.sentences else []
    stated = _stated(text, lows, highs, hidden_chars(clean, phrases).tobytes(), unit_names(report.profile))
    spots = _place_facts(clean, places)
    begins = [spot.start for spot in spots]
    breaks = break_places(text)
    rows: list[_Row] = []
    for number, (raw, low, high) in enumerate(zip(stated, lows, highs, strict=True)):
        raw += [spot for spot in spots[bisect_left(begins, low) : bisect_left(begins, high)] if spot.end <= high]
        if raw:
            cuts = clauses_of(text, low, high, breaks)
            rows += [_with_clause(fact, number, text, cuts) for fact in _disjoint(raw, low, high)]
    return _addressed(rows, clean, report.document.text)


def _stated(text: str, lows: list[int], highs: list[int], hidden: bytes, names: Names) -> list[list[RawFact]]:
    """Facts of every sentence before overlaps are settled.

    One expression goes through all sentences before the next one is taken: twice as fast as all expressions
    sentence by sentence. ``hidden`` has a 1 for every character of prescribed wording.
    """
    finders = _finders()  # all expressions must exist before the characters of a text are looked up
    held = marks_of(text, lows)
    covered = bytearray(hidden)
    for low, high, (marks, _) in zip(lows, highs, held, strict=True):
        if marks & _OPENING:
            _hide_titles(text, low, high, covered)
    sentences = [(low, high, marks) for low, high, (marks, _) in zip(lows, highs, held, strict=True)]
    found = facts_numbers.counted(text, sentences, covered)
    named: list[list[RawFact]] = [[] for _ in sentences]
    for opened, find in finders:
        for row, (low, high, (_, gates)) in enumerate(zip(lows, highs, held, strict=True)):
            if gates & opened:
                named[row] += find(text, low, high, gates, names)
    for row, facts in enumerate(named):
        found[row] += [
            fact
            for fact in facts
            if hidden.find(0, fact.start, fact.end) >= 0
            and (fact.type in {"document", "mechanism"} or covered.find(0, fact.start, fact.end) >= 0)
        ]
    return found


@cache
def _finders() -> tuple[tuple[int, Find], ...]:
    """What looks for named things, each with the gates of its expressions."""
    rooms = (facts_documents, facts_names, facts_bodies)
    return tuple((sum(gate.bit for gate in gates), find) for room in rooms for find, gates in room.finders())


def _without_spaces(clean: TracedText) -> tuple[TracedText, npt.NDArray[np.int64]]:
    """The clean text without spaces (extraction puts them anywhere) and where each clean position went."""
    gaps = [match.span() for match in _SPACE.finditer(clean.text)]
    if not gaps:
        return clean, np.arange(len(clean) + 1)
    kept = np.ones(len(clean), dtype=np.bool_)
    for start, end in gaps:
        kept[start:end] = False
    place_of = np.concatenate(([0], np.cumsum(kept)))
    at = np.flatnonzero(kept)
    return TracedText(_SPACE.sub("", clean.text), clean.starts[at], clean.ends[at]), place_of


def hidden_chars(clean: TracedText, phrases: Sequence[PhraseHit]) -> BoolArray:
    """Per clean character: inside a prescribed phrase."""
    marks = np.zeros(len(clean), dtype=np.bool_)
    edges = np.searchsorted(clean.starts, np.array([(hit.start, hit.end) for hit in phrases], dtype=np.int32))
    for first, last in edges.tolist():
        marks[first:last] = True
    return marks


def unit_names(profile: Profile) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names a document of the unit itself may carry, and those of its superiors (short and full)."""
    place = profile.place
    if place is None:
        return (), ()
    levels = [place.town, place.county, place.city, place.province]
    named = [name for name in levels if name]
    own = [place.name, *([place.town] if place.town else [])]
    superior = [name for name in named if name not in own]
    return _forms(own), _forms(superior)


def _forms(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if len(name) >= 2))


def _hide_titles(text: str, low: int, high: int, covered: bytearray) -> None:
    """Numbers inside 《》, 文号 brackets and short quotes name something; they count nothing."""
    for opening, closing, limit in (("《", "》", _MAX_BRACKET), ("“", "”", 30), ("〔", "〕", 8), ("[", "]", 8)):
        at = text.find(opening, low, high)
        while at >= 0:
            end = text.find(closing, at, min(high, at + limit))
            if end >= 0:
                covered[at : end + 1] = bytes((1,)) * (end + 1 - at)
            at = text.find(opening, at + 1, high)
    quotes = [i for i in range(low, high) if text[i] == '"'] if text.find('"', low, high) >= 0 else []
    for left, right in zip(quotes[::2], quotes[1::2], strict=False):
        if right - left <= 30:
            covered[left : right + 1] = bytes((1,)) * (right + 1 - left)


def _place_facts(clean: TracedText, places: Sequence[PlaceHit]) -> list[RawFact]:
    near = [
        hit
        for hit in places
        if hit.relation in {"subordinate", "neighbour"} and not facts_names.is_generic_place(hit.name)
    ]
    # A plain number among 32-bit ones makes numpy copy the whole array.
    edges = np.searchsorted(clean.starts, np.array([(hit.start, hit.end) for hit in near], dtype=np.int32))
    return sorted((RawFact(a, b, "place", 2) for a, b in edges.tolist() if a < b), key=lambda fact: fact.start)


def _disjoint(raw: list[RawFact], low: int, high: int) -> list[RawFact]:
    """One fact a stretch: the stronger wins, then the one that starts first."""
    ordered = sorted(raw, key=lambda f: f.start)
    if all(left.end <= right.start for left, right in pairwise(ordered)):
        return ordered
    kept: list[RawFact] = []
    taken = bytearray(high - low)
    for fact in sorted(raw, key=lambda f: (-f.strength, f.start, f.end)):
        if taken.find(1, fact.start - low, fact.end - low) < 0:
            taken[fact.start - low : fact.end - low] = bytes((1,)) * (fact.end - fact.start)
            kept.append(fact)
    return sorted(kept, key=lambda f: f.start)


def _with_clause(fact: RawFact, sentence: int, text: str, cuts: list[int]) -> _Row:
    """The clause of a fact; neither is ever empty."""
    left, right = fact.start, fact.end
    if fact.whole_clause:
        left, right = clause_bounds(cuts, fact.start, fact.end)
        left, right = trimmed(text, left, right, fact.start, fact.end)
    return fact, left, right, sentence


def _addressed(rows: list[_Row], clean: TracedText, raw: str) -> tuple[Fact, ...]:
    """Facts with raw addresses.

    Neighbouring clauses of a sentence that both carry a fact read as one passage: the mark between them belongs to
    the first.
    """
    edges = np.array([(f.start, f.end - 1, left, right - 1) for f, left, right, _ in rows], dtype=np.int64)
    edges = edges.reshape(-1, 4)
    begins = clean.starts[edges[:, [0, 2]]].tolist()
    ends = clean.ends[edges[:, [1, 3]]].tolist()
    facts = []
    for number, (fact, _, _, sentence) in enumerate(rows):
        (start, clause_start), (end, clause_end) = begins[number], ends[number]
        if number + 1 < len(rows) and rows[number + 1][3] == sentence:
            following = begins[number + 1][1]
            between = raw[clause_end:following].strip()
            if len(between) == 1 and not between.isalnum():
                clause_end = following
        shown = clean.text[fact.start : fact.end]
        facts.append(Fact(start, end, fact.type, fact.strength, shown, clause_start, clause_end))
    return tuple(facts)
