"""Known answers of the judgement on hand-written reports of invented places, and properties that must always hold."""

from __future__ import annotations

import hashlib
import itertools
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from jingwei.library import MemoryLibrary
from jingwei.model import Assessment, Document, Entry, Report
from jingwei.pipeline.draft import assess_draft
from jingwei.pipeline.prepare import entry_of, parse
from jingwei.settings import Settings

SETTINGS = Settings()
PASSAGE = "执法人员上路一律开启记录仪，案卷由司法所所长逐页核对后装订归档，每季度拿出两本交给兄弟站所挑毛病，毛病写在封底，下季度再看改没改。"
FILLER = "村干部把账本摊在祠堂门口的八仙桌上，谁家有疑问当场就问，问完了在账本背面按个手印。"


def report_of(unit: str, year: int, *paragraphs: str, path: str | None = None) -> Report:
    text = f"{unit}{year}年法治政府建设年度报告\n\n一、工作情况\n\n" + "\n\n".join(paragraphs) + "\n"
    digest = hashlib.sha256(text.encode()).hexdigest()
    parsed = parse(Document(path or f"{unit}-{year}.txt", digest, "txt", text), SETTINGS)
    assert isinstance(parsed, Report)
    return parsed


def judged(draft: Report, *others: Report, authority: tuple[Report, ...] = ()) -> Assessment:
    entries = [entry_of(r) for r in others] + [entry_of(r, "authority") for r in authority]
    return assess_draft(draft, MemoryLibrary(entries, SETTINGS) if entries else None, SETTINGS)


def kind_at(assessment: Assessment, words: str) -> set[str]:
    """Kinds of the characters of ``words``, found in the draft's text."""
    start = assessment.report.document.text.index(words)
    end = start + len(words)
    return {s.kind for s in assessment.spans if s.start < end and start < s.end}


def test_a_passage_of_another_unit_is_copied_with_both_sides() -> None:
    draft = report_of("青溪县柳河镇", 2023, FILLER, PASSAGE)
    source = report_of("白石县云岭乡", 2021, PASSAGE, "云岭乡的茶农自己推选了九名质量监督员，逢五逢十轮流上山。")
    found = judged(draft, source)
    assert kind_at(found, PASSAGE) == {"copied"}
    (match,) = found.matches
    assert match.relation == "peer" and match.source.year == 2021
    assert found.report.document.text[match.start : match.end] == PASSAGE
    assert match.source.text == PASSAGE
    assert match.equal_chars == len(PASSAGE)
    assert "copied" not in kind_at(found, FILLER)
    assert found.scores.longest_run_chars == match.effective_chars


def test_a_copied_paragraph_is_shown_with_the_small_heading_it_begins_with() -> None:
    draft = report_of("青溪县柳河镇", 2023, FILLER, "（二）严管执法过程，人人带 好记录仪。" + PASSAGE)
    source = report_of("白石县云岭乡", 2021, "（三）严管执法过程，个个带好记录仪。" + PASSAGE)
    (match,) = judged(draft, source).matches
    text = draft.document.text
    assert text[match.start : match.end] == "（二）严管执法过程，人人带 好记录仪。" + PASSAGE
    assert match.source.text == "（三）严管执法过程，个个带好记录仪。" + PASSAGE
    assert match.equal_chars == len("）严管执法过程，带好记录仪。" + PASSAGE)
    assert match.effective_chars == len(PASSAGE)
    assert all(text[r.left_start : r.left_end] == source.document.text[r.right_start : r.right_end] for r in match.runs)


def test_a_heading_that_the_source_has_not_stays_outside() -> None:
    draft = report_of("青溪县柳河镇", 2023, FILLER, "（二）严管执法过程。" + PASSAGE)
    for before in ("（三）集市上摆起普法摊子。", ""):
        (match,) = judged(draft, report_of("白石县云岭乡", 2021, FILLER[::-1], before + PASSAGE)).matches
        assert draft.document.text[match.start : match.end] == PASSAGE


