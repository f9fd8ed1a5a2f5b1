"""The words, the names and the atomic writer of the views."""

from __future__ import annotations

import re
import stat
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingwei.errors import UsageError
from jingwei.model import KINDS, SEVERITIES, Finding, LibrarySummary, Relation
from jingwei.report import palette, words
from jingwei.report.finding_labels import FINDING_LABELS, finding_label
from jingwei.report.names import show_name, show_text
from jingwei.report.write import write_bytes_atomic, write_text_atomic
from jingwei.review.rule_data import page
from jingwei.settings import FINDING_CODES


def test_every_kind_severity_and_relation_has_both_names():
    assert set(words.KIND_LABELS) == set(KINDS)
    assert set(words.SEVERITY_LABELS) == set(words.SEVERITY_SHORT) == set(SEVERITIES)
    assert set(get_args(Relation)) <= set(words.RELATION_LABELS)
    for table in (words.KIND_LABELS, words.SEVERITY_LABELS, words.RELATION_LABELS, FINDING_LABELS):
        for label in table.values():
            assert label.zh
            assert label.en
            assert "抄袭" not in label.zh + label.note_zh
            assert all(ord(c) < 0x3000 for c in label.en)


def test_every_finding_code_of_the_product_has_a_name():
    product = "R1 R2 R3 R4 R5 R6 R7 R8 R9 R10 Q1 Q2 Q3 Q4 Q5 X1 S1 S2 S3 C1 C2 Y1 Y2 Y3"
    assert set(FINDING_LABELS) == set(product.split())


def test_every_reason_of_the_docs_has_a_name():
    text = (Path(__file__).resolve().parents[2] / "docs/formats.md").read_text("utf-8")
    table = text.split("## Reasons why a file was skipped")[1].split("##")[0]
    named = set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE))
    assert len(named) >= 12
    assert named == set(words.REASON_LABELS)


def test_an_unknown_code_is_shown_as_it_is():
    assert finding_label(Finding("Z9", "note", 0, 1, "甲", "乙")).zh == "Z9"


def test_a_finding_is_called_as_its_rule_calls_it_and_by_its_case_where_cases_differ():
    for code in FINDING_CODES:
        for case in page(code).says:
            named = finding_label(Finding(code, "note", 0, 1, "甲", "乙", evidence={"case": case}))
            assert (named.zh, named.en) == page(code).title_of(case)
    again = Finding("Y3", "note", 0, 1, "甲", "乙", evidence={"case": "problem_again"})
    assert finding_label(again).zh == "问题逐年重复"
    thin = Finding("S2", "note", None, None, "", "乙", evidence={"case": "thin"})
    assert finding_label(thin).zh == "全文本地事实偏少"
    assert FINDING_LABELS["Y3"].zh == "打算或问题与往年重复"
    assert finding_label(Finding("X1", "note", 0, 1, "甲", "乙")).note_zh == "文件转换造成，与撰写人无关"


@pytest.mark.parametrize(
    ("share", "shown"),
    [(None, "—"), (0.0, "0.0%"), (0.0001, "<0.1%"), (0.1234, "12.3%"), (0.9996, "99.9%"), (1.0, "100.0%")],
)
def test_percentages_never_round_to_nothing_or_to_all(share, shown):
    assert words.percent(share) == shown


def test_an_upper_bound_is_printed_as_one():
    assert words.percent(0.25, upper_bound=True) == "≤25.0%"


def test_the_library_is_always_named_with_its_size():
    assert words.library_line(LibrarySummary()) == "比对库：0 篇，仅与内置语料比对"
    line = words.library_line(LibrarySummary("库", 1200, 34, (2019, 2023), 5))
    assert line == "比对库：1,200 篇、34 个地方，2019—2023 年，另有上级文件 5 篇"
    one_year = LibrarySummary("库", 12, 9, (2023,), 0)
    assert words.library_line(one_year) == "比对库：12 篇、9 个地方，2023 年"
    assert words.library_line(one_year, "en") == "Library: 12 reports of 9 places, 2023"
    single = LibrarySummary("库", 1, 1, (2023,), 1)
    assert words.library_line(single, "en") == "Library: 1 report of 1 place, 2023, 1 superior's text"


@pytest.mark.parametrize(("share", "level"), [(None, 0), (0.149, 0), (0.15, 1), (0.30, 2), (0.4999, 2), (0.5, 3)])
def test_degrees_follow_the_limits(share, level):
    assert words.degree(share, 0.15, 0.30, 0.50) == level


def test_names_are_one_line_and_cannot_turn_themselves_round():
    shown = show_name("年报\x1b[31m\n\u202etxt.exe\u200b[/red].txt")
    assert shown == "年报\\x1b[31m\\x0a\\u202etxt.exe\\u200b[/red].txt"
    assert show_text("一\n二\t三\x07") == "一\n二\t三\\x07"


@given(st.text())
def test_a_shown_name_is_printable_whatever_it_was(name):
    shown = show_name(name)
    assert "\n" not in shown
    assert all(c.isprintable() or c in "\u3000\xa0" or c.isspace() or ord(c) > 0x7F for c in shown)
    shown.encode("utf-8")


def test_kinds_are_told_apart_without_colour():
    grey = sorted(palette.lightness(c) for c in palette.KIND_COLOURS.values())
    assert all(b - a >= 10 for a, b in pairwise(grey))
    for colour in palette.KIND_COLOURS.values():
        assert max(palette.contrast(ink, colour) for ink in ("#000000", "#ffffff")) >= 4.5


def test_lightness_of_black_white_and_middle_grey():
    assert palette.lightness("#000000") == 0
    assert round(palette.lightness("#ffffff"), 6) == 100
    assert round(palette.lightness("#777777")) == 50


def test_the_colour_scale_of_the_pages_is_that_of_the_pictures():
    import matplotlib
    from matplotlib.colors import to_hex

    scale = matplotlib.colormaps["cividis"]
    assert [to_hex(scale(i / 16)) for i in range(17)] == list(palette.CIVIDIS)


def test_writing_replaces_whole_and_leaves_nothing_behind(tmp_path: Path):
    target = tmp_path / "深" / "表.csv"
    write_text_atomic(target, "一\r\n")
    write_text_atomic(target, "二\ud800\n")
    assert target.read_bytes() == "二\ufffd\n".encode()
    assert [p.name for p in target.parent.iterdir()] == ["表.csv"]
    assert not stat.S_IMODE(target.stat().st_mode) & 0o111


def test_a_failed_write_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    target = tmp_path / "a.txt"
    write_bytes_atomic(target, b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(UsageError, match="无法写入"):
        write_bytes_atomic(target, b"new")
    assert target.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_a_folder_is_no_target(tmp_path: Path):
    with pytest.raises(UsageError):
        write_bytes_atomic(tmp_path, b"x")
