"""Automatic numbers as Word shows them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingwei.sources.numbering import Counter, Level, chinese_number, number_text

VALUES = dict(zip("〇零一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "零"), (1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (100, "一百"), (105, "一百零五"),
     (110, "一百一十"), (1001, "一千零一"), (1010, "一千零一十"), (10000, "一万"), (10005, "一万零五"), (12345, "一万二千三百四十五")],
)  # fmt: skip
def test_chinese_numbers(number: int, text: str) -> None:
    assert chinese_number(number) == text


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [(3, "decimalEnclosedCircle", "③"), (3, "decimalEnclosedParen", "⑶"), (3, "decimalEnclosedFullstop", "⒊"),
     (21, "decimalEnclosedCircle", "21"), (12, "decimalFullWidth", "１２"), (12, "chineseLegalSimplified", "壹拾贰"),
     (3, "ideographTraditional", "丙"), (4, "upperRoman", "IV"), (28, "lowerLetter", "bb"), (7, "decimalZero", "07"),
     (12, "ideographDigital", "一二"), (5, "somethingNew", "5"), (-1, "chineseCounting", "-1")],
)  # fmt: skip
def test_number_formats(number: int, form: str, text: str) -> None:
    assert number_text(number, form) == text


@given(st.integers(1, 99_999))
def test_chinese_numbers_can_be_read_back(number: int) -> None:
    total, section, digit = 0, 0, 0
    for char in chinese_number(number):
        if char in VALUES:
            digit = VALUES[char]
        elif char == "万":
            total, section, digit = (section + digit) * 10_000, 0, 0
        else:
            section += max(digit, 1) * {"十": 10, "百": 100, "千": 1000}[char]
            digit = 0
    assert total + section + digit == number


def test_levels_restart_below_a_higher_one() -> None:
    levels = {
        0: Level("chineseCounting", "%1、"),
        1: Level("chineseCounting", "（%2）"),
        2: Level("decimal", "%1.%3", decimal_only=True),
    }
    counter = Counter()
    shown = [counter.next("a", depth, levels) for depth in (0, 1, 1, 2, 2, 0, 1, 2)]
    assert shown == ["一、", "（一）", "（二）", "1.1 ", "1.2 ", "二、", "（一）", "2.1 "]
    assert counter.next("b", 0, levels) == "一、"


def test_bullets_say_nothing() -> None:
    assert Counter().next("a", 0, {0: Level("bullet", "●")}) == ""
    assert Counter().next("a", 3, {}) == ""
