"""Fixed layout back to paragraphs: lines, columns, tables, running heads."""

from __future__ import annotations

from pathlib import Path

import pytest

from jingwei.model import Document
from jingwei.settings import SourceSettings
from jingwei.sources import read_path
from jingwei.sources.furniture import without_furniture
from jingwei.sources.page import Glyph, Line, Page, Ruling, lines_of
from jingwei.sources.paged import paragraphs_of_pages
from jingwei.sources.pdf import page_list

SIZE = 16.0


def glyphs(text: str, x: float, y: float, size: float = SIZE, gap: float = 0.0) -> list[Glyph]:
    placed = []
    for char in text:
        wide = size / 2 if char.isascii() else size
        if char != " ":
            placed.append(Glyph(char, x, y, x + wide, y + size, size, spaced=False))
        x += wide + gap
    return placed


def page(number: int, *rows: tuple[str, float, float]) -> Page:
    made = Page(number, 595, 842)
    for text, x, y in rows:
        made.glyphs += glyphs(text, x, y)
    return made


FULL = "一二三四五六七八九十一二三四五六七八九十一二三四五六"


def test_lines_of_one_paragraph_join_and_indents_part_them() -> None:
    rows = [("甲" * 24, 82, 700), (FULL, 50, 672), ("尾句。", 50, 644), ("乙" * 24, 82, 616), ("再见。", 50, 588)]
    assert paragraphs_of_pages([page(1, *rows)]) == ["甲" * 24 + FULL + "尾句。", "乙" * 24 + "再见。"]


def test_a_sentence_over_a_page_end_is_joined_and_numbers_go() -> None:
    first = page(1, ("甲" * 24, 82, 700), (FULL, 50, 672), (FULL, 50, 644), ("— 1 —", 270, 40))
    second = page(2, ("接着写完。", 50, 700), ("乙" * 24, 82, 672), ("完。", 50, 644), ("— 2 —", 270, 40))
    assert paragraphs_of_pages([first, second]) == ["甲" * 24 + FULL * 2 + "接着写完。", "乙" * 24 + "完。"]


def test_a_full_last_line_before_an_indent_ends_its_paragraph() -> None:
    rows = [("甲" * 24, 82, 700), (FULL[:-1] + "。", 50, 672), ("乙" * 24, 82, 644), ("完。", 50, 616)]
    assert paragraphs_of_pages([page(1, *rows)]) == ["甲" * 24 + FULL[:-1] + "。", "乙" * 24 + "完。"]


def test_letter_spaced_lines_have_no_spaces() -> None:
    assert [line.text for line in lines_of(glyphs("法治政府建设", 50, 700, gap=14))] == ["法治政府建设"]


def test_glyphs_in_any_order_make_the_same_line() -> None:
    placed = glyphs("法治政府", 50, 700) + glyphs("年度报告", 50 + 6 * SIZE, 700) + glyphs("建设", 50 + 4 * SIZE, 700)
    assert [line.text for line in lines_of(placed)] == ["法治政府建设年度报告"]


def test_text_drawn_twice_to_look_bold_is_read_once() -> None:
    placed = glyphs("法治政府", 50, 700) + glyphs("法治政府", 50.4, 700)
    assert [line.text for line in lines_of(placed)] == ["法治政府"]
    assert [line.text for line in lines_of(glyphs("人人人人lllll", 50, 700))] == ["人人人人lllll"]


def test_latin_words_keep_their_spaces() -> None:
    placed = [g._replace(spaced=True) if g.char == "w" else g for g in glyphs("hello world", 50, 700)]
    assert [line.text for line in lines_of(placed)] == ["hello world"]


def test_a_title_of_two_centred_lines_is_one() -> None:
    made = page(1, ("甲" * 24, 82, 600), (FULL, 50, 572), (FULL, 50, 544), ("完。", 50, 516))
    made.glyphs = glyphs("石桥镇人民政府法治政府", 137, 740, 22) + glyphs("建设年度报告", 192, 706, 22) + made.glyphs
    assert paragraphs_of_pages([made])[0] == "石桥镇人民政府法治政府建设年度报告"


def test_a_ruled_table_is_read_by_rows() -> None:
    made = page(
        1,
        ("甲" * 24, 82, 760),
        ("完。", 50, 732),
        ("指标", 60, 650),
        ("数量", 260, 650),
        ("调解", 60, 620),
        ("18件", 260, 620),
    )
    xs, ys = (50, 250, 450), (612, 642, 672)
    made.rulings = [Ruling(50, y, 450, y) for y in ys] + [Ruling(x, 612, x, 672) for x in xs]
    assert paragraphs_of_pages([made])[-2:] == ["指标\t数量", "调解\t18件"]


