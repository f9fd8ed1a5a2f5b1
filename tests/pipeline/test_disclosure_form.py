"""The prescribed form of disclosure reports: two units that fill in the same tables have copied nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from jingwei.lexicon.phrases import find_phrases
from jingwei.model import Document, Report, TracedText
from jingwei.pipeline.batch import compare
from jingwei.pipeline.prepare import parse
from jingwei.review import Brief, review
from jingwei.settings import Settings

ROW = ["0"] * 7
ISSUED = [
    ["第二十条第（一）项"],
    ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
    ["规章", "0", "0", "0"],
    ["行政规范性文件", "2", "1", "9"],
    ["第二十条第（五）项"],
    ["信息内容", "本年处理决定数量"],
    ["行政许可", "431"],
    ["第二十条第（六）项"],
    ["信息内容", "本年处理决定数量"],
    ["行政处罚", "27"],
    ["行政强制", "3"],
    ["第二十条第（八）项"],
    ["信息内容", "本年收费金额（单位：万元）"],
    ["行政事业性收费", "12.6"],
]
APPLICATIONS = [
    ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "申请人情况"],
    ["自然人", "法人或其他组织", "总计"],
    ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"],
    ["一、本年新收政府信息公开申请数量", "14", "2", "0", "0", "1", "0", "17"],
    ["二、上年结转政府信息公开申请数量", *ROW],
    ["三、本年度办理结果", "（一）予以公开", "9", "1", "0", "0", "0", "0", "10"],
    ["（二）部分公开（区分处理的，只计这一情形，不计其他情形）", *ROW],
    ["（三）不予公开", "1.属于国家秘密", *ROW],
    ["2.其他法律行政法规禁止公开", *ROW],
    ["3.危及“三安全一稳定”", *ROW],
    ["4.保护第三方合法权益", *ROW],
    ["5.属于三类内部事务信息", *ROW],
    ["6.属于四类过程性信息", *ROW],
    ["7.属于行政执法案卷", *ROW],
    ["8.属于行政查询事项", *ROW],
    ["（四）无法提供", "1.本机关不掌握相关政府信息", "4", "1", "0", "0", "0", "0", "5"],
    ["2.没有现成信息需要另行制作", *ROW],
    ["3.补正后申请内容仍不明确", *ROW],
    ["（五）不予处理", "1.信访举报投诉类申请", *ROW],
    ["2.重复申请", *ROW],
    ["3.要求提供公开出版物", *ROW],
    ["4.无正当理由大量反复申请", *ROW],
    ["5.要求行政机关确认或重新出具已获取信息", *ROW],
    ["（六）其他处理", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", *ROW],
    ["2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", *ROW],
    ["3.其他", *ROW],
    ["（七）总计", "13", "2", "0", "0", "0", "0", "15"],
    ["四、结转下年度继续办理", "1", "0", "0", "0", "1", "0", "2"],
]
DISPUTES = [
    ["行政复议", "行政诉讼"],
    ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计", "未经复议直接起诉", "复议后起诉"],
    ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计", "结果维持", "结果纠正", "其他结果", "尚未审结", "总计"],
    ["0"] * 15,
]
UNITS = {
    "岚水县槐坪镇": "镇里把公开栏从机关大院搬到渡口和两处集市，赶集日由文书当面念账，全年念账41场，答问206人次。",
    "沅阳县石鹤乡": "三本旧台账受潮，乡档案室请退休会计周桂芳逐页翻拍，补齐宅基地审批表318份，挂网前由村组长签字。",
    "桐川县白马塘镇": "茶农最关心冷库电价，镇经发办把供电所的结算单译成一张大白话表，贴在六个收购点，全年换了9版。",
}  # fmt: skip
LAYOUTS = {"blanks": ("　", "\n"), "tabs": ("\t", "\n"), "cells": ("\n", "\n"), "bars": (" | ", " |\n| ")}


def laid_out(rows: list[list[str]], layout: str) -> str:
    between, behind = LAYOUTS[layout]
    text = behind.join(between.join(row) for row in rows)
    return f"| {text} |" if layout == "bars" else text


def disclosure(unit: str, told: str, layout: str) -> str:
    return f"""{unit}人民政府2024年政府信息公开工作年度报告

本报告根据《中华人民共和国政府信息公开条例》第五十条规定编制，所列数据的统计期限自2024年1月1日起至2024年12月31日止。

一、总体情况

{told}

二、主动公开政府信息情况

{laid_out(ISSUED, layout)}

三、收到和处理政府信息公开申请情况

