"""What a reading is put together from: stretches of one role with their addresses, and the codes of its characters."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from functools import lru_cache

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from jingwei.model import BlockRole, Report

BEYOND = 0xFFFF  # stands for all characters beyond the first plane
_NOT_SHOWN: frozenset[str] = frozenset({"furniture"})


class Piece(Struct, frozen=True):
    """A stretch of one role; ``glued`` to the one before when both stand in one paragraph of the writer."""

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
    others: list[Piece] = []
    for block in structure.blocks:
        if block.role not in _NOT_SHOWN and block.role != "body":
            piece = Piece(block.role, block.level, *_squeezed(raw, block.start, block.end))
            if piece.text and not (block.role == "run_in" and _holds(starts, piece.starts[-1])):
                others.append(piece)
    heads = [piece.starts[0] for piece in others]
    glued: set[int] = set()
    found: list[Piece] = []
    for paragraph in structure.paragraphs:
        left, last = paragraph.clean_start, paragraph.clean_end
        while left < last:
            at = bisect_right(heads, starts[left])
            right = bisect_left(starts, heads[at], left, last) if at < len(heads) else last
            inside = left > paragraph.clean_start
            found.append(Piece("body", 0, clean.text[left:right], starts[left:right], ends[left:right], inside))
            if right < last:
                glued.add(at)
            left = right
    found += [replace(piece, glued=True) if at in glued else piece for at, piece in enumerate(others)]
    return sorted(found, key=lambda piece: piece.starts[0])


def _holds(places: array[int], at: int) -> bool:
    """Whether a place is one of places in order."""
    found = bisect_left(places, at)
    return found < len(places) and places[found] == at


def _squeezed(raw: str, start: int, end: int) -> tuple[str, array[int], array[int]]:
    """A heading line without blanks and without the marks of markdown."""
    while start < end and (raw[start] in "#*-" or raw[start].isspace()):
        start += 1
    whole = raw[start:end].rstrip()
    if len(whole.split(None, 1)) < 2:  # no blank inside
        end = start + len(whole)
        return whole, array("i", range(start, end)), array("i", range(start + 1, end + 1))
    chars: list[str] = []
    starts, ends = array("i"), array("i")
    for at in range(start, end):
        char = raw[at]
        if char.isspace():
            continue
        chars.append(char)
        starts.append(at)
        ends.append(at + 1)
    return "".join(chars), starts, ends


def codes_of_text(text: str) -> NDArray[np.uint32]:
    """The code points of a text, those beyond the first plane as one."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return np.minimum(codes, np.uint32(BEYOND))


def present_in(codes: NDArray[np.uint32]) -> frozenset[str]:
    """The characters that occur among some codes."""
    there = np.zeros(BEYOND + 1, dtype=bool)
    there[codes] = True
    return frozenset(map(chr, np.flatnonzero(there).tolist()))


@lru_cache(maxsize=64)
def among(chars: str) -> NDArray[np.bool_]:
    """For every code of the first plane whether it is one of some characters."""
    table = np.zeros(BEYOND + 1, dtype=bool)
    table[[ord(char) for char in chars]] = True
    return table