def test_rows_of_a_table_without_rulings_stay_apart() -> None:
    prose = [("甲" * 24, 82, 760), (FULL, 50, 732), ("完。", 50, 704)]
    cells = [
        (("指标", "数量", "同比情况"), 660),
        (("调解案件", "18件", "增加12件"), 632),
        (("立案", "2起", "持平"), 604),
    ]
    rows = [(text, x, y) for row, y in cells for text, x in zip(row, (50, 250, 402), strict=True)]
    assert paragraphs_of_pages([page(1, *prose, *rows)]) == [
        "甲" * 24 + FULL + "完。",
        "指标\t数量\t同比情况",
        "调解案件\t18件\t增加12件",
        "立案\t2起\t持平",
    ]


def test_numbers_in_the_last_column_may_be_set_to_the_right() -> None:
    rows = [("行政复议", 50, 660), ("9", 450, 660), ("行政应诉案件", 50, 632), ("12345", 418, 632)]
    assert paragraphs_of_pages([page(1, *rows)]) == ["行政复议\t9", "行政应诉案件\t12345"]


def test_one_row_with_a_gap_in_prose_is_no_table() -> None:
    rows = [("甲" * 10, 82, 700), ("乙" * 9, 322, 700), (FULL, 50, 672), ("完。", 50, 644)]
    assert paragraphs_of_pages([page(1, *rows)]) == ["甲" * 10 + "\t" + "乙" * 9 + FULL + "完。"]


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [("左" * 15, 50, 700 - 20 * n) for n in range(8)]
    right = [("右" * 15, 310, 700 - 20 * n) for n in range(8)]
    text = "".join(paragraphs_of_pages([page(1, *left, *right)]))
    assert text == "左" * 120 + "右" * 120


def test_running_heads_go_and_repeated_body_lines_stay() -> None:
    def lines(*rows: tuple[str, float]) -> list[Line]:
        return [Line(text, 50, y, 200, y + 10, 10) for text, y in rows]

    pages = [lines(("某镇年度报告", 800), (f"正文{n}", 400), ("持续发力。", 380), (f"第 {n} 页", 30)) for n in range(4)]
    kept = [[line.text for line in found] for found in without_furniture(pages, [842.0] * 4)]
    assert kept == [[f"正文{n}", "持续发力。"] for n in range(4)]


def test_what_repeats_on_every_page_and_is_all_there_is_stays() -> None:
    slides = [page(n, (f"第{n}项工作", 50, 780)) for n in range(1, 8)]
    assert paragraphs_of_pages(slides) == [f"第{n}项工作" for n in range(1, 8)]


def test_rows_of_one_page_that_differ_in_figures_only_are_no_running_head() -> None:
    rows = [[Line(f"{n}月{n}日", 50, y, 120, y + 10, 10) for n, y in ((1, 812), (2, 800), (3, 400))]]
    assert without_furniture(rows, [842.0]) == rows


def test_page_numbers_in_a_sentence() -> None:
    assert page_list([1, 2, 3, 5, 7, 8]) == "1–3、5、7–8"


@pytest.mark.shared
def test_a_real_pdf_of_two_texts_side_by_side_reads_in_order(shared_dir: Path) -> None:
    (found,) = read_path(shared_dir / "data" / "peer-comparison-suqian-2023-2024.pdf", SourceSettings())
    assert isinstance(found, Document)
    text = found.text
    assert not any(0x2E80 <= ord(char) < 0x2FE0 for char in text)
    marks = ["2023年报告", "（一）主动公开方面", "（六）政府信息公开标准化建设方面", "2024年报告", "（一）主动公开方面"]
    places, at = [], 0
    for mark in marks:
        at = text.index(mark, at) + 1
        places.append(at)
    assert places == sorted(places)
    assert "把公众的期盼融入政府决策和工作之中" in text  # over a page end of the left column
    assert "市交通运输局多举措推进公共交通企事业单位信息公开" in text
    assert "\n行政规范性文件\t109\t489\t597\n" in text
    assert "\n2.其他法律行政法规禁止公开\t27\t0\t0\t0\t0\t0\t27\n" in text
