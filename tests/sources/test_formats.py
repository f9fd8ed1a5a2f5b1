"""The same report in every format: all paragraphs come back, in order, nothing added."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest

from jingwei.model import Document, Skipped
from jingwei.settings import SourceSettings
from jingwei.sources import read_path

TABLE = ["指标数量同比", "人民调解案件163件增加12件", "行政执法立案21起持平"]
RED_HEAD = ["桑洛县柳汀镇人民政府文件", "柳政发〔2024〕3号"]
CASES = {
    "report.docx": ([], TABLE),
    "report.doc": ([], TABLE),
    "report.wps": ([], TABLE),
    "office.pdf": ([], TABLE),
    "red-head.pdf": (RED_HEAD, []),
    "letter-spaced.pdf": ([], []),
    "two-fonts.pdf": ([], []),
    "running-head.pdf": ([], TABLE),
    "two-columns.pdf": ([], []),
    "report.ofd": ([], []),
    "report.html": ([], []),
    "report-br.html": ([], []),
    "report.mht": ([], []),
    "report.rtf": ([], TABLE),
}


def squeezed(lines: list[str]) -> list[str]:
    return [re.sub(r"\s", "", line) for line in lines]


def read(path: Path) -> Document:
    (found,) = read_path(path, SourceSettings())
    assert isinstance(found, Document), found
    return found


@pytest.mark.parametrize("name", CASES)
def test_paragraphs_come_back_whole_and_in_order(name: str, formats_dir: Path, format_fixtures: ModuleType) -> None:
    before, after = CASES[name]
    report = format_fixtures.LONG_REPORT if name == "running-head.pdf" else format_fixtures.REPORT
    expected = before + squeezed(format_fixtures.paragraphs_of(report)) + after
    assert squeezed(read(formats_dir / name).text.split("\n")) == expected


def test_the_committed_files_are_what_the_script_makes(formats_dir: Path, format_fixtures: ModuleType) -> None:
    assert set(format_fixtures.make_all()) <= {path.name for path in formats_dir.iterdir()}
    assert format_fixtures.features_docx() == (formats_dir / "features.docx").read_bytes()
    assert format_fixtures.report_ofd() == (formats_dir / "report.ofd").read_bytes()
    assert format_fixtures.report_mht() == (formats_dir / "report.mht").read_bytes()
    assert format_fixtures.report_html("p").encode("gb18030") == (formats_dir / "report.html").read_bytes()


def test_fixtures_stay_small(formats_dir: Path) -> None:
    assert sum(path.stat().st_size for path in formats_dir.iterdir()) < 2_000_000


def test_table_rows_are_one_line_with_tabs(formats_dir: Path) -> None:
    for name in ("report.docx", "report.doc", "report.rtf", "running-head.pdf"):
        assert read(formats_dir / name).text.endswith("\n行政执法立案\t21起\t持平"), name


@pytest.mark.parametrize("name", ["report.html", "report.mht"])
def test_a_page_tells_title_date_and_source(name: str, formats_dir: Path) -> None:
    assert dict(read(formats_dir / name).hints) == {
        "title": "桑洛县柳汀镇2023年度法治政府建设工作报告",
        "date": "2024-01-15",
        "source": "柳汀镇人民政府",
    }


def test_title_date_and_source_without_meta_tags(formats_dir: Path) -> None:
    hints = read(formats_dir / "report-br.html").hints
    assert hints["title"] == "桑洛县柳汀镇2023年度法治政府建设工作报告"
    assert hints["date"] == "2024-01-15"
    assert hints["source"] == "柳汀镇人民政府"


def test_features_of_word(formats_dir: Path, format_fixtures: ModuleType) -> None:
    document = read(formats_dir / "features.docx")
    assert document.text.split("\n") == format_fixtures.FEATURES_LINES
    assert read(formats_dir / "features.xml").text == document.text
    assert [note.code for note in document.notes] == ["hidden_text"]
    assert "9 字" in document.notes[0].message and "这一句是隐藏文字" in document.notes[0].message


def test_features_of_old_word(formats_dir: Path, format_fixtures: ModuleType) -> None:
    document = read(formats_dir / "features.doc")
    wanted = [line for line in format_fixtures.FEATURES_LINES if line != "文本框里的段落。"]
    assert document.text.split("\n") == [*wanted, "文本框里的段落。"]  # boxes follow the text in this format
    assert [note.code for note in document.notes] == ["hidden_text"]


def test_scanned_pages_are_named(formats_dir: Path) -> None:
    (skipped,) = read_path(formats_dir / "scanned.pdf", SourceSettings())
    assert isinstance(skipped, Skipped) and skipped.reason == "scanned"
    assert "第 1–3 页" in skipped.message and "jingwei[ocr]" in skipped.message
    document = read(formats_dir / "partly-scanned.pdf")
    assert [note.code for note in document.notes] == ["scanned_pages"]
    assert "第 2–3 页" in document.notes[0].message
    assert document.text.startswith("桑洛县柳汀镇2023年度法治政府建设工作报告\n")


def test_ocr_that_is_not_installed_is_said(formats_dir: Path) -> None:
    import importlib.util

    if importlib.util.find_spec("rapidocr") is not None:
        pytest.skip("rapidocr is installed here")
    (skipped,) = read_path(formats_dir / "scanned.pdf", SourceSettings(ocr=True))
    assert isinstance(skipped, Skipped) and skipped.reason == "scanned"
    assert "pip install" in skipped.message