def test_39_effective_characters_accuse_nobody() -> None:
    piece = PASSAGE[:38] + "。"
    draft = report_of("青溪县柳河镇", 2023, FILLER + piece)
    source = report_of("白石县云岭乡", 2021, "山上的茶树由合作社统一修剪，剪下的枝条打碎还田。" + piece)
    found = judged(draft, source)
    assert found.counts.copied == 0 and not found.matches
    assert found.counts.matched_13 >= 30


def test_an_earlier_report_of_the_same_unit_is_recycled_a_version_is_neither() -> None:
    draft = report_of("青溪县柳河镇", 2023, FILLER, PASSAGE)
    earlier = report_of("青溪县柳河镇", 2022, PASSAGE, path="a.txt")
    found = judged(draft, earlier)
    assert kind_at(found, PASSAGE) == {"recycled"}
    assert found.matches[0].relation == "previous"
    version = report_of("青溪县柳河镇", 2023, PASSAGE, FILLER + "另有附注。", path="b.txt")
    again = judged(draft, version)
    assert again.counts.recycled == again.counts.copied == 0


def test_own_words_that_stand_in_the_library_are_not_said_to_be_missing_there() -> None:
    from jingwei.report.explaining import render_explanation

    def said(assessment: Assessment, words: str) -> set[str]:
        start = assessment.report.document.text.index(words)
        return {s.because.zh for s in assessment.spans if s.start < start + len(words) and start < s.end}

    short = PASSAGE[:24]
    draft = report_of("青溪县柳河镇", 2023, FILLER, PASSAGE)
    version = report_of("青溪县柳河镇", 2023, PASSAGE, FILLER + "另有附注。", path="b.txt")
    found = judged(draft, version)
    assert said(found, PASSAGE[:20]) == {"自述：与本单位同年度的另一版本有相同文字，不计入雷同"}
    assert "b.txt" in render_explanation(found, draft.document.text.index(PASSAGE))
    after = report_of("青溪县柳河镇", 2024, PASSAGE, FILLER[::-1], path="b.txt")
    found = judged(draft, after)
    assert said(found, PASSAGE[:20]) == {"自述：与年度更晚的报告有相同文字，不计入雷同"}
    assert said(found, FILLER[:12]) == {"自述：库内未发现（比对库1篇）"}
    other = report_of(
        "白石县云岭乡", 2021, "山上的茶树由合作社统一修剪，" + short + "，剪下的枝条打碎还田，来年开春再施到根旁。"
    )
    (reason,) = said(judged(draft, other), short)
    assert reason == "自述：比对库中有相同文字，扣除规定用语和通用表述后不足40字，不计入雷同"
    again = replace(entry_of(draft), path="库/本文.txt")
    itself = assess_draft(draft, MemoryLibrary([again], SETTINGS), SETTINGS)
    assert "库/本文.txt" in render_explanation(itself, draft.document.text.index(PASSAGE))


def test_excluded_stretches_hold_every_prescribed_character_and_name_so_many_units_as_share_all_of_it() -> None:
    names = ("云岭", "石桥", "榆坪", "枫口", "桃岭")
    shared = "村民议事会每逢初三在老槐树下开会，谁来晚了谁烧水。"
    others = [
        report_of(f"白石县{name}乡", 2021, (shared if n < 4 else shared[:17]) + f"{name}的事自己办。" * 9)
        for n, name in enumerate(names)
    ]
    prescribed = (
        "坚持以习近平新时代中国特色社会主义思想为指导，认真落实《信访工作条例》、《中华人民共和国反有组织犯罪法》。"
    )
    draft = report_of("青溪县柳河镇", 2023, FILLER + shared + prescribed)
    found = judged(draft, *others)
    text = draft.document.text
    (common,) = [e for e in found.excluded if shared[:10] in text[e.start : e.end]]
    assert text[common.start : common.end].rstrip("。") == shared.rstrip("。")
    assert common.places == 4 and "至少4个单位" in common.reason and "at least 4" in common.reason_en
    listed = sum(len("".join(text[e.start : e.end].split())) for e in found.excluded if "上级规定用语" in e.reason)
    assert listed == found.counts.mandated > 30


