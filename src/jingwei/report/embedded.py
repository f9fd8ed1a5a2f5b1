"""The data a batch page carries for its script, kept small: the matrix, and every shared passage once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from jingwei.model import Comparison, EqualRun, PairAssessment
from jingwei.report.disguise import Disguise
from jingwei.report.names import show_text

_MATRIX_STEPS = 4095  # two characters of 64 per cell
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_AROUND_CHARS = 40


def pack_matrix(comparison: Comparison) -> str:
    """The upper triangle in cluster order, two characters a cell: 0 to 4095 for 0 to 1."""
    order = list(comparison.order)
    matrix = np.asarray(comparison.matrix, dtype=np.float64)[np.ix_(order, order)]
    rows, columns = np.triu_indices(len(order), 1)
    values = np.rint(np.clip(matrix[rows, columns], 0, 1) * _MATRIX_STEPS).astype(int)
    digits = np.frombuffer(_DIGITS.encode(), dtype=np.uint8)
    return digits[np.stack((values >> 6, values & 63), axis=1)].tobytes().decode("ascii")


def embedded_pairs(
    comparison: Comparison, pairs: Sequence[PairAssessment], disguise: Disguise, *, hidden: bool
) -> dict[str, Any]:
    """``pairs`` as rows of numbers, ``texts`` as [before, passage, after], each stored once.

    A match is [left text, right text, equal, effective, relation, runs, equal figures]; the runs are positions in the shown
    passages: left start, left end, right start, right end, and so on.
    """
    texts = _Texts(comparison, disguise, hidden=hidden)
    number_of = {report_id: i for i, report_id in enumerate(comparison.ids)}
    rows = []
    for pair in pairs:
        left, right = number_of[pair.left], number_of[pair.right]
        matches = []
        for match in pair.matches:
            a = texts.take(left, match.start, match.end)
            b = texts.take(right, match.source.start, match.source.end)
            runs = [n for run in match.runs for n in texts.run(a, b, run)]
            matches.append([a, b, match.equal_chars, match.effective_chars, match.relation, runs, match.equal_figures])
        figures = (pair.overlap_effective, pair.overlap_total, pair.left_share, pair.right_share)
        rows.append(
            [
                left, right, *map(_rounded, figures), pair.longest_run_chars, _rounded(pair.tfidf_cosine),
                _rounded(pair.minhash_jaccard), pair.relation, matches,
            ]
        )  # fmt: skip
    return {"pairs": rows, "texts": texts.pieces}


class _Texts:
    """Each passage with a little of what stands around it, made fit to show, with its old offsets."""

    def __init__(self, comparison: Comparison, disguise: Disguise, *, hidden: bool) -> None:
        self._texts = [a.report.document.text for a in comparison.assessments]
        self._plain = [not hidden and _is_plain(text) for text in self._texts]
        self._disguise, self._hidden = disguise, hidden
        self._known: dict[tuple[int, int, int], int] = {}
        self._places: list[tuple[int, Sequence[int]]] = []
        self.pieces: list[list[str]] = []

    def take(self, report: int, start: int, end: int) -> int:
        """Number of the piece [before, passage, after]."""
        key = (report, start, end)
        if key not in self._known:
            text = self._texts[report]
            pieces = [text[max(0, start - _AROUND_CHARS) : start], text[start:end], text[end : end + _AROUND_CHARS]]
            places: Sequence[int] = range(len(pieces[1]) + 1)
            if not self._plain[report]:
                (before, _), (shown, places), (after, _) = map(self._show, pieces)
                pieces = [before, shown, after]
            self._known[key] = len(self.pieces)
            self.pieces.append(pieces)
            self._places.append((start, places))
        return self._known[key]

    def run(self, left: int, right: int, run: EqualRun) -> tuple[int, int, int, int]:
        """An equal run as positions in the two shown passages."""
        return (
            self._place(left, run.left_start), self._place(left, run.left_end),
            self._place(right, run.right_start), self._place(right, run.right_end),
        )  # fmt: skip

    def _place(self, piece: int, offset: int) -> int:
        start, places = self._places[piece]
        return places[max(0, min(offset - start, len(places) - 1))]

    def _show(self, text: str) -> tuple[str, Sequence[int]]:
        """The shown text, and for every old offset (and the end) the UTF-16 position a browser counts."""
        if not self._hidden and _is_plain(text):
            return text, range(len(text) + 1)
        aliases: dict[int, tuple[int, str]] = {}
        if self._hidden:
            aliases = {start: (end, alias) for start, end, alias in self._disguise.find(text)}
        shown: list[str] = []
        places: list[int] = []
        length = at = 0
        while at < len(text):
            end, part = aliases.get(at, (at + 1, None))
            part = show_text(text[at]) if part is None else part
            places.append(length)
            length += len(part.encode("utf-16-le", "replace")) // 2
            places += [length] * (end - at - 1)
            shown.append(part)
            at = end
        return "".join(shown), [*places, length]


def _is_plain(text: str) -> bool:
    """Whether every character is shown as it is and counts as one; asked of whole texts before their passages."""
    return len(text.encode("utf-16-le", "replace")) == 2 * len(text) and show_text(text) == text


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
