"""Known answers of the text room on hand-written reports of invented places."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.model import Document, Structure
from jingwei.text import body_ranges, read_structure

WEB = """当前位置:首页 > 政务公开 > 法治政府建设
青岚镇2023年法治政府建设年度报告
日期:2024-01-15    来源:青岚镇人民政府
    打印页面    关闭页面
用微信扫描二维码

县委、县政府：

　　2023年，青岚镇认真落实上级部署，现将有关情况报告如下。

一、工作开展情况

　　（一）加强组织领导。全年召开专题会议4次，研究解决问题9个。
　　（二）开展普法宣传。一是进村入户。组织宣讲员12名，走访农户800余户。二是进校园。在青岚小学开课3场。
二、存在的问题

　　1.执法人员数量不足，难以适应新的任务。
　　2.普法形式还比较单一。

三、下一步打算
　　继续抓好队伍建设

附件：1.青岚镇2023年普法清单
　　　　　　　青岚镇人民政府
　　　　　　　2024年1月10日
扫一扫在手机上查看当前页面
"""


def read(text: str) -> Structure:
    return read_structure(Document("x.txt", "", "txt", text))


def roles(text: str, structure: Structure) -> list[tuple[str, str]]:
    return [(b.role, "".join(text[b.start : b.end].split())) for b in structure.blocks]


def sentences(structure: Structure) -> list[str]:
    return [structure.clean.text[s.clean_start : s.clean_end] for s in structure.sentences]


def test_web_page_loses_its_chrome_and_keeps_its_text() -> None:
    structure = read(WEB)
    found = roles(WEB, structure)
    assert ("title", "青岚镇2023年法治政府建设年度报告") in found
    assert ("salutation", "县委、县政府：") in found
    assert ("heading", "一、工作开展情况") in found
    assert ("run_in", "（一）加强组织领导。") in found
    assert ("run_in", "一是进村入户。") in found
    assert ("attachment", "附件：1.青岚镇2023年普法清单") in found
    assert ("signature", "青岚镇人民政府") in found
    assert ("date", "2024年1月10日") in found
    furniture = [t for r, t in found if r == "furniture"]
    assert furniture[0].startswith("当前位置") and furniture[-1].startswith("扫一扫") and len(furniture) == 5
    assert sentences(structure) == [
        "2023年，青岚镇认真落实上级部署，现将有关情况报告如下。",
        "全年召开专题会议4次，研究解决问题9个。",
        "组织宣讲员12名，走访农户800余户。",
        "在青岚小学开课3场。",
        "1.执法人员数量不足，难以适应新的任务。",
        "2.普法形式还比较单一。",
        "继续抓好队伍建设",
    ]
    assert [(s.title, s.part) for s in structure.sections] == [
        ("一、工作开展情况", 1),
        ("二、存在的问题", 2),
        ("三、下一步打算", 4),
    ]


def test_page_end_inside_a_sentence_is_joined() -> None:
    text = "云溪乡2022年法治政府建设报告\n\n2022年，云溪乡扎实推进依法行政，建立健全各项\n\n— 2 —\n\n规章制度，开展执法检查6次。\n"
    structure = read(text)
    assert sentences(structure) == ["2022年，云溪乡扎实推进依法行政，建立健全各项规章制度，开展执法检查6次。"]
    assert [d.code for d in structure.damage] == ["page_break_split"]
    assert len(structure.paragraphs[0].ranges) == 2


def test_spaces_inside_chinese_are_dropped_and_addressed() -> None:
    text = "石湾镇2021年法治政府建设报告\n全 镇共办理 案件 23 件，使用 GB T 系统和 App Store。\n"
    structure = read(text)
    assert structure.clean.text == "全镇共办理案件23件，使用GB T系统和App Store。"
    for i, char in enumerate(structure.clean.text):
        assert text[structure.clean.starts[i]] == char
    assert {d.code for d in structure.damage} == {"ocr_space"}


def test_hard_wrapped_lines_become_paragraphs() -> None:
    lines = "　　各村深入排查矛盾纠纷，建立台账，逐件明确责任人和办结时\n限，做到件件有着落。镇司法所每周调度一次，对超期未结的及时\n提醒督办，全年办结率保持在较高水平，没有发生越级上访事件，\n社会治安形势总体平稳，群众安全感进一步增强，对干部满意度也\n"
    text = "石湾镇2021年法治政府建设报告\n" + lines + "有所提高。\n" + lines + "有所提高。\n"
    structure = read(text)
    assert len(structure.paragraphs) == 2
    assert structure.damage[0].code == "page_break_split"
    assert "办结时限，做到" in structure.clean.text


def test_red_head_markdown() -> None:
    text = "# 云溪县青岚镇人民政府文件\n\n青政发〔2023〕8号\n\n签发人：陆明远\n\n## 青岚镇2022年法治政府建设情况报告\n\n### 一、主要举措。\n\n我镇新配执法记录仪7台。\n\n## 1、抓好普法。\n\n**全年开课3次。**\n"
    structure = read(text)
    found = roles(text, structure)
    assert [t for r, t in found if r == "furniture"] == [
        "云溪县青岚镇人民政府文件",
        "青政发〔2023〕8号",
        "签发人：陆明远",
    ]
    assert ("title", "青岚镇2022年法治政府建设情况报告") in found
    assert ("heading", "一、主要举措。") in found
    assert sentences(structure) == ["我镇新配执法记录仪7台。", "全年开课3次。"]


def test_lost_numbers_and_lost_characters_are_extraction_damage() -> None:
    text = (
        "云溪乡2021年法治政府建设报告\n今年以来，我在上级指导下完成了任务。\n)完善顾问制度。继续聘请法律顾问。\n"
        "全共发放资料300份。我将继续努力。及时加强全干部职工的法律意识。\n"
    )
    structure = read(text)
    codes = [d.code for d in structure.damage]
    assert codes.count("lost_character") == 4
    assert codes.count("numbering_lost") == 1


FURTHER_GAPS = "落实辖区12行政对接。提高、村干部的意识。围绕大局，在村通过讲座普法。结合八五”普法开课。\n"


def test_a_text_that_loses_characters_loses_more_than_the_level_word() -> None:
    proved = "今年以来，我在上级指导下完成了任务。\n全共发放资料300份。我将继续努力。\n"
    text = "云溪乡2021年法治政府建设报告\n" + proved + FURTHER_GAPS
    lost = [text[d.start : d.end] for d in read(text).damage if d.code == "lost_character"]
    assert lost == ["我", "全", "我", "12", "提高", "在", "八五”"]


def test_single_slips_prove_no_loss() -> None:
    text = "云溪乡2021年法治政府建设报告\n我乡开课三次。\n" + FURTHER_GAPS
    assert not [d for d in read(text).damage if d.code == "lost_character"]
    quoted = "云溪乡2021年法治政府建设报告\n我在上级指导下完成任务。全共发放资料。我将努力。\n“八五”普法，11行政村，“六五”普法。\n"
    assert len([d for d in read(quoted).damage if d.code == "lost_character"]) == 3


def test_no_lost_character_where_the_level_word_is_there() -> None:
    text = "云溪乡2021年法治政府建设报告\n我乡在上级指导下完成了任务。我将继续努力。全共和国都在学习。我在会上讲话。\n"
    assert not [d for d in read(text).damage if d.code == "lost_character"]


@pytest.mark.parametrize(
    "text", ["", "\n\n\n", "一、\n", "标题报告", "——", "* * *\n", "）", "。", "附件：\n", "#", "**"]
)
def test_odd_inputs_have_a_structure(text: str) -> None:
    structure = read(text)
    assert len(structure.body) == len(text)


ALPHABET = st.text(
    alphabet=st.sampled_from(
        "　 \n\n\t一二三是、（）().。，；：“”《》#*-—20镇乡县我全政府报告法治工作情况年月日附件：页ab"
    ),
    max_size=300,
)


@given(ALPHABET)
@settings(max_examples=300, deadline=None)
def test_addresses_hold_for_any_text(text: str) -> None:
    structure = read(text)
    clean = structure.clean
    assert len(clean.starts) == len(clean.ends) == len(clean.text)
    assert (np.diff(clean.starts) >= 0).all()
    for i, char in enumerate(clean.text):
        if char not in "\n ":
            assert text[clean.starts[i] : clean.ends[i]] == char
            assert structure.body[clean.starts[i]]
    assert int(structure.body.sum()) == sum(c not in "\n " for c in clean.text)
    for block, after in zip(structure.blocks, structure.blocks[1:], strict=False):
        assert block.end <= after.start
    ranges = body_ranges(structure)
    covered = np.zeros(len(text), dtype=bool)
    for start, end, _ in ranges:
        covered[start:end] = True
    assert covered[structure.body].all()


@pytest.mark.shared
def test_real_reports_lose_no_body_character(shared_dir) -> None:  # type: ignore[no-untyped-def]
    rows = [json.loads(x) for x in (shared_dir / "data/labelled_sentences.jsonl").read_text("utf-8").splitlines()]

    def bare(text: str) -> str:
        return re.sub(r"^[-#\s]+", "", re.sub(r"\s", "", text))

    for file in sorted((shared_dir / "data/township_reports").iterdir()):
        text = file.read_text("utf-8-sig").replace("\r\n", "\n")
        mine = {bare(s) for s in sentences(read(text))}
        wanted = {bare(r["text"]) for r in rows if r["report"] == file.name and r["label_a"] != "N"}
        assert mine == wanted