def test_what_fewer_units_share_is_common_by_the_background_alone(fixture_reports: list[Report]) -> None:
    library = MemoryLibrary([entry_of(r) for r in fixture_reports], SETTINGS)
    common = 0
    for report in fixture_reports:
        found = assess_draft(report, library, SETTINGS)
        text = report.document.text
        listed = [e for e in found.excluded if e.reason.startswith("通用套语")]
        common += len(listed)
        for e in listed:
            assert e.end - e.start >= 4
            assert (e.places or 3) >= 3 and ("比对库" in e.reason) is (e.places is not None), text[e.start : e.end]
            assert "0 other" not in e.reason_en and ("background" in e.reason_en) is (e.places is None)
            assert "柳汀镇" not in text[e.start : e.end]
        prescribed = sum(len("".join(text[e.start : e.end].split())) for e in found.excluded if e not in listed)
        assert prescribed == found.counts.mandated
    assert common > 10


def test_own_earlier_text_is_not_blamed_on_a_third_unit() -> None:
    draft = report_of("青溪县柳河镇", 2023, FILLER, PASSAGE)
    earlier = report_of("青溪县柳河镇", 2022, PASSAGE, path="a.txt")
    other = report_of("白石县云岭乡", 2021, PASSAGE, path="c.txt")
    found = judged(draft, earlier, other)
    assert found.counts.copied == 0 and found.counts.recycled == len(PASSAGE)


def test_superiors_and_authority_texts_prescribe() -> None:
    draft = report_of("青溪县柳河镇", 2023, FILLER, PASSAGE)
    county = report_of("青溪县人民政府", 2022, PASSAGE, path="county.txt")
    assert kind_at(judged(draft, county), PASSAGE) == {"mandated"}
    circular = report_of("白石县人民政府", 2020, PASSAGE, path="circular.txt")
    found = judged(draft, authority=(circular,))
    assert kind_at(found, PASSAGE) == {"mandated"}
    assert found.matches[0].relation == "authority"
    assert found.excluded and "上级原文" in "".join(e.reason for e in found.excluded)
    assert found.scores.overlap_effective == 0.0


def test_slots_differ_and_the_frame_is_copied_all_the_same() -> None:
    frame = (
        "今年由{0}村先行先试，把{1}条田埂路的养护责任分给{2}户人家，谁家门前谁家管，镇里每半月派人骑车看一遍，"
        "看完把照片贴在村口的木板上，贴满三张红照片的人家年底领走一只保温壶。"
    )
    draft = report_of("青溪县柳河镇", 2023, FILLER, frame.format("榆树", 14, 63))
    source = report_of("白石县云岭乡", 2021, frame.format("石桥", 9, 41))
    found = judged(draft, source)
    assert kind_at(found, "条田埂路的养护责任分给") == {"copied"}
    assert kind_at(found, "63") == {"local"} and kind_at(found, "14") == {"local"}


def test_what_four_units_share_is_common_until_it_is_long() -> None:
    short = "村民议事会每逢初三在老槐树下开会，谁来晚了谁烧水。"
    others = [report_of(f"白石县{n}乡", 2021, short + own * 6) for n, own in zip(
        ("云岭", "石桥", "榆坪", "枫口"), ("甲水渠修好了。", "乙仓库盖完了。", "丙路灯亮起来。", "丁鱼塘清了淤。"), strict=True
    )]  # fmt: skip
    found = judged(report_of("青溪县柳河镇", 2023, FILLER + short), *others)
    assert kind_at(found, short.rstrip("。")) == {"formulaic"}
    long = [report_of(f"白石县{n}乡", 2021, PASSAGE + FILLER) for n in ("云岭", "石桥", "榆坪", "枫口")]
    common = judged(report_of("青溪县柳河镇", 2023, PASSAGE + FILLER), *long)
    assert {m.relation for m in common.matches} == {"common_source"}
    assert kind_at(common, PASSAGE) == {"copied"}


