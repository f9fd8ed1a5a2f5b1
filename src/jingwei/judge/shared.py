"""The shared characters of a report: all passages with all sources, in one array.

A report of a batch has forty passages with four hundred runs; one by one each costs a dozen calls on a few characters.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from jingwei.judge.ranges import Positions, counts_before, positions_in
from jingwei.model import BoolArray, IntArray, Passage, SourceMatch


class Shared(Struct, frozen=True):
    """The passages of all matches in their order, with the raw positions of their equal body characters.

    Those of passage n are ``positions[cuts[n]:cuts[n + 1]]``, ascending; ``match_of[n]`` is the number of its match.
    """

    passages: list[Passage]
    match_of: list[int]
    positions: IntArray
    cuts: Positions


def shared_positions(matches: Sequence[SourceMatch], body: BoolArray) -> Shared:
    """The equal body characters of the left side of every passage of every match."""
    passages = [passage for match in matches for passage in match.passages]
    match_of = [number for number, match in enumerate(matches) for _ in match.passages]
    runs = [run for passage in passages for run in passage.runs]
    starts = np.array([run.left_start for run in runs], dtype=np.intp)
    sizes = np.array([run.left_end for run in runs], dtype=np.intp) - starts
    positions = positions_in(starts, sizes)
    inside = body[positions]
    ends = np.concatenate((_NONE, np.cumsum(sizes)))  # of the runs
    last = np.cumsum([0, *[len(passage.runs) for passage in passages]])  # run of each passage
    return Shared(passages, match_of, positions[inside].astype(np.int32), counts_before(inside)[ends[last]])


_NONE = np.zeros(1, dtype=np.intp)
