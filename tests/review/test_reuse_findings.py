"""C1, C2, Y1, R1 from matches; Y2, Y3 from last year's report."""

from __future__ import annotations

import pytest
from host_report import brief_of, codes, host
from msgspec.structs import replace

from jingwei.model import EqualRun, Finding, Match, Scores, Source
from jingwei.review import Brief, review

COPIED = "在梧桐坪设立法律服务驿站，青石镇推行夜间问诊，由两名律师轮流值守，群众点单、驿站派单、律师接单，把服务送到田间地头。"
TEXT = host(result=COPIED)


def with_match(text: str, words: str, relation: str, place: str | None = "江南省云岭县青石镇", **other: int) -> Brief:
    start = text.index(words)
    source = Source("库内/甲.txt", place, 2022, 10, 10 + len(words), words, title="甲地报告", equal_chars=len(words))
    match = Match(
        start,
        start + len(words),
        len(words),
        other.get("effective", len(words)),
        relation,  # type: ignore[arg-type]
        source,
        also=(source,) * other.get("also", 0),
    )
    return brief_of(text, matches=(match,))


def one(found: tuple[Finding, ...], code: str) -> Finding:
    (finding,) = [f for f in found if f.code == code]
    return finding


def test_a_copied_passage_names_both_sides_and_its_degree() -> None:
    finding = one(review(with_match(TEXT, COPIED, "peer", effective=88)), "C1")
    assert finding.severity == "warning"
    assert TEXT[finding.start : finding.end] == finding.quote == COPIED
    assert "疑似雷同" in finding.message
    assert "表述后88字" in finding.message
    assert "重点" in finding.message
    assert finding.evidence["source_text"] == COPIED
    assert "抄袭" not in finding.message


@pytest.mark.parametrize(("figures", "code"), [(0, "passage"), (3, "figures")])
def test_equal_characters_with_others_between_are_not_said_to_stand_in_a_row(figures: int, code: str) -> None:
    brief = with_match(TEXT, COPIED, "peer", effective=41)
    (match,) = brief.matches
    runs = (EqualRun(match.start, match.start + 9, 10, 19), EqualRun(match.start + 14, match.start + 40, 24, 50))
    told = one(
        review(replace(brief, matches=(replace(match, runs=runs, equal_chars=35, equal_figures=figures),))), "C1"
    )
    assert "共有35字相同（最长连续26字）" in told.message
    assert "35 characters (at most 26 in a row)" in told.message_en
    assert told.evidence["longest"] == 26
    assert told.evidence["case"] == code


def test_a_source_is_named_by_its_unit_where_it_is_known() -> None:
    brief = with_match(TEXT, COPIED, "peer", place="蒹川县")
    (match,) = brief.matches
    assert "《甲地报告》（蒹川县，2022年）" in one(review(brief), "C1").message
    named = replace(match, source=replace(match.source, unit="蒹川县司法局"))
    told = one(review(replace(brief, matches=(named,))), "C1")
    assert "《甲地报告》（蒹川县司法局，2022年）" in told.message
    assert (told.evidence["unit"], told.evidence["place"]) == ("蒹川县司法局", "蒹川县")


def test_blanks_are_no_part_of_the_longest_stretch() -> None:
    text = host(result="推行夜间问诊，由两名 律师轮流值守。")
    brief = with_match(text, "由两名 律师轮流值守", "peer")
    (match,) = brief.matches
    told = one(
        review(replace(brief, matches=(replace(match, runs=(EqualRun(match.start, match.end, 10, 20),)),))), "C1"
    )
    assert told.evidence["longest"] == 9


@pytest.mark.parametrize("relation", ["peer", "previous"])
def test_the_english_of_an_unknown_source_is_english(relation: str) -> None:
    brief = with_match(TEXT, COPIED, relation, place=None)
    (match,) = brief.matches
    unknown = replace(match, source=replace(match.source, year=None, title="A report", text=""))
    told = one(review(replace(brief, matches=(unknown,))), "C1" if relation == "peer" else "Y1")
    assert "year unknown" in told.message_en
    assert told.message_en.isascii()
    assert "年份不详" in told.message


