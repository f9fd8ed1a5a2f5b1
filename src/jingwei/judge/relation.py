"""How a source stands to the report under judgement: whose text it is, and whether it may count at all."""

from __future__ import annotations

from typing import Literal

from jingwei.model import Place, Profile, SourceRef

Standing = Literal["authority", "superior", "previous", "version", "later", "peer"]

_RANK = {"省": 1, "市": 2, "县": 3, "示范区": 3, "部门": 3, "街道": 4, "镇": 4, "乡": 4}


def stand(profile: Profile, source: SourceRef, *, newest: bool) -> Standing:
    """The standing of ``source`` to the report.

    ``newest`` (score, check): the draft is the newest text, sources of any year count. In a batch (``newest``
    false) a later report is never a source; the same year and unknown years are not later. The same unit in the
    same year is a version of the report. An unknown unit equals nothing.
    """
    if source.role == "authority":
        return "authority"
    known = profile.year is not None and source.year is not None
    if profile.unit is not None and profile.unit == source.unit:
        if known and profile.year == source.year:
            return "version"
        if known and (source.year or 0) > (profile.year or 0):
            return "later"
        return "previous"
    later = known and (source.year or 0) > (profile.year or 0)
    if not later and _is_above(profile, source):
        return "superior"
    if later and not newest:
        return "later"
    return "peer"


def _is_above(profile: Profile, source: SourceRef) -> bool:
    """Whether the source was issued by a superior government of the report's own line (its county, city, province)."""
    if profile.place is None or source.where is None or source.level is None or profile.level is None:
        return False
    above, below = _RANK.get(source.level, 9), _RANK.get(profile.level, 0)
    if above >= below or source.level == "部门":
        return False
    return _covers(source.where, profile.place, above)


def _covers(above: Place, below: Place, rank: int) -> bool:
    names = {1: (above.province, below.province), 2: (above.city, below.city), 3: (above.county, below.county)}
    mine, theirs = names.get(rank, (None, None))
    mine = mine or above.name
    if mine is None or theirs is None or mine != theirs:
        return False
    same = [(above.province, below.province), (above.city, below.city)]
    return all(a is None or b is None or a == b for a, b in same)
