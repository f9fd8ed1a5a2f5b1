"""From the names a report gives itself to one place of the division list, or to an honest null."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from msgspec.structs import replace

from jingwei.lexicon.identity_names import UnitName
from jingwei.lexicon.places_divisions import EARLIER, parents, towns, upper
from jingwei.model import Place

Chain = tuple[str | None, str | None, str | None, str | None]
_LENGTH = (2, 4, 6, 9)


def merge(names: Iterable[UnitName]) -> UnitName | None:
    """The first name is the unit; later ones only add superiors it did not write (鹿寨县 above 平山镇)."""
    unit: UnitName | None = None
    for name in names:
        if name.depth < 0:
            continue
        if unit is None:
            unit = name
            continue
        deepest = unit.chain[unit.depth]
        if name.depth == unit.depth and name.chain[name.depth] != deepest:
            continue
        if name.depth > unit.depth:
            continue
        known = [i for i in range(4) if unit.chain[i] and name.chain[i]]
        if any(unit.chain[i] != name.chain[i] for i in known):
            continue
        filled = tuple(unit.chain[i] or (name.chain[i] if i < unit.depth else None) for i in range(4))
        unit = unit._replace(chain=filled)  # type: ignore[arg-type]
    return unit


def most_named(opening: str, text: str) -> UnitName | None:
    """The place a report to the assembly speaks of, where it only says 全市: the one it names far more than others.

    The level is what the speaker says he speaks for (代表省人民政府). At least five mentions and three times as many
    as the second, else nothing.
    """
    spoken = re.search(r"代表(?:本届)?(省|自治区|市|自治州|州|盟|县|区)(?:人民)?政府", opening)
    if spoken is None:
        return None
    lengths = {"省": (2,), "自治区": (2,), "市": (4, 2), "自治州": (4,), "州": (4,), "盟": (4,)}.get(spoken[1], (6,))
    counts: Counter[str] = Counter()
    for short, codes in upper().shorts.items():
        if len(codes) == 1 and len(codes[0]) in lengths and upper().names[codes[0]].endswith(spoken[1][-1]):
            counts[codes[0]] = text.count(short, 0, 10_000)
    (code, most), (_, second) = (*counts.most_common(2), ("", 0), ("", 0))[:2]
    if most < 5 or most < 3 * second:
        return None
    names: list[str | None] = [None, None, None, None]
    depth = _LENGTH.index(len(code))
    names[depth] = upper().names[code]
    return UnitName((names[0], names[1], names[2], names[3]), (code,), None, depth)


def resolve(unit: UnitName, text: str) -> Place:
    """Find the unit's code.

    Among several places of the name the one counts whose written superiors fit; then the one whose county, prefecture
    or province the report names in full; else all stay ``candidates``. Where the written superior is not in the list,
    or has no such place below it, the place is taken by its names and has no code.
    """
    depth = unit.depth
    name = unit.chain[depth] or ""
    codes = tuple(c for c in _codes(name, depth) if _fits(c, unit.chain, depth))
    if len(codes) > 1:
        codes = _named_in(text, codes, depth)
    if len(codes) == 1:
        place = _listed(codes[0], name if depth == 3 else None)
        return replace(place, name=name) if name in EARLIER else place
    if codes:
        shared = _shared(codes, depth)
        province, city, county, town = (own or common for own, common in zip(unit.chain, shared, strict=True))
        return Place(name, province, city, county, town, None, codes)
    return _invented(unit, text)


def _codes(name: str, depth: int) -> tuple[str, ...]:
    if depth == 3:
        listed = towns().get(name)
        return tuple(listed.split(",")) if listed else ()
    codes = upper().codes.get(name, ())
    return tuple(c for c in codes if len(c) == _LENGTH[depth]) or codes


def _fits(code: str, chain: Chain, depth: int) -> bool:
    """Whether every superior that is written is really one of the code's."""
    for i in range(depth):
        written = chain[i]
        if written and not any(code.startswith(c) for c in upper().codes.get(written, ())):
            return False
    return True


def _named_in(text: str, codes: tuple[str, ...], depth: int) -> tuple[str, ...]:
    """Those candidates whose superiors the text names in full, the nearest superior weighing most."""
    weights: dict[str, int] = {}
    for code in codes:
        province, city, county = parents(code)
        near = county if depth == 3 else city
        above = (near, city if depth == 3 else province, province)
        weights[code] = sum(w * bool(n and n in text) for n, w in zip(above, (4, 2, 1), strict=True))
    best = max(weights.values())
    return tuple(c for c in codes if weights[c] == best) if best else codes


def _shared(codes: tuple[str, ...], depth: int) -> Chain:
    """Superiors that all candidates have in common."""
    chains = {parents(c) for c in codes}
    common = [names.pop() if len(names) == 1 else None for names in ({c[i] for c in chains} for i in range(3))]
    return (
        common[0] if depth > 0 else None,
        common[1] if depth > 1 else None,
        common[2] if depth > 2 else None,
        None,
    )


def _listed(code: str, town: str | None) -> Place:
    province, city, county = parents(code)
    if len(code) == 9:
        name = (county or city or "") + (town or "")
        return Place(name, province, city, county, town, code)
    return Place(county or city or province or "", province, city, county, None, code)


def _invented(unit: UnitName, text: str) -> Place:
    province, city, county, town = unit.chain
    if county and town:  # a listed county still gives prefecture and province
        found = tuple(c for c in _codes(county, 2) if _fits(c, unit.chain, 2))
        found = _named_in(text, found, 2) if len(found) > 1 else found
        if len(found) == 1:
            province, city, county = parents(found[0])
    name = (county or city or "") + town if town else county or city or province or ""
    return Place(re.sub(r"\s", "", name), province, city, county, town)
