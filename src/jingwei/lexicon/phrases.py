"""Prescribed wording in a text: the dated lexicon at run time.

``find_phrases`` is what the judge asks; ``stale`` and ``titles`` build on the same compiled lexicon.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from jingwei.lexicon.matcher import Line, Matcher, Piece, Token, fold
from jingwei.lexicon.matcher_edges import bridged, quoted, widened
from jingwei.lexicon.matcher_partial import PartialMatcher
from jingwei.lexicon.validity import inside_longer_title, looks_ahead, looks_back, status_for
from jingwei.model import PhraseHit, TracedText

_KEPT_CHARS = 300  # titles are shorter
PARTIAL_GROUPS = frozenset({"guiding", "tifa", "outline", "statute", "formula", "ritual"})
WIDENED_GROUPS = frozenset({"guiding", "meeting"})  # the verbs before and the noun after are prescribed too
REPEALED_GROUPS = frozenset({"law", "body"})  # here "out of date" means that the thing no longer exists


class LexiconEntry(NamedTuple):
    """What the lexicon knows of a phrase. Dates are ISO days or months; empty means unbounded."""

    id: str
    group: str
    source: str
    valid_from: str
    valid_to: str
    early: str
    out: str
    note: str
    mandated: bool
    not_preceded: str = ""
    not_followed: str = ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The compiled lexicon: its version, its entries and the matcher over their forms."""

    version: str
    entries: tuple[LexiconEntry, ...]
    matcher: Matcher
    partial: PartialMatcher
    names: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class FoundPhrase:
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
    """The lexicon of the package, loaded once (about 20 ms)."""
    path = files("jingwei.lexicon").joinpath("data", "phrases", "compiled.json")
    raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    sources: list[str] = raw["sources"]
    entries = tuple(_entry(row, sources) for row in raw["entries"])
    shown: list[str] = raw["shown"]
    lines = [
        Line(number, _tokens(tokens), anchor, offset, bool(exact), shown[name])
        for number, exact, name, anchor, offset, *tokens in raw["lines"]
    ]
    names = tuple(dict.fromkeys((line.entry, line.shown) for line in lines if line.exact))
    formulas = [line for line in lines if line.exact and entries[line.entry].group in PARTIAL_GROUPS]
    return Lexicon(raw["version"], entries, Matcher(lines), PartialMatcher(formulas), names)


def _tokens(stored: list[Any]) -> tuple[Token, ...]:
    if len(stored) == 1:  # nearly all lines are one literal
        return (stored[0],) if isinstance(stored[0], str) else (tuple(stored[0]),)
    return tuple([token if isinstance(token, str) else tuple(token) for token in stored])


def _entry(row: list[Any], sources: list[str]) -> LexiconEntry:
    name, group, source, *rest = row
    return LexiconEntry(name, group, sources[source], *rest)


def lexicon_version() -> str:
    """Day of the last reading and hash of the content: ``2026-11-22+1a2b3c4d``."""
    return lexicon().version


def shown_names() -> list[tuple[LexiconEntry, str]]:
    """Every entry with the names its right forms are shown under."""
    lex = lexicon()
    return [(lex.entries[number], shown) for number, shown in lex.names]


def find_all(text: str) -> list[FoundPhrase]:
    """Every occurrence of every entry in ``text``, prescribed or merely dated, in text order, longest first.

    The answer for the last whole report is kept: phrases and stale wording ask for the same.
    """
    return list(_find_kept(text) if len(text) > _KEPT_CHARS else _find(text))


def _find(text: str) -> list[FoundPhrase]:
    folded, where = fold(text)
    lex = lexicon()
    found = []
    taken = bytearray(len(folded))
    for line, pieces in lex.matcher.find(folded):
        entry = lex.entries[line.entry]
        if not pieces or _inside_another_word(folded, pieces, entry):
            continue
        found.append(FoundPhrase(entry, _located(pieces, where), line.shown, line.exact))
        for start, end in pieces:
            taken[start:end] = b"\1" * (end - start)
    for line, pieces in lex.partial.find(folded, taken):
        found.append(FoundPhrase(lex.entries[line.entry], _located(pieces, where), line.shown, line.exact, whole=False))
    found.sort(key=lambda hit: (hit.pieces[0][0], -hit.pieces[-1][1], hit.entry.id))
    return found


_find_kept = lru_cache(maxsize=1)(_find)


def _located(pieces: Sequence[Piece], where: Sequence[int]) -> tuple[Piece, ...]:
    return tuple((where[start], where[end - 1] + 1) for start, end in pieces)


def _inside_another_word(folded: str, pieces: Sequence[Piece], entry: LexiconEntry) -> bool:
    start, end = pieces[0][0], pieces[-1][1]
    return (start > 0 and folded[start - 1] in entry.not_preceded) or (
        end < len(folded) and folded[end] in entry.not_followed
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
        moved = FoundPhrase(found.entry, pieces, found.shown, found.exact, found.whole)
        hits += hits_of(clean, moved, year)
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
