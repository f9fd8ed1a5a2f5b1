"""Reading a unit's name: 垫江县杠家镇人民政府 → 垫江县, 杠家镇, 人民政府. Listed places first, then by pattern."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from jingwei.lexicon.places_divisions import towns, upper
from jingwei.text.lazy import lazy

_DEPTH = {2: 0, 4: 1, 6: 2, 9: 3}
_UNLISTED = lazy(r"([一-龥]{1,8}?(?:自治[州县旗]|街道|苏木|[省市县区旗镇乡]))(?![一-龥]?江|级|委?员?长)")
_UNLISTED_DEPTH = {"省": 0, "州": 1, "市": 2, "县": 2, "区": 2, "旗": 2, "镇": 3, "乡": 3, "道": 3, "木": 3}
_NO_NAME = lazy(
    r"^自治[区州县旗]$|^(?:[全本我各该市县省区镇乡街在向为对的了是和与及两几多并\d]|[经由报从给被把使让](?=[县市区省]$))|[和与]城乡$|城镇|乡镇|城市|社区$|地区$|辖区|园区|开发区|示范区|新区$|高新区$"
)
_PREFIX = lazy(r"^(?:中共|中国共产党|国家税务总局(?=.))")
_ORGAN = lazy(
    r"(?P<gov>人民政府|政府)|(?P<office>街道办事处|办事处|街道办|(?<=街道)办|党工委|工委)|(?P<party>委员会|党委|委(?!员|依|全面|法|政|宣|组|统|办|党|网|编|社|老|农|军))"
    r"|(?P<zone>[一-龥]{0,14}?(?:管理委员会|管委会))|(?P<department>(?:委)?[一-龥]{1,18}?(?:局|委员会|委|办公室|厅|中心|总站|站|所|大队|支队|总队|法院|检察院"
    r"|公司|学校|医院|学院|研究院|馆|室|队|中学|小学|协会|联合会|总工会|工会|妇联|团委|办))(?=$|[、和及与关]|[（(])"
)
ZONE = lazy(
    r"(?:示范区|开发区|高新区|度假区|管理区|实验区|试验区|合作区|产业园区|工业园区|园区|新区|保税区|景区|农场|林场|牧场)$"
)
_EVERYDAY_ORGANS = dict(
    pair.split("=")
    for pair in """
    卫健委=卫生健康委员会 卫健局=卫生健康局 卫生健康委=卫生健康委员会
    发改委=发展和改革委员会 发展改革委=发展和改革委员会 发展和改革委=发展和改革委员会
    发改局=发展和改革局 发展改革局=发展和改革局 人社局=人力资源和社会保障局
    市监局=市场监督管理局 市场监管局=市场监督管理局 住建局=住房和城乡建设局
    住建委=住房和城乡建设委员会 城管局=城市管理局 应急局=应急管理局
    交通局=交通运输局 医保局=医疗保障局 退役军人局=退役军人事务局
    民宗局=民族宗教事务局 文旅局=文化和旅游局 文广旅局=文化广电和旅游局
    农业局=农业农村局 教体局=教育体育局 自规局=自然资源和规划局
    生态环境分局=生态环境局 工信局=工业和信息化局 审批局=行政审批局
    法制办=法制办公室 信访办=信访办公室
    """.split()  # noqa: SIM905 - pairs read better than a column of strings
)


class UnitName(NamedTuple):
    """Places from the province down (null where not written), the codes of the deepest one, and the organ written.

    ``depth`` is the deepest place: 0 province … 3 township, −1 none.
    """

    chain: tuple[str | None, str | None, str | None, str | None]
    codes: tuple[str, ...]
    organ: str | None
    depth: int = -1


NOBODY = UnitName((None, None, None, None), (), None)


@lru_cache(maxsize=4096)
def read_unit_name(phrase: str) -> UnitName:
    """Read places from the left, each below the one before, then the organ.

    A name the division list does not have below its superior is taken by its form (invented, merged or renamed
    places) and has no code.
    """
    phrase = _PREFIX.sub("", phrase)
    chain: list[str | None] = [None, None, None, None]
    codes: tuple[str, ...] = ()
    at, depth = 0, -1
    while at < len(phrase):
        step = _listed(phrase, at, depth, codes) or _by_form(phrase, at, depth, bool(codes) or depth < 0)
        if step is None:
            break
        name, codes, depth, at = step
        chain[depth] = name
    organ = _organ(phrase[at:], phrase[:at])
    if chain[3] is None and chain[2] and chain[1] is None and not codes and chain[2].endswith("市") and organ is None:
        chain, depth = [chain[0], chain[2], None, None], 1  # an invented city that stands alone
    return UnitName((chain[0], chain[1], chain[2], chain[3]), codes, organ, depth)


def _listed(phrase: str, at: int, depth: int, above: tuple[str, ...]) -> tuple[str, tuple[str, ...], int, int] | None:
    upper_codes = upper().codes
    for length in range(min(16, len(phrase) - at), 1, -1):
        name = phrase[at : at + length]
        codes = upper_codes.get(name, ())
        if not codes and depth < 3 and length > 2 and name[-1] in "镇乡道木处区场":
            listed = towns().get(name)
            codes = tuple(listed.split(",")) if listed else ()
        codes = tuple(c for c in codes if _DEPTH[len(c)] > depth and (not above or c.startswith(above)))
        if codes:
            depth_here = min(_DEPTH[len(c)] for c in codes)
            codes = tuple(c for c in codes if _DEPTH[len(c)] == depth_here)
            if depth >= 0 and not above and depth_here == 3:
                continue  # below an invented superior nothing is taken from the list
            return name, codes, depth_here, at + length
    return _short(phrase, at, depth, above)


def _short(phrase: str, at: int, depth: int, above: tuple[str, ...]) -> tuple[str, tuple[str, ...], int, int] | None:
    """重庆垫江…, 新疆自治区: a short form counts when its own kind, a name, an organ or nothing follows it."""
    for length in range(min(5, len(phrase) - at), 1, -1):
        codes = upper().shorts.get(phrase[at : at + length], ())
        codes = tuple(c for c in codes if _DEPTH[len(c)] > depth and (not above or c.startswith(above)))
        if not codes:
            continue
        codes = tuple(c for c in codes if len(c) == min(map(len, codes)))
        rest = phrase[at + length :]
        name = upper().names[codes[0]]
        kind = name[-3:]
        if kind.startswith("自治") and rest.startswith(kind):
            return name, codes, _DEPTH[len(codes[0])], at + length + len(kind)
        if not rest or rest.startswith(("人民政府", "政府")) or _below(rest, codes):
            return name, codes, _DEPTH[len(codes[0])], at + length
    return None


def _below(rest: str, above: tuple[str, ...]) -> bool:
    for length in range(min(8, len(rest)), 1, -1):
        codes = upper().codes.get(rest[:length]) or (towns().get(rest[:length]) or "").split(",")
        if any(c.startswith(above) and c not in above for c in codes if c):
            return True
        if any(c.startswith(above) and c not in above for c in upper().shorts.get(rest[:length], ())):
            return True
    return False


def _by_form(phrase: str, at: int, depth: int, first: bool) -> tuple[str, tuple[str, ...], int, int] | None:
    match = _UNLISTED.match(phrase, at)
    if match is None:
        return None
    name = match[1]
    if len(name) == 2 and name[-1] in "县市区乡镇":  # 忠县 is listed; 县镇, 本乡 are no names
        wider = re.compile(r"[一-龥]{2,5}?(?:街道|[市县区旗镇乡])").match(phrase, at)
        name = wider[0] if wider else name
    stem_end = len(name) - (2 if name.endswith(("街道", "苏木")) else 1)
    if stem_end < 2 and not first:
        return None
    deep = _UNLISTED_DEPTH[name[-1]]
    if name[-1] == "市" and _UNLISTED.match(phrase, at + len(name)) and depth < 1:
        following = _UNLISTED.match(phrase, at + len(name))
        deep = 1 if following and following[1][-1] in "县区市旗" else 2
    if deep <= depth or stem_end < 2 or _NO_NAME.search(name):
        return None
    return name, (), deep, at + len(name)


def _organ(rest: str, places: str) -> str | None:
    match = _ORGAN.match(rest)
    if match is None:
        return rest + "管理委员会" if ZONE.search(rest) and len(rest) > 3 else None
    kind, text = match.lastgroup, match[0]
    if kind in {"gov", "party"}:
        return "人民政府"
    if kind == "office":
        return "街道办事处" if places.endswith("街道") or "街道" in text else "人民政府"
    if kind == "zone":
        return text.replace("管委会", "管理委员会")
    text = re.sub(r"^[省市州县区旗镇乡](?=[一-龥]{3})", "", text) if not places else text
    return _EVERYDAY_ORGANS.get(text, text)
