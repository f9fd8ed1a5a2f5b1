"""Prescribed wording in a text: the dated lexicon at run time.

``find_phrases`` is what the judge asks; ``stale`` and ``titles`` build on the same compiled lexicon.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from jingwei.lexicon.matcher import Line, Matcher, Piece
from jingwei.lexicon.matcher_edges import bridged, quote_places, quoted, widened
from jingwei.lexicon.matcher_fold import Folded, folded
from jingwei.lexicon.matcher_partial import PartialMatcher
from jingwei.lexicon.phrase_store import LexiconEntry, Stored
from jingwei.lexicon.validity import inside_longer_title, looks_ahead, looks_back, status_for
from jingwei.model import PhraseHit, TracedText

COMPILED = Path(__file__).parent / "data" / "phrases" / "compiled.txt"
WIDENED_GROUPS = frozenset({"guiding", "meeting"})  # the verbs before and the noun after are prescribed too
REPEALED_GROUPS = frozenset({"law", "body"})  # here "out of date" means that the thing no longer exists


class Lexicon(NamedTuple):
    """The compiled lexicon: its entries and lines, and the matchers over them."""

    stored: Stored
    matcher: Matcher
    partial: PartialMatcher


class FoundPhrase(NamedTuple):
    """An occurrence in clean-text offsets: its entry and its prescribed pieces.

    ``shown`` is the right form as people are shown it. ``exact`` is false for a known slip of it, ``whole`` for a part
    or an edited form of a long formula.
    """

    entry: LexiconEntry
    pieces: tuple[Piece, ...]
    shown: str
    exact: bool
    whole: bool = True


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon of the package, loaded once (about 5 ms)."""
    stored = Stored(COMPILED.read_text(encoding="utf-8"))
    return Lexicon(stored, Matcher(stored.anchors, stored.line), PartialMatcher(stored.formulas))


def lexicon_version() -> str:
    """Day of the last reading and hash of the content: ``2026-11-22+1a2b3c4d``."""
    return lexicon().stored.version


def document_names() -> list[str]:
    """Names of central documents as they are written, those that writers quote in 《》."""
    return lexicon().stored.documents()


def find_all(text: str) -> list[FoundPhrase]:
    """Every occurrence of every entry in ``text``, prescribed or merely dated, in text order, longest first."""
    lex = lexicon()
    read = folded(text)
    taken = bytearray(len(read.text))
    found = list(_whole(lex, lex.matcher, read))
    for _, pieces in found:
        for start, end in pieces:
            taken[start:end] = b"\1" * (end - start)
    parts = [(lex.matcher.line(lex.stored.formula_lines[n]), [piece]) for n, piece in lex.partial.find(read, taken)]
    return _ordered([*_located(lex, found, read), *_located(lex, parts, read, whole=False)])


def find_whole(text: str) -> list[FoundPhrase]:
    """The same without parts of long formulas: whole phrases only."""
    lex = lexicon()
    return _found_whole(lex, lex.matcher, folded(text))


def find_dated(text: str) -> list[FoundPhrase]:
    """Whole phrases of the entries that can be out of their time, and meetings and campaigns: a third of all work."""
    lex = lexicon()
    return _found_whole(lex, _dated_matcher(), folded(text))


@lru_cache(maxsize=1)
def _dated_matcher() -> Matcher:
    stored = lexicon().stored
    numbers, anchors = stored.dated(), stored.anchors
    return Matcher([anchors[number] for number in numbers], lambda row: stored.line(numbers[row]))


def _found_whole(lex: Lexicon, matcher: Matcher, read: Folded) -> list[FoundPhrase]:
    return _ordered(_located(lex, list(_whole(lex, matcher, read)), read))


def _whole(lex: Lexicon, matcher: Matcher, read: Folded) -> Iterator[tuple[Line, list[Piece]]]:
    for line, pieces in matcher.find(read):
        if pieces and not _inside_another_word(read.text, pieces, lex.stored.entry(line.entry)):
            yield line, pieces


def _located(
    lex: Lexicon, found: Sequence[tuple[Line, list[Piece]]], read: Folded, *, whole: bool = True
) -> list[FoundPhrase]:
    """Occurrences in the folded text by their places in the clean one."""
    edges = np.array([piece for _, pieces in found for piece in pieces], dtype=np.intp).reshape(-1, 2)
    located = iter(zip(read.where[edges[:, 0]].tolist(), (read.where[edges[:, 1] - 1] + 1).tolist(), strict=True))
    return [
        FoundPhrase(lex.stored.entry(line.entry), tuple([next(located) for _ in pieces]), line.shown, line.exact, whole)
        for line, pieces in found
    ]


