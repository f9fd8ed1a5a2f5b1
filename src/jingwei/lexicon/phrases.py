"""Prescribed wording in a text: the dated lexicon at run time.

``find_phrases`` is what the judge asks; ``stale`` and ``titles`` build on the same compiled lexicon.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from jingwei.lexicon.matcher import Line, Matcher, Piece
from jingwei.lexicon.matcher_edges import bridged, quoted, widened
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
    found = []
    taken = bytearray(len(read.text))
    for line, pieces in _whole(lex, lex.matcher, read):
        found.append(_located(lex.stored.entry(line.entry), line, pieces, read))
        for start, end in pieces:
            taken[start:end] = b"\1" * (end - start)
    for number, piece in lex.partial.find(read, taken):
        line = lex.matcher.line(lex.stored.formula_lines[number])
        found.append(_located(lex.stored.entry(line.entry), line, (piece,), read, whole=False))
    return _ordered(found)


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
    found = [_located(lex.stored.entry(line.entry), line, pieces, read) for line, pieces in _whole(lex, matcher, read)]
    return _ordered(found)


def _whole(lex: Lexicon, matcher: Matcher, read: Folded) -> Iterator[tuple[Line, list[Piece]]]:
    for line, pieces in matcher.find(read):
        if pieces and not _inside_another_word(read.text, pieces, lex.stored.entry(line.entry)):
            yield line, pieces


def _located(
    entry: LexiconEntry, line: Line, pieces: Sequence[Piece], read: Folded, *, whole: bool = True
) -> FoundPhrase:
    where = read.where
    located = tuple([(int(where[start]), int(where[end - 1]) + 1) for start, end in pieces])
    return FoundPhrase(entry, located, line.shown, line.exact, whole)


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
    hits: list[PhraseHit] = []
    prescribed = [found for found in find_all(clean.text) if found.entry.mandated]
    spans = _edges(clean.text, prescribed)
    for found, pieces in zip(prescribed, spans, strict=True):
        hits += hits_of(clean, found._replace(pieces=pieces), year)
    return without_contained(hits)


def _edges(text: str, found: Sequence[FoundPhrase]) -> list[tuple[Piece, ...]]:
    rows: list[tuple[int, int, int]] = []  # start, end, number of the occurrence
    for number, hit in enumerate(found):
        for start, end in hit.pieces:
            left, right = widened(text, start, end) if hit.entry.group in WIDENED_GROUPS else (start, end)
            rows.append((*quoted(text, left, right), number))
    rows.sort()
    spans: list[list[Piece]] = [[] for _ in found]
    for (_, _, number), piece in zip(rows, bridged(text, [(a, b) for a, b, _ in rows]), strict=True):
        spans[number].append(piece)
    return [tuple(pieces) for pieces in spans]


def hits_of(clean: TracedText, found: FoundPhrase, year: int | None) -> list[PhraseHit]:
    """The occurrence as values for the other rooms, one a prescribed piece."""
    entry = found.entry
    status, strength = status_for(entry.valid_from, entry.valid_to, entry.early, entry.out, year)
    if not found.whole:
        status, strength = "current", ""  # a part says nothing of the year
    if status in {"early", "late"} and year is not None and _excused(clean.text, found, status, year):
        status, strength = "current", ""
    if status == "late" and entry.group in REPEALED_GROUPS:
        status = "repealed"
    hits = []
    for start, end in found.pieces:
        raw_start, raw_end = clean.raw_range(start, end)
        hits.append(
            PhraseHit(
                raw_start,
                raw_end,
                entry.id,
                entry.group,
                found.shown,
                status,
                strength,
                found.exact,
                "" if found.exact and status == "current" else entry.note,
                entry.source,
            )
        )
    return hits


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
