"""Who wrote a report, of which year: the elements of an official document (公文要素) and the unit behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from jingwei.lexicon.identity_head import Head, read_head
from jingwei.lexicon.identity_names import NOBODY, ZONE, UnitName, read_unit_name
from jingwei.lexicon.identity_place import merge, most_named, resolve
from jingwei.lexicon.identity_units import read_units_csv
from jingwei.lexicon.identity_year import date_of_writing, year_reported
from jingwei.lexicon.places_divisions import codes_of, level_of
from jingwei.lexicon.places_relation import is_zone
from jingwei.model import Document, Place, Profile, Structure
from jingwei.text.lazy import lazy

__all__ = ["identify", "read_units_csv", "title_phrase", "unit_key"]

_YEARS = lazy(
    r"(?:(?:19|20)\d{2}|[一二][一二三四五六七八九〇○Ｏ零]{3})(?:年(?:度|上半年|下半年)?)?(?:[—\-－–至~]+(?:19|20)?\d{2,4}年?度?)?"
)
_GENRE = lazy(
    r"政府工作报告|法治政府|法治建设|法治工作|法治[一-龥]{1,3}建设|依法行政|全面依法(?!治.委)|依法治(?!.委|.办)|政务公开|政府信息|信息公开|工作报告|工作总结|工作情况|年度工作|年度报告|"
    r"年报|年度|自查|总结|情况|述职|述法|贯彻|落实|推进|开展|普法|督察(?![局办室])|"
    r"建设(?!(?:和|与|管理|交通|委员|工程|水务|环境)*[局厅委]|[路街兵]|新村|管理)|报告"
)
_FORWARDED = lazy(r"(?:印发|转发|报送)《(.{4,60})》")
_LETTERHEAD = lazy(r"^([一-龥]{2,30}?(?:人民政府|办事处|委员会|管委会|局|委|厅|办公室))(?:文件|（?.{0,4}）?)?$")
_NUMBER = lazy(r"[一-龥]{2,12}[〔\[［(（【](?:19|20)\d{2}[〕\]］)）】]第?\d{1,4}号")
_SIGNER = lazy(r"签发人[:：]?([一-龥·]{2,10})")
_SOURCE = lazy(r"(?:来源|信息来源|发布机构|发布单位|发文机关|作者|单位)[:：]([一-龥]{3,30})")
_ASSEMBLY = lazy(r"(?:日在?|在)(?:中共|中国共产党)?([一-龥]{2,14}?)第?[一二三四五六七八九十]{1,3}届人(?:民代表大会|大)")
_SPEAKS_FOR = lazy(r"代表([一-龥]{2,14}?)(?:人民)?政府")
_OFFICIAL = lazy(r"^([一-龥]{2,14}?)(?:人民)?(?:政府)?(?:代)?(?:省长|市长|州长|盟长|县长|区长|主席|专员)")
_PARTY = lazy(r"中共([一-龥]{2,12}?[省市州县区盟旗])(?:委|第)")
_OPENING_UNIT = lazy(
    r"(?:^|[，,。：:]|年度?)(?:现?将)?([一-龥]{2,16}?(?:镇|乡|街道|苏木|县|区|市|旗|局|办事处|管委会|委员会))(?=在|坚持|深入|认真|以|按照|全面|紧紧|严格|党委|党政|党工委|人民政府|办事处|"
    r"高度|积极|切实|始终|坚决|扎实|20|19|法治|依法|持续|不断|立足|根据|围绕|司法所)"
)
_ADDRESSED = lazy(r"(?:^|[、，,]|中共)([一-龥]{2,12}?[省市州县区旗])(?:委|人民政府|政府|司法局)")
_SUPERIOR = lazy(r"(?:在|中共|[，、。《〈])([一-龥]{2,9}?[市州县区旗])(?:委|人民政府|政府|司法局|人大)")


# What is done to a superior's decisions is no part of its name: 认真落实县委部署.
_DOING = lazy(
    r"落实|贯彻|按照|根据|认真|严格|坚决|服从|执行|接受|围绕|传达|学习|上报|争取|配合|对照|聚焦|紧扣|遵照|汇报|请示|主动"
)


def identify(
    document: Document,
    structure: Structure,
    *,
    unit: str | None = None,
    year: int | None = None,
    extra: Sequence[str] = (),
) -> Profile:
    """Recognise title, place, organ, level, year, date, issuer, 文号, 签发人 and addressee.

    Evidence in falling order: title, letterhead (红头), signature, the phrases of a 政府工作报告, the opening sentence,
    the addressee (for superiors only), the page's source line, the file name. What no evidence supports stays null.

    Args:
        document: the report; ``hints`` of its container count, its path counts least.
        structure: its blocks with roles.
        unit: name given by the user (``--unit``, units.csv), which overrules all evidence of place and organ.
        year: year given by the user, which overrules all evidence of the year.
        extra: the user's own places with their superiors (青溪县柳河镇).

    Returns:
        The profile; ``unit`` is null where the place is not resolved or ambiguous, so that it equals nothing.
    """
    head = read_head(document, structure)
    stem = PurePosixPath(document.path.replace("\\", "/")).stem
    stated = read_unit_name(unit) if unit else NOBODY
    names = [stated] if unit and stated.depth >= 0 else [*_evidence(head, document)]
    found = merge(names)
    if found is None or found.depth == 3:
        found = _with_file_name(found, _listed_only(read_unit_name(title_phrase(re.sub(r"[\s_]", "", stem)))))
    if found is None and head.is_work_report:
        found = most_named(head.opening[:300], document.text)
    if found is not None:
        found = merge([found, *_superiors(head, document.text, found), *map(read_unit_name, extra)])
    place = resolve(found, document.text) if found else None
    organ = stated.organ if unit else _organ_of(names, found)
    if place is None and organ and organ.endswith("管理委员会") and len(organ) > 7:
        place, organ = _zone(organ.removesuffix("管理委员会"), head), "管理委员会"
    if organ is None and place is not None:
        organ = _usual_organ(place)
    date = date_of_writing(head, document.hints.get("date", ""))
    return Profile(
        title=head.title or None,
        place=place,
        organ=organ,
        unit=unit.strip() if unit and stated.depth < 0 else unit_key(place, organ),
        level=_level(place, organ),
        year=year or year_reported(head, date, stem, document.text),
        date=date,
        issuer=_issuer(head, place, organ) or document.hints.get("source") or None,
        number=next((m[0] for line in head.above if (m := _NUMBER.search(line))), None),
        signer=next((m[1] for line in head.above if (m := _SIGNER.search(line))), None),
        addressee=_addressee(head),
    )


def unit_key(place: Place | None, organ: str | None) -> str | None:
    """Place and organ as one string, equal for the reports of one unit; null when either is not certain."""
    if place is None or organ is None or place.candidates:
        return None
    chain = "".join(filter(None, (place.province, place.city, place.county, place.town)))
    return _named(place.name if is_zone(place) else chain, organ)


def _zone(name: str, head: Head) -> Place:
    above = next((n for m in _ADDRESSED.finditer(head.salutation) if (n := read_unit_name(m[1])).depth >= 0), NOBODY)
    return Place(name, *above.chain[:3])


def _named(place: str, organ: str) -> str:
    """松岗街道 + 街道办事处 → 松岗街道办事处."""
    return place.removesuffix("街道") + organ if organ.startswith("街道") else place + organ


def title_phrase(title: str) -> str:
    """The part of a title that names the unit: 关于垫江县杠家镇2023年法治政府建设情况的报告 → 垫江县杠家镇."""
    if forwarded := _FORWARDED.search(title):
        title = forwarded[1]
    head, about, tail = title.partition("关于")
    head = _strip_years(head)
    if about and head:
        return head
    phrase = _strip_years(tail) if about else head
    match = _GENRE.search(phrase)
    return _strip_years(phrase[: match.start()] if match else phrase)


def _strip_years(text: str) -> str:
    return _YEARS.sub("", text).strip('—-－·：:，,（）() #*“”"')


def _evidence(head: Head, document: Document) -> Iterator[UnitName]:
    """Names by falling trust, the title's first. Names without a place are kept: they may carry the organ."""
    yield read_unit_name(title_phrase(head.title))
    for line in head.above:
        if match := _LETTERHEAD.match(line):
            yield read_unit_name(match[1])
    for line in head.below:
        yield read_unit_name(_strip_years(line))
    if head.is_work_report:
        yield _from_speech(head, document.text)
    elif match := _OPENING_UNIT.search(head.opening, 0, 160):
        yield read_unit_name(match[1])
    if hint := document.hints.get("title", ""):
        yield read_unit_name(title_phrase(re.sub(r"\s", "", hint)))._replace(organ=None)
    for line in (*head.above, "来源：" + document.hints.get("source", "")):
        if match := _SOURCE.search(line):
            yield read_unit_name(match[1])._replace(organ=None)


