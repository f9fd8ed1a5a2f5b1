"""Reports with the very same content: copies of one file, or one text that several units handed in.

Whose they are decides. The same unit twice, not of two different years, is one report saved twice: a duplicate, no
evidence. In a batch any two others are evidence like reports that differ in one character; an unknown unit equals
nothing. A draft is more than likely the very report that stands in the library, so there the same content is the draft
itself unless two known units, or two known years of one unit, say otherwise: then somebody handed in a report that
another unit wrote, or last year's once more, and nothing in it is its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from jingwei.fingerprint.folded import LongArray
from jingwei.fingerprint.winnow import HashArray
from jingwei.model import Entry

_NEIGHBOURS = 3  # of a text that many handed in each is paired with so many before and after it in time
_ALL_PAIRED = 24  # units and years that hand in one text: up to so many, each is paired with each


def is_one_report(one: Entry, other: Entry) -> bool:
    """Whether two entries of the same content are one report: the same known unit, and not two different years."""
    dated = one.year is not None and other.year is not None
    return one.unit is not None and one.unit == other.unit and not (dated and one.year != other.year)


def is_draft_itself(draft: Entry, stored: Entry) -> bool:
    """Whether a report of a library with the content of the draft is the draft, which is not compared with itself."""
    if draft.path == stored.path or draft.unit is None or stored.unit is None:
        return True
    return is_one_report(draft, stored)


def pairs_of_one_content(
    entries: tuple[Entry, ...], content: HashArray, rank: LongArray
) -> tuple[LongArray, LongArray]:
    """Pairs of the same content that are not one report, the left one first by ``rank``.

    Reports of one unit and year stand for each other: one of them is paired with all of another unit, so that the
    pairs grow no faster than the reports, be it ten thousand copies of one form.
    """
    order = np.lexsort((rank, content))
    begins = np.flatnonzero(np.diff(content[order], prepend=~content[order[:1]]) != 0)
    sizes = np.diff(begins, append=len(order))
    chosen: list[tuple[int, int]] = []
    for begin, size in zip(begins[sizes > 1].tolist(), sizes[sizes > 1].tolist(), strict=True):
        chosen += _pairs(entries, order[begin : begin + size].tolist())
    lefts, rights = np.array(chosen, dtype=np.int64).reshape(-1, 2).T
    turned = rank[lefts] > rank[rights]
    return np.where(turned, rights, lefts), np.where(turned, lefts, rights)


def _pairs(entries: tuple[Entry, ...], group: list[int]) -> Iterator[tuple[int, int]]:
    reports: dict[tuple[str | int, int | None], list[int]] = defaultdict(list)
    for number in group:
        entry = entries[number]
        reports[number if entry.unit is None else entry.unit, entry.year].append(number)
    each = list(reports.values())
    reach = len(each) if len(each) <= _ALL_PAIRED else _NEIGHBOURS
    for at, mine in enumerate(each):
        for theirs in each[at + 1 : at + 1 + reach]:
            if not is_one_report(entries[mine[0]], entries[theirs[0]]):
                yield from ((mine[0], number) for number in theirs)
                yield from ((number, theirs[0]) for number in mine[1:])
