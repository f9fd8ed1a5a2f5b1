"""Prescribed wording in a text: the dated lexicon at run time.

``find_phrases`` is what the judge asks; ``stale`` and ``titles`` build on the same compiled lexicon.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from jingwei.lexicon.matcher import Line, Matcher, Piece
from jingwei.lexicon.matcher_edges import bridged, has_quotes, quoted, widened
from jingwei.lexicon.matcher_fold import Folded, folded
from jingwei.lexicon.matcher_partial import PartialMatcher
from jingwei.lexicon.phrase_store import LexiconEntry, Stored
from jingwei.lexicon.validity import Status, Strength, inside_longer_title, looks_ahead, looks_back, status_for
from jingwei.model import PhraseHit, TracedText

Places = npt.NDArray[np.integer]
COMPILED = Path(__file__).parent / "data" / "phrases" / "compiled.txt"
WIDENED_GROUPS = frozenset({"guiding", "meeting"})  # the verbs before and the noun after are prescribed too
STALE = frozenset({"early", "late", "repealed"})
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
    found = _whole(lex, lex.matcher, read)
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
    return _ordered(_located(lex, _whole(lex, matcher, read), read))


def _whole(lex: Lexicon, matcher: Matcher, read: Folded) -> list[tuple[Line, list[Piece]]]:
    entries = lex.stored.entries
    return [
        (line, pieces)
        for line, pieces in matcher.find(read)
        if pieces and not _inside_another_word(read.text, pieces, entries[line.entry])
    ]


def _located(
    lex: Lexicon, found: Sequence[tuple[Line, list[Piece]]], read: Folded, *, whole: bool = True
) -> list[FoundPhrase]:
    """Occurrences in the folded text by their places in the clean one."""
    starts, ends = _addresses([pieces for _, pieces in found], read.where, read.where, 1)
    located = zip(starts, ends, strict=True)
    entries = lex.stored.entries
    return [
        FoundPhrase(entries[line.entry], tuple(islice(located, len(pieces))), line.shown, line.exact, whole)
        for line, pieces in found
    ]


def _addresses(
    many: Sequence[Sequence[Piece]], starts: Places, ends: Places, behind: int = 0
) -> tuple[list[int], list[int]]:
    """What the arrays say of the first and the last character of every piece; ``behind`` is added to the ends."""
    first = [start for pieces in many for start, _ in pieces]
    last = [end - 1 for pieces in many for _, end in pieces]
    return starts.take(np.array(first, dtype=np.intp)).tolist(), (
        ends.take(np.array(last, dtype=np.intp)) + behind
    ).tolist()


def _ordered(found: list[FoundPhrase]) -> list[FoundPhrase]:
    return sorted(found, key=lambda hit: (hit.pieces[0][0], -hit.pieces[-1][1], hit.entry.id))


def _inside_another_word(text: str, pieces: Sequence[Piece], entry: LexiconEntry) -> bool:
    if not entry.not_preceded and not entry.not_followed:
        return False
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
    edges = _edges(text, prescribed)
    starts, ends = _addresses(edges, clean.starts, clean.ends)
    raw = zip(starts, ends, strict=True)
    rows = [
        (start, end, found, *judged)
        for found, pieces in zip(prescribed, edges, strict=True)
        for judged in (_status(text, found, pieces, year),)
        for start, end in islice(raw, len(pieces))
    ]
    rows.sort(key=_hit_order)
    return tuple([_hit(*row) for row in _telling(rows)])


_Row = tuple[int, int, FoundPhrase, Status, Strength]  # raw range, occurrence, status and strength against the year


def _hit_order(row: _Row) -> tuple[int, int, bool, str]:
    start, end, found, _, _ = row
    return start, -end, not found.exact, found.entry.id


def _telling(rows: Sequence[_Row]) -> Iterator[_Row]:
    """Sorted rows without those that say nothing beyond a longer one around them."""
    reach = stale_reach = -1
    for row in rows:
        end = row[1]
        if row[3] in STALE:
            if end > stale_reach:
                stale_reach = end
                yield row
        elif end > reach:
            yield row
        reach = max(reach, end)


def _edges(text: str, found: Sequence[FoundPhrase]) -> list[list[Piece]]:
    rows: list[tuple[int, int, int]] = []  # start, end, number of the occurrence
    for number, hit in enumerate(found):
        widens = hit.entry.group in WIDENED_GROUPS
        for start, end in hit.pieces:
            first, last = widened(text, start, end) if widens else (start, end)
            if has_quotes(text, first, last):  # most phrases have no quotation mark in or beside them
                first, last = quoted(text, first, last)
            rows.append((first, last, number))
    rows.sort()
    spans: list[list[Piece]] = [[] for _ in found]
    for (_, _, number), piece in zip(rows, bridged(text, rows), strict=True):
        spans[number].append(piece)
    return spans


def hits_of(clean: TracedText, found: Sequence[FoundPhrase], year: int | None) -> list[list[PhraseHit]]:
    """Occurrences as values for the other rooms: for each its hits, one a prescribed piece."""
    starts, ends = _addresses([one.pieces for one in found], clean.starts, clean.ends)
    raw = zip(starts, ends, strict=True)
    hits = []
    for one in found:
        status, strength = _status(clean.text, one, one.pieces, year)
        hits.append([_hit(start, end, one, status, strength) for start, end in islice(raw, len(one.pieces))])
    return hits


def _status(text: str, found: FoundPhrase, pieces: Sequence[Piece], year: int | None) -> tuple[Status, Strength]:
    """Whether an occurrence with these clean pieces is in its time."""
    entry = found.entry
    if not found.whole or not (entry.early or entry.out):  # a part says nothing of the year, an undated entry neither
        return "current", ""
    status, strength = status_for(entry.valid_from, entry.valid_to, entry.early, entry.out, year)
    if status in {"early", "late"} and year is not None and _excused(text, found, pieces, status, year):
        return "current", ""
    return ("repealed", strength) if status == "late" and entry.group in REPEALED_GROUPS else (status, strength)


def _hit(start: int, end: int, found: FoundPhrase, status: Status, strength: Strength) -> PhraseHit:
    entry = found.entry
    note = "" if found.exact and status == "current" else entry.note
    return PhraseHit(
        start, end, entry.id, entry.group, found.shown, status, strength, found.exact, note, entry.source,
        entry.valid_from, entry.valid_to,
    )  # fmt: skip


def _excused(text: str, found: FoundPhrase, pieces: Sequence[Piece], status: Status, year: int) -> bool:
    start, end = pieces[0][0], pieces[-1][1]
    if status == "late":
        return looks_back(text, start, end, found.entry.valid_to)
    return inside_longer_title(text, start, end) or looks_ahead(text, start, end, found.entry.valid_from, year)


def without_contained(hits: Sequence[PhraseHit]) -> tuple[PhraseHit, ...]:
    """Sorted hits without those that say nothing beyond a longer one around them."""
    kept: list[PhraseHit] = []
    reach = stale_reach = -1
    for hit in sorted(hits, key=lambda h: (h.start, -h.end, not h.exact, h.entry)):
        stale = hit.status in STALE
        if hit.end > (stale_reach if stale else reach):
            kept.append(hit)
        reach = max(reach, hit.end)
        stale_reach = max(stale_reach, hit.end) if stale else stale_reach
    return tuple(kept)
