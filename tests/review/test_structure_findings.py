"""S1, S2, X1, Q2, Q5: what needs a whole report to be seen."""

from __future__ import annotations

import re

import numpy as np
import pytest
from host_report import brief_of, codes, host

from jingwei.model import Counts, Scores
from jingwei.review import review

HEADS = (
    "一、2023年法治政府建设工作情况",
    "二、主要负责人履行",
    "三、存在的不足和原因",
    "四、2024年主要安排",
    "云溪县白石镇人民政府\n2024年",
)


def without(part: int) -> str:
    """The clean report without the part under heading ``part`` (1–4)."""
    text = host()
    start, end = text.index(HEADS[part - 1]), text.index(HEADS[part])
    return text[:start] + text[end:]


@pytest.mark.parametrize(("part", "number"), [(2, "第3项"), (3, "第2项"), (4, "第4项")])
def test_a_missing_part_is_named_with_its_article(part: int, number: str) -> None:
    missing = [f for f in review(brief_of(without(part))) if f.code == "S1"]
    assert [f.severity for f in missing] == ["warning"]
    assert number in missing[0].message
    assert "第二十五条" in missing[0].message
    assert "？" in missing[0].suggestion


def test_the_leaders_part_is_recognised_inside_a_paragraph() -> None:
    told = (
        "镇党委书记、镇长切实履行推进法治建设第一责任人职责，全年主持召开专题会议5次，亲自督办积案1件，"
        "带头在集体学法会上讲课，年终专题述法，接受班子成员和村干部测评。"
    )
    text = without(2).replace("1264册，参加师生873人。", "1264册，参加师生873人。\n\n" + told)
    assert "S1" not in codes(review(brief_of(text)))


def test_a_shortcoming_without_a_reason_is_a_note() -> None:
    text = host().replace("，原因是编制少、招录条件设置不够精准", "").replace("，原因是调解员培训只办了1期", "")
    found = [f for f in review(brief_of(text)) if f.code == "S1"]
    assert [(f.severity, f.evidence["case"]) for f in found] == [("note", "no_reason")]


def test_a_plan_of_slogans_is_hollow() -> None:
    text = host()
    start = text.index("一是4月底前")
    text = (
        text[:start]
        + "全面提升依法行政水平，健全行政执法工作体系，推进严格规范公正文明执法。\n\n云溪县白石镇人民政府\n2024年1月15日\n"
    )
    cases = {f.evidence["case"] for f in review(brief_of(text)) if f.code == "S1"}
    assert cases == {"hollow_plan"}


def test_another_genre_owes_no_article_25() -> None:
    text = without(2).replace("法治政府建设年度报告", "政府工作报告")
    assert "S1" not in codes(review(brief_of(text)))


def test_a_section_without_a_fact_is_asked_the_right_question() -> None:
    words = "深入开展形式多样的法治宣传，广泛营造尊法学法守法用法的浓厚氛围，引导群众自觉守法、遇事找法、解决问题靠法，不断夯实法治社会建设的群众基础，取得了良好的社会效果，群众法治意识明显增强。"
    text = host(result=f"（四）营造法治宣传氛围\n\n{words}")
    found = [f for f in review(brief_of(text)) if f.code == "S2"]
    assert [f.quote for f in found] == [f"（四）营造法治宣传氛围\n\n{words}"]
    assert "几场" in found[0].suggestion
    assert found[0].severity == "note"


def test_one_fact_is_enough_for_a_section() -> None:
    words = "深入开展形式多样的法治宣传，引导群众自觉守法、遇事找法，在老屋场举办讲座7场，受众412人，群众法治意识明显增强，取得了良好的社会效果。"
    assert "S2" not in codes(review(brief_of(host(result=f"（四）营造法治宣传氛围\n\n{words}"))))


def test_a_thin_report_is_told_its_density() -> None:
    thin = Scores(0.5, 0.0, 0.0, 0.0, 0, 0.0, 1.4)
    found = review(brief_of(host(), scores=thin, counts=Counts(body=2000, facts=3)))
    assert [f.start for f in found if f.code == "S2"] == [None]


def test_repaired_damage_is_one_note_a_kind_and_no_slip() -> None:
    text = host().replace("全年开展联合检查", "今年,全共开展联合检查").replace("我镇现有", "我现有")
    found = review(brief_of(text))
    assert set(codes(found, "error")) == set()
    notes = [f for f in found if f.code == "X1"]
    others = [f for f in notes if f.evidence["kind"] != "lost_character"]
    assert len({f.evidence["kind"] for f in others}) == len(others)
    assert all(f.severity == "note" and "不计入写稿人" in f.message for f in notes)


