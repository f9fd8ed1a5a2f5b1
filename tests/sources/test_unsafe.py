"""Hostile files: read or refused with a reason, in time, in memory, and without a trace."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from jingwei.model import Document, Skipped
from jingwei.settings import SourceSettings
from jingwei.sources import read_bytes, read_path, sandbox
from jingwei.sources.refusals import REASONS

EXPECTED = {
    "text-bomb.docx": "unsafe", "element-bomb.docx": "unsafe", "dtd.docx": "unsafe", "dtd-utf16.docx": "unsafe",
    "billion-laughs.docx": "unsafe", "external-entity.docx": "unsafe", "deep.docx": "unsafe", "deep-240.docx": "unsafe",
    "two-documents.docx": "unsafe", "two-documents-case.docx": "unsafe", "no-main-part.docx": "damaged",
    "main-part-outside.docx": "damaged", "deep.ofd": "unsafe", "dtd.ofd": "unsafe", "root-loop.ofd": "damaged",
    "word6.doc": "unknown_format", "encrypted.doc": "encrypted", "encrypted.docx": "encrypted", "no-table.doc": "damaged",
    "pages-loop.pdf": "damaged", "many-pages.pdf": "too_large", "only-header.pdf": "damaged", "bomb.zip": "unsafe",
    "members.zip": "too_large", "outside.zip": "unsafe", "encrypted.zip": "encrypted", "lying-size.zip": "damaged",
    "truncated.zip": "damaged", "empty.zip": "empty", "deep.html": "unsafe", "attributes.html": "unsafe",
    "tag-bomb.html": "too_large", "too-big.txt": "too_large", "noise.txt": "unknown_format", "zeros.txt": "damaged",
    "spaces.txt": "empty", "empty.pdf": "empty", "deep.mht": "unsafe", "nested-bomb.zip": "too_large",
    "stream-bomb.pdf": "damaged", "long-line.txt": "too_large", "many-megabytes.zip": "too_large",
    "brackets.html": "too_large", "endless-headers.mht": "unsafe",
}  # fmt: skip


def test_every_attack_ends_in_a_document_or_a_reason(
    attack_set: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    seen: dict[str, set[str]] = {}
    for name, payload in attack_set.make_all().items():
        for found in read_bytes(payload, name, SourceSettings(max_seconds=20)):
            reason = "ok"
            if isinstance(found, Skipped):
                reason = found.reason
                assert reason in REASONS and found.message.endswith("。") and found.message_en
            else:
                assert isinstance(found, Document) and found.text.strip()
            seen.setdefault(name, set()).add(reason)
    assert {name: seen[name] for name in EXPECTED} == {name: {reason} for name, reason in EXPECTED.items()}
    assert not any("timeout" in reasons for reasons in seen.values())
    assert list(tmp_path.iterdir()) == []


def test_inputs_are_never_modified(formats_dir: Path, tmp_path: Path) -> None:
    for path in formats_dir.iterdir():
        copy = tmp_path / path.name
        copy.write_bytes(path.read_bytes())
        os.chmod(copy, 0o444)  # noqa: PTH101
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.iterdir()}
    read_path(tmp_path, SourceSettings())
    assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    ("knob", "value", "name", "reason"),
    [
        ("max_file_mb", 0, "report.docx", "too_large"),
        ("max_entry_mb", 0, "report.docx", "too_large"),
        ("max_entry_mb", 0, "report.doc", "too_large"),
        ("max_expanded_mb", 0, "report.ofd", "too_large"),
        ("max_members", 3, "report.ofd", "too_large"),
        ("max_pages", 1, "two-fonts.pdf", "too_large"),
        ("max_pages", 1, "report.ofd", "too_large"),
        ("max_chars", 100, "report.docx", "too_large"),
        ("max_chars", 100, "two-fonts.pdf", "too_large"),
        ("max_report_chars", 100, "report.docx", "too_large"),
        ("max_report_chars", 100, "report.html", "too_large"),
    ],
)
def test_every_limit_is_obeyed_and_named(formats_dir: Path, knob: str, value: int, name: str, reason: str) -> None:
    (skipped,) = read_path(formats_dir / name, SourceSettings(**{knob: value}))
    assert isinstance(skipped, Skipped) and skipped.reason == reason
    assert f"sources.{knob}" in skipped.message and f" {value} " in skipped.message
    assert f"sources.{knob}" in skipped.message_en


def test_ratio_and_nesting_limits(attack_set: ModuleType) -> None:
    payload = attack_set.zip_of([("a.txt", "法治政府建设。".encode() * 60_000)])
    (found,) = read_bytes(payload, "a.zip", SourceSettings(max_ratio=100_000))
    assert isinstance(found, Document)
    (found,) = read_bytes(payload, "a.zip", SourceSettings(max_ratio=10))
    assert isinstance(found, Skipped) and found.reason == "unsafe" and "max_ratio" in found.message
    nested = attack_set.zip_of([("b.zip", attack_set.zip_of([("c.txt", "报告。".encode())]))])
    (found,) = read_bytes(nested, "a.zip", SourceSettings(max_nesting=1))
    assert isinstance(found, Skipped) and "max_nesting" in found.message
    (found,) = read_bytes(nested, "a.zip", SourceSettings(max_nesting=2))
    assert isinstance(found, Document) and found.path == "a.zip/b.zip/c.txt"


def test_a_giant_paragraph_is_split_after_a_sentence(attack_set: ModuleType, read: Callable[[bytes], Document]) -> None:
    sentence = "全镇认真落实各项任务。"
    payload = attack_set.docx_of(attack_set.body(f"<w:p><w:r><w:t>{sentence * 30}</w:t></w:r></w:p>"))
    (found,) = read_bytes(payload, "x", SourceSettings(max_paragraph_chars=50))
    assert isinstance(found, Document)
    lines = found.text.split("\n")
    assert "".join(lines) == sentence * 30 and all(len(line) <= 50 and line.endswith("。") for line in lines)
    assert read(payload).text == sentence * 30


def test_a_hanging_parser_is_a_timeout(formats_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sandbox.close_workers()
    monkeypatch.setattr(sandbox, "_START", "import time; time.sleep(60)")
    (skipped,) = read_path(formats_dir / "features.docx", SourceSettings(max_seconds=1))
    assert isinstance(skipped, Skipped) and skipped.reason == "timeout"
    assert "1 秒" in skipped.message and "max_seconds" in skipped.message


def test_a_crashing_parser_is_damage_and_the_next_file_is_read(
    formats_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sandbox.close_workers()
    with monkeypatch.context() as patched:
        patched.setattr(sandbox, "_START", "import os; os.abort()")
        (skipped,) = read_path(formats_dir / "features.docx", SourceSettings())
    assert isinstance(skipped, Skipped) and skipped.reason == "damaged"
    (found,) = read_path(formats_dir / "features.docx", SourceSettings())
    assert isinstance(found, Document)


def test_a_member_that_kills_its_worker_costs_one_skip(attack_set: ModuleType, formats_dir: Path) -> None:
    good = (formats_dir / "features.docx").read_bytes()
    payload = attack_set.zip_of(
        [("1.docx", good), ("2.pdf", attack_set.pdf_attacks()["stream-bomb.pdf"]), ("3.docx", good)]
    )
    found = read_bytes(payload, "a.zip", SourceSettings(max_ratio=10**9))
    assert [f.path for f in found] == ["a.zip/1.docx", "a.zip/2.pdf", "a.zip/3.docx"]
    assert [getattr(f, "reason", "ok") for f in found] == ["ok", "damaged", "ok"]


def test_memory_is_limited(attack_set: ModuleType) -> None:
    payload = attack_set.docx_of(attack_set.body("<w:p><w:r><w:t>字</w:t></w:r></w:p>" * 400_000))
    (found,) = read_bytes(payload, "x", SourceSettings(max_memory_mb=200, max_ratio=10**9))
    assert isinstance(found, Skipped) and found.reason in {"too_large", "damaged"}
    assert "max_memory_mb" in found.message


def test_a_locked_pdf_is_encrypted(refused: Callable[[bytes], Skipped]) -> None:
    from io import BytesIO

    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    buffer = BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("secret", canPrint=0))
    canvas.drawString(100, 100, "locked")
    canvas.save()
    assert refused(buffer.getvalue()).reason == "encrypted"


@pytest.mark.parametrize("kind", ["docx", "doc", "rtf", "xml", "pdf", "ofd", "html", "mht", "zip", "txt"])
def test_mutated_files_give_documents_or_reasons(kind: str, fuzzer: ModuleType) -> None:
    outcomes = fuzzer.fuzz(kind, 60 if kind == "pdf" else 200, seed=7)
    assert not {name for name in outcomes if name.isupper()}, outcomes
    assert not {name for name in outcomes if name.startswith("caught")}, outcomes
