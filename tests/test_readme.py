"""The README tells the truth: its commands run and print what it shows; generated pages are current."""

from __future__ import annotations

import os
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def console_blocks() -> list[list[tuple[str, list[str]]]]:
    """Per console block its commands with the lines shown below each."""
    blocks = []
    for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL):
        commands: list[tuple[str, list[str]]] = []
        for line in block.splitlines():
            if line.startswith("$ "):
                commands.append((line[2:], []))
            else:
                commands[-1][1].append(line)
        blocks.append(commands)
    return blocks


def shows(expected: list[str], actual: list[str]) -> bool:
    """Whether ``actual`` is as shown, where a line "…" stands for any lines."""
    pattern = "".join(r"(?:.*\n)*?" if line == "…" else re.escape(line) + r"\n" for line in expected)
    return re.fullmatch(pattern, "".join(line + "\n" for line in actual)) is not None


def test_commands_print_what_the_readme_shows(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "fixtures", tmp_path / "fixtures")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("JINGWEI_")}
    blocks = console_blocks()
    assert sum(len(b) for b in blocks) >= 6
    for command, expected in (pair for block in blocks for pair in block):
        words = command.split()
        assert words[0] == "jingwei"
        run = subprocess.run(
            [sys.executable, "-c", "from jingwei.cli.main import run; run()", *words[1:]],
            cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", env=environment, check=False,
        )  # fmt: skip
        assert run.returncode == 0, f"{command}: {run.stderr}"
        assert shows(expected, run.stdout.splitlines()), f"{command} prints\n{run.stdout}"


def test_both_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in ("demo", "test", "setup", "check", "gate", "bench"):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


@pytest.mark.parametrize(
    "page", sorted(p.relative_to(ROOT).as_posix() for p in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
)
def test_links_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)\)", text):
        if "://" not in target:
            assert ((ROOT / page).parent / target).exists(), f"{page} links to {target}"


def test_command_reference_is_current() -> None:
    made = runpy.run_path(str(ROOT / "scripts/make_cli_reference.py"))["reference"]()
    assert (ROOT / "docs/cli.md").read_text("utf-8") == made


def test_nothing_names_an_index_or_this_machine() -> None:
    """No registry host, no path of a build machine, in anything committed."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    wrong = []
    for name in listed.stdout.split():
        if name.endswith((".md", ".py", ".toml", ".lock", ".yaml", ".txt", ".json")) or name in ("Makefile", ".ci/run"):
            text = (ROOT / name).read_text("utf-8", errors="replace")
            for bad in ("pypi" + ".org", "files.python" + "hosted", "/wo" + "rk/main", "/wo" + "rk/shared"):
                if bad in text:
                    wrong.append(f"{name}: {bad}")
    assert not wrong
