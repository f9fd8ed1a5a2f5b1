"""Tables as CSV, XLSX and Parquet, and the folder of a batch."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace
from samples import make_comparison
from test_pages import HOSTILE, hostile_comparison

from jingwei.errors import UsageError
from jingwei.model import Comparison, Finding, LibrarySummary, Skipped
from jingwei.report import tables, terminal_batch, workbook
from jingwei.report.csv_text import csv_bytes, csv_table, matrix_csv_bytes, safe_cell
from jingwei.report.explaining import render_explanation
from jingwei.report.folder import page_names, write_comparison
from jingwei.report.labels import report_labels
from jingwei.report.sarif import sarif_log
from jingwei.report.tables import findings_csv, reports_csv
from jingwei.report.tables_batch import comparison_tables, pairs_csv
from jingwei.report.terminal import render_check
from jingwei.report.terminal_batch import render_comparison
from jingwei.report.words import LOW_CONFIDENCE
from jingwei.report.workbook import batch_workbook
from jingwei.settings import ReportSettings, Settings

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(scope="module")
def batch() -> Comparison:
    return make_comparison(6, (2022, 2023))


def rows_of(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "＝", " =", "\u3000=", "\u00a0@"])
def test_no_cell_is_a_formula(start: str):
    assert str(safe_cell(start + "1+1")).startswith("'")


@given(st.text())
def test_no_text_at_all_is_a_formula(text: str):
    shown = safe_cell(text)
    assert isinstance(shown, str)
    assert shown[:1] not in {"=", "+", "-", "@", "\t", "\r"}


def test_numbers_stay_numbers():
    assert safe_cell(-3) == -3
    assert safe_cell(0.123456789) == 0.123457
    assert safe_cell(None) is None


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"])), min_size=2, max_size=2), max_size=5))
def test_a_csv_reads_back(rows: list[list[str]]):
    text = csv_table(["甲", "乙"], rows).removeprefix("\ufeff")
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert [[c.removeprefix("'") for c in row] for row in read[1:]] == [[c.removeprefix("'") for c in r] for r in rows]


def test_a_csv_opens_in_an_office_as_utf8():
    assert csv_bytes(["甲"], [["\ud800"]]) == b"\xef\xbb\xbf" + "甲\r\n?\r\n".encode()


def test_reports_csv_holds_the_scores_and_the_unread(batch: Comparison):
    rows = rows_of(reports_csv([*batch.assessments, Skipped("坏.docx", "damaged", "打不开")]))
    assert len(rows) == len(batch.assessments) + 1
    first = batch.assessments[0]
    assert float(rows[0]["原创度"]) == pytest.approx(first.scores.originality, abs=1e-6)
    assert int(rows[0]["正文字数"]) == first.counts.body
    assert rows[-1]["未读取原因"] == "文件损坏"
    assert rows[-1]["原创度"] == ""


def test_findings_csv_has_one_row_each(batch: Comparison):
    rows = rows_of(findings_csv(batch.assessments))
    assert len(rows) == sum(len(a.findings) for a in batch.assessments)
    assert rows[0]["级别"] == "红灯"
    assert {r["类型"] for r in rows} >= {"层级口径不符", "规定内容缺少或不足"}


def test_pairs_csv_is_worst_first(batch: Comparison):
    rows = rows_of(pairs_csv(batch))
    assert [float(r["有效重复率"]) for r in rows] == [round(p.overlap_effective, 6) for p in batch.pairs]
    assert rows_of(pairs_csv(batch, "en"))[0]["relation"]


CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_tables_speak_the_language_of_the_reader(batch: Comparison):
    """What comes from the reports stays Chinese; every word of ours is English when that was asked for."""
    ours = {
        "reports": ("unread", "originality_is_upper_bound", "compared_with"),
        "pairs": ("relation",),
        "groups": ("reason",),
        "matches": ("relation",),
        "findings": ("severity", "name", "message", "suggestion"),
        "skipped": ("reason", "message"),
    }
    found = {t.name: t for t in comparison_tables(batch, "en")}
    for name, columns in ours.items():
        numbers = [[c.name for c in found[name].columns].index(column) for column in columns]
        cells = [row[n] for row in found[name].cells("en") for n in numbers if row[n] is not None]
        assert len(cells) >= len(batch.skipped)
        assert not [c for c in cells if CHINESE.search(str(c))], name
    assert found["families"].rows[0][-1].startswith("number: ")
    strings = zipfile.ZipFile(io.BytesIO(batch_workbook(batch, ReportSettings(language="en")))).read(
        "xl/sharedStrings.xml"
    )
    assert "Yellow" in strings.decode() and "黄灯" not in strings.decode()
    skipped = rows_of(reports_csv([Skipped("a.pdf", "scanned", "扫描件", "scan")], "en"))
    assert skipped[0]["why not read"] == "scanned, no text layer"


def test_sarif_speaks_the_language_of_the_reader(batch: Comparison):
    log = json.dumps(
        sarif_log([batch.assessments[0], Skipped("a.pdf", "scanned", "扫描件", "a scan")], "en"), ensure_ascii=False
    )
    assert "To do: state the reasons" in log and "a.pdf: a scan" in log
    assert not CHINESE.search(log.replace(batch.assessments[0].report.document.path, ""))
    assert "建议：请写明原因" in json.dumps(sarif_log([batch.assessments[0]]), ensure_ascii=False)


def test_reports_csv_says_whose_and_compared_with_what(batch: Comparison):
    """A number that leaves the program alone still carries its unit, its library and the sign of an upper bound."""
    first = batch.assessments[0]
    bound = replace(first, scores=replace(first.scores, originality_is_upper_bound=True), library=LibrarySummary())
    rows = rows_of(reports_csv([first, bound, Skipped("坏.docx", "unreadable", "打不开")]))
    assert [r["单位"] for r in rows] == [first.report.profile.unit, first.report.profile.unit, ""]
    assert [r["原创度是否为上限（≤）"] for r in rows] == ["否", "是", ""]
    assert [r["比对库（篇）"] for r in rows] == ["128", "0", ""]
    assert rows[1]["比对范围"] == "比对库：0 篇，仅与内置语料比对"
    assert rows[2]["未读取原因"] == "无法读取（没有权限或磁盘出错）"


def test_pairs_csv_has_the_counts_behind_its_overlap(batch: Comparison):
    rows = rows_of(pairs_csv(batch))
    assert len(rows) == len(batch.pairs) > 3
    units = dict(zip(batch.ids, (a.report.profile for a in batch.assessments), strict=True))
    for row in rows:
        share = int(row["有效重复（字）"]) / int(row["正文减规定用语（字）"])
        assert float(row["有效重复率"]) == pytest.approx(min(1, share), abs=1e-5)
        assert row["有效重复率所属报告"] in {row["甲篇"], row["乙篇"]}
        assert row["甲篇单位、年份"] == f"{units[row['甲篇']].unit} {units[row['甲篇']].year}"


def test_matches_table_holds_both_texts(batch: Comparison):
    table = next(t for t in comparison_tables(batch) if t.name == "matches")
    names = [c.name for c in table.columns]
    texts = dict(zip(batch.ids, (a.report.document.text for a in batch.assessments), strict=True))
    for row in table.rows:
        cells = dict(zip(names, row, strict=True))
        assert cells["left_text"] == texts[cells["left"]][cells["left_start"] : cells["left_end"]]
        assert cells["right_text"] == texts[cells["right"]][cells["right_start"] : cells["right_end"]]


def test_anonymous_tables_name_nobody(batch: Comparison):
    text = "".join(t.csv() for t in comparison_tables(batch, anonymise=True))
    assert "单位01" in text
    assert not any(a.report.profile.place.name in text or a.report.document.path in text for a in batch.assessments)
    assert "损坏的报告" not in text


def sheets(content: bytes) -> dict[str, list[list[object]]]:
    """Sheet name → rows of (value, is a formula)."""
    package = zipfile.ZipFile(io.BytesIO(content))
    strings = [
        "".join(si.itertext()) for si in etree.fromstring(package.read("xl/sharedStrings.xml")).iter(f"{SHEET}si")
    ]
    names = [s.get("name") for s in etree.fromstring(package.read("xl/workbook.xml")).iter(f"{SHEET}sheet")]
    found = {}
    for number, name in enumerate(names, 1):
        root = etree.fromstring(package.read(f"xl/worksheets/sheet{number}.xml"))
        assert not list(root.iter(f"{SHEET}f"))
        assert not list(root.iter(f"{SHEET}hyperlink"))
        found[name] = [
            [
                None if c.find(f"{SHEET}v") is None
                else strings[int(c.find(f"{SHEET}v").text)] if c.get("t") == "s" else float(c.find(f"{SHEET}v").text)
                for c in row.iter(f"{SHEET}c")
            ]
            for row in root.iter(f"{SHEET}row")
        ]  # fmt: skip
    return found


def test_the_workbook_holds_every_table(batch: Comparison):
    found = sheets(batch_workbook(batch, ReportSettings()))
    assert next(iter(found)) == "总览"
    for table in comparison_tables(batch):
        assert found[table.zh][0] == [c.zh for c in table.columns]
        assert len(found[table.zh]) == len(table.rows) + 1
    reports = found["报告一览"]
    at = reports[0].index("原创度")
    assert reports[1][at] == pytest.approx(batch.assessments[0].scores.originality)


def test_the_workbook_has_no_clock_in_it(batch: Comparison):
    assert batch_workbook(batch, ReportSettings()) == batch_workbook(batch, ReportSettings())


def test_hostile_cells_are_text_in_the_workbook():
    comparison = hostile_comparison()
    changed = replace(comparison.skipped[0], path='=HYPERLINK("http://x")', message="http://x" + HOSTILE)
    found = sheets(batch_workbook(replace(comparison, skipped=(changed,)), ReportSettings()))
    assert found["未读取文件"][1][0] == '=HYPERLINK("http://x")'
    assert "\x1b" not in str(found)


def test_parquet_says_what_is_missing(batch: Comparison, monkeypatch: pytest.MonkeyPatch):
    import builtins

    real = builtins.__import__

    def without(name: str, *rest: object, **more: object) -> object:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError, match=r"jingwei\[parquet\]"):
        tables.reports_parquet(batch.assessments)


def test_parquet_keeps_types_and_stable_names(batch: Comparison):
    pyarrow = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    parquet = pytest.importorskip("pyarrow.parquet")
    read = parquet.read_table(io.BytesIO(tables.reports_parquet(batch.assessments)))
    assert read.schema.field("originality").type == pyarrow.float64()
    assert read.column("body").to_pylist() == [a.counts.body for a in batch.assessments]


def test_the_folder_of_a_batch(batch: Comparison, tmp_path: Path):
    written = write_comparison(batch, tmp_path, Settings())
    there = sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file())
    assert sorted(written) == there
    wanted = {
        "compare.json", "pairs.csv", "reports.csv", "families.csv", "groups.csv", "matches.csv", "skipped.csv",
        "findings.csv", "batch.xlsx", "reports.png", "reports_matrix.csv", "strips.png", "sections.png", "index.html",
        "passages.html",
    }  # fmt: skip
    assert wanted <= set(there)
    assert len([n for n in there if n.startswith("pages/")]) == len(batch.ids)
    assert json.loads((tmp_path / "compare.json").read_text(encoding="utf-8"))["schema"] == "jingwei/compare@1"
    index = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert all((tmp_path / link).is_file() for link in re.findall(r'href="(pages/[^"]+)"', index))


def test_two_runs_of_the_folder_are_the_same_bytes(batch: Comparison, tmp_path: Path):
    for name in ("a", "b"):
        write_comparison(batch, tmp_path / name, Settings())
    for path in sorted((tmp_path / "a").rglob("*")):
        if path.is_file():
            assert path.read_bytes() == (tmp_path / "b" / path.relative_to(tmp_path / "a")).read_bytes(), path.name


def test_only_our_own_leftovers_are_removed(batch: Comparison, tmp_path: Path):
    write_comparison(batch, tmp_path, Settings())
    (tmp_path / "pages" / "笔记.html").write_text("mine")
    outside = tmp_path.parent / "outside.txt"
    outside.write_text("mine")
    listing = json.loads((tmp_path / "files.json").read_text(encoding="utf-8"))
    (tmp_path / "files.json").write_text(json.dumps([*listing, "../outside.txt", "pages/../../outside.txt"]))
    write_comparison(make_comparison(2), tmp_path, Settings())
    assert len(list((tmp_path / "pages").iterdir())) == 3
    assert outside.read_text() == "mine"
    assert (tmp_path / "pages" / "笔记.html").exists()


def test_an_anonymous_folder_names_nobody(batch: Comparison, tmp_path: Path):
    settings = replace(Settings(), report=ReportSettings(anonymise=True))
    write_comparison(batch, tmp_path, settings)
    for path in tmp_path.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        for assessment in batch.assessments:
            assert assessment.report.profile.place.name not in path.name
            assert assessment.report.profile.place.name.encode() not in content, path.name


def test_page_names_are_safe_in_any_file_system():
    names = page_names(hostile_comparison(), ReportSettings())
    assert all(re.fullmatch(r"pages/\d{3}-[\w（）()+-]+\.html", n) for n in names.values())
    assert len(set(names.values())) == 2


def test_a_large_batch_has_pages_for_its_doubtful_reports_only(batch: Comparison, tmp_path: Path):
    """More than ``report.most_pages`` reports: the most doubtful have a page, and the index says so."""
    settings = replace(Settings(), report=ReportSettings(most_pages=4))
    written = write_comparison(batch, tmp_path, settings)
    pages = [name for name in written if name.startswith("pages/")]
    doubt = {i: a.counts.copied + a.counts.recycled for i, a in zip(batch.ids, batch.assessments, strict=True)}
    chosen = page_names(batch, settings.report)
    assert sorted(chosen.values()) == sorted(pages)
    assert len(pages) == 4
    assert min(doubt[i] for i in chosen) >= max(n for i, n in doubt.items() if i not in chosen)
    index = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert sorted(set(re.findall(r'href="(pages/[^"]+)"', index))) == sorted(pages)
    assert "疑似内容最多的 4 篇" in index


def recognised(batch: Comparison) -> Comparison:
    """The batch with its first report read from a scan."""
    first, *others = batch.assessments
    document = replace(first.report.document, confidence="low")
    first = replace(first, report=replace(first.report, document=document))
    return replace(batch, assessments=(first, *others))


def test_recognised_text_is_marked_in_every_output(batch: Comparison, tmp_path: Path):
    """An odd character of a scan is not the writer's: tables, pages, labels, SARIF and the screen say it was a scan."""
    scanned = recognised(batch)
    first = scanned.assessments[0]
    said = LOW_CONFIDENCE.zh
    reports = rows_of(reports_csv(scanned.assessments))
    assert [row["读取提示"] for row in reports] == [said, *[""] * (len(reports) - 1)]
    name = first.report.document.path
    assert {row["读取提示"] for row in rows_of(findings_csv([first]))} == {said}
    for row in rows_of(pairs_csv(scanned)):
        assert (row["甲篇读取提示"], row["乙篇读取提示"]) == (
            said * (row["甲篇"] == name),
            said * (row["乙篇"] == name),
        )
    labels = report_labels(scanned)
    assert labels[0].endswith("(OCR)")
    assert not any("OCR" in label for label in labels[1:])
    assert "(OCR)" in render_comparison(scanned)
    assert "(OCR)" not in render_comparison(batch)
    assert said in json.dumps(sarif_log([first]), ensure_ascii=False)
    assert said in render_explanation(first, first.spans[0].start)
    write_comparison(scanned, tmp_path, Settings())
    assert "(OCR)" in (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "(OCR)" in (tmp_path / "reports_matrix.csv").read_text(encoding="utf-8")
    entries = json.loads((tmp_path / "compare.json").read_text(encoding="utf-8"))["reports"]
    assert [e["confidence"] for e in entries] == ["low", *["normal"] * (len(entries) - 1)]


def test_a_long_table_is_cut_in_the_workbook_and_says_so(batch: Comparison, monkeypatch: pytest.MonkeyPatch):
    """All rows are in the CSV; the sheet tells how many it leaves out."""
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    book = zipfile.ZipFile(io.BytesIO(batch_workbook(batch, ReportSettings())))
    strings = book.read("xl/sharedStrings.xml").decode()
    pairs = next(t for t in comparison_tables(batch) if t.name == "pairs")
    assert f"本表只列前 3 行，共 {len(pairs.rows)} 行，全部见 pairs.csv" in strings
    sheet = etree.fromstring(book.read("xl/worksheets/sheet3.xml"))
    assert len(sheet.findall(f"{SHEET}sheetData/{SHEET}row")) == 4


def test_many_notes_of_one_kind_are_folded_in_the_terminal_and_counted() -> None:
    assessment = make_comparison().assessments[0]
    notes = tuple(
        Finding("X1", "note", at, at + 1, "字", f"第{at}处缺字", {"case": "lost"}, message_en=f"lost at {at}")
        for at in range(8)
    )
    shown = render_check(replace(assessment, findings=notes))
    assert "灰色（仅供参考）  8" in shown
    assert shown.count("处缺字") == 3
    assert "同类另有 5 处" in shown
    few = render_check(replace(assessment, findings=notes[:5]))
    assert few.count("处缺字") == 5
    assert "同类另有" not in few


@given(
    st.integers(1, 5).flatmap(
        lambda n: st.lists(st.lists(st.floats(0, 1), min_size=n, max_size=n), min_size=n, max_size=n)
    )
)
def test_a_matrix_is_written_like_any_table(rows: list[list[float]]):
    labels = [f"=镇,{number}" for number in range(len(rows))]
    plain = csv_bytes(["报告", *labels], [[label, *row] for label, row in zip(labels, rows, strict=True)])
    assert matrix_csv_bytes(["报告", *labels], labels, np.array(rows)) == plain


def test_the_terminal_lists_the_worst_reports_and_counts_the_rest(monkeypatch: pytest.MonkeyPatch):
    comparison = make_comparison(12)
    whole = render_comparison(comparison)
    assert "份见表格" not in whole
    monkeypatch.setattr(terminal_batch, "_MOST_REPORTS", 5)
    short = render_comparison(comparison)
    assert "……其余 7 份见表格" in short
    assert len(short.splitlines()) == len(whole.splitlines()) - 7 + 1
