"""Wording against the year of the report, with the traps of the genre; titles in 《》."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingwei.lexicon.phrases import find_phrases
from jingwei.lexicon.stale import find_stale
from jingwei.lexicon.titles import edit_distance, find_titles, near_official, title_kind, title_names_unit
from jingwei.lexicon.validity import Sentences, status_for
from jingwei.model import TracedText


def traced(text: str) -> TracedText:
    starts = np.arange(len(text), dtype=np.int32)
    return TracedText(text, starts, starts + 1)


def stale(text: str, year: int | None) -> list[tuple[str, str, str]]:
    return [(text[h.start : h.end], h.status, h.strength) for h in find_stale(traced(text), year)]


@pytest.mark.parametrize(
    ("text", "year", "status", "strength"),
    [
        ("深入学习贯彻党的二十大精神。", 2020, "early", "hard"),
        ("深入学习贯彻党的二十大精神。", 2021, "early", "hard"),
        ("以优异成绩迎接党的二十大胜利召开。", 2017, "early", "hard"),
        ("贯彻十九届六中全会精神。", 2019, "early", "hard"),
        ("贯彻党的二十届四中全会精神。", 2024, "early", "hard"),
        ("学习贯彻习近平法治思想。", 2018, "early", "hard"),
        ("坚定拥护“两个确立”。", 2020, "early", "hard"),
        ("坚持以习近平总书记系列重要讲话精神为指导。", 2018, "late", "medium"),
        ("加快社会主义新农村建设。", 2021, "late", "medium"),
        ("建设廉洁高效、守法诚信的法治政府。", 2022, "late", "medium"),
        ("推进“放管服”改革。", 2024, "late", "soft"),
        ("加强法制宣传教育。", 2021, "late", "soft"),
        ("组织学习《婚姻法》《民法典》。", 2021, "repealed", "hard"),
        ("宣传合同法、民法典。", 2021, "repealed", "hard"),
        ("严格执行《信访条例》。", 2022, "repealed", "hard"),
        ("两名同志通过国家司法考试。", 2019, "late", "hard"),
        ("县法制办审查后印发。", 2020, "repealed", "medium"),
        ("联合国土所、工商所开展检查。", 2021, "repealed", "medium"),
        ("镇综治办牵头调处。", 2020, "repealed", "medium"),
        ("深入开展扫黑除恶专项斗争。", 2021, "late", "medium"),
        ("以实际行动迎接党的二十大胜利召开。", 2023, "late", "medium"),
        ("落实“七五”普法规划。", 2021, "late", "medium"),
        ("做好疫情防控工作。", 2023, "late", "soft"),
        ("深入学习贯彻党的十八大精神，推进各项工作。", 2018, "late", "medium"),
    ],
)
def test_out_of_its_time(text: str, year: int, status: str, strength: str) -> None:
    assert [(s, g) for _, s, g in stale(text, year)][:1] == [(status, strength)]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("严格执行《信访条例》。", 2021),
        ("严格执行《信访工作条例》。", 2023),
        ("学习贯彻十九届六中全会精神。", 2021),
        ("学习贯彻党的二十届二中全会精神。", 2022),
        ("打造廉洁高效的政务环境。", 2023),
        ("2020年通过七五普法验收。", 2021),
        ("七五普法工作以来，全乡学法氛围渐浓。", 2021),
        ("《婚姻法》等九部法律同时废止。", 2021),
        ("深入学习贯彻党的十九大、二十大精神。", 2023),
        ("学习贯彻党的十九大和十九届历次全会精神，落实党的二十大精神。", 2023),
        ("党的十八大以来，乡村面貌发生变化。", 2023),
        ("扎实推进常态化扫黑除恶斗争。", 2023),
        ("落实重大执法决定法制审核制度。", 2023),
        ("提供婚姻法律咨询。", 2023),
        ("宣传劳动合同法。", 2023),
        ("依法治县办组织法治宣传教育。", 2023),
        ("镇综治中心受理群众来访。", 2023),
        ("开展国土绿化行动。", 2023),
        ("以优异成绩迎接党的二十大胜利召开。", 2021),
        ("明年还将迎来党的二十大，任务繁重。", 2021),
        ("贯彻《柳溪省优化营商环境条例》。", 2017),
        ("扎实开展“不忘初心、牢记使命”主题教育、党史学习教育。", 2021),
        ("过去五年，扎实开展党史学习教育。", 2025),
        ("健全重大疫情防控救治体系。", 2024),
        ("依据《青禾县国土资源局档案移交办法》移交档案。", 2023),
    ],
)
def test_traps(text: str, year: int) -> None:
    assert stale(text, year) == []


def test_without_a_year_nothing_is_stale_and_dated_hits_are_unknown() -> None:
    text = "坚持以习近平总书记系列重要讲话精神为指导，推进严格规范公正文明执法。"
    assert stale(text, None) == []
    assert {h.status for h in find_phrases(traced(text), None)} == {"unknown", "current"}


def test_a_guide_of_the_last_congress_is_softer_beside_the_current_one() -> None:
    text = "深入贯彻党的十九大精神。\n学习宣传党的二十大精神。"
    assert [(s, g) for _, s, g in stale(text, 2023)] == [("late", "soft")]


@pytest.mark.parametrize(
    ("start", "end", "year", "status"),
    [
        ("2022-10", "", 2020, "early"),
        ("2022-10", "", 2021, "early"),
        ("2022-02", "", 2021, "current"),  # a report for 2021 is written until March 2022
        ("", "2020-12-31", 2020, "current"),  # and one for 2020 from November 2020
        ("", "2020-12-31", 2021, "late"),
        ("", "", 2021, "current"),
    ],
)
def test_borders_of_validity(start: str, end: str, year: int, status: str) -> None:
    assert status_for(start, end, "hard", "hard", year)[0] == status


def test_abolished_bodies_are_never_prescribed_wording() -> None:
    assert find_phrases(traced("国土所、工商所、计生办参加。"), 2021) == ()


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("中华人民共和国行政处罚法", "law"),
        ("民法典", "law"),
        ("重大行政决策程序暂行条例", "law"),
        ("法治政府建设实施纲要（2021—2025年）", "law"),
        ("中国共产党政法工作条例", "law"),
        ("中共青禾县委全面依法治县委员会2023年工作要点", "superior"),
        ("青禾县道路交通安全专项整治的通告", "superior"),
        ("柳溪镇2023年法治政府建设工作要点", "town"),
        ("乡镇街道履职事项清单", "document"),
        ("人民日报", ""),
        ("平凡的世界", ""),
    ],
)
def test_whose_title(title: str, kind: str) -> None:
    assert title_kind(title) == kind


def test_titles_in_a_text() -> None:
    text = "按照《青禾县〈法治建设规划〉实施方案》，制定《柳溪镇法治建设要点》，学习《民法典》，订阅《人民日报》。"
    hits = find_titles(traced(text))
    assert [(text[h.start : h.end], h.entry, h.group) for h in hits] == [
        ("《青禾县〈法治建设规划〉实施方案》", "title.superior", "title"),
        ("《民法典》", "title.law", "title"),
    ]


def test_a_title_with_a_slip_keeps_its_place_and_names_the_right_one() -> None:
    (hit,) = find_titles(traced("落实《法治政府建设与责任落实监督工作规定》。"))
    assert not hit.exact
    assert hit.canonical == "法治政府建设与责任落实督察工作规定"
    assert near_official("法治政府建设与责任落实督察工作规定") == ""
    assert near_official("乡村建设与责任落实清单") == ""


def test_edit_distance_stops_at_its_limit() -> None:
    assert edit_distance("督察规定", "督查规定", 2) == 1
    assert edit_distance("甲乙丙丁", "", 2) == 3
    assert edit_distance("同", "同", 1) == 0


def test_own_names() -> None:
    assert title_names_unit("《柳溪镇法治建设要点》", ["柳溪镇人民政府", "柳溪镇"])
    assert not title_names_unit("《青禾县法治建设要点》", ["柳溪镇", "县"])


@given(st.text(alphabet="甲乙。；\n！", max_size=30), st.data())
def test_the_sentence_around_is_the_one_between_two_stops(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    left, right = Sentences(text).around(start, end)
    stops = "。；\n！"
    assert left == max((i + 1 for i in range(start) if text[i] in stops), default=0)
    assert right == min((i for i in range(end, len(text)) if text[i] in stops), default=len(text))
