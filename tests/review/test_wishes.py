"""Switched-off codes, severities, allowed wording and names; baselines."""

from __future__ import annotations

import pytest
from host_report import brief_of, codes, host

from jingwei.errors import UsageError
from jingwei.model import Finding
from jingwei.review import baseline_of, review, without_accepted
from jingwei.settings import ReviewSettings

TEXT = host(result="我局开展检查12余次，在永春县委、县政府的坚强领导下，受理××件。")


def test_a_code_can_be_switched_off() -> None:
    assert "R6" in codes(review(brief_of(TEXT)))
    assert "R6" not in codes(review(brief_of(TEXT, settings=ReviewSettings(off=("R6",)))))


def test_a_severity_can_be_changed() -> None:
    found = review(brief_of(TEXT, settings=ReviewSettings(severities={"R6": "note"})))
    assert {f.severity for f in found if f.code == "R6"} == {"note"}


def test_allowed_wording_is_no_finding_but_only_there() -> None:
    found = review(brief_of(TEXT, settings=ReviewSettings(allow=("开展检查12余次",))))
    assert "Q1" not in codes(found)
    assert "R2" in codes(found)


def test_a_name_that_is_fine_here() -> None:
    assert "R1" in codes(review(brief_of(TEXT)))
    assert "R1" not in codes(review(brief_of(TEXT, settings=ReviewSettings(names=("永春县",)))))


def test_a_baseline_accepts_by_content_not_by_line() -> None:
    before = review(brief_of(TEXT))
    accepted = baseline_of(before, TEXT)
    moved = TEXT.replace("（一）推进", "（一）推进严肃认真、").replace(
        "云溪县白石镇人民政府2023", "\n\n云溪县白石镇人民政府2023", 1
    )
    now = review(brief_of(moved))
    remaining, count = without_accepted(now, accepted, moved)
    assert count == len(before) > 3
    assert remaining == ()


def test_a_new_fault_of_an_accepted_kind_still_shows() -> None:
    accepted = baseline_of(review(brief_of(TEXT)), TEXT)
    worse = TEXT.replace("参加师生873人。", "参加师生873人。张贴标语37余条。")
    remaining, _ = without_accepted(review(brief_of(worse)), accepted, worse)
    assert [f.quote for f in remaining] == ["37余条"]


def test_one_acceptance_covers_one_of_two_equal_faults() -> None:
    one = (Finding("R6", "error", 3, 5, "××", "甲"),)
    two = (*one, Finding("R6", "error", 9, 11, "××", "甲"))
    text = "受理了××件，办结××件。"
    remaining, count = without_accepted(two, baseline_of(one, text), text)
    assert (count, [f.start for f in remaining]) == (1, [9])


@pytest.mark.parametrize(
    "broken", [{}, {"schema": "other", "accepted": []}, {"schema": "jingwei/baseline@1", "accepted": [1]}]
)
def test_a_broken_baseline_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        without_accepted((), broken)
