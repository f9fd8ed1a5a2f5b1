"""Words of a text for tf-idf: rjieba where it is installed, else jieba with its dictionary."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

_PIECE_CHARS = 1000  # jieba is quadratic on long runs of unknown characters
_CLAUSE = re.compile(r"[^，。；：、！？\n]+")  # no dictionary word holds one of these marks
_WORD = re.compile(r"[\u3400-\u9fffa-z]{2,}")


@functools.cache
def _cutter() -> Callable[[str], list[str]]:
    try:
        import rjieba
    except ImportError:
        return _jieba_cutter()
    return lambda text: list(rjieba.cut(text, False))


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


def clauses_of(text: str) -> list[str]:
    """Pieces of a text that can be cut into words by themselves."""
    return _CLAUSE.findall(text)


def cut_clauses(clauses: Sequence[str]) -> list[list[str]]:
    """Words of every clause: at least two letters or ideographs each; digits and punctuation are no words.

    Short clauses are cut together, a line each, since a call costs more than a clause.
    """
    cut = _cutter()
    is_word: dict[str, bool] = {}

    def words_in(pieces: Iterable[str]) -> list[str]:
        return [w for w in pieces if (is_word[w] if w in is_word else is_word.setdefault(w, bool(_WORD.fullmatch(w))))]

    found: list[list[str]] = []
    begin = size = 0
    for number, clause in enumerate(clauses, 1):
        size += len(clause) + 1
        if size < _PIECE_CHARS and number < len(clauses):
            continue
        lines = clauses[begin : number - 1] if size > _PIECE_CHARS else clauses[begin:number]
        if lines:
            pieces = cut("\n".join(lines).lower())
            ends = [at for at, piece in enumerate(pieces) if piece == "\n"]
            found += [words_in(pieces[a + 1 : b]) for a, b in pairwise([-1, *ends, len(pieces)])]
        if size > _PIECE_CHARS:  # the last one did not fit
            long = [clause[at : at + _PIECE_CHARS].lower() for at in range(0, len(clause), _PIECE_CHARS)]
            found.append(words_in(w for piece in long for w in cut(piece)))
        begin, size = number, 0
    return found
