"""The command line destroys nothing: inputs are never overwritten, results never become inputs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from jingwei.cli.main import main


@pytest.fixture
def draft(tmp_path: Path, fixtures_dir: Path) -> Path:
    return Path(shutil.copy(next((fixtures_dir / "drafts").glob("careful*")), tmp_path / "draft.txt"))


@pytest.mark.parametrize(
    "command", [["check"], ["score"], ["score", "--format", "json"], ["check", "--format", "html"]]
)
def test_a_draft_is_never_overwritten(command: list[str], draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = draft.read_bytes()
    assert main([command[0], str(draft), *command[1:], "-o", str(draft)]) == 2
    assert main(["check", str(draft), "--save-baseline", str(draft)]) == 2
    assert draft.read_bytes() == before
    assert "未写入" in capsys.readouterr().err


def test_results_do_not_land_among_the_inputs(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for target in (draft.parent, draft.parent / "结果"):
        assert main(["compare", str(draft.parent), "-o", str(target), "-q"]) == 2
    assert [p.name for p in draft.parent.iterdir()] == ["draft.txt"]
    capsys.readouterr()


def test_an_odd_baseline_is_a_usage_error(draft: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    odd = tmp_path / "odd.json"
    odd.write_text("[]")
    assert main(["check", str(draft), "--baseline", str(odd)]) == 2
    capsys.readouterr()


def test_accepted_findings_stay_accepted(
    tmp_path: Path, fixtures_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sloppy = str(next((fixtures_dir / "drafts").glob("sloppy*")))
    baseline = str(tmp_path / "known.json")
    assert main(["check", sloppy, "--save-baseline", baseline]) == 1
    assert main(["check", sloppy, "--baseline", baseline]) == 0
    assert "此前已由审核人确认" in capsys.readouterr().out
    known = Path(baseline).read_text("utf-8")
    assert main(["check", sloppy, "--baseline", baseline, "--save-baseline", baseline]) == 0
    assert Path(baseline).read_text("utf-8") == known
    capsys.readouterr()


def test_a_library_path_in_the_settings_is_meant_from_the_file(
    tmp_path: Path, draft: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "jingwei.toml").write_text("library = 'LIB'\n")
    inner = tmp_path / "inner"
    inner.mkdir()
    monkeypatch.chdir(inner)
    assert main(["library", "add", str(draft), "-q"]) == 0
    assert (tmp_path / "LIB").is_dir() and not (inner / "LIB").exists()
    capsys.readouterr()


def test_the_draft_itself_is_no_earlier_report(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(draft), "--previous", str(draft), "--format", "csv"]) == 0
    shown = capsys.readouterr().out
    assert ",Y1," not in shown and ",Y2," not in shown
