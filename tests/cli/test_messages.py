"""What the command line says when something is wrong: in Chinese, with the reason of every file."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from jingwei.cli.main import main
from jingwei.cli.words import usage_error_words


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check"], "缺少 PATH"),
        (["check", "--nope", "x"], "没有 --nope 这个选项"),
        (["check", "--formt", "x"], "是否想用 --format"),
        (["check", "--format", "xml", "x"], "--format 的值 xml 不对，只能是：'text', 'json'"),
        (["score", "--year", "abc", "x"], "--year 的值应为整数"),
        (["explain", "x", "--at", "-1"], "--at 的值不得小于 0"),
        (["score", "x", "--year"], "选项 --year 后面要写值"),
        (["explain", "a", "b", "--at", "1"], "多出了参数：b"),
        (["nothing"], "没有 nothing 这个命令"),
        (["library", "nothing"], "没有 nothing 这个命令"),
    ],
)
def test_usage_errors_are_chinese(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    shown = capsys.readouterr().err
    assert said in shown
    assert not re.search(r"\b(?:Missing|No such|Invalid|Input|requires|unexpected)\b", shown)


def test_an_unknown_sentence_stays() -> None:
    assert usage_error_words("Something new.") == "Something new."


@pytest.mark.parametrize("command", [[], ["check"], ["explain"], ["library"], ["library", "add"]])
def test_help_is_chinese(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    main([*command, "--help"])
    shown = capsys.readouterr().out
    assert "用法：jingwei" in shown
    assert "显示本帮助" in shown
    assert not re.search(r"^(?:Usage|Options|Arguments|Commands)|Show this|\[required\]", shown, re.MULTILINE)


@pytest.mark.parametrize("columns", ["60", "80", "100", "140"])
def test_help_is_chinese_wherever_it_wraps(
    columns: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("TERMINAL_WIDTH", columns)
    for command in (["heatmap"], ["library", "add"]):
        main([*command, "--help"])
        shown = capsys.readouterr().out
        assert "[默认：" in shown and "[必填]" in shown
        assert "default" not in shown and "required" not in shown


def test_a_pair_is_refused_before_a_folder_is_compared(
    tmp_path: Path, fixtures_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("compared")

    monkeypatch.setattr("jingwei.pipeline.batch.compare", never)
    picture = tmp_path / "图.png"
    assert main(["heatmap", "--kind", "pair", str(fixtures_dir / "reports"), "-o", str(picture), "-q"]) == 2
    assert "恰好两份可读的报告（现有23份）" in capsys.readouterr().err
    assert not picture.exists()


def test_both_files_of_a_picture_are_named(
    tmp_path: Path, fixtures_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    two = [str(p) for p in sorted((fixtures_dir / "reports").glob("sangluo-liuting-*"))[:2]]
    (tmp_path / "空.txt").write_bytes(b"")  # a file that cannot be read makes no third report
    picture = tmp_path / "图.png"
    assert main(["heatmap", "--kind", "pair", *two, str(tmp_path / "空.txt"), "-o", str(picture), "-q"]) == 0
    said = capsys.readouterr().err
    for written in (picture, picture.with_suffix(".csv")):
        assert written.exists() and str(written) in said


def test_a_listing_tells_what_remove_asks_for(
    tmp_path: Path, fixtures_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft, place = str(next((fixtures_dir / "drafts").glob("careful*"))), str(tmp_path / "LIB")
    assert main(["library", "add", draft, "--library", place, "-q"]) == 0
    capsys.readouterr()
    for language, heading in (
        ("zh", "文件\t单位\t年度\t角色\t字数\tsha256"),
        ("en", "path\tunit\tyear\trole\tcharacters\tsha256"),
    ):
        assert main(["library", "list", "--library", place, "--lang", language]) == 0
        first, row = capsys.readouterr().out.splitlines()
        assert first == heading and len(row.split("\t")) == 6
    assert main(["library", "stats", "--library", place, "--lang", "en"]) == 0
    assert "reports: 1\n" in capsys.readouterr().out
    assert main(["library", "remove", row.split("\t")[-1], "--library", place]) == 0
    assert "已移除 1 篇" in capsys.readouterr().out


@pytest.mark.parametrize(
    "command",
    [
        ["check"],
        ["score"],
        ["compare"],
        ["check", "--format", "html"],
        ["check", "--format", "docx", "-o", "批注.docx"],
        ["heatmap"],
        ["explain", "--at", "0"],
    ],
)
def test_nothing_readable_says_why(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 3, and the reason of the file is not lost on the way."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "空.txt").write_bytes(b"")
    assert main([command[0], "空.txt", *command[1:]]) == 3
    assert "空.txt" in capsys.readouterr().err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["空.txt"]


def test_a_picture_does_not_replace_a_strangers_table(
    tmp_path: Path, fixtures_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for draft in sorted((fixtures_dir / "reports").glob("sangluo-liuting-*")):
        shutil.copy(draft, tmp_path)
    batch = str(tmp_path)
    picture = tmp_path.parent / f"{tmp_path.name}-图.png"
    table = picture.with_suffix(".csv")
    table.write_text("台账")
    assert main(["heatmap", batch, "-o", str(picture), "-q"]) == 2
    assert table.read_text() == "台账" and not picture.exists()
    assert "为免覆盖" in capsys.readouterr().err
    table.unlink()
    assert main(["heatmap", batch, "-o", str(picture), "-q"]) == 0
    assert main(["heatmap", batch, "-o", str(picture), "-q"]) == 0  # its own table may be replaced
    capsys.readouterr()


@pytest.mark.parametrize("command", ["check", "compare", "library"])
def test_rows_of_the_units_file_that_name_no_file_are_said(
    command: str, tmp_path: Path, fixtures_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = shutil.copy(next((fixtures_dir / "drafts").glob("careful*")), tmp_path / "甲.txt")
    units = tmp_path / "units.csv"
    units.write_text("file,unit,year\n甲.txt,某乡,2024\n乙.txt,某镇,2024\n", encoding="utf-8")
    arguments = {"library": ["library", "add", "--library", str(tmp_path / "LIB")]}.get(command, [command])
    main([*arguments, str(draft), "--units", str(units), "-q"])
    shown = capsys.readouterr().err
    assert "乙.txt" in shown and "没有对应的文件" in shown
    assert "甲.txt" not in shown


def test_another_version_of_the_report_is_named(
    tmp_path: Path, fixtures_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The library holds an earlier draft of the same unit and year: its text does not count, and that is said."""
    place = tmp_path / "LIB"
    reports = fixtures_dir / "reports"
    assert main(["library", "add", str(reports / "suihe-tongheng-2025.txt"), "--library", str(place), "-q"]) == 0
    draft = [str(reports / "suihe-tongheng-2025-draft.txt"), "--library", str(place), "-q"]
    capsys.readouterr()
    main(["check", *draft])
    shown = capsys.readouterr().out
    assert "同一年度的另一版本" in shown and "suihe-tongheng-2025.txt" in shown
    main(["score", *draft, "--format", "json"])
    answer = json.loads(capsys.readouterr().out)
    assert [Path(p).name for p in answer["versions"]] == ["suihe-tongheng-2025.txt"]
    assert answer["counts"]["copied"] == 0


