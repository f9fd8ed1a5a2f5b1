"""Finding prescribed wording: addresses, folding, slots, parts, edits, and what must stay free."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingwei.lexicon.matcher import ANCHOR_CHARS, Line, Matcher
from jingwei.lexicon.matcher_fold import fold, folded
from jingwei.lexicon.matcher_partial import PartialMatcher
from jingwei.lexicon.matcher_seeds import SeedIndex, code_units, packed
from jingwei.lexicon.phrase_forms import display_form, forms_of
from jingwei.lexicon.phrases import find_phrases, lexicon_version
from jingwei.model import TracedText


def traced(text: str, shift: int = 0) -> TracedText:
    starts = np.arange(shift, shift + len(text), dtype=np.int32)
    return TracedText(text, starts, starts + 1)


def hit_texts(text: str, year: int | None = 2023) -> list[str]:
    return [text[hit.start : hit.end] for hit in find_phrases(traced(text), year)]


def marked(text: str, year: int | None = 2023) -> str:
    """The text with hits in 【】."""
    flags = [False] * (len(text) + 1)
    for hit in find_phrases(traced(text), year):
        flags[hit.start : hit.end] = [True] * (hit.end - hit.start)
    out = ""
    for i, char in enumerate(text):
        if flags[i] != (i > 0 and flags[i - 1]):
            out += "【" if flags[i] else "】"
        out += char
    return out + ("】" if flags[len(text) - 1] else "")


def test_an_opening_is_mostly_prescribed_and_the_unit_is_not() -> None:
    text = (
        "2023年，青禾镇在县委、县政府的坚强领导下，坚持以习近平新时代中国特色社会主义思想为指导，"
        "深入学习贯彻党的二十大精神，扎实推进各项工作。现将青禾镇法治政府建设情况报告如下："
    )
    assert marked(text) == (
        "2023年，青禾镇【在县委、县政府的坚强领导下，坚持以习近平新时代中国特色社会主义思想为指导，"
        "深入学习贯彻党的二十大精神】，扎实推进各项工作。【现将】青禾镇【法治政府建设情况报告如下】："
    )


@pytest.mark.parametrize(
    "text",
    [
        "推进“放管服”改革",
        "推进 放 管 服 改革",
        "普及“马上办、网上办、就近办、一次办”",
        "普及马上办,网上办,就近办,一次办",
        "堅持以習近平新時代中國特色社會主義思想為指導",
        "落实《法治政府建设实施纲要(2021-2025年)》",
        "落实《法治政府建设实施纲要（２０２１——２０２５年）》",
        "把公众参与、民主协商、专家论证、专业机构测评、风险评估、合法性审查和集体讨论决定作为必经程序",
        "公众参与、专家论证、风险评估、合法性审查、集体讨论决定",
    ],
)
def test_writing_habits_do_not_matter(text: str) -> None:
    assert hit_texts(text)


@pytest.mark.parametrize(
    "text",
    [
        "镇政府组织14支宣讲队进村入户开展宣讲。",
        "全年排查化解矛盾纠纷56起，调处成功率98%。",
        "新添置执法记录仪7台，修缮司法所调解室2间。",
        "推行“柳溪议事亭”评价机制，由十二名退休教师轮流值守。",
        "执法力量薄弱，两名同志年龄偏大。",
        "形成一级抓一级、层层抓落实的工作格局。",
        "进一步加强和改进各项工作，取得了明显成效。",
    ],
)
def test_local_and_generic_wording_is_free(text: str) -> None:
    assert hit_texts(text) == []


def test_a_formula_with_an_open_slot_leaves_its_filler_free() -> None:
    assert marked("请予审议。现将柳溪乡2023年平安集市建设有关工作报告如下：") == (
        "【请予审议】。【现将】柳溪乡2023年平安集市建设有关工作【报告如下】："
    )


def test_parts_and_inserted_words_of_long_formulas() -> None:
    assert marked("做到重要工作亲自部署、重大问题亲自过问") == "做到【重要工作亲自部署、重大问题亲自过问】"
    inserted = "坚持重要工作亲自部署、重大问题带头亲自过问、重点环节亲自协调、重要任务亲自督办"
    assert marked(inserted) == f"坚持【{inserted[2:]}】"
    numbered = "重要工作亲自部署3次、重大问题亲自过问5次、重点环节亲自协调"
    assert "3次" not in "".join(hit_texts(numbered))


def test_a_slightly_wrong_name_stays_prescribed_with_a_note() -> None:
    text = "严格落实《党政主要负责人履行推进法治政府建设第一责任人职责规定》"
    (hit,) = find_phrases(traced(text), 2023)
    assert not hit.exact
    assert hit.canonical == "《党政主要负责人履行推进法治建设第一责任人职责规定》"
    assert "推进法治建设第一责任人职责" in hit.note
    right = find_phrases(traced("严格落实《党政主要负责人履行推进法治建设第一责任人职责规定》"), 2023)
    assert [hit.exact for hit in right] == [True]
    assert [hit.note for hit in right] == [""]


def test_words_that_only_contain_a_phrase() -> None:
    assert hit_texts("评选二十大户") == []
    assert hit_texts("提供婚姻法律咨询") == []


def test_hits_carry_raw_addresses_and_do_not_cross_paragraphs() -> None:
    raw = "镇党委  坚 持 依 法 行 政，落实\n习近平法治 思想。"
    kept = [i for i, char in enumerate(raw) if char != " "]
    starts = np.array(kept, dtype=np.int32)
    clean = TracedText("".join(raw[i] for i in kept), starts, starts + 1)
    (hit,) = find_phrases(clean, 2023)
    assert raw[hit.start : hit.end] == "习近平法治 思想"
    assert all("\n" not in text for text in hit_texts("坚持以习近平新时代中国\n特色社会主义思想为指导"))


def test_hits_are_sorted_and_none_is_empty() -> None:
    text = "坚定“四个自信”、做到“两个维护”，增强“四个意识”，推进“放管服”改革和“双随机、一公开”监管。"
    hits = find_phrases(traced(text), 2023)
    assert [(h.start, -h.end) for h in hits] == sorted((h.start, -h.end) for h in hits)
    assert all(h.start < h.end and h.source for h in hits)


def test_version_names_a_day_and_a_content() -> None:
    day, content = lexicon_version().split("+")
    assert len(day) == len("2026-01-01")
    assert len(content) == 8


@given(st.text(alphabet="党的二十大精神、，“” （）()2021—-年　法治\n", max_size=60))
def test_folding_keeps_addresses(text: str) -> None:
    folded, where = fold(text)
    assert len(folded) == len(where)
    assert where == sorted(where)
    assert all(fold(text[i])[0] == char for char, i in zip(folded, where, strict=True))


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_phrase_is_found_wherever_it_stands(before: str, after: str) -> None:
    phrase = "职责明确、依法行政的政府治理体系"
    text = f"{before}\n{phrase}\n{after}"
    at = len(before) + 1
    hits = find_phrases(traced(text, shift=7), 2023)
    assert any(hit.start <= at + 7 and hit.end >= at + 7 + len(phrase) for hit in hits)


@given(st.text(max_size=300))
def test_any_text_is_survived_with_addresses_inside_it(text: str) -> None:
    for hit in find_phrases(traced(text), 2023):
        assert 0 <= hit.start < hit.end <= len(text)


@given(st.lists(st.text(alphabet="甲乙丙丁", min_size=4, max_size=4), min_size=1, max_size=5), st.text("甲乙丙丁"))
def test_seeds_are_found_where_they_stand(keys: list[str], text: str) -> None:
    seeds = SeedIndex(packed(code_units("".join(keys)), 4)[::4])
    at, rows = seeds.find(packed(code_units(text), 4))
    places = [(i, row) for i in range(len(text) - 3) for row, key in enumerate(keys) if text[i : i + 4] == key]
    assert list(zip(at.tolist(), rows.tolist(), strict=True)) == places


@given(st.text(alphabet="政府年度报告，、“” 2𠀀\ud800\uffff", max_size=500))
def test_short_and_long_texts_are_folded_alike(text: str) -> None:
    pad = "长" * 201
    whole, short = folded(text + pad), folded(text)
    assert whole.text == short.text + pad
    assert whole.codes[: len(short.codes)].tolist() == short.codes.tolist()
    assert whole.where[: len(short.where)].tolist() == short.where.tolist()
    assert len(short.codes) == len(short.text)


FORMULAS = ["甲乙丙丁甲乙丙丁甲乙丙丁", "丁丁丙丙乙乙甲甲丁丙乙甲丁", "甲乙丙丁戊己庚辛壬癸子丑寅卯"]


@given(st.text(alphabet="甲乙丙丁戊己、\n", max_size=80), st.sampled_from(FORMULAS), st.integers(0, 3))
def test_parts_of_formulas_are_equal_to_them(before: str, formula: str, cut: int) -> None:
    text = f"{before}\n{formula[cut:]}"
    parts = list(PartialMatcher(FORMULAS).find(folded(text), bytearray(len(text))))
    assert any(piece[1] == len(text) for _, piece in parts)  # at least nine characters of it stand at the end
    for number, (start, end) in parts:
        assert end - start >= 9
        whole = text[start:end] in FORMULAS[number]
        assert whole or (end - start) >= 0.75 * len(FORMULAS[number])


def find_line(phrase: str, text: str) -> list[str]:
    lines = []
    for tokens in forms_of(phrase):
        anchor = max(
            (i for i, t in enumerate(tokens) if isinstance(t, str) and t[0] != "〈"), key=lambda i: len(tokens[i])
        )
        lines.append(Line(0, tokens, anchor, 0))
    matcher = Matcher([str(line.tokens[line.anchor])[:ANCHOR_CHARS] for line in lines], lines.__getitem__)
    return ["|".join(text[a:b] for a, b in pieces) for _, pieces in matcher.find(folded(text))]


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("坚持[和发展]枫桥经验", "要坚持和发展枫桥经验", ["坚持和发展枫桥经验"]),
        ("坚持[和发展]枫桥经验", "要坚持枫桥经验", ["坚持枫桥经验"]),
        ("(甲乙|丙丁)戊己庚辛", "甲乙戊己庚辛", ["甲乙戊己庚辛"]),
        ("〈年〉年工作总结报告", "2021年工作总结报告", ["2021年工作总结报告"]),
        ("〈年〉年工作总结报告", "本年工作总结报告", []),
        ("请审议报告[并请〈短〉提出意见]", "请审议报告并请大家提出意见", ["请审议报告", "请审议报告并请|提出意见"]),
        ("[(a|[b]c)]固定用语", "bc固定用语", ["bc固定用语"]),
    ],
)
def test_the_phrase_language(phrase: str, text: str, found: list[str]) -> None:
    assert sorted(find_line(phrase, text)) == sorted(found)


@pytest.mark.parametrize("phrase", ["〈年〉", "坚持(甲", "坚持甲)", "〈无此槽〉固定用语", "[甲]", "长" * 81])
def test_bad_phrases_are_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        forms_of(phrase)


def test_what_people_are_shown() -> None:
    assert display_form("[深入]学习(贯彻|落实)〈会议〉精神") == "学习贯彻……精神"