def test_prescribed_wording_alone_leaves_nothing_to_score() -> None:
    formula = "坚持以习近平新时代中国特色社会主义思想为指导。深刻领悟“两个确立”的决定性意义。增强“四个意识”、坚定“四个自信”、做到“两个维护”。"
    found = judged(report_of("青溪县柳河镇", 2023, formula * 2))
    assert found.counts.mandated >= 0.9 * found.counts.body


@pytest.fixture(scope="module")
def fixture_reports(fixtures_dir: Path) -> list[Report]:
    from jingwei.pipeline.reading import read_reports

    return [r for r in read_reports([fixtures_dir / "reports"], SETTINGS) if isinstance(r, Report)]


def test_kinds_tile_the_body_of_every_fixture(fixture_reports: list[Report]) -> None:
    library = MemoryLibrary([entry_of(r) for r in fixture_reports], SETTINGS)
    for report in fixture_reports:
        found = assess_draft(report, library, SETTINGS)
        covered = np.zeros(len(report.document.text), dtype=int)
        for span in found.spans:
            covered[span.start : span.end] += 1
        assert (covered[report.structure.body] == 1).all()
        solid = [
            i for i in np.flatnonzero(covered) if not report.document.text[i].isspace() and not report.structure.body[i]
        ]
        assert not solid


@pytest.mark.parametrize(
    ("unit", "year", "kind"),
    [
        ("白石县云岭乡人民政府", 2023, "copied"),
        (None, 2023, None),  # who wrote it is not known: most likely it is the draft
        ("", 2023, None),
        ("", 2022, "recycled"),
    ],
)
def test_the_draft_itself_in_the_library_is_left_out_and_the_same_content_of_another_is_not(
    unit: str | None, year: int, kind: str | None
) -> None:
    draft = report_of("青溪县柳河镇", 2023, FILLER, PASSAGE)
    mine = draft.profile.unit if unit == "" else unit
    stored = replace(entry_of(draft), path="库/另一份.txt", unit=mine, year=year)
    found = assess_draft(draft, MemoryLibrary([stored], SETTINGS), SETTINGS)
    if kind is None:
        assert found.left_out == ("库/另一份.txt",) and not found.matches
    else:
        assert found.left_out == ()
        assert found.counts.local == found.counts.own == 0
        assert kind_at(found, PASSAGE) == {kind}
    again = replace(stored, path=draft.document.path)  # the very file, whatever unit it was added under
    assert assess_draft(draft, MemoryLibrary([again], SETTINGS), SETTINGS).left_out == (draft.document.path,)


def test_originality_is_an_upper_bound_where_nothing_else_was_compared(fixtures_dir: Path, tmp_path: Path) -> None:
    from jingwei.pipeline.batch import compare
    from jingwei.report.terminal_batch import render_comparison

    draft = report_of("青溪县柳河镇", 2023, FILLER, PASSAGE)
    itself = replace(entry_of(draft), path="库/本文.txt")
    other = entry_of(report_of("白石县云岭乡", 2021, "山上的茶树由合作社统一修剪，剪下的枝条打碎还田，来年再施。" * 3))
    law = replace(entry_of(report_of("白石县", 2021, PASSAGE)), role="authority")
    for entries, bound in (
        ([], True),
        ([itself], True),
        ([itself, law], True),
        ([other], False),
        ([itself, other], False),
    ):
        found = assess_draft(draft, MemoryLibrary(entries, SETTINGS), SETTINGS)
        assert found.scores.originality_is_upper_bound is bound
        (reason,) = {s.because.zh for s in found.spans if s.because.code == "unmatched"}
        assert ("库内未发现" in reason) is not bound
    one = fixtures_dir / "reports" / "sangluo-liuting-2021.txt"
    alone = compare([one], SETTINGS)
    assert alone.assessments[0].scores.originality_is_upper_bound
    shown = render_comparison(alone)
    assert "≤" in shown and "未发现" not in shown and "只有一份可读的报告" in shown
    (tmp_path / "副本.txt").write_bytes(one.read_bytes())
    twice = compare([one, tmp_path / "副本.txt"], SETTINGS)
    assert [a.scores.originality_is_upper_bound for a in twice.assessments] == [True, True]
    both = compare([one, fixtures_dir / "reports" / "sangluo-liuting-2022.txt"], SETTINGS)
    assert [a.scores.originality_is_upper_bound for a in both.assessments] == [False, False]


