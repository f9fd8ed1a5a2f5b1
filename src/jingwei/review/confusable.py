"""Words written with a character that sounds or looks alike, two characters turned round, and swapped fixed phrases.

The evidence is in ``data/slips.npy`` (``scripts/make_slips.py``): words and phrases of official texts, keyed by what
they sound or look like, and the other writings that do occur there. A writing nobody uses, one character away from a
word everybody uses, is a slip, unless the odd character makes a word with its neighbour outside. Everything is looked
up for the whole text at once; cost linear, about 2 ms for 10,000 characters.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from operator import ne
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from jingwei.review.kept import DATA, kept

_FIRST, _SIZE = 0x4E00, 0x5200
_BITS, _PAIR_BITS = np.uint64(15), np.uint64(30)
_CHAR = (1 << 15) - 1
_SLOT_BITS = 21
_KEY_SLOT_BITS = 18
_MIX = np.uint64(0x9E3779B97F4A7C15)
Codes = NDArray[np.uint64]
# The sorted lists of codes, in the order in which they are kept; behind them the tables, which tell for every ideograph
# what it sounds or looks like.
LISTS = (
    *("words", "vocabulary", "phrases", "turned", "washed"),
    *("sound_word_keys", "sound_words", "sound_fine_words", "sound_run_keys", "sound_runs", "sound_fine_runs"),
    *("shape_word_keys", "shape_words", "shape_fine_words", "shape_run_keys", "shape_runs", "shape_fine_runs"),
)
TABLES = ("sound_table", "shape_table")


class Slip(Struct, frozen=True):
    """``shown`` at ``start``, written for ``meant``; ``kind`` is ``sound``, ``shape`` or ``turned``."""

    start: int
    shown: str
    meant: str
    kind: str


@lru_cache(maxsize=1)
def _known() -> dict[str, NDArray[Any]]:
    found = dict(zip((*LISTS, *TABLES), kept(DATA / "slips.npy"), strict=True))
    return found | {name: found[name].astype(np.uint16) for name in TABLES}


@lru_cache(maxsize=2)
def _numbered(text: str) -> NDArray[np.uint16]:
    """The number of every ideograph, 0 for anything else."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32) - np.uint32(_FIRST - 1)
    codes[codes > _SIZE] = 0  # what stands before the first has wrapped round to the largest
    return codes.astype(np.uint16)


def _side_by_side(codes: NDArray[Any]) -> tuple[Codes, Codes]:
    """Every two and every four neighbours as one number."""
    wide = codes.astype(np.uint64)
    pairs = wide[:-1] << _BITS | wide[1:]
    return pairs, pairs[:-2] << _PAIR_BITS | pairs[2:]


def _runs(codes: NDArray[np.uint16]) -> tuple[Codes, Codes]:
    """Every run of two and of four ideographs as one number; 0 where something else stands among them."""
    pairs, quads = _side_by_side(codes)
    pairs[(codes[:-1] == 0) | (codes[1:] == 0)] = 0
    quads[(pairs[:-2] == 0) | (pairs[2:] == 0)] = 0
    return pairs, quads


_PAIR_LISTS = ("vocabulary", "turned", "substitutes", "sound_fine_words", "shape_fine_words")
_RUN_LISTS = ("phrases", "washed", "sound_fine_runs", "shape_fine_runs")


@lru_cache(maxsize=2)
def _flags(lists: tuple[str, ...]) -> NDArray[np.uint8]:
    """A bit for every list that a code may be in, by its hash: one code in fifty is marked by accident."""
    flags = np.zeros(1 << _SLOT_BITS, dtype=np.uint8)
    for at, name in enumerate(lists):
        slots = _slots(_substitutes() if name == "substitutes" else _known()[name])
        flags[slots] |= np.uint8(1 << at)
    return flags


@lru_cache(maxsize=4)
def _may_be_key(name: str) -> NDArray[np.bool_]:
    """A mark for every key of a list, by its hash; what is marked is looked up, so the table is small."""
    marks = np.zeros(1 << _KEY_SLOT_BITS, dtype=bool)
    marks[_slots(_known()[name], _KEY_SLOT_BITS)] = True
    return marks


