"""Rich Text Format, whatever its name: Chinese bytes, what is visible, tables, notes and boxes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from jingwei.model import Document, Skipped
from jingwei.settings import SourceSettings
from jingwei.sources import read_bytes, read_path

HEAD = rb"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset134 a;}{\f1\fcharset0 b;}{\f2\fcharset136 c;}}"


def gbk(text: str) -> bytes:
    return "".join(c if c.isascii() else "".join(f"\\'{b:02x}" for b in c.encode("gb18030")) for c in text).encode()


@pytest.fixture
def lines(read: Callable[[bytes], Document]) -> Callable[[bytes], list[str]]:
    def _lines(inner: bytes) -> list[str]:
        document = read(HEAD + inner + b"}")
        assert document.format == "rtf"
        return document.text.split("\n")

    return _lines


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (gbk("全镇调解纠纷18件。"), "全镇调解纠纷18件。"),
        ("全镇调解纠纷18件。".encode("gb18030"), "全镇调解纠纷18件。"),  # raw bytes
        (rb"\'c8" + b"\r\n" + rb"\'ab\'d5\'f2", "全镇"),  # a line end between the two bytes of a character
        (rb"\'8f\'5c\'81@", "廫丂"),  # second bytes that are ASCII characters
        (rb"\uc2 \u20840\'c8\'ab\u38215\'d5\'f2", "全镇"),
        (rb"\uc1\u20840?\u-27321 ?", "全镇"),
        (rb"{\uc0\u20840\u38215}", "全镇"),
        (rb"\u-10179?\u-9138?", "\U0001f44e"),  # two halves of one character
        (rb"\f1\'93\f0 " + gbk("法治") + rb"\f1\'94", "“法治”"),
        (rb"{\f1 " + gbk("法治政府") + b"}", "法治政府"),  # Chinese bytes in a Western font
        (rb"\f2 " + "".join(f"\\'{b:02x}" for b in "鄉鎮".encode("big5")).encode(), "鄉鎮"),
        (rb"a\~b\_c\-d \{e\}", "a b-cd {e}"),
    ],
)
def test_characters(lines: Callable[[bytes], list[str]], inner: bytes, text: str) -> None:
    assert lines(inner + rb"\par") == [text]


def test_what_is_not_seen_is_left_out(read: Callable[[bytes], Document]) -> None:
    inner = (
        gbk("正文")
        + rb"{\deleted "
        + gbk("删去的")
        + rb"}{\v "
        + gbk("隐藏的")
        + rb"}{\*\bkmkstart x}{\field{\*\fldinst "
        rb"HYPERLINK x}{\fldrslt " + gbk("链接") + rb"}}{\annotation " + gbk("批注") + rb"}" + gbk("。") + rb"\par"
        rb"{\header " + gbk("页眉") + rb"\par}{\pict\wmetafile8 0102030405}{\*\unknown " + gbk("别的") + rb"}"
    )
    document = read(HEAD + inner + b"}")
    assert document.text == "正文链接。"
    assert [note.code for note in document.notes] == ["hidden_text"] and "3 字" in document.notes[0].message


def test_tables_notes_boxes_and_numbers(lines: Callable[[bytes], list[str]]) -> None:
    inner = (
        rb"{\listtext " + gbk("一、") + rb"\tab}" + gbk("工作{\\footnote 脚注。\\par}情况") + rb"\par{\listtext \u8226?\tab}" + gbk("要点")
        + rb"\par\trowd\intbl " + gbk("指标") + rb"\cell 18\cell\row\pard " + gbk("表后。") + rb"{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt "
        + gbk("框内。") + rb"\par}}{\shprslt " + gbk("框内。") + rb"\par}}\par{\*\do\dptxbx{\dptxbxtext " + gbk("旧框。") + rb"\par}}\par"
    )  # fmt: skip
    assert lines(inner) == ["一、工作情况", "要点", "指标\t18", "表后。", "框内。", "旧框。", "脚注。"]


def test_entries_of_a_table_of_contents_go_and_prose_in_their_style_stays(lines: Callable[[bytes], list[str]]) -> None:
    inner = rb"{\stylesheet{\s0 Normal;}{\s11 toc 1;}}\pard\s11 " + gbk(
        "一、开展情况\\tab 1\\par 全镇开展普法12场。\\par"
    )
    assert lines(inner + rb"\pard " + gbk("一、开展情况") + rb"\par") == ["全镇开展普法12场。", "一、开展情况"]


def test_features_as_libreoffice_writes_them(formats_dir: Path, format_fixtures: ModuleType) -> None:
    (document,) = read_path(formats_dir / "features.rtf", SourceSettings())
    assert isinstance(document, Document)
    assert document.text.split("\n") == [line for line in format_fixtures.FEATURES_LINES if "文本框里" not in line]
    assert [note.code for note in document.notes] == ["hidden_text"]


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (HEAD + b"{" * 5000, "unsafe"),
        (HEAD + rb"\par\par}", "empty"),
        (HEAD + rb"{\pict 0102}}", "scanned"),
        (HEAD + b"a" * 2_100_000, "too_large"),
        (HEAD + rb"\bin999999999 a", "empty"),
    ],
)
def test_refusals(refused: Callable[[bytes], Skipped], payload: bytes, reason: str) -> None:
    assert refused(payload).reason == reason


def test_rtf_under_the_name_of_a_doc(tmp_path: Path) -> None:
    (tmp_path / "报告.doc").write_bytes(HEAD + gbk("全镇调解纠纷18件。") + b"}")
    (found,) = read_path(tmp_path / "报告.doc", SourceSettings())
    assert isinstance(found, Document) and found.format == "rtf" and found.text == "全镇调解纠纷18件。"


def test_braces_that_do_not_match_cost_nothing(read: Callable[[bytes], Document]) -> None:
    (found,) = read_bytes(HEAD + gbk("正文。") + b"}}}}" + gbk("尾。"), "x", SourceSettings())
    assert isinstance(found, Document) and found.text == "正文。尾。"
