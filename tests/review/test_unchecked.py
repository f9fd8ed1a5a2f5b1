"""What is said of the rules that could not run."""

from __future__ import annotations

import pytest
from host_report import brief_of, codes, host
from msgspec.structs import replace

from jingwei.model import Report
from jingwei.review import review
from jingwei.review.unchecked import Unchecked, unchecked

FAULTS = host(
    result="在青河县委、县政府的坚强领导下，我局召开会议7次。经局党组会议研究，印发方案3份。我国法律体系还不够完善。"
    "2021年全年审查合同31份。广泛宣传《婚姻法》13场。"
).replace("三、存在的不足和原因", "三、深化行政复议和应诉工作\n\n组织义务植树活动，栽植苗木1264株，修补路面87平方米。")


def without(report: Report, *fields: str) -> Report:
    return replace(report, profile=replace(report.profile, **dict.fromkeys(fields)))


def told_of(*fields: str) -> set[str]:
    brief = brief_of(FAULTS)
    return set(codes(review(replace(brief, report=without(brief.report, *fields)))))


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        (("place", "unit", "level"), {"R1": "unit", "R2": "unit", "R3": "unit", "R9": "unit"}),
        (("year",), {"R4": "year", "R5": "year"}),
        (
            ("place", "unit", "level", "year"),
            {"R1": "unit", "R2": "unit", "R3": "unit", "R9": "unit", "R4": "year", "R5": "year"},
        ),
    ],
)
def test_the_rules_named_are_those_that_fall_silent(fields: tuple[str, ...], missing: dict[str, str]) -> None:
    everything = told_of()
    assert set(missing) <= everything, everything
    assert not set(missing) & told_of(*fields)
    found = unchecked(without(brief_of(FAULTS).report, *fields))
    assert {one.code: one.need for one in found} == missing


def test_a_report_without_a_title_may_be_of_any_genre() -> None:
    text = FAULTS.split("\n", 2)[2]
    brief = brief_of(text)
    untitled = without(brief.report, "title")
    found = {one.code: one.need for one in unchecked(untitled)}
    assert {code for code, need in found.items() if need == "title"} == {"R9", "S1", "S3"} - {
        code for code, need in found.items() if need == "unit"
    }
    assert not {"S1", "S3", "R9"} & set(codes(review(replace(brief, report=untitled))))


def test_what_does_not_apply_is_not_missed() -> None:
    brief = brief_of(host().replace("法治政府建设年度报告", "政府工作报告"))
    assert unchecked(brief.report) == ()
    assert unchecked(without(brief.report, "level")) == (Unchecked("R2", "unit"), Unchecked("R3", "unit"))


def test_a_rule_that_is_switched_off_is_not_missed() -> None:
    report = without(brief_of(host()).report, "year")
    assert unchecked(report, off=("R4",)) == (Unchecked("R5", "year"),)
    assert unchecked(brief_of(host()).report) == ()
