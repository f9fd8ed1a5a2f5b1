"""The built-in background: wording known as common, for a first user without a library.

Two sets of hashed fragments of folded text (punctuation dropped, every number one ``0``), computed from public
government work reports and authority texts by ``scripts/make_background.py``; no text is stored.

* *long* fragments (8 characters) that several places of several provinces use: wording that is **common**;
* *short* fragments (4 characters) of official language: a clause woven of them could stand in any unit's report.

Hashes are cut to 32 bits: an unknown fragment passes for a known one about once in 7,000.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from jingwei.fingerprint import fold_texts, shingle_hashes
from jingwei.judge.background_clauses import clause_edges, covered_share
from jingwei.model import BoolArray, Fact, FloatArray, IntArray, Sentence, TracedText

LONG_CHARS = 8
SHORT_CHARS = 4
PROBE = "各级党委政府要高度重视法治建设工作"
CutHashes = npt.NDArray[np.uint32]

_DATA = Path(__file__).with_name("data")
# A clause is generic when this share of its characters lies in known short fragments. Set on labelled sentences:
# official wording without facts reaches .8 in the mean, plain narration .3 (docs/background.md).
_GENERIC_SHARE = 0.4
_GENERIC_CLAUSE_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class Commonness:
    """Evidence for one stretch: share of its characters known, and places using its best known fragment."""

    long_share: float
    short_share: float
    places: int
    sampled: int


@dataclass(frozen=True, slots=True)
class Background:
    """Wording of official reports by the number of places that use it.

    ``long`` and ``short`` are sorted hashes; ``places`` gives for each long one the number of places (at most 255,
    0: known from authority texts only); ``sampled`` is the number of places looked at.
    """

    long: CutHashes
    places: npt.NDArray[np.uint8]
    short: CutHashes
    sampled: int

    def common(self, clean: TracedText) -> BoolArray:
        """Per clean character: in a fragment of 8 folded characters that many places use. About 1 µs a character."""
        return self._known(clean, self.long, LONG_CHARS)

    def generic(self, clean: TracedText) -> BoolArray:
        """Per clean character: in a fragment of 4 folded characters of official language."""
        return self._known(clean, self.short, SHORT_CHARS)

    def sentence_commonness(self, clean: TracedText, sentences: Sequence[Sentence]) -> FloatArray:
        """Per sentence the mean of the common and the generic share of its characters, in [0, 1]."""
        long, short = self.common(clean), self.generic(clean)
        letters = _letters(clean)
        shares = [
            (covered_share(long, letters, s.clean_start, s.clean_end), covered_share(short, letters, s.clean_start, s.clean_end))
            for s in sentences
        ]
        return np.array([(a + b) / 2 for a, b in shares], dtype=np.float64)

    def formulaic(self, clean: TracedText, sentences: Sequence[Sentence], facts: Sequence[Fact]) -> BoolArray:
        """Per clean character: generic wording, by clause.

        A clause without a fact is generic when its sentence is woven of official language and the clause itself is
        not foreign to it. Conservative: what the background does not know stays unexplained.
        """
        short, letters = self.generic(clean), _letters(clean)
        found = self.common(clean)
        stated = np.zeros(len(clean), dtype=np.bool_)
        for fact in facts:
            low, high = np.searchsorted(clean.starts, (fact.clause_start, fact.clause_end))
            stated[low:high] = True
        for sentence in sentences:
            low, high = sentence.clean_start, sentence.clean_end
            rest = letters.copy() if stated[low:high].any() else letters
            if rest is not letters:
                rest[low:high] &= ~stated[low:high]
            whole = covered_share(short, rest, low, high)
            if whole < _GENERIC_SHARE:
                continue
            for start, end in clause_edges(clean.text, low, high):
                if covered_share(short, rest, start, end) >= _GENERIC_CLAUSE_SHARE:
                    found[start:end] = True
        found &= ~stated
        return found

    def commonness(self, clean: TracedText, start: int, end: int) -> Commonness:
        """The evidence for ``clean.text[start:end]``."""
        part = clean.slice(start, end)
        letters = _letters(part)
        hashes, _, _ = _hashed(part, LONG_CHARS)
        at = np.searchsorted(self.long, hashes)
        at[at == len(self.long)] = 0
        hit = self.long[at] == hashes if len(self.long) else np.zeros(len(hashes), dtype=np.bool_)
        return Commonness(
            covered_share(self.common(part), letters, 0, len(part)),
            covered_share(self.generic(part), letters, 0, len(part)),
            int(self.places[at[hit]].max()) if hit.any() else 0,
            self.sampled,
        )

    def explain(self, clean: TracedText, start: int, end: int) -> tuple[str, str]:
        """The evidence for ``clean.text[start:end]`` as a Chinese and an English sentence."""
        seen = self.commonness(clean, start, end)
        share = round(seen.short_share * 100)
        zh = f"通用套语：用字{share}%为公文常用搭配，换任何单位都成立"
        en = f"generic wording: {share} % of it are common official collocations"
        if seen.places:
            zh += f"；其中的片段见于内置语料{seen.sampled}个地区中的{_at_least(seen.places)}个"
            en += f"; a fragment of it is used by {_at_least_en(seen.places)} of {seen.sampled} sampled places"
        return zh, en

    def notes(self, clean: TracedText, sentences: Sequence[Sentence]) -> dict[int, str]:
        """:meth:`explain` in Chinese for every sentence, by its raw start."""
        return {s.start: self.explain(clean, s.clean_start, s.clean_end)[0] for s in sentences}

    def _known(self, clean: TracedText, table: CutHashes, chars: int) -> BoolArray:
        marks = np.zeros(len(clean), dtype=np.bool_)
        hashes, starts, ends = _hashed(clean, chars)
        if not len(hashes) or not len(table):
            return marks
        at = np.searchsorted(table, hashes)
        at[at == len(table)] = 0
        steps = np.zeros(len(clean) + 1, dtype=np.int32)
        hit = np.flatnonzero(table[at] == hashes)
        np.add.at(steps, starts[hit], 1)
        np.add.at(steps, ends[hit], -1)
        return np.asarray(np.cumsum(steps[:-1]) > 0)


def load_background() -> Background | None:
    """The shipped background, or None where its files are missing or were made for another hash."""
    return _load(_DATA)


@cache
def _load(folder: Path) -> Background | None:
    about = folder / "background.json"
    if not about.is_file():
        return None
    stored = json.loads(about.read_text(encoding="utf-8"))
    if stored["probe"] != probe():
        return None
    long, places, short = (
        np.load(folder / f"background_{name}.npy", mmap_mode="r", allow_pickle=False)
        for name in ("long", "places", "short")
    )
    return Background(long, places, short, int(stored["places"]))


def probe() -> str:
    """Fingerprint of the hash function itself: a stored background made with another one is useless."""
    return cut_hashes(PROBE, LONG_CHARS).tobytes().hex()


def cut_hashes(text: str, chars: int) -> CutHashes:
    """32-bit hashes of all fragments of ``chars`` folded characters of a text."""
    at = np.arange(len(text), dtype=np.int32)
    return _hashed(TracedText(text, at, at + 1), chars)[0]


def _hashed(clean: TracedText, chars: int) -> tuple[CutHashes, IntArray, IntArray]:
    """Cut hashes with the clean range of each; fragments never cross a paragraph."""
    if not clean.text:
        empty = np.zeros(0, dtype=np.int32)
        return np.zeros(0, dtype=np.uint32), empty, empty
    edges = [-1, *(i for i, c in enumerate(clean.text) if c == "\n"), len(clean.text)]
    bodies = [(a + 1, b) for a, b in zip(edges, edges[1:], strict=False) if b > a + 1]
    batch = fold_texts([clean.text[a:b] for a, b in bodies], [np.array([[0, b - a]], dtype=np.int32) for a, b in bodies])
    hashes = shingle_hashes(batch.codes, batch.offsets, chars)
    shift = np.repeat([a for a, _ in bodies], np.diff(batch.offsets)).astype(np.int64)
    starts = batch.at[batch.true_start] + shift
    ends = batch.at[batch.true_end - 1] + 1 + shift
    whole = np.zeros(len(hashes), dtype=np.bool_)
    for low, high in zip(batch.offsets[:-1], batch.offsets[1:], strict=True):
        whole[low : max(low, high - chars + 1)] = True
    at = np.flatnonzero(whole)
    cut = (hashes[at] >> np.uint64(32)).astype(np.uint32)
    return cut, starts[at].astype(np.int32), ends[at + chars - 1].astype(np.int32)


def _letters(clean: TracedText) -> BoolArray:
    return np.fromiter((c.isalpha() or c.isdigit() for c in clean.text), dtype=np.bool_, count=len(clean))


def _at_least(places: int) -> str:
    return "255以上" if places >= 255 else str(places)


def _at_least_en(places: int) -> str:
    return "more than 254" if places >= 255 else str(places)
