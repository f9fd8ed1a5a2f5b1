"""How a source stands to the report under judgement: whose text it is, and whether it may count at all."""

from __future__ import annotations

from typing import Literal

from jingwei.lexicon.places_relation import is_same_place, is_superior
from jingwei.lexicon.successors import goes_on_from
from jingwei.model import Place, Profile, SourceRef

Standing = Literal["authority", "superior", "subordinate", "previous", "version", "later", "peer"]

# A department or a zone is nobody's superior government, and has one: that of its own place.
_ORGANS = frozenset({"部门", "示范区"})
_RANK = {"省": 1, "市": 2, "县": 3, "部门": 4, "示范区": 4, "街道": 4, "镇": 4, "乡": 4}


def stand(profile: Profile, source: SourceRef, *, newest: bool) -> Standing:
    """The standing of ``source`` to the report.

    ``newest`` (score, check): the draft is the newest text, sources of any year count. In a batch (``newest``
    false) a later report is never a source; the same year and unknown years are not later. The same unit in the
    same year is a version of the report; an earlier report of the body or township that became this unit is its own.
    An unknown unit equals nothing. A superior's text of the same or an earlier
    year is prescribed wording; a subordinate's of the same or a later year repeats ours, it is no source.
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
    if not later and _is_above(source.where, source.level, profile.place, profile.level):
        return "superior"
    earlier = known and (source.year or 0) < (profile.year or 0)
    if earlier and _became(source, profile):
        return "previous"
    if not earlier and _is_above(profile.place, profile.level, source.where, source.level):
        return "subordinate"
    return "later" if later and not newest else "peer"


def _became(source: SourceRef, profile: Profile) -> bool:
    """Whether the unit is what the source's unit became; two places that are both listed today are two."""
    if profile.unit is None or source.unit is None or not goes_on_from(profile.unit, source.unit):
        return False
    codes = {place.code for place in (profile.place, source.where) if place is not None}
    return None in codes or len(codes) == 1


def _is_above(above: Place | None, above_level: str | None, below: Place | None, below_level: str | None) -> bool:
    """Whether one is the government of the county, city or province that the other lies in, or is an organ of."""
    if above is None or below is None or above_level not in _RANK or below_level not in _RANK:
        return False
    if _RANK[above_level] >= _RANK[below_level]:
        return False
    return is_superior(above, below) or (below_level in _ORGANS and is_same_place(above, below))
