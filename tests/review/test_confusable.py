"""Slips by sound, shape and order, swapped phrases, doubled runs: known answers and look-alikes."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jingwei.review.confusable import alike, one_alike, same_after, slips, washed_phrases


@pytest.mark.parametrize(
    ("text", "shown", "meant"),
    [
        ("年初列入工作按排，分解任务。", "工作按排", "工作安排"),
        ("全年化解矛盾纠份二十七件。", "矛盾纠份", "矛盾纠纷"),
        ("深入推进转变改府职能工作。", "改府职能", "政府职能"),
    ],
)
def test_a_word_nobody_writes_is_told_with_what_was_meant(text: str, shown: str, meant: str) -> None:
    assert (shown, meant) in {(slip.shown, slip.meant) for slip in slips(text)}


@pytest.mark.parametrize(
    "text",
    [
        "科技两家企业入驻园区。",
        "行政机关关停作坊三家。",
        "明确权利义务，公开权力清单。",
        "组织学习习近平法治思想。",
        "",
    ],
)
def test_words_that_meet_are_no_slip(text: str) -> None:
    assert list(slips(text)) == []


def test_a_swapped_phrase_names_the_fixed_one() -> None:
    assert [(s.shown, s.meant) for s in washed_phrases("努力营造经商氛围。")] == [("经商氛围", "营商环境")]
    assert list(washed_phrases("努力优化营商环境。")) == []


def test_one_character_of_the_same_sound_makes_names_alike() -> None:
    assert one_alike("坪头村", "平头村")
    assert not one_alike("上河村", "下河村")
    assert not one_alike("坪头村", "坪头")
    assert alike("治", "冶")


def test_a_doubled_run_is_found_once() -> None:
    assert same_after("宣传教育宣传教育", 4) == [0]
    assert same_after("甲乙丙", 2) == []


def test_a_slip_between_right_words_is_seen() -> None:
    assert "纠份" in {slip.shown for slip in slips("安排纠份调解")}


@given(st.text(alphabet="法治政府建设按安排纠纷份，。\n1a", max_size=60))
@example("安排纠份调解")
def test_every_slip_stands_where_it_says(text: str) -> None:
    for slip in (*slips(text), *washed_phrases(text)):
        assert text[slip.start : slip.start + len(slip.shown)] == slip.shown
        assert slip.shown != slip.meant
