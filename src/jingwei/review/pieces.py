"""What a reading is put together from: stretches of one role with their addresses, and the codes of its characters."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jingwei.model import BlockRole, Report

BEYOND = 0xFFFF  # stands for all characters beyond the first plane
_NOT_SHOWN: frozenset[str] = frozenset({"furniture", "body"})  # of the blocks: the body is read by paragraphs


class Piece(NamedTuple):
    """A stretch of one role; ``glued`` to the one before when both stand in one paragraph of the writer."""

    start: int  # of the stretch in the document: pieces sort by it
    role: BlockRole
    level: int
    text: str
    starts: array[int]
    ends: array[int]
    glued: bool = False


def pieces_of(report: Report) -> list[Piece]:
    """Body paragraphs cut where a run-in heading stands in them, and the other lines, in the order of the text."""
    structure = report.structure
    clean = structure.clean
    starts = array("i", clean.starts.astype(np.intc).tobytes())
    ends = array("i", clean.ends.astype(np.intc).tobytes())
    raw = report.document.text
    places = array("i", np.arange(len(raw) + 1, dtype=np.intc).tobytes())
    others: list[Piece] = []
    for block in structure.blocks:
        role = block.role
        if role not in _NOT_SHOWN:
            text, own, behind = _squeezed(raw, block.start, block.end, places)
            if text and not (role == "run_in" and _holds(starts, own[-1])):
                others.append(Piece(own[0], role, block.level, text, own, behind))
    heads = [piece.start for piece in others]
    glued: set[int] = set()
    found: list[Piece] = []
    for paragraph in structure.paragraphs:
        begin = left = paragraph.clean_start
        last = paragraph.clean_end
        while left < last:
            at = bisect_right(heads, starts[left])
            right = bisect_left(starts, heads[at], left, last) if at < len(heads) else last
            text, own, behind = clean.text[left:right], starts[left:right], ends[left:right]
            found.append(Piece(starts[left], "body", 0, text, own, behind, left > begin))
            if right < last:
                glued.add(at)
            left = right
    for at in glued:
        others[at] = others[at]._replace(glued=True)
    found += others
    found.sort(key=itemgetter(0))
    return found


def _holds(places: array[int], at: int) -> bool:
    """Whether a place is one of places in order."""
    found = bisect_left(places, at)
    return found < len(places) and places[found] == at


def _squeezed(raw: str, start: int, end: int, places: array[int]) -> tuple[str, array[int], array[int]]:
    """A heading line without blanks and without the marks of markdown; ``places`` counts from 0."""
    while start < end and (raw[start] in "#*-" or raw[start].isspace()):
        start += 1
    whole = raw[start:end].rstrip()
    if len(whole.split(None, 1)) < 2:  # no blank inside
        end = start + len(whole)
        return whole, places[start:end], places[start + 1 : end + 1]
    starts = array("i", [at for at in range(start, end) if not raw[at].isspace()])
    return "".join([raw[at] for at in starts]), starts, array("i", [at + 1 for at in starts])


def codes_of_text(text: str) -> NDArray[np.uint32]:
    """The code points of a text, those beyond the first plane as one."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return np.minimum(codes, np.uint32(BEYOND))


def present_in(codes: NDArray[np.uint32]) -> str:
    """The characters that occur among some codes, each once."""
    there = np.zeros(BEYOND + 1, dtype=bool)
    there[codes] = True
    return np.flatnonzero(there).astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


@lru_cache(maxsize=64)
def among(chars: str) -> NDArray[np.bool_]:
    """For every code of the first plane whether it is one of some characters."""
    table = np.zeros(BEYOND + 1, dtype=bool)
    table[[ord(char) for char in chars]] = True
    return table
