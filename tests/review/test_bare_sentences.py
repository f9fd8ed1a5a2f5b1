"""Sentences compared as arrays are compared as the plain definition says, and readings kept are readings made anew."""

from __future__ import annotations

import re

import numpy as np
from host_report import brief_of, host, report_of
from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.review.bare_sentences import BareSentences, alike, bare_sentences
from jingwei.review.reading import Line, Reading
from jingwei.review.recent import reading_of, remember
from jingwei.review.rules.last_year import _amounts
from jingwei.review.rules.sums import counted, counts_between

WORDS = st.sampled_from(
    [
        *(
            "将",
            "继续",
            "进一步",
            "要",
            "不断",
            "我镇",
            "全县",
            "2023年",
            "今年",
            "以来",
            "来年",
            "一是",
            "（二）",
            "下一步",
            "已",
            "了",
        ),
        *(
            "组织执法队员到河口村检查",
            "开展法治宣传",
            "调解纠纷",
            "化",
            "解",
            "一",
            "二",
            "，",
            "。",
            "；",
            "\n",
            "A1",
            "3件",
            "（",
            "）",
        ),
    ]
)
TEXTS = st.lists(WORDS, max_size=24).map("".join)
PLAIN_WORDS = re.compile(
    r"将|继续|进一步|拟|计划|力争|争取|下一步|要|不断|持续|更加|切实|我[镇乡县局区市]|全[镇乡县区市]|20\d\d年|今年|明年|来年|以来|了|已"
    r"|[一二三四五六]是|[（(][一二三四五六七八九十][)）]"
)


def _reading(lines: list[str]) -> Reading:
    """A reading whose body is some lines, of parts 1, 2, 3 … in turn."""
    reading = Reading(brief_of(host()))
    reading.text, placed, at = "\n".join(lines), [], 0
    for number, line in enumerate(lines):
        placed.append(Line(at, at + len(line), "body", 0, 1 + number % 5, None))
        at += len(line) + 1
    reading.lines = tuple(placed)
    return reading


def _plain(reading: Reading) -> list[tuple[tuple[int, int], int | None, frozenset[str]]]:
    """Span, part and pairs of every sentence, one by one."""
    found = []
    for line in reading.lines:
        for match in re.finditer(r"[^。！？；\n]+", reading.text[line.start : line.end]):
            bare = PLAIN_WORDS.sub("", re.sub(r"[^\u4e00-\u9fff]+", "", PLAIN_WORDS.sub("", match.group())))
            if len(match.group()) >= 14 and len(bare) >= 14:
                span = line.start + match.start(), line.start + match.end()
                found.append((span, line.part, frozenset(bare[i : i + 2] for i in range(len(bare) - 1))))
    return found


def _pairs(sentences: BareSentences) -> list[frozenset[str]]:
    many = np.split(sentences.pairs, sentences.begins[1:]) if len(sentences) else []
    return [frozenset(chr(pair >> 16) + chr(pair & 0xFFFF) for pair in own.tolist()) for own in many]


@settings(deadline=None, max_examples=80)
@given(lines=st.lists(TEXTS, min_size=1, max_size=5))
def test_sentences_are_bared_as_one_by_one(lines: list[str]) -> None:
    reading = _reading(lines)
    found = bare_sentences(reading)
    plain = _plain(reading)
    assert [(span, part) for span, part in zip(found.spans, found.parts, strict=True)] == [p[:2] for p in plain]
    assert _pairs(found) == [pairs for _, _, pairs in plain]
    assert found.sizes.tolist() == [len(pairs) for _, _, pairs in plain]
    second = found.of_parts({2, 4})
    assert _pairs(second) == [pairs for _, part, pairs in plain if part in {2, 4}]


def _plain_share(left: frozenset[str], right: frozenset[str]) -> float:
    small, large = sorted((len(left), len(right)))
    return 0.0 if large > 2 * small else len(left & right) / small


@settings(deadline=None, max_examples=80)
@given(left=st.lists(TEXTS, min_size=1, max_size=4), right=st.lists(TEXTS, min_size=1, max_size=4))
def test_likeness_is_the_share_of_common_pairs(left: list[str], right: list[str]) -> None:
    one, other = _reading(left), _reading(right)
    shares = alike(bare_sentences(one), bare_sentences(other))
    assert shares.tolist() == [[_plain_share(a, b) for _, _, b in _plain(other)] for _, _, a in _plain(one)] or (
        shares.size == 0
    )
    assert shares.shape == (len(_plain(one)), len(_plain(other)))


@settings(deadline=None, max_examples=100)
@given(text=st.text(alphabet="12,.万亿年%件〔（甲。\n", max_size=30))
def test_amounts_and_counts_are_those_a_search_finds(text: str) -> None:
    reading = _reading([text])
    amount = re.compile(r"(?<![\d.〔\[（(])(?P<n>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?P<wan>万|亿)?(?![\d年月日号%％季])")
    assert [m.span() for m in _amounts(reading)] == [m.span() for m in amount.finditer(text)]
    counts = [m.span() for m in counted().finditer(reading.counted)]
    assert [m.span() for m in counts_between(reading, 0, len(text))] == counts


def test_a_reading_is_kept_for_the_next_year() -> None:
    report = report_of(host(year=2022))
    made = Reading(brief_of(host(year=2022)))
    kept = reading_of(report)
    assert reading_of(report) is kept
    assert (kept.text, kept.starts, kept.ends, kept.lines) == (made.text, made.starts, made.ends, made.lines)
    assert reading_of(report_of(host(year=2022))) is not kept
    for year in range(2015, 2020):
        remember(Reading(brief_of(host(year=year))))
    assert reading_of(report) is not kept
