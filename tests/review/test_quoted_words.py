"""What a message quotes: whole clauses, never half a word, and who reports without saying it twice."""

from __future__ import annotations

import pytest
from host_report import brief_of, codes, host
from msgspec.structs import replace

from jingwei.model import Finding
from jingwei.review import review
from jingwei.review.rule_data import one_line


def told(code: str, text: str) -> list[Finding]:
    return [f for f in review(brief_of(text)) if f.code == code]


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("由书记白景明、镇长×××按季度研究法治议题3项。", "“镇长×××按季度研究法治议题3项”中有未填写的占位符。"),
        ("签订服务协议，合同金额___万元，由律师审查31份。", "“合同金额___万元”处缺少数字或内容，疑似模板空格未填。"),
        ("在某某村开展试点，调解纠纷13件。", "“在某某村开展试点”中的“某”是范文中的虚指，公文应写明具体名称。"),
        (
            "对辖区内十三家餐饮单位和农贸市场集中开展食品安全执法检查××次发现问题并督促整改到位后予以销号31个。",
            "“…集中开展食品安全执法检查××次发现问题并督促整改到位…”中有未填写的占位符。",
        ),
    ],
)
def test_a_placeholder_is_quoted_with_its_clause(sentence: str, said: str) -> None:
    found = told("R6", host(result=sentence))
    assert [f.message for f in found] == [said]


def test_each_placeholder_of_a_paragraph_is_told() -> None:
    text = host(result="开展检查××次，立案××件，罚款××万元，受理信访××件。")
    assert [text[f.start : f.end] for f in told("R6", text)] == ["××"] * 4


def test_the_slips_of_scope_in_one_sentence_are_told_once_from_the_first_to_the_last() -> None:
    essay = "从国际看，大国博弈日趋激烈，维护产业链供应链安全和人民币汇率稳定刻不容缓，我国要加快推进涉外领域立法"
    text = host(result=f"开展讲座7场。{essay}。全年审查合同31份。我国法律体系还不够完善。")
    found = told("R9", text)
    assert [f.quote for f in found] == [essay, "我国法律体系还不够完善"]
    assert "“从国际看，大国博弈日趋激烈…”是全国性" in found[0].message


def test_a_sentence_with_both_slips_has_one_finding_and_the_stronger_severity() -> None:
    text = host(result="各位代表，地区生产总值增长3.1%，我国法律体系还不够完善。")
    assert [(f.severity, f.evidence["case"]) for f in told("R9", text)] == [("warning", "national")]
    weak = host(result="地区生产总值增长3.1%，办结执法案件14件。")
    assert [f.severity for f in told("R9", weak)] == ["note"]


def test_a_quoted_clause_begins_where_its_words_begin() -> None:
    text = host(result="当前要维护产业链供应链安全和人民币汇率稳定。")
    assert [f.quote for f in told("R9", text)] == ["当前要维护产业链供应链安全和人民币汇率稳定"]


@pytest.mark.parametrize(
    ("kind", "sentence", "code", "own"),
    [
        ("镇", "经局党组会议研究，印发方案3份。", "R3", "本报告的单位是云溪县白石镇，"),
        ("镇", "我国法律体系还不够完善。", "R9", "不是云溪县白石镇报告应写的范围"),
        ("部门", "镇党委召开会议31次。", "R3", "本报告的单位是云溪县水利局，"),
        ("部门", "我镇共受理纠纷31件。", "R2", "本报告的单位是“云溪县水利局”"),
    ],
)
def test_the_reporter_is_named_once_and_a_department_by_its_own_name(
    kind: str, sentence: str, code: str, own: str
) -> None:
    found = told(code, host(kind, result=sentence))
    assert [own in f.message for f in found] == [True], [f.message for f in found]


def test_a_reporter_without_a_name_is_said_to_have_none() -> None:
    brief = brief_of(host(result="经局党组会议研究，印发方案3份。"))
    nameless = replace(brief.report, profile=replace(brief.report.profile, place=None))
    (found,) = [f for f in review(replace(brief, report=nameless)) if f.code == "R3"]
    assert "本报告的单位是镇（名称未识别）" in found.message


def test_what_is_left_out_of_a_long_text_is_marked() -> None:
    assert one_line("甲乙丙丁", 4) == "甲乙丙丁"
    assert one_line("甲乙丙丁戊", 4) == "甲乙丙…"
    assert one_line("甲乙，丙丁戊", 4) == "甲乙…"
    assert one_line("甲 乙\n丙", 4) == "甲乙丙"


def test_a_clean_report_quotes_nothing() -> None:
    assert {"R6", "R9", "R3", "R2"}.isdisjoint(codes(review(brief_of(host("部门")))))


def test_a_mark_without_partner_is_named_in_the_language_of_the_sentence() -> None:
    (found,) = told("Q2", host(result="印发白政发〔2023）17号文件，审查合同31份。"))[:1]
    assert (found.evidence["mark"], found.evidence["mark_en"]) == ("六角括号", "tortoise-shell bracket")
    assert found.message_en.startswith("The tortoise-shell bracket at ")


def test_the_year_of_the_earlier_report_is_written_in_the_language_of_the_sentence() -> None:
    text = host()
    found = [f for f in review(brief_of(text, previous=(host(year=2022),))) if f.code in {"Y2", "Y3"}]
    assert {f.code for f in found} == {"Y2", "Y3"}
    assert all("2022年报告" in f.message and "2022" in f.message_en and "2022年" not in f.message_en for f in found)


@pytest.mark.parametrize(
    ("sentence", "year", "reason", "reason_en"),
    [
        (
            "广泛宣传《婚姻法》13场。",
            2023,
            "2021-01-01起由民法典婚姻家庭编取代",
            "was no longer in force in 2023: in use until 2020-12-31.",
        ),
        (
            "开展党纪学习教育，学法9次。",
            2021,
            "2024年4月才出现；出处：中办《关于在全党开展党纪学习教育的通知》（2024-04）",
            "could not stand in a report for 2021: first heard 2024-04.",
        ),
        (
            "深入贯彻党的十八大精神，推进工作。",
            2023,
            "党的二十大已经召开，作为现行指导应写党的二十大精神",
            "was superseded by 2023: in use until 2017-10.",
        ),
        (
            "深入开展扫黑除恶专项斗争。",
            2016,
            "2018年1月才出现",
            "could not stand in a report for 2016: first heard 2018-01.",
        ),
        (
            "扎实开展“三严三实”专题教育。",
            2020,
            "使用至2017年12月；出处：中办",
            "was fading by 2020: in use until 2017-12-31.",
        ),
    ],
)
def test_wording_out_of_its_time_has_its_reason_and_in_english_its_dates(
    sentence: str, year: int, reason: str, reason_en: str
) -> None:
    (found,) = [f for f in told("R5", host(year=year, result=sentence)) if f.quote in sentence]
    assert found.message_en.endswith(reason_en)
    assert f"：{reason}" in found.message


def test_what_binds_two_phrases_is_not_quoted_with_the_first() -> None:
    found = told("R5", host(year=2016, result="深入学习贯彻党的十九大和十九届二中全会精神。"))
    assert found
    assert not [f.quote for f in found if f.quote.endswith(("和", "、", "，"))]
