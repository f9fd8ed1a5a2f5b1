"""Words of texts for tf-idf: rjieba where it is installed, else jieba with its dictionary; counted by arrays."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from jingwei.fingerprint.codes import CodeArray
from jingwei.fingerprint.folded import LongArray
from jingwei.fingerprint.winnow import HashArray
from jingwei.match.clauses import distinct_clauses
from jingwei.match.groups import number_groups
from jingwei.model import BoolArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_PIECE_CHARS = 1000  # jieba is quadratic on long runs of unknown characters
_PIECES_AT_ONCE = 512  # cut before their words are counted: their characters stay in the processor's cache
_LINE, _BETWEEN = ord("\n"), 0  # what ends a clause, and what stands between two words of it, in a cut text
_MIX = np.uint64(0x9E3779B97F4A7C15)


@functools.cache
def _cutter() -> Callable[[str], list[str]]:
    try:
        import rjieba
    except ImportError:
        return _jieba_cutter()
    return lambda text: rjieba.cut(text, False)


def _jieba_cutter() -> Callable[[str], list[str]]:
    import logging
    import warnings

    from platformdirs import user_cache_path

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(user_cache_path("jingwei", ensure_exists=True))  # not the predictable shared folder
    return lambda text: list(tokenizer.cut(text, HMM=False))


@functools.cache
def _letters() -> BoolArray:
    """Code units that words are made of: digits and punctuation are none."""
    letters = np.zeros(1 << 16, dtype=np.bool_)
    letters[0x3400:0xA000] = True
    letters[ord("a") : ord("z") + 1] = True
    return letters


def count_words(texts: Sequence[str]) -> tuple[list[str], csr_matrix]:
    """All words of at least two letters or ideographs, sorted, and how often each text has each one.

    Every distinct clause is cut once, since official prose repeats itself. Marks end words, so nothing else changes.
    """
    from scipy.sparse import csr_matrix

    clauses = distinct_clauses(texts)
    words, clause, column = _words_of(clauses.lines)
    size = clauses.lines.count("\n")
    held = csr_matrix((np.ones(len(clause), dtype=np.float32), (clause, column)), shape=(size, len(words)))
    ones = np.ones(len(clauses.said), dtype=np.float32)
    counts = csr_matrix((ones, clauses.said, clauses.bounds), shape=(len(texts), size)) @ held
    counts.sort_indices()
    return words, counts


def _words_of(lines: str) -> tuple[list[str], LongArray, LongArray]:
    """The distinct words of many lines, sorted; then for every word met its line and its number."""
    known: dict[str, int] = {}
    owners, columns = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    done = 0
    for cut_lines in _cut(lines):
        points = np.frombuffer(cut_lines.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        codes = np.minimum(points, 0xFFFF).astype(np.uint16)  # beyond it are no letters of words
        begin, end = _word_ranges(codes)
        group, count = number_groups(_word_hashes(codes, begin, end))
        example = np.zeros(count, dtype=np.int64)
        example[group] = np.arange(len(group))
        words = [cut_lines[a:b] for a, b in zip(begin[example].tolist(), end[example].tolist(), strict=True)]
        columns.append(np.array([known.setdefault(w, len(known)) for w in words], dtype=np.int64)[group])
        breaks = np.flatnonzero(codes == _LINE)
        owners.append(done + np.searchsorted(breaks, begin))
        done += len(breaks)
    ranked = sorted(known)
    place = np.empty(len(known), dtype=np.int64)
    place[[known[w] for w in ranked]] = np.arange(len(ranked))
    return ranked, np.concatenate(owners), place[np.concatenate(columns)]


def _cut(lines: str) -> Iterator[str]:
    """Whole lines cut, some hundred pieces at once: ``_BETWEEN`` stands around every word."""
    cut, between = _cutter(), chr(_BETWEEN)
    done: list[str] = []
    for piece in _pieces(lines):
        done.append(between.join(cut(piece)))
        if len(done) >= _PIECES_AT_ONCE and piece.endswith("\n"):
            yield between.join(done)
            done = []
    if done:
        yield between.join(done)


def _pieces(lines: str) -> Iterator[str]:
    """As many whole lines as a piece may hold; a longer line is cut where it must be."""
    begin = 0
    while begin < len(lines):
        end = begin + _PIECE_CHARS
        if end < len(lines):
            end = lines.rfind("\n", begin, end) + 1 or end
        yield lines[begin:end]
        begin = end


def _word_ranges(codes: CodeArray) -> tuple[LongArray, LongArray]:
    """Where the words begin and end: stretches between separators, of at least two code units, all of them letters."""
    separators = np.flatnonzero((codes == _BETWEEN) | (codes == _LINE))
    begin = np.concatenate([[0], separators + 1])
    end = np.concatenate([separators, [len(codes)]])
    long = end - begin >= 2
    begin, end = begin[long], end[long]
    letters = np.concatenate([[0], np.cumsum(_letters()[codes], dtype=np.int32)])
    pure = letters[end] - letters[begin] == end - begin
    return begin[pure], end[pure]


def _word_hashes(codes: CodeArray, begin: LongArray, end: LongArray) -> HashArray:
    """A hash of every word; words of up to three letters differ for certain, as their bits only change places."""
    hashes = np.zeros(len(begin), dtype=np.uint64)
    length = end - begin
    some = np.arange(len(begin))
    step = 0
    while len(some):
        hashes[some] = (hashes[some] + codes[begin[some] + step]) * _MIX
        hashes[some] ^= hashes[some] >> np.uint64(32)
        step += 1
        some = some[length[some] > step]
    return hashes
