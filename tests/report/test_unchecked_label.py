"""What the terminal says of rules that could not run."""

from __future__ import annotations

import jingwei
from jingwei.report.json import report_json
from jingwei.report.terminal import render_check
from jingwei.report.unchecked_label import unchecked_label
from jingwei.settings import ReviewSettings, Settings

PLAIN = (
    "工作总结\n\n一年来，扎实开展各项工作，组织学习7次，化解矛盾纠纷31件，宣传《婚姻法》13场，办理事项57件，群众满意度不断提升。"
    "同时存在短板，下一步将继续努力，力争把各项任务落实到位，取得更大成绩，为发展作出贡献，向群众交出满意答卷。\n"
)


def test_rules_that_need_a_unit_and_a_year_are_named_with_the_options_that_give_them() -> None:
    assessment = jingwei.score(PLAIN)
    said = unchecked_label(assessment)
    assert said is not None
    assert said.zh == (
        "单位、年度未识别，以下项目未检查：R1 残留其他地名；R2 层级口径不符；R3 机构类型不符；R4 年份残留；"
        "R5 提法、依据或机构与年度不符。请用 --unit、--year 指明。"
    )
    assert said.en.endswith("Give --unit, --year.")
    missing = {one["code"]: one["needs"] for one in report_json(assessment)["unchecked"]}
    assert missing == {"R1": "unit", "R2": "unit", "R3": "unit", "R4": "year", "R5": "year"}
    shown = "".join(render_check(assessment).split())
    assert "".join(said.zh.split()) in shown
    assert "Not recognised: unit, year." in " ".join(render_check(assessment, "en").split())


def test_a_report_that_tells_both_has_no_such_line() -> None:
    assessment = jingwei.score(PLAIN.replace("工作总结", "云溪县白石镇人民政府2023年工作总结"))
    assert unchecked_label(assessment) is None
    assert "未检查" not in render_check(assessment)


def test_rules_that_are_switched_off_are_not_named() -> None:
    settings = Settings(review=ReviewSettings(off=("R1", "R2", "R3", "R4")))
    said = unchecked_label(jingwei.score(PLAIN, settings=settings))
    assert said is not None
    assert said.zh.startswith("年度未识别，以下项目未检查：R5 ")