@pytest.mark.parametrize(
    ("share", "word"), [(0.10, "（低）"), (0.15, "（关注）"), (0.30, "（重点核查）"), (0.50, "（高度雷同）")]
)
def test_the_degree_follows_the_largest_share(share: float, word: str) -> None:
    brief = with_match(TEXT, COPIED, "peer", effective=41)
    scores = Scores(0.5, 0.5, share, share, 41, 0.0, 9.0)
    finding = one(review(replace(brief, scores=scores)), "C1")
    assert word in finding.message
    assert "提示" in finding.message


def test_common_source_blames_nobody() -> None:
    finding = one(review(with_match(TEXT, COPIED, "common_source", also=2)), "C2")
    assert "疑似同源" in finding.message
    assert "与其他单位的3份报告共有" in finding.message
    assert "他地" not in finding.message
    assert finding.severity == "warning"


def test_a_recycled_passage_is_a_note_with_its_year() -> None:
    finding = one(review(with_match(TEXT, COPIED, "previous", place="云溪县白石镇")), "Y1")
    assert finding.severity == "note"
    assert "2022年" in finding.message


def test_an_authority_passage_is_no_finding() -> None:
    found = review(with_match(TEXT, COPIED, "authority"))
    assert not {"C1", "C2", "Y1"} & set(codes(found))


def test_the_place_of_the_source_in_the_passage_is_the_strongest_residue() -> None:
    finding = one(review(with_match(TEXT, COPIED, "peer")), "R1")
    assert finding.quote == "青石镇"
    assert finding.severity == "error"
    assert "甲地报告" in finding.message


def test_the_shared_county_of_a_neighbour_is_no_residue() -> None:
    words = "在云溪县司法局指导下，推行夜间问诊，由两名律师轮流值守，群众点单、驿站派单。"
    found = review(with_match(host(result=words), words, "peer", place="云溪县松岭乡"))
    assert "R1" not in codes(found)


LAST = host(year=2022, plan="四是组建综合行政执法大队，推动执法力量向集镇和河口片区下沉，实行错时执法。")


def last_year(now: str) -> tuple[Finding, ...]:
    return review(brief_of(now, previous=(LAST,)))


def test_numbers_that_did_not_change_are_asked_about() -> None:
    found = last_year(host())
    same = {f.evidence["number"] for f in found if f.code == "Y2" and f.severity == "warning"}
    assert {"147", "186", "1264"} <= same


def test_a_lone_small_or_round_number_is_a_coincidence() -> None:
    told = "召开专题会议研究执法工作4次。发放普法宣传资料3000份。"
    before = host(year=2022, result=told)
    now = host(result=told)
    found = review(brief_of(now, previous=(before,)))
    assert not [f for f in found if f.code == "Y2" and now.index(told) <= (f.start or 0) < now.index(told) + len(told)]


def test_many_small_numbers_in_one_sentence_are_none() -> None:
    told = "主持会议研究法治工作4次，带头集体学法10次，上法治课2次，带队督导执法检查6次。"
    found = review(brief_of(host(result=told), previous=(host(year=2022, result=told),)))
    assert {"4", "10", "2", "6"} <= {f.evidence["number"] for f in found if f.code == "Y2"}


def test_numbers_that_changed_are_not() -> None:
    now = (
        host().replace("147处", "151处").replace("186件", "203件").replace("1264册", "1377册").replace("873人", "912人")
    )
    quotes = {f.evidence["number"] for f in last_year(now) if f.code == "Y2"}
    assert not {"151", "203", "1377", "912"} & quotes


def test_a_stock_number_is_only_a_note() -> None:
    found = last_year(host())
    assert [f.severity for f in found if f.code == "Y2" and f.evidence["number"] == "23"][:1] == ["note"]


def test_last_years_plan_as_this_years_result() -> None:
    told = "组建综合行政执法大队，推动执法力量向集镇和河口片区下沉，实行错时执法。"
    finding = one(tuple(f for f in last_year(host(result=told)) if f.severity == "warning"), "Y3")
    assert told.startswith(finding.quote[:8])
    assert "2022年" in finding.message