def _ordered(found: list[FoundPhrase]) -> list[FoundPhrase]:
    return sorted(found, key=lambda hit: (hit.pieces[0][0], -hit.pieces[-1][1], hit.entry.id))


def _inside_another_word(text: str, pieces: Sequence[Piece], entry: LexiconEntry) -> bool:
    start, end = pieces[0][0], pieces[-1][1]
    return (start > 0 and text[start - 1] in entry.not_preceded) or (
        end < len(text) and text[end] in entry.not_followed
    )


def find_phrases(clean: TracedText, year: int | None) -> tuple[PhraseHit, ...]:
    """Stretches of ``clean`` that are prescribed wording, in raw offsets, sorted by start.

    Hits may overlap each other; one that lies wholly inside another hit is left out unless it is out of its time.
    A formula with an open slot (somebody's own words inside) gives one hit a prescribed piece. Marks and 和 between
    two hits belong to the first. ``year`` is the year reported on; without it dated entries have status "unknown".
    """
    text = clean.text
    prescribed = [found for found in find_all(text) if found.entry.mandated]
    located = [
        FoundPhrase(found.entry, pieces, found.shown, found.exact, found.whole)
        for found, pieces in zip(prescribed, _edges(text, prescribed), strict=True)
    ]
    return without_contained([hit for hits in hits_of(clean, located, year) for hit in hits])


def _edges(text: str, found: Sequence[FoundPhrase]) -> list[tuple[Piece, ...]]:
    rows: list[tuple[int, int, int]] = []  # start, end, number of the occurrence
    for number, hit in enumerate(found):
        widens = hit.entry.group in WIDENED_GROUPS
        for start, end in hit.pieces:
            rows.append((*(widened(text, start, end) if widens else (start, end)), number))
    marks = quote_places(text)
    for at, (start, end, number) in enumerate(rows):
        first = bisect_left(marks, start - 1)
        if first < len(marks) and marks[first] <= end:  # most phrases have no quotation mark in or beside them
            rows[at] = (*quoted(text, start, end), number)
    rows.sort()
    spans: list[list[Piece]] = [[] for _ in found]
    for (_, _, number), piece in zip(rows, bridged(text, [(a, b) for a, b, _ in rows]), strict=True):
        spans[number].append(piece)
    return [tuple(pieces) for pieces in spans]


def hits_of(clean: TracedText, found: Sequence[FoundPhrase], year: int | None) -> list[list[PhraseHit]]:
    """Occurrences as values for the other rooms: for each its hits, one a prescribed piece."""
    edges = np.array([piece for one in found for piece in one.pieces], dtype=np.intp).reshape(-1, 2)
    raw = iter(zip(clean.starts[edges[:, 0]].tolist(), clean.ends[edges[:, 1] - 1].tolist(), strict=True))
    return [_hits(clean.text, one, [next(raw) for _ in one.pieces], year) for one in found]


def _hits(text: str, found: FoundPhrase, pieces: Sequence[Piece], year: int | None) -> list[PhraseHit]:
    """The hits of one occurrence; ``pieces`` are its raw ranges."""
    entry = found.entry
    status, strength = status_for(entry.valid_from, entry.valid_to, entry.early, entry.out, year)
    if not found.whole:
        status, strength = "current", ""  # a part says nothing of the year
    if status in {"early", "late"} and year is not None and _excused(text, found, status, year):
        status, strength = "current", ""
    if status == "late" and entry.group in REPEALED_GROUPS:
        status = "repealed"
    note = "" if found.exact and status == "current" else entry.note
    return [
        PhraseHit(start, end, entry.id, entry.group, found.shown, status, strength, found.exact, note, entry.source)
        for start, end in pieces
    ]


def _excused(text: str, found: FoundPhrase, status: str, year: int) -> bool:
    start, end = found.pieces[0][0], found.pieces[-1][1]
    if status == "late":
        return looks_back(text, start, end, found.entry.valid_to)
    return inside_longer_title(text, start, end) or looks_ahead(text, start, end, found.entry.valid_from, year)


def without_contained(hits: Sequence[PhraseHit]) -> tuple[PhraseHit, ...]:
    """Sorted hits without those that say nothing beyond a longer one around them."""
    kept: list[PhraseHit] = []
    reach = stale_reach = -1
    for hit in sorted(hits, key=lambda h: (h.start, -h.end, not h.exact, h.entry)):
        stale = hit.status in {"early", "late", "repealed"}
        if hit.end > (stale_reach if stale else reach):
            kept.append(hit)
        reach = max(reach, hit.end)
        stale_reach = max(stale_reach, hit.end) if stale else stale_reach
    return tuple(kept)