def test_facts_in_last_years_text_are_told_apart(fixture_reports: list[Report]) -> None:
    by_name = {Path(r.document.path).stem: r for r in fixture_reports}
    draft = by_name["sangluo-liuting-2023"]
    alone, beside = (
        assess_draft(draft, None, SETTINGS, previous) for previous in ((), [by_name["sangluo-liuting-2022"]])
    )
    text = {
        name: next(s.zh for s in a.standings if s.measure == "fact_density")
        for name, a in (("alone", alone), ("beside", beside))
    }
    local = np.zeros(len(draft.document.text), dtype=np.bool_)
    for span in beside.spans:
        local[span.start : span.end] |= span.kind == "local"
    kept = sum(bool(local[f.start : f.end].any()) for f in beside.facts)
    shared = int(text["beside"].split("个事实中有")[1].split("个")[0])
    assert 0 < shared <= len(beside.facts) - kept and "个事实中" not in text["alone"]


def test_order_of_the_library_does_not_matter(fixture_reports: list[Report]) -> None:
    entries = [entry_of(r) for r in fixture_reports]
    shuffled = list(entries)
    random.Random(5).shuffle(shuffled)
    for report in fixture_reports[:6]:
        one, other = (assess_draft(report, MemoryLibrary(e, SETTINGS), SETTINGS) for e in (entries, shuffled))
        assert one.spans == other.spans
        assert one.matches == other.matches
        assert one.scores == other.scores and one.counts == other.counts


def test_a_report_that_is_in_the_library_under_another_unit_keeps_nothing(fixture_reports: list[Report]) -> None:
    """Same body, another unit: no local and no own characters are left."""
    for report in fixture_reports[:8]:
        twin: Entry = replace(
            entry_of(report), unit="远山县松口镇人民政府", sha256="0" * 64, path="twin.txt", place=None, level=None
        )
        found = assess_draft(report, MemoryLibrary([twin], SETTINGS), SETTINGS)
        assert found.counts.local == found.counts.own == 0, report.document.path
        assert found.counts.copied + found.counts.mandated + found.counts.formulaic == found.counts.body


SENTENCES = [
    PASSAGE,
    FILLER,
    "全镇办结案件18件。",
    "坚持依法行政。",
    "各村制定村规民约，立在村口。",
    "召开会议3次，印发《柳河镇普法要点》。",
]


@given(
    st.lists(st.sampled_from(SENTENCES), min_size=3, max_size=8),
    st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=8),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_counts_always_close(mine: list[str], theirs: list[str]) -> None:
    found = judged(report_of("青溪县柳河镇", 2023, FILLER, *mine), report_of("白石县云岭乡", 2022, PASSAGE, *theirs))
    c = found.counts
    assert c.mandated + c.recycled + c.copied + c.formulaic + c.local + c.own == c.body
    assert 0 <= c.matched_13 <= c.body
    for before, after in itertools.pairwise(found.spans):
        assert before.end <= after.start


def test_a_government_and_its_own_departments_repeat_each_other() -> None:
    """A county's report is its bureau's superior text; what the bureau wrote is repeated by the county, not copied."""
    county, bureau = report_of("白石县", 2023, PASSAGE), report_of("白石县司法局", 2023, PASSAGE)
    below = judged(report_of("白石县司法局", 2023, FILLER, PASSAGE), county)
    assert kind_at(below, PASSAGE) == {"mandated"} and {m.relation for m in below.matches} == {"authority"}
    above = judged(report_of("白石县", 2023, FILLER, PASSAGE), bureau)
    assert above.counts.copied == 0 and not above.matches
    other = judged(report_of("青溪县司法局", 2023, FILLER, PASSAGE), county)
    assert kind_at(other, PASSAGE) == {"copied"}
    sister = judged(report_of("白石县财政局", 2023, FILLER, PASSAGE), bureau)
    assert kind_at(sister, PASSAGE) == {"copied"}
