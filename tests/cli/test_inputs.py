"""What the commands take: standard input everywhere, a unit for one report, earlier reports for `explain` too."""

from __future__ import annotations

import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest

import jingwei
from jingwei.cli.main import main


def _type(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(file.read_bytes())))


@pytest.fixture
def two(fixtures_dir: Path) -> tuple[Path, Path]:
    return fixtures_dir / "reports" / "jianchuan-dipu-2022.txt", fixtures_dir / "reports" / "jianchuan-dipu-2023.txt"


def test_standard_input_is_one_of_the_reports_compared(
    two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _type(monkeypatch, two[1])
    assert main(["compare", str(two[0]), "-", "--format", "json", "-q"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert {r["path"] for r in shown["reports"]} == {str(two[0]), "-"}
    assert shown["pairs"][0]["relation"] == "previous"


def test_standard_input_can_be_drawn(
    two: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _type(monkeypatch, two[1])
    picture = tmp_path / "a.svg"
    assert main(["heatmap", "-", str(two[0]), "-o", str(picture), "-q"]) == 0
    assert picture.read_text("utf-8").count("2023") >= 1
    capsys.readouterr()


def test_standard_input_goes_into_a_library(
    two: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _type(monkeypatch, two[0])
    assert main(["library", "add", "-", "--library", str(tmp_path / "lib"), "-q"]) == 0
    assert main(["score", str(two[1]), "--library", str(tmp_path / "lib"), "--format", "json", "-q"]) == 0
    shown = capsys.readouterr().out.splitlines()[-1]
    assert {m["source"]["report"] for m in json.loads(shown)["matches"]} == {"-"}


def test_one_unit_is_not_that_of_two_reports(two: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", *map(str, two), "--unit", "甲县乙镇人民政府", "-q"]) == 2
    assert "--units" in capsys.readouterr().err
    assert main(["score", str(two[0]), "--unit", "甲县乙镇人民政府", "-q"]) == 0
    assert "甲县乙镇人民政府" in capsys.readouterr().out


def test_explain_knows_what_check_knows(two: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    earlier, draft = map(str, two)
    main(["check", draft, "--previous", earlier, "--format", "json", "-q"])
    span = next(s for s in json.loads(capsys.readouterr().out)["spans"] if s["kind"] == "recycled")
    assert main(["explain", draft, "--at", str(span["start"]), "--previous", earlier]) == 0
    assert "沿用往年" in capsys.readouterr().out
    assert main(["explain", draft, "--at", str(span["start"]), "--unit", "甲县乙镇人民政府", "--year", "2023"]) == 0
    assert "沿用往年" not in capsys.readouterr().out


def test_the_picture_of_an_encoded_file(
    two: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    coded = tmp_path / "coded.txt"
    coded.write_bytes(two[0].read_text("gb18030").encode("utf-16-le"))
    picture = str(tmp_path / "a.svg")
    assert main(["heatmap", str(coded), str(two[1]), "-o", picture, "--encoding", "utf-16-le", "-q"]) == 0
    capsys.readouterr()


def test_a_changed_role_is_said_to_need_a_word(
    two: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library = ["--library", str(tmp_path / "lib"), "-q"]
    assert main(["library", "add", str(two[0]), *library]) == 0
    capsys.readouterr()
    assert main(["library", "add", str(two[0]), "--role", "authority", *library]) == 0
    assert "--replace" in capsys.readouterr().out
    assert main(["library", "add", str(two[0]), *library]) == 0
    assert "--replace" not in capsys.readouterr().out
    assert main(["library", "add", str(two[0]), "--role", "authority", "--replace", *library]) == 0
    assert "取代 1 篇" in capsys.readouterr().out


def test_python_compares_one_folder(fixtures_dir: Path) -> None:
    folder = fixtures_dir / "drafts"
    assert len(jingwei.compare(str(folder)).assessments) == 2
    assert len(jingwei.compare(folder).assessments) == 2