@lru_cache(maxsize=32)
def _bits(*names: str) -> np.uint8:
    """The bits of some lists, all of them of pairs or all of runs."""
    lists = _PAIR_LISTS if names[0] in _PAIR_LISTS else _RUN_LISTS
    return np.uint8(sum(1 << lists.index(name) for name in names))


def _slots(codes: Codes, bits: int = _SLOT_BITS) -> NDArray[np.intp]:
    return (codes * _MIX >> np.uint64(64 - bits)).astype(np.intp)


@lru_cache(maxsize=1)
def _own_runs(text: str) -> tuple[Codes, Codes, NDArray[np.uint8], NDArray[np.uint8]]:
    """The pairs and the runs of four of a text, and in which lists each may be."""
    pairs, quads = _runs(_numbered(text))
    return pairs, quads, _flags(_PAIR_LISTS).take(_slots(pairs)), _flags(_RUN_LISTS).take(_slots(quads))


def _is_word(code: int) -> bool:
    """Whether a pair is a word of the official vocabulary."""
    words = _known()["words"]
    at = int(words.searchsorted(np.uint64(max(code, 0))))  # below null: no ideographs
    return at < len(words) and int(words[at]) == code


def _text(code: int, width: int) -> str:
    return "".join(chr((code >> 15 * (width - 1 - at) & _CHAR) + _FIRST - 1) for at in range(width))


def slips(text: str) -> Iterator[Slip]:
    """Every slip of the text, by kind; ranges of different kinds may overlap."""
    if len(text) < 4:
        return
    known, codes = _known(), _numbered(text)
    pairs, quads, pair_flags, quad_flags = _own_runs(text)
    for kind in ("sound", "shape"):
        folded = _side_by_side(known[f"{kind}_table"].take(codes))
        for width, own, keys, flags in ((2, pairs, folded[0], pair_flags), (4, quads, folded[1], quad_flags)):
            unit, vocabulary = ("word", "vocabulary") if width == 2 else ("run", "phrases")
            fine, listed = _bits(vocabulary, f"{kind}_fine_{unit}s"), f"{kind}_{unit}_keys"
            told = _may_be_key(listed).take(_slots(keys, _KEY_SLOT_BITS))
            told &= (flags & fine) == 0
            told &= own > 0
            odd = np.flatnonzero(told)
            first = known[listed].searchsorted(keys[odd])
            real = known[listed][np.minimum(first, len(known[listed]) - 1)] == keys[odd]
            odd, first = odd[real], first[real]
            for at, key, begin in zip(odd.tolist(), keys[odd].tolist(), first.tolist(), strict=True):
                meant = _meant(key, begin, text[at : at + width], kind, unit)
                if meant and not _explained(pairs, at, text[at : at + width], meant):
                    yield Slip(at, text[at : at + width], meant, kind)
    turned = np.flatnonzero(pair_flags & _bits("turned"))
    for at in turned[_are_among(pairs[turned], known["turned"])].tolist():
        if not _explained(pairs, at, text[at : at + 2], ""):
            yield Slip(at, text[at : at + 2], text[at + 1] + text[at], "turned")


def _are_among(codes: Codes, listed: Codes) -> NDArray[np.bool_]:
    """Which codes are in a sorted list."""
    found = listed[np.minimum(listed.searchsorted(codes), len(listed) - 1)]
    return np.asarray(found == codes)


def _meant(key: int, left: int, shown: str, kind: str, unit: str) -> str:
    """The commonest word of this sound that differs in one character; empty when there is none.

    ``left`` is where words of this sound would begin.
    """
    known = _known()
    keys, words = known[f"{kind}_{unit}_keys"], known[f"{kind}_{unit}s"]
    while left < len(keys) and int(keys[left]) == key:
        word = _text(int(words[left]), len(shown))
        if sum(a != b for a, b in zip(shown, word, strict=True)) == 1:
            return word
        left += 1
    return ""


def _explained(pairs: Codes, at: int, shown: str, meant: str) -> bool:
    """Whether the odd character makes a word with its neighbour outside (科技｜两家), or with the other half."""
    width = len(shown)
    odd = {i for i in range(width) if not meant or shown[i] != meant[i]}
    beside = set()
    if width == 2 or 0 in odd:
        beside.add(at - 1)
    if width == 2 or width - 1 in odd:
        beside.add(at + width - 1)
    if width == 4 and odd & {1, 2}:
        beside.add(at + 1)
    return any(0 <= i < len(pairs) and _is_word(int(pairs[i])) for i in beside)