def test_lost_numbering_is_damage_not_broken_numbering() -> None:
    text = re.sub(r"（[二三]）", ")", host())
    found = review(brief_of(text))
    lost = [f for f in found if f.code == "R7"]
    assert [f.severity for f in lost] == ["note", "note"]
    assert [text[f.start or 0] for f in lost] == [")", ")"]
    assert all("不计入写稿人" in f.message for f in lost)


def test_a_first_level_heading_with_a_full_stop_is_a_note() -> None:
    found = review(brief_of(host().replace("三、存在的不足和原因", "三、存在的不足和原因。")))
    assert [(f.severity, f.quote) for f in found if f.code == "Q2"] == [("note", "三、存在的不足和原因。")]


def test_a_paragraph_with_other_marks_is_a_splice_mark() -> None:
    pasted = "开展夜间巡查,出动执法人员,查处占道经营,督促商户整改,清理占道摊点54处,拆除违规棚架7处。"
    found = [f for f in review(brief_of(host(result=pasted))) if f.code == "Q5"]
    assert [f.severity for f in found] == ["note"]
    assert found[0].start == host(result=pasted).index(pasted)


def test_one_style_throughout_is_no_splice_mark() -> None:
    assert "Q5" not in codes(review(brief_of(host())))
    assert "Q5" not in codes(review(brief_of(host().replace("，", ",").replace("；", ";"))))


def test_offsets_are_code_points_of_the_document() -> None:
    text = host(result="我局开展检查12余次，受理××件，6月31日开会，调解成功率达100%以上。")
    found = review(brief_of(text))
    assert {"R2", "Q1", "R6", "R8"} <= set(codes(found))
    for f in found:
        if f.start is not None:
            assert text[f.start : f.end] == f.quote
    assert np.all(np.diff([("error", "warning", "note").index(f.severity) for f in found]) >= 0)


SHORT = """云溪县白石镇2023年法治政府建设年度报告
一、主要工作
办结执法案件14件，调解纠纷118起，审查合同35份；在河口村、老屋场村设立调解点2处，培训调解员31名，走访商铺87家，发放告知书87份，清理占道堆物43处。
二、存在的问题及原因
执法人员只有7名，原因是编制少。
"""


def test_a_short_report_with_its_headings_is_no_excerpt() -> None:
    missing = [f.evidence["number"] for f in review(brief_of(SHORT)) if f.code == "S1"]
    assert missing == [3, 4]


def test_an_excerpt_owes_no_parts() -> None:
    excerpt = SHORT.split("\n", 1)[0] + "\n" + SHORT.splitlines()[2] + "\n"
    assert "S1" not in codes(review(brief_of(excerpt)))


def test_another_town_under_the_signature_is_residue() -> None:
    text = host("镇").replace("\n云溪县白石镇人民政府\n", "\n苇塘乡人民政府\n")
    found = [f for f in review(brief_of(text)) if f.code == "R1"]
    assert [(f.quote, f.severity) for f in found] == [("苇塘乡", "error")]


@pytest.mark.parametrize("signed", ["白石镇人民政府", "中共云溪县白石镇委员会"])
def test_ones_own_signature_is_none(signed: str) -> None:
    text = host("镇").replace("\n云溪县白石镇人民政府\n", f"\n{signed}\n")
    assert "R1" not in codes(review(brief_of(text)))


@pytest.mark.parametrize(
    ("sentence", "quotes"),
    [
        ("全区案件录入江苏省统一行政处罚办案系统，录入1031件。", ["江苏省"]),
        ("按照《江苏省行政程序条例》办理，听证7次。", ["江苏省"]),
        ("案件录入湖南省统一行政处罚办案系统，录入1031件。", []),
        ("借鉴江苏省行政执法平台的经验，改造功能7项。", []),
    ],
)
def test_the_papers_of_another_province_are_asked_about(sentence: str, quotes: list[str]) -> None:
    text = f"""湖南省云溪区人民政府2023年法治政府建设年度报告
一、主要工作
{sentence}全区调解纠纷2417件，审查合同335份，在河口、老屋场两个街道设立调解点21处，培训调解员310名，走访商铺871家，清理占道堆物43处。
二、存在的问题及原因
审核人员只有7名，原因是编制少。
"""
    assert [f.quote for f in review(brief_of(text)) if f.code == "R1"] == quotes


