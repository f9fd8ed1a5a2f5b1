"""The content decides what a file is; the name never does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from jingwei.model import Document, Skipped
from jingwei.settings import SourceSettings
from jingwei.sources import read_bytes, read_path
from jingwei.sources.sniffing import kind_of

REPORT = "云溪县石桥镇2023年法治政府建设年度报告。\n全镇共调解矛盾纠纷18件。\n"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("report.docx", "docx"), ("report.doc", "ole"), ("report.wps", "ole"), ("two-fonts.pdf", "pdf"),
        ("report.rtf", "rtf"), ("features.xml", "wordxml"), ("report.ofd", "ofd"), ("report.html", "html"), ("report.mht", "mht"),
    ],
)  # fmt: skip
def test_kind_of_every_fixture(formats_dir: Path, name: str, kind: str) -> None:
    assert kind_of((formats_dir / name).read_bytes()) == kind


def test_a_false_extension_does_not_matter(formats_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes((formats_dir / "report.docx").read_bytes())
    (tmp_path / "b.docx").write_text(REPORT, encoding="utf-8")
    word, text = read_path(tmp_path, SourceSettings())
    assert isinstance(word, Document) and word.format == "docx"
    assert isinstance(text, Document) and text.format == "txt" and text.text == REPORT


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "图片"),
        (b"Rar!\x1a\x07\x01\x00", "RAR"),
        (b"7z\xbc\xaf\x27\x1c\0\4", "7z"),
        (b"\x1f\x8b\x08\0", "gzip"),
        (b"MZ\x90\0\3\0\0\0", "可执行"),
        (b'<?xml version="1.0"?><data><row/></data>', "XML"),
        (b'{"unit": "a", "year": 2023}', "JSON"),
        ("文件,单位,年份\na.docx,石桥镇,2023\nb.docx,柳汀镇,2023\n".encode(), "CSV"),
        (b"\0\1\2\3" * 100, "二进制"),
    ],
)
def test_foreign_formats_are_named(refused: Callable[[bytes], Skipped], payload: bytes, said: str) -> None:
    skipped = refused(payload)
    assert skipped.reason == "unknown_format"
    assert said in skipped.message
    assert skipped.message.endswith("。") and skipped.message_en.endswith(".")


@pytest.mark.parametrize(
    "text",
    [
        "镇政府,全年调解纠纷18件,成功率95%。\n全镇干部,认真学习,取得实效。\n今后,我们将继续努力,改进工作。\n",
        "{说明}本报告由石桥镇人民政府编制。\n",
        "MZ镇是一个虚构的地名。",
        "HH村调解室全年调解纠纷18件。",
        "<<法治政府>>建设年度报告。",
        "Date: 2023年\n报告正文。",
        REPORT,
    ],
)
def test_prose_is_text_whatever_it_begins_with(text: str) -> None:
    (found,) = read_bytes(text.encode(), "x", SourceSettings())
    assert isinstance(found, Document), found
    assert found.text == text


def test_markdown_is_told_by_name_or_headings() -> None:
    for label, text, expected in (
        ("a.md", REPORT, "md"), ("a.txt", REPORT, "txt"), ("-", "# 报告\n\n正文。\n", "md"), ("-", "#号不是标题。", "txt"),
    ):  # fmt: skip
        (found,) = read_bytes(text.encode(), label, SourceSettings())
        assert isinstance(found, Document) and found.format == expected, (label, text)


def test_other_office_documents_are_named(refused: Callable[[bytes], Skipped], attack_set: ModuleType) -> None:
    book = attack_set.zip_of([("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"<x/>")])
    show = attack_set.zip_of([("[Content_Types].xml", b"<x/>"), ("ppt/presentation.xml", b"<x/>")])
    odt = attack_set.zip_of([("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<x/>")])
    old_book = attack_set.compound({"Workbook": b"x"})
    for payload, said in ((book, "电子表格"), (show, "演示文稿"), (odt, "OpenDocument"), (old_book, "电子表格")):
        skipped = refused(payload)
        assert skipped.reason == "unknown_format" and said in skipped.message
