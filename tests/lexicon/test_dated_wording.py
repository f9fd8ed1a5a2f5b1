"""The dates of wording stand in the lexicon alone: what ends and begins in which year's report."""

from __future__ import annotations

import numpy as np
import pytest

from jingwei.lexicon.phrases import find_all
from jingwei.lexicon.stale import find_stale
from jingwei.model import TracedText


def traced(text: str) -> TracedText:
    starts = np.arange(len(text), dtype=np.int32)
    return TracedText(text, starts, starts + 1)


def statuses(words: str, year: int) -> set[tuple[str, str]]:
    """Status and strength of wording as part of a sentence that neither looks back nor quotes."""
    return {(h.status, h.strength) for h in find_stale(traced(f"全镇广泛开展{words}相关工作。"), year)}


@pytest.mark.parametrize(
    ("words", "last", "status", "strength"),
    [
        *(
            (f"《{law}》", 2020, "repealed", "hard")
            for law in ["婚姻法", "合同法", "物权法", "继承法", "收养法", "担保法"]
        ),
        *((f"《{law}》", 2019, "repealed", "hard") for law in ("外资企业法", "中外合作经营企业法")),
        ("《信访条例》", 2021, "repealed", "hard"),
        ("《行政监察法》", 2017, "repealed", "hard"),
        ("《城市房屋拆迁管理条例》", 2010, "repealed", "hard"),
        ("《公司登记管理条例》", 2021, "repealed", "medium"),
        ("劳动教养", 2013, "late", "hard"),
        ("国家司法考试", 2018, "late", "hard"),
        ("“六五”普法", 2015, "late", "medium"),
        ("“七五”普法", 2020, "late", "medium"),
        ("“八五”普法", 2025, "late", "medium"),
        ("扫黑除恶专项斗争", 2020, "late", "medium"),
        ("党史学习教育", 2022, "late", "soft"),
        ("群众路线教育实践活动", 2015, "late", "medium"),
        ("“六稳”“六保”", 2022, "late", "soft"),
        ("“放管服”改革", 2023, "late", "soft"),
        ("常态化疫情防控", 2022, "late", "soft"),
        ("打好脱贫攻坚战", 2020, "late", "soft"),
        ("社会主义新农村建设", 2017, "late", "medium"),
        ("廉洁高效、守法诚信的法治政府建设", 2021, "late", "medium"),
        ("法制副校长讲课", 2015, "late", "soft"),
        ("文广新局牵头的检查", 2018, "repealed", "medium"),
        ("综治办牵头的排查", 2019, "repealed", "medium"),
    ],
)
def test_wording_ends_in_one_year_for_everybody(words: str, last: int, status: str, strength: str) -> None:
    assert statuses(words, last) == set()
    assert statuses(words, last + 1) == {(status, strength)}


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("扫黑除恶专项斗争", 2017),  # a report for 2017 is written until March 2018
        ("“八五”普法", 2020),
        ("党史学习教育", 2020),
        ("党纪学习教育", 2024),
        ("学习贯彻习近平法治思想", 2020),
        ("学习党的二十届三中全会精神", 2024),
        ("常态化疫情防控", 2019),
    ],
)
def test_wording_begins_in_one_year_for_everybody(words: str, first: int) -> None:
    assert {status for status, _ in statuses(words, first - 1)} == {"early"}
    assert statuses(words, first) == set()


def test_a_week_or_a_month_of_something_is_no_looking_back() -> None:
    assert [h.status for h in find_stale(traced("妇女维权周期间，重点宣传《婚姻法》。"), 2021)] == ["repealed"]
    assert find_stale(traced("“七五”普法期间，累计开展宣传31场。"), 2021) == ()


def test_a_hit_tells_its_dates() -> None:
    (hit,) = find_stale(traced("深入开展扫黑除恶专项斗争。"), 2022)
    assert (hit.since, hit.until) == ("2018-01", "2020-12-31")
    (congress,) = find_stale(traced("深入学习贯彻党的十八大精神，推进各项工作。"), 2018)
    assert congress.until == "2017-10"


def test_a_live_fight_against_poverty_is_dated_and_its_result_is_not() -> None:
    assert {one.entry.id for one in find_all("如期打赢脱贫攻坚战。")} == {"campaign.poverty"}
    assert "campaign.poverty-live" in {one.entry.id for one in find_all("决战决胜脱贫攻坚。")}
