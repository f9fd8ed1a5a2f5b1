"""A clean report of an invented place, into which the examples are set one at a time."""

from __future__ import annotations

from typing import Any

from jingwei.model import Document, Finding, Report
from jingwei.pipeline.prepare import parse, prepare
from jingwei.review import Brief
from jingwei.settings import Settings

NAMES = {
    "镇": ("云溪县白石镇", "镇", "人民政府", "县"),
    "乡": ("云溪县松岭乡", "乡", "人民政府", "县"),
    "街道": ("云溪区望江街道", "街道", "办事处", "区"),
    "部门": ("云溪县水利局", "局", "", "县"),
    "县": ("云溪县", "县", "人民政府", "市"),
}

_HOST = """{name}{organ}{year}年法治政府建设年度报告

{year}年，{name}在{above}委、{above}政府的坚强领导下，坚持以习近平新时代中国特色社会主义思想为指导，深入贯彻习近平法治思想，扎实推进法治政府建设。现将有关情况报告如下。

一、{year}年法治政府建设工作情况

（一）推进严格规范公正文明执法。{we}现有持证执法人员23名，全年开展联合检查61次，发现隐患147处，责令限期改正32处，立案7件，罚款2.34万元。

（二）化解矛盾纠纷。在河口、老屋场等6个村设立调解点，全年受理纠纷186件，调解成功179件，其余7件引导当事人到法院起诉。

（三）开展普法宣传。3月17日在白沙小学开展法治进校园活动，发放手册1264册，参加师生873人。

{result}

二、主要负责人履行推进法治建设第一责任人职责情况

主要负责人全年主持召开法治建设专题会议5次，研究执法队伍配备、调解员补贴等议题11项；亲自督办老屋场村山林权属纠纷1件，历时43天调处结案；12月6日在年终述职中专题述法。

{leader}

三、存在的不足和原因

一是执法力量不足。23名执法人员中有法律专业背景的只有4名，原因是编制少、招录条件设置不够精准。二是调解台账不规范，抽查的52份卷宗中有13份缺少回访记录，原因是调解员培训只办了1期。

{problem}

四、{next}年主要安排

一是4月底前招录2名法律专业人员，由分管负责人牵头。二是6月底前对61名调解员轮训一遍。三是在河口村试点网格员代办行政复议申请，9月底前总结推广。

{plan}

{signed}
{next}年1月15日
"""


def host(kind: str = "镇", year: int = 2023, **inserted: str) -> str:
    """The report of one kind of unit with one text inserted at ``result``, ``leader``, ``problem`` or ``plan``."""
    name, we, organ, above = NAMES[kind]
    slots = dict.fromkeys(("result", "leader", "problem", "plan"), "") | inserted
    return _HOST.format(
        name=name, organ=organ, year=year, next=year + 1, above=above, we="我" + we, signed=name + organ, **slots
    )


def brief_of(text: str, *, previous: tuple[str, ...] = (), **known: Any) -> Brief:
    """The text read and searched as the pipeline does it; ``known`` adds or replaces evidence of the other rooms."""
    report = report_of(text)
    found = prepare(report, Settings())
    evidence = {"phrases": found.phrases, "places": found.places, "facts": found.facts} | known
    return Brief(report=report, previous=tuple(report_of(earlier) for earlier in previous), **evidence)


def report_of(text: str) -> Report:
    report = parse(Document("草稿.txt", "0" * 64, "txt", text), Settings())
    assert isinstance(report, Report)
    return report


def codes(found: tuple[Finding, ...], severity: str | None = None) -> list[str]:
    """Codes of the findings, of one severity if asked."""
    return [f.code for f in found if severity in {None, f.severity}]
