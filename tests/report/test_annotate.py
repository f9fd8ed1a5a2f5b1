"""The annotated copy of a .docx draft."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from msgspec.structs import replace
from samples import make_comparison

from jingwei.errors import UsageError
from jingwei.model import Assessment, Document, Finding
from jingwei.report.annotate import annotate_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LINES = ["青石镇2023年法治政府建设年度报告", "我街道开展检查12余次。", "调解纠纷18件，其中林地纠纷7件。"]


def make_docx(lines: list[str] = LINES) -> bytes:
    document = docx.Document()
    for line in lines:
        paragraph = document.add_paragraph()
        half = len(line) // 2
        paragraph.add_run(line[:half]).bold = True
        paragraph.add_run(line[half:])
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def assessment_of(text: str, *findings: Finding) -> Assessment:
    base = make_comparison(1).assessments[0]
    report = replace(base.report, document=Document("稿.docx", "0" * 64, "docx", text))
    return replace(base, report=report, findings=findings)


def finding(text: str, quote: str, code: str = "R2", **more: str) -> Finding:
    at = text.index(quote)
    return Finding(code, "error", at, at + len(quote), quote, f"{quote}：请核对", {}, "请改", **more)


def commented(content: bytes) -> dict[str, str]:
    """Comment text → the words between its range marks."""
    document = docx.Document(io.BytesIO(content))
    found = {}
    for comment in document.comments:
        inside, words = False, ""
        for element in document.element.body.iter():
            if element.tag == f"{W}commentRangeStart" and element.get(f"{W}id") == str(comment.comment_id):
                inside = True
            elif element.tag == f"{W}commentRangeEnd" and element.get(f"{W}id") == str(comment.comment_id):
                break
            elif inside and element.tag == f"{W}t":
                words += element.text or ""
        found[comment.text] = words
    return found


def test_each_finding_is_a_comment_at_its_words():
    text = "\n".join(LINES)
    marked = [finding(text, "我街道"), finding(text, "12余次", "Q1"), finding(text, "18件，其中林地纠纷7件", "R8")]
    found = commented(annotate_docx(make_docx(), assessment_of(text, *marked)))
    assert sorted(found.values()) == sorted(f.quote for f in marked)
    assert any(t.startswith("红灯 R2 层级口径不符") and "建议：请改" in t for t in found)


def test_comments_speak_the_language_of_the_reader():
    text = "\n".join(LINES)
    one = Finding("R2", "error", 0, 1, "青", "层级不符", {}, "请改", "wrong level", "use the right one")
    (comment,) = commented(annotate_docx(make_docx(), assessment_of(text, one), "en"))
    assert comment.startswith("Red R2 ") and "wrong level" in comment and "To do: use the right one" in comment
    assert "请改" not in comment and "层级" not in comment


def test_the_words_and_the_looks_stay_as_they_were():
    text = "\n".join(LINES)
    content = annotate_docx(make_docx(), assessment_of(text, finding(text, "开展检查12余")))
    document = docx.Document(io.BytesIO(content))
    assert [p.text for p in document.paragraphs] == LINES
    before = docx.Document(io.BytesIO(make_docx()))
    for now, then in zip(document.paragraphs, before.paragraphs, strict=True):
        bold = "".join(r.text for r in now.runs if r.bold)
        assert bold == "".join(r.text for r in then.runs if r.bold)


def test_overlapping_findings_keep_their_own_words():
    text = "\n".join(LINES)
    marked = [finding(text, "开展检查12余次"), finding(text, "检查12", "Q1"), finding(text, "12余次。", "Q2")]
    assert sorted(commented(annotate_docx(make_docx(), assessment_of(text, *marked))).values()) == sorted(
        f.quote for f in marked
    )


def test_a_finding_may_run_over_paragraphs():
    text = "\n".join(LINES)
    found = commented(annotate_docx(make_docx(), assessment_of(text, finding(text, "余次。\n调解"))))
    assert list(found.values()) == ["余次。调解"]


def test_a_finding_without_a_place_stands_at_the_title():
    missing = Finding("S1", "warning", None, None, "", "缺少原因", {}, "")
    found = commented(annotate_docx(make_docx(), assessment_of("\n".join(LINES), missing)))
    assert list(found.values()) == ["青"]


def test_automatic_numbers_of_the_reader_do_not_move_the_marks():
    text = "一、" + LINES[0] + "\n1．" + LINES[1] + "\n" + LINES[2]
    found = commented(annotate_docx(make_docx(), assessment_of(text, finding(text, "12余次"))))
    assert list(found.values()) == ["12余次"]


def test_comments_that_are_there_already_stay():
    document = docx.Document(io.BytesIO(make_docx()))
    run = document.paragraphs[0].runs[0]
    document.add_comment(run, text="领导批示", author="某某", initials="某")
    stream = io.BytesIO()
    document.save(stream)
    text = "\n".join(LINES)
    found = commented(annotate_docx(stream.getvalue(), assessment_of(text, finding(text, "12余次"))))
    assert found["领导批示"] == LINES[0][: len(LINES[0]) // 2]
    assert "12余次" in found.values()


def test_the_same_draft_gives_the_same_bytes():
    text = "\n".join(LINES)
    marked = assessment_of(text, finding(text, "12余次"))
    assert annotate_docx(make_docx(), marked) == annotate_docx(make_docx(), marked)


def test_hostile_messages_stay_text():
    text = "\n".join(LINES)
    evil = replace(finding(text, "12余次"), message="</w:t><b>\x1b\u202e&")
    (shown,) = commented(annotate_docx(make_docx(), assessment_of(text, evil)))
    assert "</w:t><b>\\x1b\\u202e&" in shown


@pytest.mark.parametrize("payload", [b"", b"no zip", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_docx_is_refused(payload: bytes):
    with pytest.raises(UsageError, match=r"\.docx"):
        annotate_docx(payload, assessment_of("甲"))


def test_a_docx_with_a_dtd_is_refused():
    source = zipfile.ZipFile(io.BytesIO(make_docx()))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                content = content.replace(b"<w:document", b"<!DOCTYPE a [<!ENTITY b 'c'>]><w:document", 1)
            package.writestr(name, content)
    with pytest.raises(UsageError):
        annotate_docx(stream.getvalue(), assessment_of("甲"))


@pytest.mark.parametrize("name", ["report.docx", "features.docx"])
def test_the_fixture_drafts_take_comments(fixtures_dir: Path, name: str):
    path = fixtures_dir / "formats" / name
    if not path.is_file():
        pytest.skip("the fixtures of formats are not here")
    from jingwei.settings import SourceSettings
    from jingwei.sources.docx import read_docx

    payload = path.read_bytes()
    text = "\n".join(read_docx(payload, SourceSettings()).paragraphs)
    longest = max(text.split("\n"), key=len)
    quote = longest[len(longest) // 2 :][:12]
    start = text.index(quote)
    marked = Finding("R1", "error", start, start + len(quote), quote, "请核对", {}, "")
    found = commented(annotate_docx(payload, assessment_of(text, marked)))
    inside = next(v for k, v in found.items() if "请核对" in k)
    assert "".join(inside.split()) == "".join(quote.split())
    assert path.read_bytes() == payload
