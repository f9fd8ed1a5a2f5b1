"""R2: a report that speaks with another level's voice: 我局 or 我街道 in a town's report, 全县共办结 in a township's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jingwei.model import Finding
from jingwei.review.gate import Gated
from jingwei.review.place_names import reporter
from jingwei.review.reading import Reading
from jingwei.review.rule_data import Page, page
from jingwei.text.lazy import lazy

_TOWN = frozenset({"镇", "乡", "街道"})
_COUNTY = frozenset({"县", "区", "市", "旗"})
_ORGANS = frozenset({"局", "厅", "委", "办", "所", "站", "中心", "科", "处"})
_CHANGED = Gated(
    r"撤[镇乡]|改设|改制为|改为街道|改为镇|更名为|区一体|合署|托管|（原[^\W\d_]{2,6}[镇乡街道]）"
)  # other levels speak here
_STEPS = lazy(r"审核|审批|审查|复核|初审|调度|牵头|统筹|派员|班子|各科室|干部职工")  # who does what, in a form
_SUITED = lazy(r"结合|立足|切合|符合|适合|根据|从$")  # 结合我市实际: whose circumstances the writer speaks of
_COUNTED = lazy(r"(?:共?有|共|现有)?\d+个|各(?:部门|乡镇|镇街|级|镇|乡)")  # 全区19个司法所
_DISTRICTS = Gated(r"新区|示范区|开发区|高新区|园区|管理区|林区|矿区")  # 我区 may be theirs
_BELOW = frozenset({"村", "社区"})
_IN_A_WORD = frozenset("自资成根基原日样书版课文剧副标脚读教为")  # 成本, 样本, 以人为本: what ends in 本
_REGIONS = ("内蒙古", "广西", "西藏", "宁夏", "新疆")  # 我区 is how an autonomous region speaks
_SAID_OF = {"镇": "镇", "乡": "乡", "街道": "街道", "办事处": "街道", "局": "部门（局）", "厅": "省直部门", "办": "办公室", "委": "部门（委）", "县": "县级",
            "区": "区级", "市": "市级", "省": "省级", "州": "自治州", "盟": "盟", "旗": "旗", "村": "村", "社区": "社区",
            "所": "站所", "站": "站所", "中心": "中心", "科": "科室", "处": "处室", "系统": "部门系统"}  # fmt: skip


def check(reading: Reading) -> Iterator[Finding]:
    """Findings R2. Needs a known level; the levels above a township may be named, but do not act as "we"."""
    own = own_suffixes(reading)
    if not own:
        return
    words = page("R2")
    yield from _voice(reading, words, own)
    yield from _whole(reading, words, own)
    yield from _bare(reading, words, own)


def gated() -> Iterator[str]:
    """What this rule asks the gate for."""
    yield from (page("R2").words[name] for name in ("voice", "whole", "bare"))


def own_suffixes(reading: Reading) -> frozenset[str]:
    """The words the unit may put after 我 and 全: 镇 for a town, 县 or 区 or 市 by the name of a county."""
    level, place = reading.profile.level, reading.profile.place
    if level in _TOWN:
        return frozenset({level})
    if level == "部门":
        organ = reading.profile.organ or ""
        return frozenset(
            {
                "局",
                "委",
                "厅",
                "办",
                "系统",
                "中心",
                "科",
                "处",
                "站",
                "所",
                organ[-1:] or "局",
                *_COUNTY,
                "省",
                "州",
                "盟",
            }
        )
    if level in {"县", "市", "省"} and place is not None:
        name = place.name
        return frozenset(
            {next((s for s in ("县", "区", "市", "旗", "州", "盟", "省") if name.endswith(s)), level), level}
        )
    return frozenset()


def _voice(reading: Reading, words: Page, own: frozenset[str]) -> Iterator[Finding]:
    for match in words.matches("voice", reading.text):
        unit, where = match["unit"], match.span()
        where = (match.start("who"), match.end("unit"))
        who = match["who"] + unit
        if unit in own or (unit == "办事处" and "街道" in own) or _quoted(reading, *where):
            continue
        if match["who"] == "本" and re.match(
            r"[（(]?[市县区、]{0,4}[）)]?(?:域|行政区)|[（(][市县区]", reading.after(where[1], 8)
        ):
            continue  # 实现本县（市、区）域内占补平衡
        if match["who"] == "本" and reading.before(where[0], 1) in _IN_A_WORD:
            continue
        if unit == "区" and reading.after(where[1], 1) == "位":
            continue  # 我们区位独特
        if match["who"] == "本" and reading.profile.level == "省" and reading.after(where[1], 1) in set("市县区旗乡镇"):
            continue  # 在本盟市、本旗县内
        if _is_above(reading, unit, own):
            tail = reading.text[where[1] : where[1] + 12]
            suited = tail.startswith("实际") and _SUITED.search(reading.before(where[0], 4)) is not None
            if not suited and (match["who"] == "本" or not _starts_clause(reading, where[0])):
                continue
            acting = suited or words.pattern("acts").match(tail) is not None
            if acting:
                yield words.finding(reading, "above", where, name=who, who=who, own=reporter(reading))
            continue
        if match["who"] == "本" and (unit in _BELOW or unit in _ORGANS - {"局", "厅"}):
            continue
        yield words.finding(reading, "voice", where, name=who, who=who, own=reporter(reading), theirs=_SAID_OF[unit])


def _named_before(reading: Reading, unit: str, at: int) -> bool:
    """石湾镇在全镇推行…: whose 全镇 it is stands in the sentence."""
    before = reading.text[reading.sentence(at)[0] : at]
    return re.search(rf"[^\W\d_全我本各该]{{2,4}}{unit}", before) is not None


def _whole(reading: Reading, words: Page, own: frozenset[str]) -> Iterator[Finding]:
    """全镇, 全县 … as the one who acts."""
    for match in words.matches("whole", reading.text):
        unit = match["unit"]
        where = (match.start("who"), match.end("unit"))
        if unit in own or _quoted(reading, *where) or reading.before(where[0], 1) in {"完", "安", "健", "齐", "周"}:
            continue
        if _named_before(reading, unit, where[0]):
            continue
        tail = reading.text[where[1] : where[1] + 10]
        if unit == "局" or (unit == "系统" and reading.profile.level in _TOWN):
            continue  # 全局 is generic
        if tail[:1] == "域":
            continue
        clause = _clause(reading, where[0])
        above = _is_above(reading, unit, own)
        if unit in _TOWN and not above:
            yield words.finding(
                reading, "voice", where, None if reading.profile.level in _TOWN else "warning",
                name="全" + unit, who="全" + unit, own=reporter(reading), theirs=_SAID_OF[unit],
            )  # fmt: skip
            continue
        if words.pattern("ranking").search(clause) or not _starts_clause(reading, where[0]):
            continue
        of_another_kind = reading.profile.level == "县" and unit in _COUNTY and not above
        if words.pattern("acts").match(tail) or (of_another_kind and _COUNTED.match(tail)):
            case = (
                "above"
                if above and reading.profile.level in _TOWN and tail.startswith(("共", "累计"))
                else "above_weak"
            )
            if above or unit not in _TOWN:
                yield words.finding(reading, case, where, name="全" + unit, who="全" + unit, own=reporter(reading))


def _bare(reading: Reading, words: Page, own: frozenset[str]) -> Iterator[Finding]:
    """街道审核 in the steps of a town, 镇级审批 in those of a sub-district."""
    if reading.profile.level not in _TOWN:
        return
    changed = _CHANGED.search(reading.text) is not None
    for match in words.matches("bare", reading.text):
        unit = match["unit"].removesuffix("级")
        step = _STEPS.search(match.group()) is not None
        if unit in own or reading.in_title(*match.span()) or (reading.is_quoted(*match.span()) and not step):
            continue
        if step or not (changed or _among_others(reading, match.start(), unit)):
            theirs = _SAID_OF[unit]
            yield words.finding(
                reading,
                "bare",
                match.span(),
                name=match.group(),
                who=match.group(),
                own=reporter(reading),
                theirs=theirs,
            )


def _among_others(reading: Reading, at: int, unit: str) -> bool:
    """Whether the word stands in a list of levels (县、镇、村) or its sentence names a neighbour of that kind."""
    left, right = reading.sentence(at)
    if reading.before(at, 2).endswith(("县、", "市、", "区、", "省、", "乡、", "镇、", "级、")):
        return True
    if unit == "街道":
        named = r"[^\W\d_]{2}街道"
    else:
        named = rf"(?<![各我本全乡集建城村])[^\W\d_和与由经在向对][^\W\d_各我本全乡集建城]{unit}"
    return re.search(named, reading.text[left:at] + "，" + reading.text[at + len(unit) : right]) is not None


def _is_above(reading: Reading, unit: str, own: frozenset[str]) -> bool:
    """Whether a unit of this suffix may stand above the reporter."""
    level = reading.profile.level
    place = reading.profile.place
    if unit == "区" and place is not None and (place.province or "").startswith(_REGIONS):
        return True
    county = place.county if place is not None else None
    if level in _TOWN and county and unit in {"县", "旗"} and not county.endswith(unit):
        return False  # the county above is a 区 or a 市: 我县 is another place's voice
    if (
        level in _TOWN
        and county
        and county.endswith(("县", "旗"))
        and unit == "区"
        and not _DISTRICTS.search(reading.text)
    ):
        return False
    city = place.city if place is not None else None
    if level in _TOWN and city and city.endswith("市") and unit in {"州", "盟"}:
        return False
    if level in _TOWN or level == "部门":
        return unit in _COUNTY or unit in {"省", "州", "盟"}
    if level == "县":
        return unit in {"市", "省", "州", "盟"} and unit not in own
    return level == "市" and unit == "省"


def _starts_clause(reading: Reading, at: int) -> bool:
    return (
        at == 0
        or reading.text[at - 1] in "，,。；;：:\n！？"
        or reading.before(at, 4).endswith(("目前", "以来", "截至", "今年", "全年"))
    )


def _clause(reading: Reading, at: int) -> str:
    left, right = reading.clause(at)
    return reading.text[left:right]


def _quoted(reading: Reading, start: int, end: int) -> bool:
    if reading.in_title(start, end):
        return True
    line = reading.line_at(start)
    inside = reading.text[line.start : start]
    return inside.count("“") > inside.count("”")
