"""Text as phrases are compared with it: one form for marks that writers use alike, quotes and spaces gone."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from jingwei.lexicon.matcher_seeds import Codes, Grams, Slots, code_units, packed, slots_of
from jingwei.lexicon.matcher_traditional import TO_SIMPLIFIED

_DROPPED = "“”‘’\"'「」『』`´·•・ \t\u00a0\u2002\u2003\u3000*_\u200b\ufeff"
_LONG_CHARS = 200
_COMMAS = "，,、；;"
_DASHES = "—–－-―─~～"


class Folded:
    """Folded text, its code units, where each character came from, and its grams, which several matchers ask for."""

    __slots__ = ("_grams", "_slots", "codes", "text", "where")

    def __init__(self, text: str, codes: Codes, where: npt.NDArray[Any]) -> None:
        self.text = text
        self.codes = codes
        self.where = where
        self._grams: dict[int, Grams] = {}
        self._slots: dict[int, Slots] = {}

    def grams(self, size: int) -> Grams:
        """Every run of ``size`` characters as one number, see :func:`matcher_seeds.packed`."""
        if size not in self._grams:
            self._grams[size] = packed(self.codes, size)
        return self._grams[size]

    def slots(self, size: int) -> Slots:
        """Where the grams of ``size`` characters are looked up, see :func:`matcher_seeds.slots_of`."""
        if size not in self._slots:
            self._slots[size] = slots_of(self.grams(size))
        return self._slots[size]


@cache
def _fold_table() -> dict[int, str]:
    table = {0xFF01 + i: chr(0x21 + i) for i in range(94)}
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFA6E)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain <= "\uffff":  # what folds beyond 16 bits is in no phrase
            table[code] = plain
    table.update(TO_SIMPLIFIED)
    table.update(dict.fromkeys(map(ord, _COMMAS), "、"))
    table.update(dict.fromkeys(map(ord, _DASHES), "-"))
    table.update(dict.fromkeys(map(ord, _DROPPED), "\0"))
    table.update({ord(c): "[" for c in "〔［【﹝"} | {ord(c): "]" for c in "〕］】﹞"})
    table.update({ord(c): "《" for c in "〈＜<"} | {ord(c): "》" for c in "〉＞>"})
    return table


@cache
def _fold_array() -> Codes:
    table = np.arange(0x10000, dtype=np.uint16)
    for point, char in _fold_table().items():
        table[point] = ord(char)
    return table


def fold(text: str) -> tuple[str, list[int]]:
    """Text as it is compared, with the index in ``text`` of each of its characters.

    Full-width forms become ASCII, all commas and list marks one mark, all dashes one, quotes and spaces vanish:
    writers differ in these without differing in wording. Newlines stay, so nothing matches across paragraphs.
    """
    if len(text) > _LONG_CHARS:
        whole = _fold_long(text)
        return whole.text, whole.where.tolist()
    marked = text.translate(_fold_table())
    if "\0" not in marked:
        return marked, list(range(len(marked)))
    kept = [i for i, char in enumerate(marked) if char != "\0"]
    return marked.replace("\0", ""), kept


def folded(text: str) -> Folded:
    """The same for the matchers."""
    if len(text) > _LONG_CHARS:
        return _fold_long(text)
    short, where = fold(text)
    return Folded(short, code_units(short), np.array(where, dtype=np.intp))


def _fold_long(text: str) -> Folded:
    """By one look-up in an array: str.translate asks for every character."""
    units = text.encode("utf-16-le", "surrogatepass")
    table = _fold_array()
    if len(units) == 2 * len(text):
        codes = table[np.frombuffer(units, dtype="<u2")]
        where = np.flatnonzero(codes)
        if len(where) < len(codes):
            codes = codes[where]
        return Folded(codes.astype("<u2").tobytes().decode("utf-16-le", "surrogatepass"), codes, where)
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    wide = np.where(points < len(table), table[np.minimum(points, len(table) - 1)], points)
    where = np.flatnonzero(wide)
    wide = wide[where]
    plain = wide.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
    return Folded(plain, np.minimum(wide, 0xFFFF).astype(np.uint16), where)