def test_a_plan_that_was_worked_out_is_not_accused() -> None:
    told = "5月组建综合行政执法大队，从4个站所抽调11人，夜间出动37次，查处占道经营54起，罚款0.87万元。"
    assert not [f for f in last_year(host(result=told)) if f.code == "Y3" and f.severity == "warning"]


def test_a_repeated_plan_is_a_note() -> None:
    again = "四是组建综合行政执法大队，推动执法力量向集镇和河口片区下沉，实行错时执法。"
    assert ("Y3", "note") in {(f.code, f.severity) for f in last_year(host(plan=again))}


def test_without_last_year_there_is_nothing_to_compare() -> None:
    assert not {"Y2", "Y3"} & set(codes(review(brief_of(host()))))


def test_an_exact_number_in_other_words_is_asked_about() -> None:
    then = host(year=2022, result="开展法治讲座和以案释法，参加人数达2,318人次。")
    now = host(year=2023, result="组织法治讲座、以案释法等活动，共有2,318人次参加。")
    found = [f for f in review(brief_of(now, previous=(then,))) if f.code == "Y2" and "2,318" in f.quote]
    assert [f.severity for f in found] == ["warning"]


@pytest.mark.parametrize(
    "sentence", ["组织法治讲座、以案释法等活动，共有2,319人次参加。", "12345热线工单全部办结，以案释法73次。"]
)
def test_another_number_or_a_hotline_is_not(sentence: str) -> None:
    then = host(year=2022, result="以案释法、法治讲座参加人数达2,318人次。12345热线以案释法工单全部办结61次。")
    found = review(brief_of(host(year=2023, result=sentence), previous=(then,)))
    assert not [f for f in found if f.code == "Y2" and ("2,31" in f.quote or "12345" in f.quote)]


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("2022年办理行政处罚案件19件、调处纠纷187件，2023年分别为24件、203件。", set()),
        ("上年同期办理行政处罚案件19件、调处纠纷187件，今年增长两成。", set()),
        ("宣讲11场（去年8场），全年办理行政处罚案件24件，调处纠纷187件。", {"187"}),
        ("由上年的19件增至24件，共办理行政处罚案件24件，调处纠纷187件。", {"187"}),
        ("说事台从上年的冷台变成热台，办理行政处罚案件19件，调处纠纷187件。", {"19", "187"}),
        ("较上年增加宣传11场，今年办理行政处罚案件19件，调处纠纷187件。", {"19", "187"}),
        ("去年受到表扬，2023年办理行政处罚案件19件，调处纠纷187件。", {"19", "187"}),
    ],
)
def test_a_number_told_as_last_years_has_not_stayed_the_same(sentence: str, asked: set[str]) -> None:
    then = host(year=2022, result="全年办理行政处罚案件19件，调处纠纷187件。")
    found = review(brief_of(host(year=2023, result=sentence), previous=(then,)))
    assert {f.evidence["number"] for f in found if f.code == "Y2"} & {"19", "187"} == asked


def test_the_whole_part_of_a_share_is_no_number_of_its_own() -> None:
    then = host(year=2022, result="全镇矛盾纠纷总量下降14.2%，信访总量下降23.6%，综治考评得分增长12.5%。")
    now = host(year=2023, result="全镇矛盾纠纷总量下降14.5%，信访总量下降23.1%，综治考评得分增长12.9%。")
    assert not {"14", "23", "12"} & {
        f.evidence["number"] for f in review(brief_of(now, previous=(then,))) if f.code == "Y2" and "下降" in f.quote
    }


def test_a_target_of_this_year_is_no_result_of_last_years_plan() -> None:
    told = "组建综合行政执法大队、推动执法力量向集镇和河口片区下沉、实行错时执法是今年的主要目标。"
    assert not [f for f in last_year(host(result=told)) if f.code == "Y3" and f.severity == "warning"]
