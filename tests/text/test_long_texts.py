"""Shortcuts that keep long texts linear give what the plain definition gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jingwei.text.clean import CleanText, clean_ranges
from jingwei.text.sections import build_sections
from jingwei.text.sentences import find_run_ins, split_sentences


@given(st.lists(st.integers(1, 4), max_size=12))
def test_a_section_ends_where_one_of_its_level_or_above_begins(levels: list[int]) -> None:
    headings = [(10 * i, 10 * i + 5, level, "小标题") for i, level in enumerate(levels)]
    sections = build_sections(headings, 999)
    for i, (section, level) in enumerate(zip(sections, levels, strict=True)):
        later = [10 * j for j in range(i + 1, len(levels)) if levels[j] <= level]
        assert section.end == (later[0] if later else 999)


@given(st.lists(st.text(alphabet="我镇 a1*_　。，", max_size=12), min_size=1, max_size=4), st.data())
def test_clean_characters_stand_where_their_address_says(pieces: list[str], data: st.DataObject) -> None:
    text = "前言" + "\n".join(pieces)
    ranges, at = [], 2
    for piece in pieces:
        ranges.append((at, at + len(piece)))
        at += len(piece) + 1
    paragraph = clean_ranges(text, ranges)
    if not paragraph.text:
        return
    start = data.draw(st.integers(0, len(paragraph.text) - 1))
    end = data.draw(st.integers(start + 1, len(paragraph.text)))
    whole = CleanText()
    whole.add(paragraph, [(start, end)])
    assert whole.add(paragraph, [(start, end)]) == end - start + 1
    traced = whole.traced()
    assert traced.text == paragraph.text[start:end] + "\n" + paragraph.text[start:end]
    assert len(traced.starts) == len(traced.ends) == len(traced.text) == whole.length
    for char, raw_start, raw_end in zip(traced.text, traced.starts.tolist(), traced.ends.tolist(), strict=True):
        raw = text[raw_start:raw_end]
        assert raw == char or (char == " " and raw.isspace()) or (char == "\n" and raw == "")
    assert paragraph.raw_range(start, end) == (int(traced.starts[0]), int(traced.ends[end - start - 1]))


def test_items_that_go_on_are_headings_and_items_alone_are_text() -> None:
    heads = "一是抓学习。各村开课八次。二是抓普法。宣传车下村。"
    assert find_run_ins(heads, split_sentences(heads)) == [0, 2]
    alone = "一是抓学习。二是抓普法。三是抓队伍。"
    assert find_run_ins(alone, split_sentences(alone)) == []