def _pair(word: str) -> int:
    return (ord(word[0]) - _FIRST + 1) << 15 | (ord(word[1]) - _FIRST + 1)


# -- swapped phrases


@lru_cache(maxsize=1)
def _swapped() -> dict[int, tuple[int, ...]]:
    """What each substitute may stand for."""
    lines = (DATA / "swaps.txt").read_text(encoding="utf-8").splitlines()
    originals: dict[int, list[int]] = {}
    for line in lines:
        word, _, others = line.partition(":")
        for other in others.split():
            originals.setdefault(_pair(other), []).append(_pair(word.strip()))
    return {word: tuple(meant) for word, meant in originals.items()}


def _substitutes() -> Codes:
    return np.array(sorted(_swapped()), dtype=np.uint64)


def washed_phrases(text: str) -> Iterator[Slip]:
    """Fixed phrases with one word or both replaced (经商氛围 for 营商环境), which no official text has; kind ``swap``."""
    if len(text) < 4:
        return
    pairs, quads, flags, quad_flags = _own_runs(text)
    swap, word = flags & _bits("substitutes") > 0, flags & _bits("substitutes", "vocabulary") > 0
    width = len(quads)
    candidates = (quads > 0) & (swap[:width] & word[2 : width + 2] | word[:width] & swap[2 : width + 2])
    candidates &= quad_flags & _bits("phrases", "washed") == 0
    places = np.flatnonzero(candidates)
    for at, left, right in zip(places.tolist(), pairs[places].tolist(), pairs[places + 2].tolist(), strict=True):
        meant = _phrase_behind(left, right)
        if meant:
            yield Slip(at, text[at : at + 4], meant, "swap")


@lru_cache(maxsize=8192)  # the same two words stand side by side in report after report
def _phrase_behind(left: int, right: int) -> str:
    """The fixed phrase of which one word or both were replaced by these; empty when there is none."""
    originals = _swapped()
    seconds = (right, *originals.get(right, ()))
    tried = [first << 30 | second for first in (left, *originals.get(left, ())) for second in seconds]
    meant = np.flatnonzero(_are_among(np.array(tried, dtype=np.uint64), _known()["phrases"]))
    return _text(tried[int(meant[0])], 4) if len(meant) else ""


# -- doubled words


@lru_cache(maxsize=1)
def _are_ideographs(text: str) -> NDArray[np.bool_]:
    return _numbered(text) > 0


def same_after(text: str, width: int) -> list[int]:
    """Where a run of ``width`` ideographs is followed by itself; of overlapping places the first."""
    codes, ideographs = _numbered(text), _are_ideographs(text)
    if len(codes) < 2 * width:
        return []
    equal = codes[:-width] == codes[width:]
    equal &= ideographs[:-width]
    if np.count_nonzero(equal) < width:
        return []
    same = np.flatnonzero(equal)
    runs = same[: len(same) - width + 1][same[width - 1 :] - same[: len(same) - width + 1] == width - 1]
    kept: list[int] = []
    for start in runs.tolist():
        if not kept or start >= kept[-1] + width:
            kept.append(start)
    return kept


def is_word(text: str, at: int) -> bool:
    """Whether the two characters at ``at`` are a word of the official vocabulary."""
    return 0 <= at < len(text) - 1 and _is_word(_pair(text[at : at + 2]))


def alike(left: str, right: str) -> bool:
    """Whether two characters sound or look alike."""
    a, b = (ord(char) - _FIRST + 1 for char in (left, right))
    if not (0 < a <= _SIZE and 0 < b <= _SIZE):
        return False
    return any(_known()[table][a] == _known()[table][b] for table in ("sound_table", "shape_table"))


def one_alike(left: str, right: str) -> bool:
    """Whether two names of equal length differ in one character, which sounds or looks alike."""
    if len(left) != len(right) or sum(map(ne, left, right)) != 1:
        return False
    return any(a != b and alike(a, b) for a, b in zip(left, right, strict=True))