def test_the_package_is_a_command_too() -> None:
    done = subprocess.run([sys.executable, "-m", "jingwei", "--version"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("jingwei ")


def test_what_the_system_refuses_is_told_in_chinese(
    tmp_path: Path, fixtures_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    draft = str(next((fixtures_dir / "drafts").glob("careful*")))
    (tmp_path / "文件").write_text("x")
    (tmp_path / "dd").mkdir()
    said = []
    for arguments in (
        ["score", draft, "-o", "dd"],
        ["score", draft, "-o", "文件/a.txt"],
        ["check", draft, "--baseline", "没有.json"],
        ["check", draft, "--units", "没有.csv"],
        ["check", draft, "--set", "places=没有.txt"],
        ["library", "add", draft, "--library", "文件", "-q"],
    ):
        assert main(arguments) in {2, 4}
        said.append(capsys.readouterr().err)
    assert "无法写入 dd：这是一个文件夹" in said[0]
    assert all("文件或文件夹不存在" in line for line in (said[2], said[4]))
    assert not re.search(r"Errno|Error|No such|exists|directory", "".join(said))
    assert main(["score", draft, "-o", "dd", "--lang", "en"]) == 2
    assert capsys.readouterr().err == "error: cannot write dd: Is a directory\n"


@pytest.mark.parametrize(
    ("toml", "environment", "arguments", "english"),
    [
        ("en", "", [], True),
        ("en", "", ["--lang", "zh"], False),
        ("en", "zh", [], False),
        ("zh", "en", [], True),
        ("zh", "", ["--lang=en"], True),
        ("zh", "", ["--set", "report.language=en"], True),
        ("", "", [], False),
    ],
)
def test_errors_speak_the_language_of_the_results(
    toml: str,
    environment: str,
    arguments: list[str],
    english: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    if toml:
        (tmp_path / "jingwei.toml").write_text(f'[report]\nlanguage = "{toml}"\n')
    if environment:
        monkeypatch.setenv("JINGWEI_REPORT_LANGUAGE", environment)
    assert main(["check", "没有.txt", *arguments]) == 2
    assert capsys.readouterr().err.startswith("error: " if english else "错误：")
