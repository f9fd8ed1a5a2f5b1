"""Everyday wording that must not be flagged at error."""

from __future__ import annotations

import hashlib

import pytest

from jingwei.model import Document, Report
from jingwei.pipeline.draft import assess_draft
from jingwei.pipeline.prepare import parse
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
