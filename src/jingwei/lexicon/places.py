"""Place names in running text, and how each stands to the reporting unit.

For every suffix character (省市州盟区县旗镇乡道办村 …) the longest name of the division list ending there is looked
up; short forms of provinces, prefectures and unmistakable counties (无锡, 宁波, 垫江) by their first two characters.
About 1–2 ms for 6,000 characters once the list is loaded. No automaton of 32,000 names is built.
"""

from __future__ import annotations

from collections.abc import Sequence

from jingwei.lexicon.places_divisions import level_of
from jingwei.lexicon.places_relation import Relation, best_relation, is_superior, native_relation, same_county
from jingwei.lexicon.places_spots import Home, Spot, below, find_spots, home_of
from jingwei.model import PlaceHit, Profile, TracedText

__all__ = ["find_places", "is_superior", "native_relation", "same_county"]

# What an unlisted name is when it is written right after a place of this relation: 本县某镇 is a neighbour.
_INHERITED: dict[Relation, Relation] = {"own": "subordinate", "superior": "neighbour"}


def find_places(clean: TracedText, home: Profile, extra: Sequence[str] = ()) -> tuple[PlaceHit, ...]:
    """All place names of a text with level and relation to the reporter, in order, not overlapping.

    Args:
        clean: the text to search; hits carry raw offsets of the document it came from.
        home: the reporter, from :func:`jingwei.lexicon.identity.identify`.
        extra: names of the user's own list, bare (柳河镇) or with superiors (青溪县柳河镇).

    Returns:
        Hits with raw offsets. A place that may be one of several, or whose relation cannot be known because the
        reporter's place is not resolved, is ``ambiguous``, never ``foreign``.
    """
    base = home_of(home.place)
    hits: list[PlaceHit] = []
    before: Spot | None = None
    for spot in find_spots(clean.text, base, extra):
        settled = _settle(spot, before, base)
        before = settled
        if settled.chance and settled.relation in {"foreign", "ambiguous"}:
            continue  # 萧山等20户 is a person: nobody is to be asked about it
        start, end = clean.raw_range(settled.start, settled.end)
        code = settled.codes[0] if settled.codes else ""
        hits.append(
            PlaceHit(
                start,
                end,
                settled.name,
                settled.level or level_of(settled.name, code),
                settled.relation or "ambiguous",
                settled.codes,
            )
        )
    return tuple(hits)


def _settle(spot: Spot, before: Spot | None, home: Home) -> Spot:
    """Fix codes by the superior written right before, then the relation."""
    above = before if before is not None and before.end == spot.start else None
    codes = spot.codes
    if above is not None and below(codes, above.codes):
        codes = tuple(c for c in codes if below((c,), above.codes))
    if spot.relation is not None:
        # Another county's township of the same name is not the own one.
        namesake = spot.relation == "own" and above is not None and above.relation == "foreign"
        return spot._replace(codes=codes, relation="foreign" if namesake else spot.relation)
    if codes:
        return spot._replace(codes=codes, relation=_relation(codes, home))
    if above is not None and above.relation:
        return spot._replace(relation=_INHERITED.get(above.relation, above.relation))
    village = spot.name.endswith(("村", "社区"))
    return spot._replace(relation="subordinate" if village and home.names else "ambiguous")


def _relation(codes: tuple[str, ...], home: Home) -> Relation:
    if home.codes:
        return best_relation(codes, home.codes)
    if home.anchor:
        return best_relation(codes, (home.anchor + "0" * (9 - len(home.anchor)),))
    # An invented reporter: a county's name borne by one place only is not his; his fellow townships are unknown.
    return "foreign" if home.names and len(codes) == 1 and len(codes[0]) == 6 else "ambiguous"
