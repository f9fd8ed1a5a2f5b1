"""Everyday wording that must not be flagged at error."""

from __future__ import annotations

import hashlib

import pytest
from host_report import brief_of, host

from jingwei.model import Document, Report
from jingwei.pipeline.draft import assess_draft
from jingwei.pipeline.prepare import parse
from jingwei.review import review
from jingwei.settings import Settings

HARMLESS = [
    "按照县委县政府部署，全年开展联合检查5次。",
    "在县委县政府坚强领导下，新建法治广场1处。",
    "落实市委市政府部署，完成整改12项。",
    "改造32号街坊雨污管网1.2公里，惠及居民86户。",
    "某村民私搭乱建一案经听证后自行拆除，涉及面积42平方米。",
    "处理某某商贸公司虚假宣传举报1件，退款3200元。",
    "将某村干部违规问题线索1条移送县纪委。",
    "我县出台新办法后，组织学习2次。",
]


@pytest.mark.parametrize("sentence", HARMLESS)
def test_no_red_finding(sentence: str) -> None:
    text = (
        "青溪县柳烟镇2023年法治政府建设年度报告\n一、工作情况\n"
        f"2023年，柳烟镇召开法治专题会议4次，研究事项9件。{sentence}司法所调解纠纷37件。\n二、存在的问题\n"
        "执法队7名队员中仅2人取证，原因是去年新招录5人。\n三、下一步打算\n2024年6月底前完成5名队员取证。\n"
    )
    report = parse(Document("x.txt", hashlib.sha256(text.encode()).hexdigest(), "txt", text), Settings())
    assert isinstance(report, Report)
    found = assess_draft(report, None, Settings()).findings
    assert [(f.code, f.quote) for f in found if f.severity == "error"] == []


@pytest.mark.parametrize(
    ("year", "sentence", "strongest"),
    [
        (2015, "扎实开展“七五”普法工作，印发读本1264册。", None),  # its second half plans the next year
        (2014, "禽流感疫情防控工作扎实有效，处置疫点3处。", None),
        (2012, "推进山区脱贫攻坚，实施项目37个。", None),
        (2012, "“七五”普法工作扎实推进，印发读本1264册。", "note"),
        (2019, "巩固党史学习教育成果，办理实事37件。", "note"),
        (2023, "国家矿山安全监察局来县检查3次。", None),
    ],
)
def test_a_government_work_report_may_name_what_is_older_or_next(
    year: int, sentence: str, strongest: str | None
) -> None:
    text = host("县", year, result=sentence).replace("法治政府建设年度报告", "政府工作报告")
    at = text.index(sentence)
    found = {f.severity for f in review(brief_of(text)) if f.code == "R5" and at <= (f.start or 0) < at + len(sentence)}
    assert found <= {"note"}
    if strongest:
        assert found == {strongest}


@pytest.mark.parametrize("year", [2015, 2016])
def test_the_three_systems_are_as_old_as_the_decision_of_2014(year: int) -> None:
    text = host(year=year, result="建立执法全过程记录制度，执行重大行政执法决定法制审核制度，审核案件73件。")
    assert not [f for f in review(brief_of(text)) if f.code == "R5" and "制度" in f.quote]
