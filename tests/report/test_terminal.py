"""The results as text: one score table for all views, what accuses first, English that reads as English."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace
from samples import make_comparison

from jingwei.model import Assessment, Comparison, Finding, LibrarySummary, Skipped
from jingwei.report.measures import measures_of
from jingwei.report.terminal import render_check, render_score, render_skipped
from jingwei.report.terminal_batch import render_comparison
from jingwei.report.words import count_label, library_line


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    return next(a for a in make_comparison(6, (2022, 2023)).assessments if len(a.matches) > 1)


def test_the_score_table_is_that_of_the_page(assessment: Assessment):
    """A share that is not nothing never prints as nothing, and the degree stands beside it."""
    scores = replace(assessment.scores, originality=0.9996, overlap_effective=0.0004, overlap_max_source=0.31)
    shown = render_score(replace(assessment, scores=scores))
    assert "99.9%（" in shown and "<0.1%（" in shown and "100.0%" not in shown
    assert re.search(r"单篇最大重复率 +31\.0%（\d+/\d+，重点核查）", shown)
    measures = {m.code: m for m in measures_of(assessment)}
    plain = render_score(assessment)
    for measure in measures.values():
        assert measure.shown in plain
        if measure.degree:
            assert f"，{measure.degree.zh}）" in plain


def test_an_upper_bound_is_marked_in_the_score_table(assessment: Assessment):
    bound = replace(assessment, scores=replace(assessment.scores, originality_is_upper_bound=True, originality=0.5))
    assert "≤50.0%（" in render_score(bound) and "≤50.0% (" in render_check(bound, "en")


def test_a_check_opens_with_the_figures_the_county_looks_at(assessment: Assessment):
    shown = render_check(assessment)
    head = "".join(shown.split("红灯（必须改）  ")[0].split())
    for name in ("原创度", "有效重复率", "单篇最大重复率", "本地事实密度"):
        assert re.search(name + r"[<\d.]+%?（\d+/\d+", head), name


def test_what_another_unit_wrote_comes_before_what_was_carried_over(assessment: Assessment):
    """However long: the accusation is what must be looked at first."""
    first, second = assessment.matches[:2]
    own = replace(first, relation="previous", effective_chars=900)
    theirs = replace(second, relation="peer", effective_chars=41)
    shown = render_check(replace(assessment, matches=(own, theirs)))
    assert shown.index("有效 41 字") < shown.index("有效 900 字")


def test_alike_findings_of_a_paragraph_are_told_once(assessment: Assessment):
    inside = assessment.report.structure.paragraphs[3]
    found = tuple(
        Finding("R9", "warning", inside.start + at, inside.start + at + 2, name, f"“{name}”不是本级的事。",
                suggestion="请核实。", message_en=f'"{name}" is not of this level.')
        for at, name in ((0, "甲事"), (4, "乙事"), (8, "丙事"))
    )  # fmt: skip
    shown = render_check(replace(assessment, findings=found))
    assert "黄灯（请核对）  3" in shown
    assert shown.count("不是本级的事") == shown.count("请核实。") == 1
    assert "同段同类另有 2 处：“乙事”、“丙事”" in shown
    assert "2 more of the kind in this paragraph: “乙事”, “丙事”" in render_check(
        replace(assessment, findings=found), "en"
    )
    passages = tuple(replace(f, code="C1") for f in found)
    assert render_check(replace(assessment, findings=passages)).count("不是本级的事") == 3


def test_english_has_no_chinese_marks_of_ours(assessment: Assessment):
    """What the report and its places are called stays; brackets, colons and commas of ours are English."""
    shown = render_score(assessment, "en")
    table = shown[shown.index("Originality") : shown.index("Composition")]
    assert not re.search(r"[：（），、。]", table)
    assert not re.search(r"\)\d", table)
    skipped = render_skipped(Skipped("a.pdf", "scanned", "扫描件", "only pictures"), "en")
    assert skipped == "skipped a.pdf: only pictures (scanned)"
    assert count_label(1, "report", "reports") == "1 report"
    assert count_label(1200, "report", "reports") == "1,200 reports"


@pytest.fixture(scope="module")
def batch() -> Comparison:
    return make_comparison(6, (2022, 2023))


def test_a_batch_names_units_and_years(batch: Comparison):
    """Files are called anything; what a county looks for is the unit."""
    shown = render_comparison(batch)
    pair = next(p for p in batch.pairs if p.matches)
    profiles = dict(zip(batch.ids, (a.report.profile for a in batch.assessments), strict=True))
    for letter, report_id in (("甲", pair.left), ("乙", pair.right)):
        assert f"{letter} {profiles[report_id].unit} {profiles[report_id].year}　{report_id}" in shown
    unknown = replace(batch.assessments[0].report, profile=replace(batch.assessments[0].report.profile, unit=None))
    first = replace(batch.assessments[0], report=unknown)
    assert (
        f"  {batch.ids[0]}\n" in render_comparison(replace(batch, assessments=(first, *batch.assessments[1:]))) + "\n"
    )


def test_a_units_own_years_stand_behind_all_pairs_of_two_units(batch: Comparison):
    first, second = [p for p in batch.pairs if p.matches][:2]
    own = replace(first, relation="previous", overlap_effective=0.99)
    other = replace(second, relation="peer", overlap_effective=0.02)
    shown = render_comparison(replace(batch, pairs=(own, other)))
    assert (
        shown.index("不同单位之间有雷同片段的报告对  1 对")
        < shown.index("  2.0%")
        < shown.index("同一单位各年度之间  1 对")
    )
    assert shown.index("同一单位各年度之间") < shown.index(" 99.0%")


def test_every_number_of_a_batch_has_its_counts_and_its_library(batch: Comparison):
    shown = render_comparison(replace(batch, settings={**batch.settings, "digest": "abc123"}))
    pair = next(p for p in batch.pairs if p.matches)
    side = "乙" if pair.counted == pair.right else "甲"
    assert f"（占{side}篇 {pair.overlap_effective_chars}/{pair.judged_chars} 字）" in shown
    for assessment in batch.assessments:
        c = assessment.counts
        row = rf"% +{c.copied + c.recycled} .*% +{c.local + c.own} .*% +{c.local} +{c.body - c.mandated} "
        assert re.search(row, shown)
    assert library_line(batch.library) in shown
    assert f"词库 {batch.lexicon}　设置 abc123" in shown
    bound = replace(
        batch.assessments[0],
        scores=replace(batch.assessments[0].scores, originality_is_upper_bound=True, originality=0.5),
    )
    assert "≤50.0%" in render_comparison(replace(batch, assessments=(bound, *batch.assessments[1:])))


def test_an_english_batch_counts_in_english(batch: Comparison):
    shown = render_comparison(replace(batch, skipped=batch.skipped[:1]), "en")
    assert "12 reports compared, 1 file skipped." in shown
    assert not re.search(r"\d%\(", shown)
    assert "1 passage, longest" in shown and "1 passages" not in shown
    assert not re.search(r"[：（）]", shown)


def test_earlier_reports_are_counted_in_english():
    one = LibrarySummary(previous=("a.txt",))
    assert "with 1 earlier report of the unit and" in library_line(one, "en")
    assert "with 2 earlier reports of the unit and" in library_line(replace(one, previous=("a.txt", "b.txt")), "en")