def _with_file_name(found: UnitName | None, named: UnitName) -> UnitName | None:
    """A file name stands in where the text names nobody; else it may only add a superior that fits."""
    if found is None:
        return named if named.depth >= 0 else None
    if named.codes and any(c.startswith(named.codes) for c in found.codes):
        return merge([found, named])
    return found


def _from_speech(head: Head, text: str) -> UnitName:
    """A report to the people's congress: the assembly, whom the speaker speaks for, his post, the party committee."""
    lines = ("".join(head.above), *head.above, head.title, head.opening[:300])
    assemblies = [match[1] for line in lines if (match := _ASSEMBLY.search(line))]
    for pattern in (_ASSEMBLY, _SPEAKS_FOR, _OFFICIAL, _PARTY):
        for line in lines:
            if (match := pattern.search(line)) and (name := _listed_only(read_unit_name(match[1]))).depth >= 0:
                return name._replace(organ="人民政府")
    if (match := _PARTY.search(text, 0, 6000)) and (name := _listed_only(read_unit_name(match[1]))).depth >= 0:
        return name._replace(organ="人民政府")
    # An assembly is that of a county or city, listed or not.
    whole = next((name for phrase in assemblies if (name := _whole(phrase)).depth >= 1), NOBODY)
    return whole._replace(organ="人民政府")