def test_spaces_around_numbers_and_aligned_names_are_typesetting() -> None:
    typeset = host().replace("现有持证执法人员23名", "现有持证执法人员 23 名，法律顾问为李　明、王　芳")
    typeset = re.sub(r"(?<=[一-鿿])(?=\d)|(?<=\d)(?=[一-鿿])", " ", typeset)
    kinds = {f.evidence["kind"] for f in review(brief_of(typeset)) if f.code == "X1"}
    assert "ocr_space" not in kinds
    broken = {f.evidence["kind"] for f in review(brief_of(host().replace("联合检查", "联 合检查"))) if f.code == "X1"}
    assert "ocr_space" in broken


def test_a_hollow_item_with_its_heading_in_the_line_is_told() -> None:
    hollow = (
        "（四）严格规范公正文明执法。始终把严格执法作为法治政府建设的重要抓手，不断加强执法队伍建设，切实规范执法程序，"
        "着力提升执法能力和水平，有力维护了群众合法权益，取得了良好成效。"
    )
    text = host(result=hollow)
    assert [f.start for f in review(brief_of(text)) if f.code == "S2"] == [text.index(hollow)]


@pytest.mark.parametrize(
    "heading", ["三、存在问题及2024年安排", "三、不足、原因和2024年打算", "三、短板弱项与明年安排"]
)
def test_one_heading_may_hold_shortcomings_and_plans(heading: str) -> None:
    text = (
        "云溪县林业局2023年法治政府建设情况报告\n一、依法行政工作\n全年核发采伐许可1790份，查处滥伐案件21件，罚款12.86万元，责令补种树木4500株；关闭野生动物经营场所5家，"
        "放生竹鼠37只；依托爱鸟周开展宣传6场，发放手册1264册，听众873人，接受咨询53次，答复率100%。\n"
        "二、主要负责人履行推进法治建设第一责任人职责情况\n局长丘志明主持局党组会学法5次，包抓林权纠纷3件，12月述法。\n"
        f"{heading}\n白石镇部分林权证四至不清，涉及2300亩，早年图纸精度低是主因。2024年请测绘队勘测1500亩，举办培训2期。\n"
    )
    assert "S1" not in codes(review(brief_of(text)))


def test_a_city_no_list_knows_may_have_any_county() -> None:
    text = host("县").replace("云溪县", "芦汀市") + "\n"
    text = text.replace("全年开展联合检查61次", "对白沙县、长阳县开展联合检查61次")
    assert "R1" not in codes(review(brief_of(text)))


def test_every_lost_character_has_a_note_of_its_own() -> None:
    gaps = "今年，全共开展联合检查61次。一年来，我共收到建议13条。年初制定全法治政府建设工作计划1份。充实依法治工作领导小组1个。"
    text = host(result=gaps)
    found = [f for f in review(brief_of(text)) if f.code == "X1" and f.evidence["kind"] == "lost_character"]
    assert len(found) >= 2
    assert len({f.start for f in found}) == len(found)
    assert {f.severity for f in found} == {"note"}
    assert all(text[f.start or 0 : f.end] == f.quote and len(f.quote) > 2 for f in found)


@pytest.mark.parametrize(
    "items",
    [
        {
            "plan": "（一）建成老屋场村法治文化小院，占地约300平方米。\n\n（二）春节前集中开展返乡普法，6个村每村至少一场。"
        },
        {"problem": "（一）复议纠错率仍偏高。全年13件中有4件被撤销，原因是送达回证保管不善。"},
    ],
)
def test_an_item_of_one_sentence_and_a_told_shortcoming_promise_nothing(items: dict[str, str]) -> None:
    assert "S3" not in codes(review(brief_of(host(**items))))


def test_a_heading_that_names_the_topic_in_other_words_is_said_to_concern_it() -> None:
    text = host(result="（四）重大事项民主决策\n\n组织干部植树，栽植苗木1264株，完成河道清淤3.2公里，清运垃圾41吨。")
    (found,) = [f for f in review(brief_of(text)) if f.code == "S3"]
    assert found.message == "标题“（四）重大事项民主决策”涉及“行政决策”，正文没有相应内容。"
    assert "concerns administrative decisions," in found.message_en
