"""The built-in background: wording known as common, for a first user without a library.

Three sets of hashed fragments of folded text (punctuation dropped, every number one ``0``), computed from public
government work reports and authority texts by ``scripts/make_background.py``; no text is stored.

* *long* fragments (8 characters) that several places of several provinces use: wording that is **common**;
* *run* fragments (13 characters, the shortest run that counts) that several places share word for word, or that stand
  in an authority text and in reports: never evidence of copying;
* *short* fragments (4 characters) of official language: a clause woven of them could stand in any unit's report.

Hashes are cut to 32 bits: an unknown fragment passes for a known one about once in 7,000.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from msgspec import Struct, field

from jingwei.fingerprint import fold_texts, shingle_hashes
from jingwei.fingerprint.codes import CodeArray
from jingwei.fingerprint.winnow import NO_HASH, HashArray
from jingwei.judge.background_clauses import clause_edges, clause_ends, letters, shares
from jingwei.judge.background_lookup import CutHashes, LookedUp
from jingwei.judge.ranges import Positions, counts_before, covered
from jingwei.model import BoolArray, Fact, Sentence, TracedText
from jingwei.text.lazy import lazy

LONG_CHARS = 8
RUN_CHARS = 13
SHORT_CHARS = 4
MOST_PLACES = 255  # numbers of places are stored in a byte
PROBE = "各级党委政府要高度重视法治建设工作"

_NO_NUMBER = "；"
_LINE_END = lazy("\n")
_DATA = Path(__file__).with_name("data")
# A clause is generic when this share of its characters lies in known short fragments. Set on labelled sentences:
# official wording without facts reaches .8 in the mean, plain narration .3 (docs/background.md).
_GENERIC_SHARE = 0.4
_GENERIC_CLAUSE_SHARE = 0.25
_SPECIFIC_CLAUSE_SHARE = 0.65


class Survey(Struct, frozen=True):
    """What the background knows of one text, per clean character. Made by :meth:`Background.survey`.

    ``common``: in a fragment of 8 folded characters that many places use; ``generic``: in one of 4 characters of
    official language; ``runs``: in one of 13 that reports of several places share word for word; ``places``: places that use the best known fragment here (at most 255, 0 = none or known from
    authority texts only); ``sampled``: places looked at.
    """

    clean: TracedText
    common: BoolArray
    generic: BoolArray
    places: npt.NDArray[np.uint8]
    letters: BoolArray
    sampled: int
    runs: BoolArray

    def formulaic(
        self, sentences: Sequence[Sentence], facts: Sequence[Fact], specific: BoolArray | None = None
    ) -> BoolArray:
        """Per clean character: generic wording, decided by clause.

        ``specific`` flags the sentences that state a local fact: there a clause must be woven of official language
        nearly whole, for what stands beside a fact often belongs to it.

        A clause without a fact is generic when its sentence is woven of official language and the clause itself is
        not foreign to it. Conservative: what the background does not know stays unexplained.
        """
        clean, found = self.clean, self.common
        claimed = [[fact.clause_start for fact in facts], [fact.clause_end for fact in facts]]
        first, last = np.searchsorted(clean.starts, np.array(claimed, dtype=np.int32))
        stated = covered(first, last, len(clean))
        counted = self.letters & ~stated
        total, known = counts_before(counted), counts_before(self.generic & counted)
        edges = _edges(sentences)
        woven = np.flatnonzero((shares(known, total, edges) >= _GENERIC_SHARE) & (edges[:, 0] < edges[:, 1]))
        if len(woven):
            starts, stops, numbers = clause_edges(clause_ends(clean.text), edges[woven].tolist())
            sure = np.zeros(len(woven), dtype=np.bool_) if specific is None else specific[woven]
            least = np.repeat(np.where(sure, _SPECIFIC_CLAUSE_SHARE, _GENERIC_CLAUSE_SHARE), numbers)
            cut = np.array([starts, stops], dtype=np.int64).T
            first, last = cut[shares(known, total, cut) >= least].T
            found = found | covered(first, last, len(clean))
        return np.asarray(found & ~stated)

    def notes(self, sentences: Sequence[Sentence]) -> dict[int, tuple[str, str]]:
        """The evidence for every sentence as a Chinese and an English sentence, by its raw start."""
        if not sentences:
            return {}
        edges = _edges(sentences)
        total, known = counts_before(self.letters), counts_before(self.generic & self.letters)
        # A range of ``reduceat`` needs a first element: one more place stands behind the last.
        most = np.maximum.reduceat(np.append(self.places, np.uint8(0)), edges.reshape(-1))[::2].tolist()
        known_shares = shares(known, total, edges).tolist()
        return {
            s.start: _evidence(round(100 * k), n, self.sampled)
            for s, k, n in zip(sentences, known_shares, most, strict=True)
        }


def _edges(sentences: Sequence[Sentence]) -> npt.NDArray[np.int64]:
    return np.array([[s.clean_start for s in sentences], [s.clean_end for s in sentences]], dtype=np.int64).T


@lru_cache(maxsize=4096)
def _evidence(share: int, most: int, sampled: int) -> tuple[str, str]:
    """What the background says of a stretch: per cent of common collocations, places that use its best fragment."""
    zh = f"通用套语：用字{share}%为公文常用搭配，换任何单位都成立"
    en = f"generic wording: {share} % of it are common official collocations"
    if most:
        number = "255个以上" if most >= MOST_PLACES else f"{most}个"
        zh += f"；其中的片段见于内置语料{sampled}个地区中的{number}"
        en += f"; a fragment of it is used by {most} of {sampled} sampled places"
    return zh, en


class Background(Struct, frozen=True, eq=False):
    """Wording of official reports by the number of places that use it.

    ``long``, ``short`` and ``runs`` are sorted hashes; ``places`` gives for each long one the number of places (at
    most 255, 0: known from authority texts only); ``sampled`` is the number of places looked at.
    """

    long: CutHashes
    places: npt.NDArray[np.uint8]
    short: CutHashes
    sampled: int
    runs: CutHashes
    _looked_up: dict[int, LookedUp] = field(default_factory=dict)

    def survey(self, clean: TracedText) -> Survey:
        """Look up every fragment of a text once; about 0.3 µs a character."""
        cut = _Cut.of(clean)
        places = np.zeros(cut.length, dtype=np.uint8)
        at, starts, ends = self._known(cut, self.long, LONG_CHARS)
        places[starts] = np.asarray(self.places)[at]  # one fragment begins at a character; a mapped file is slow
        common = covered(starts, ends, cut.length)
        generic = covered(*self._known(cut, self.short, SHORT_CHARS)[1:], cut.length)
        runs = covered(*self._known(cut, self.runs, RUN_CHARS)[1:], cut.length)
        return Survey(clean, common, generic, places, letters(clean.text), self.sampled, runs)

    def _known(self, cut: _Cut, table: CutHashes, chars: int) -> tuple[Positions, Positions, Positions]:
        """The fragments that ``table`` holds: their places in it, where each begins and where it ends."""
        hashes = shingle_hashes(cut.codes, cut.offsets, chars)
        if chars not in self._looked_up:
            self._looked_up[chars] = LookedUp(table)
        found, places = self._looked_up[chars].found(_upper_half(hashes))
        whole = hashes[found] != NO_HASH  # no fragment begins in the last characters of a paragraph
        if not whole.all():
            found, places = found[whole], places[whole]
        return places, cut.starts[found], cut.ends[found + (chars - 1)]


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
    long, places, short, runs = (
        np.load(folder / f"background_{name}.npy", mmap_mode="r", allow_pickle=False)
        for name in ("long", "places", "short", "runs")
    )
    return Background(long, places, short, int(stored["places"]), runs)


def probe() -> str:
    """Fingerprint of the hash function itself: a stored background made with another one is useless."""
    return cut_hashes(PROBE, LONG_CHARS).tobytes().hex()


def cut_hashes(text: str, chars: int) -> CutHashes:
    """32-bit hashes of all fragments of ``chars`` folded characters of a text."""
    at = np.arange(len(text), dtype=np.int32)
    return hashed(TracedText(text, at, at + 1), chars)[0]


def hashed(clean: TracedText, chars: int) -> tuple[CutHashes, Positions, Positions]:
    """Cut hashes with the clean range of each; fragments never cross a paragraph."""
    return _Cut.of(clean).hashes(chars)


class _Cut(Struct, frozen=True):
    """The folded paragraphs of a text, for fragments of any length: codes and the clean range of each."""

    codes: CodeArray
    offsets: npt.NDArray[np.int64]
    starts: Positions
    ends: Positions
    length: int

    @classmethod
    def of(cls, clean: TracedText) -> _Cut:
        # One body, in which a mark that is no number's part stands for the end of a paragraph: folding many costs more.
        whole = np.array([[0, len(clean)]], dtype=np.int32)
        batch = fold_texts([clean.text.replace("\n", _NO_NUMBER)], [whole])
        starts = batch.at.take(batch.true_start).astype(np.intp)
        ends = batch.at.take(batch.true_end - 1).astype(np.intp) + 1
        breaks = np.searchsorted(starts, [m.start() for m in _LINE_END.finditer(clean.text)])
        return cls(batch.codes, np.concatenate(([0], breaks, [len(starts)])), starts, ends, len(clean))

    def hashes(self, chars: int) -> tuple[CutHashes, Positions, Positions]:
        hashes = shingle_hashes(self.codes, self.offsets, chars)
        at = np.flatnonzero(hashes != NO_HASH)
        return _upper_half(hashes[at]), self.starts[at], self.ends[at + chars - 1]


def _upper_half(hashes: HashArray) -> CutHashes:
    return (hashes >> np.uint64(32)).astype(np.uint32)