def _listed_only(name: UnitName) -> UnitName:
    """Weak evidence counts only for places the division list has."""
    return name if name.codes or name.depth == 3 else NOBODY


def _superiors(head: Head, text: str, unit: UnitName | None) -> Iterator[UnitName]:
    """Counties above a township that wrote none: addressee and 在某县委领导下 are believed, elsewhere only what fits.

    A township's name may be borne by several; a county named somewhere in the text may be anybody, so it counts only
    when one of the candidates lies in it.
    """
    if unit is None or unit.depth < 3 or unit.chain[2]:
        return
    for match in _ADDRESSED.finditer(head.salutation):
        name = read_unit_name(match[1])
        yield name
        if name.depth >= 2:
            return
    for match in _SUPERIOR.finditer(head.opening, 0, 300):
        if _DOING.search(match[1]) is None:
            yield _whole(match[1])
    candidates = codes_of(unit.chain[3] or "")
    for phrase in dict.fromkeys(m[1] for m in _SUPERIOR.finditer(text, 0, 20_000)) if candidates else ():
        name = _whole(phrase)
        if name.codes and any(c.startswith(name.codes) for c in candidates):
            yield name


def _whole(phrase: str) -> UnitName:
    """The name, if nothing of the phrase is left over (在全县和青溪县 is no name)."""
    name = read_unit_name(phrase)
    return name if name.depth >= 1 and "".join(filter(None, name.chain)) == phrase else NOBODY


def _organ_of(names: list[UnitName], found: UnitName | None) -> str | None:
    """The title's organ; else, where the title names no place, the first organ written with the unit's own place."""
    if not names or names[0].organ or names[0].depth >= 0:
        return names[0].organ if names else None
    deepest = found.chain[found.depth] if found else None
    own = (name.organ for name in names if name.organ and (name.depth < 0 or name.chain[name.depth] == deepest))
    return next(own, None)


def _usual_organ(place: Place) -> str:
    name = place.town or place.county or place.city or place.province or place.name
    if name.endswith("街道"):
        return "街道办事处"
    return "管理委员会" if ZONE.search(name) else "人民政府"


def _level(place: Place | None, organ: str | None) -> str | None:
    if organ and organ.endswith("管理委员会"):
        return "示范区"
    if organ and organ not in {"人民政府", "街道办事处"}:
        return "部门"
    if place is None:
        return None
    if is_zone(place):
        return "示范区"
    code = place.code or (place.candidates[0] if place.candidates else "")
    if place.town:
        return level_of(place.town, code)
    return "县" if place.county else "市" if place.city else "省"


def _issuer(head: Head, place: Place | None, organ: str | None) -> str | None:
    for line in head.below:
        if read_unit_name(line) != NOBODY:
            return line
    for line in head.above:
        if match := _LETTERHEAD.match(line):
            return match[1]
    return _named(place.name, organ) if place and organ else None


def _addressee(head: Head) -> str | None:
    name = head.salutation.rstrip("：:")
    return name if name and not name.startswith(("各位", "同志们")) else None
