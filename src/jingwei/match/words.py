"""Words of a text for tf-idf: rjieba where it is installed, else jieba with its dictionary."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

_PIECE_CHARS = 1000  # jieba is quadratic on long runs of unknown characters
_CLAUSE = re.compile(r"[^，。；：、！？\n]+")  # no dictionary word holds one of these marks
_WORD = re.compile(r"[\u3400-\u9fffa-z]{2,}")


@functools.cache
def _cutter() -> tuple[str, Callable[[str], list[str]]]:
    try:
        import rjieba
    except ImportError:
        return "jieba", _jieba_cutter()
    return "rjieba", lambda text: list(rjieba.cut(text, False))


def _jieba_cutter() -> Callable[[str], list[str]]:
    import logging
    import tempfile
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = tempfile.mkdtemp(prefix="jingwei-")  # not the predictable shared one
    return lambda text: list(tokenizer.cut(text, HMM=False))


def cutter_name() -> str:
    """Which program cuts the words here."""
    return _cutter()[0]


def clauses_of(text: str) -> list[str]:
    """Pieces of a text that can be cut into words by themselves."""
    return _CLAUSE.findall(text)


def cut_words(text: str) -> list[str]:
    """Words of at least two letters or ideographs; digits and punctuation are no words."""
    cut = _cutter()[1]
    words: list[str] = []
    for start in range(0, len(text), _PIECE_CHARS):
        words += (w for w in cut(text[start : start + _PIECE_CHARS].lower()) if _WORD.fullmatch(w))
    return words
