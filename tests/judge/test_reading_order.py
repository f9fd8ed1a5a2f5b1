"""What is shown side by side can be read side by side: crossed parts apart, nothing beyond a heading by chance."""

from __future__ import annotations

import hashlib

from msgspec.structs import replace

from jingwei.library import MemoryLibrary
from jingwei.model import Assessment, Document, Report
from jingwei.pipeline.draft import assess_draft
from jingwei.pipeline.prepare import entry_of, parse
from jingwei.settings import Settings

SETTINGS = Settings()
SHORTCOMING = "老街排水沟三年没有清过淤，一下雨水就漫进临街的铺面，铺主们自己拿沙袋挡，镇里一直没有排出专人来管这件事。"
PLAN = "开春先请水利站把沟底的坡度量一遍，再由两个村民小组各出一名有经验的泥瓦匠带着修，修好后每月初一打开盖板看一次。"
OWN = "山上的茶树由合作社统一修剪，剪下的枝条打碎还田，来年开春再施到根旁，茶农自己推选了质量监督员。"


def report_of(unit: str, year: int, *paragraphs: str) -> Report:
    text = f"{unit}{year}年法治政府建设年度报告\n\n一、工作情况\n\n" + "\n\n".join(paragraphs) + "\n"
    digest = hashlib.sha256(text.encode()).hexdigest()
    parsed = parse(Document(f"{unit}-{year}.txt", digest, "txt", text), SETTINGS)
    assert isinstance(parsed, Report)
    return parsed


def judged(draft: Report, source: Report) -> Assessment:
    return assess_draft(draft, MemoryLibrary([entry_of(source)], SETTINGS), SETTINGS)


def copied(assessment: Assessment) -> str:
    text = assessment.report.document.text
    spans = [text[s.start : s.end] for s in assessment.spans if s.kind in {"copied", "recycled"}]
    return "".join("".join(spans).split())


def test_parts_that_changed_places_are_shown_each_beside_its_own_source() -> None:
    source = report_of("白石县云岭乡", 2021, SHORTCOMING, PLAN, OWN)
    for unit, relation in (("青溪县柳河镇", "peer"), ("白石县云岭乡", "previous")):
        found = judged(report_of(unit, 2023, PLAN, SHORTCOMING), source)
        assert [(m.relation, m.source.text) for m in found.matches] == [(relation, PLAN), (relation, SHORTCOMING)]
        text = found.report.document.text
        assert [text[m.start : m.end] for m in found.matches] == [PLAN, SHORTCOMING]
        assert [m.equal_chars for m in found.matches] == [len(PLAN), len(SHORTCOMING)]
        assert sum(m.effective_chars for m in found.matches) == len(PLAN + SHORTCOMING)
        assert copied(found) == PLAN + SHORTCOMING
        if relation == "peer":
            assert found.scores.longest_run_chars == max(len(PLAN), len(SHORTCOMING))
            assert found.scores.overlap_max_source == found.scores.overlap_effective == 1.0


def test_sentences_that_changed_places_within_a_paragraph_stay_one_passage() -> None:
    source = report_of("白石县云岭乡", 2021, SHORTCOMING + PLAN, OWN)
    (match,) = judged(report_of("青溪县柳河镇", 2023, PLAN + SHORTCOMING), source).matches
    assert match.source.text == SHORTCOMING + PLAN and match.equal_chars == len(PLAN + SHORTCOMING)


def test_a_reason_tells_what_is_equal_in_a_row_and_what_in_all() -> None:
    wrapped = SHORTCOMING[:20] + "\n" + SHORTCOMING[20:]
    other = SHORTCOMING[:40] + "乡上头" + SHORTCOMING[43:]
    for mine, theirs, longest in ((SHORTCOMING, SHORTCOMING, len(SHORTCOMING)), (wrapped, SHORTCOMING, len(SHORTCOMING)),
                                  (SHORTCOMING, wrapped, len(SHORTCOMING)), (SHORTCOMING, other, 40)):  # fmt: skip
        found = judged(report_of("青溪县柳河镇", 2023, mine, OWN[::-1]), report_of("白石县云岭乡", 2021, theirs, OWN))
        (match,) = found.matches
        (reason,) = {s.because for s in found.spans if s.kind == "copied"}
        assert f"共{match.effective_chars}字，最长连续{longest}字" in reason.zh and "连续相同" not in reason.zh
        assert f"{longest} of the equal ones in a row" in reason.en


def test_english_reasons_hold_no_none_and_no_code() -> None:
    source = report_of("白石县云岭乡", 2021, SHORTCOMING, OWN)
    draft = report_of("青溪县柳河镇", 2023, SHORTCOMING, OWN[::-1])
    entry = replace(entry_of(source), unit=None, place=None, year=None)
    for unit, words in (
        (None, "alike: shared with an unknown unit, unknown year"),
        (draft.profile.unit, "own report of unknown year"),
    ):
        found = assess_draft(draft, MemoryLibrary([replace(entry, unit=unit)], SETTINGS), SETTINGS)
        said = {s.because.en for s in found.spans if s.kind in {"copied", "recycled"}}
        assert len(said) == 1 and words in said.pop()


def test_clauses_too_short_to_count_alone_stay_together_and_both_sides_are_whole() -> None:
    one, other = PLAN[:28], SHORTCOMING[:23] + "。"
    source = report_of("白石县云岭乡", 2021, OWN, other[:-1] + "，" + one[:-1] + "。")
    found = judged(report_of("青溪县柳河镇", 2023, OWN[::-1] + one + other), source)
    (match,) = found.matches
    assert match.effective_chars >= 40
    assert all(part[1:-1] in match.source.text for part in (one, other))
    assert all(part[1:-1] in found.report.document.text[match.start : match.end] for part in (one, other))


def test_a_passage_does_not_reach_over_a_heading_by_a_chance_character() -> None:
    draft = report_of("青溪县柳河镇", 2023, "（二）清沟", SHORTCOMING, "（三）修渠", "全镇的渠都由" + OWN[::-1])
    source = report_of("白石县云岭乡", 2021, "（一）清沟", SHORTCOMING, "（二）育林", "全乡自己" + OWN)
    for mine, theirs in ((draft, source), (source, draft)):
        (match,) = judged(mine, theirs).matches
        assert mine.document.text[match.start : match.end] == SHORTCOMING == match.source.text
        assert copied(judged(mine, theirs)) == SHORTCOMING


def test_a_line_break_inside_a_sentence_is_no_edge() -> None:
    wrapped = SHORTCOMING[:-3] + "\n" + SHORTCOMING[-3:]
    source = report_of("白石县云岭乡", 2021, wrapped, OWN)
    (match,) = judged(report_of("青溪县柳河镇", 2023, SHORTCOMING, OWN[::-1]), source).matches
    assert match.equal_chars == len(SHORTCOMING)
