"""A place in a list of places, beside our own, or inside another word is no trace of copying."""

from __future__ import annotations

import pytest

from jingwei.review.place_names import is_named_among_others


@pytest.mark.parametrize(
    ("text", "name", "fine"),
    [
        ("以府城为中心，辐射东湖、南山、西岭的三小时圈", "南山", True),
        ("青城、南山两地市政府签署协议", "南山", True),
        ("南山、青城两市政府签署协议", "南山", True),
        ("以南山新区开发建设为重点", "南山", True),
        ("全镇上下隆重庆祝建党一百周年", "重庆", True),
        ("全镇上下到重庆学习考察", "重庆", False),
        ("南山镇组织干部旁听庭审，南山、石桥两村先行", "南山", False),
    ],
)
def test_where_a_name_accuses_nobody(text: str, name: str, fine: bool) -> None:
    at = text.index(name)
    assert is_named_among_others(text, at, at + len(name), frozenset({"青城", "青城市"})) == fine