{laid_out(APPLICATIONS, layout)}

四、政府信息公开行政复议、行政诉讼情况

{laid_out(DISPUTES, layout)}

五、存在的主要问题及改进情况

{unit}只有一名文书兼管公开，七月起由{unit[-3:]}财政所轮流代班。

六、其他需要报告的事项

无。
"""


def batch(folder: Path, told: dict[str, str], layout: str) -> list[Path]:
    paths = []
    for number, (unit, text) in enumerate(told.items()):
        paths.append(folder / f"{number}.txt")
        paths[-1].write_text(disclosure(unit, text, layout), encoding="utf-8")
    return paths


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("units", [2, 3])
def test_the_same_filled_in_form_is_no_copying(tmp_path: Path, layout: str, units: int) -> None:
    told = dict(list(UNITS.items())[:units])
    found = compare(batch(tmp_path, told, layout), Settings())
    assert [one.counts.copied for one in found.assessments] == [0] * units
    assert all(not one.matches for one in found.assessments)
    assert not any(pair.matches for pair in found.pairs)
    assert found.groups == ()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_is_copied_between_the_tables_is_still_seen(tmp_path: Path, layout: str) -> None:
    one, other = list(UNITS)[:2]
    told = UNITS[one] + "渡口那一处遇雨改在候船棚，念完的账页由识字的船工再读一遍，次日寄给外出的户主。"
    found = compare(batch(tmp_path, {one: told, other: told}, layout), Settings())
    assert len(found.assessments) == 2
    for report in found.assessments:
        text = report.report.document.text
        copied = [text[span.start : span.end] for span in report.spans if span.kind == "copied"]
        assert told in copied
        assert not any(row[-1] in piece for piece in copied for row in (*ISSUED[:2], *APPLICATIONS[:3], *DISPUTES[:3]))
        assert [match.equal_figures for match in report.matches] == [0]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_rows_of_the_table_are_no_headings(layout: str) -> None:
    assert numbering_findings(disclosure("岚水县槐坪镇", UNITS["岚水县槐坪镇"], layout)) == []


def test_headings_around_the_table_are_still_counted() -> None:
    text = disclosure("岚水县槐坪镇", UNITS["岚水县槐坪镇"], "blanks")
    broken = text.replace("五、存在的主要问题", "七、存在的主要问题").replace("六、其他需要", "八、其他需要")
    assert numbering_findings(broken) == ["skipped"]
    assert numbering_findings(text.replace("四、政府信息公开行政复议", "三、政府信息公开行政复议")) != []


def test_without_the_last_row_nothing_is_taken_for_the_table() -> None:
    text = disclosure("岚水县槐坪镇", UNITS["岚水县槐坪镇"], "blanks")
    assert numbering_findings(text.replace("四、结转下年度继续办理", "四、留待明年")) != []


def numbering_findings(text: str) -> list[str]:
    report = parse(Document("草稿.txt", "0" * 64, "txt", text), Settings())
    assert isinstance(report, Report)
    return [str(f.evidence["case"]) for f in review(Brief(report)) if f.code == "R7"]


@pytest.mark.parametrize("rows", [ISSUED, APPLICATIONS, DISPUTES])
@pytest.mark.parametrize("layout", ["blanks", "bars"])
def test_every_row_of_some_length_is_prescribed(rows: list[list[str]], layout: str) -> None:
    text = laid_out(rows, layout).replace("\n", " ").replace("　", " ")
    starts = np.arange(len(text), dtype=np.int32)
    free = set(range(len(text)))
    for hit in find_phrases(TracedText(text, starts, starts + 1), 2024):
        free -= set(range(hit.start, hit.end))
    assert "".join(text[i] for i in sorted(free) if text[i] not in "| ") == ""


@pytest.mark.parametrize(
    "text",
    [
        "全年办理行政许可431件、行政处罚27件、行政强制3件，行政事业性收费12.6万元。",
        "收到自然人、法人或其他组织的申请17件，其中予以公开10件，不予公开2件，其他处理1件，总计13件。",
        "行政复议5件，结果维持3件，结果纠正1件，尚未审结1件；行政诉讼2件。",
        "制定规章0件、行政规范性文件2件，废止1件，现行有效9件。",
    ],
)
def test_the_words_of_the_labels_in_sentences_are_not(text: str) -> None:
    starts = np.arange(len(text), dtype=np.int32)
    assert not [hit for hit in find_phrases(TracedText(text, starts, starts + 1), 2024) if hit.group == "form"]
