"""Words of a text for tf-idf: rjieba where it is installed, else jieba with its dictionary."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

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


def cut_words(text: str) -> list[str]:
    """Words of at least two letters or ideographs; digits and punctuation are no words."""
    cut = _cutter()
    words: list[str] = []
    for start in range(0, len(text), _PIECE_CHARS):
        words += (w for w in cut(text[start : start + _PIECE_CHARS].lower()) if _WORD.fullmatch(w))
    return words
