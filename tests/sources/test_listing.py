"""Folders, archives, links and unprintable names: each file once, in an order of their names."""

from __future__ import annotations

import os
import pickle
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from types import ModuleType

import pytest

from jingwei.errors import UsageError
from jingwei.model import Document, Skipped
from jingwei.settings import SourceSettings
from jingwei.sources import expand, read_bytes, read_one, read_path, read_paths

REPORT = "云溪县石桥镇2023年法治政府建设年度报告。\n"
S = SourceSettings()


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{REPORT}{name}", encoding="utf-8")


def test_a_folder_is_read_in_order_of_names(tmp_path: Path) -> None:
    make(tmp_path, "c.txt", "a.txt", "b/二.txt", "b/一.md", ".hidden.txt", "~$a.docx", "__MACOSX/x.txt", "Thumbs.db")
    paths = [found.path for found in read_path(tmp_path, S)]
    base = tmp_path.as_posix()
    assert paths == [f"{base}/a.txt", f"{base}/b/一.md", f"{base}/b/二.txt", f"{base}/c.txt"]


def test_path_is_as_given_and_label_replaces_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "收件/a.txt")
    monkeypatch.chdir(tmp_path)
    assert [f.path for f in read_path("收件/a.txt", S)] == ["收件/a.txt"]
    assert [f.path for f in read_path("收件/", S)] == ["收件/a.txt"]
    assert [f.path for f in read_path("./收件", S)] == ["./收件/a.txt"]
    assert [f.path for f in read_path(Path("收件"), S, label="甲")] == ["甲/a.txt"]
    assert [f.path for f in read_path("收件/a.txt", S, label="乙.txt")] == ["乙.txt"]


def test_each_file_is_read_once(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "b.txt")
    (tmp_path / "link.txt").symlink_to("a.txt")
    found = read_paths([tmp_path / "b.txt", tmp_path, tmp_path / "a.txt"], S)
    assert [Path(f.path).name for f in found] == ["b.txt", "a.txt"]


def test_what_does_not_exist_is_the_callers_mistake(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    for path in ("none.txt", "a.txt/none", "nul\0byte"):
        with pytest.raises(UsageError) as caught:
            expand([tmp_path / path], S)
        assert caught.value.exit_code == 2
    with pytest.raises(UsageError, match=r"none\.txt"):
        read_path(tmp_path / "none.txt", S)


def test_pipes_devices_and_loops_are_no_files(tmp_path: Path, attack_set: ModuleType) -> None:
    attack_set.make_special(tmp_path)
    found = {Path(f.path).name: f for f in read_path(tmp_path, S)}
    for name in ("pipe.txt", "zero.txt", "self.txt", "gone.txt"):
        skipped = found.pop(name)
        assert isinstance(skipped, Skipped) and skipped.reason == "not_a_file", skipped
    assert all(isinstance(f, Document) for f in found.values()), found
    assert "报告.txt" in found  # once, although inner/up leads back to the folder
    assert "latin\\xe9\\xff.txt" in found
    for label in found:
        label.encode()


def test_a_folder_without_permission_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "a.txt")
    real_open = os.open

    def locked(path: str, flags: int) -> int:
        if str(path).endswith("a.txt"):
            raise PermissionError(13, "locked", path)
        return real_open(path, flags)

    monkeypatch.setattr(os, "open", locked)
    (skipped,) = read_path(tmp_path, S)
    assert isinstance(skipped, Skipped) and skipped.reason == "unreadable"


def test_items_can_be_read_in_other_processes(tmp_path: Path, formats_dir: Path) -> None:
    make(tmp_path, *(f"{n}.txt" for n in range(3)))
    items = expand([tmp_path, formats_dir / "features.docx"], S)
    assert pickle.loads(pickle.dumps(items)) == items  # noqa: S301 - our own values
    with ProcessPoolExecutor(2) as pool:
        found = [f for batch in pool.map(partial(read_one, settings=S), items) for f in batch]
    assert [f.path for f in found] == [item.label for item in items]
    assert all(isinstance(f, Document) for f in found)


def test_members_of_an_archive(tmp_path: Path, attack_set: ModuleType, formats_dir: Path) -> None:
    inner = attack_set.zip_of([("内.txt", REPORT.encode())])
    payload = attack_set.zip_of(
        [("b/二.txt", REPORT.encode()), ("a.docx", (formats_dir / "features.docx").read_bytes()), ("c.zip", inner),
         ("__MACOSX/b.txt", b"x"), (".DS_Store", b"x"), ("d.txt", b"")]
    )  # fmt: skip
    (tmp_path / "收件.zip").write_bytes(payload)
    found = read_path(tmp_path / "收件.zip", S)
    base = (tmp_path / "收件.zip").as_posix()
    assert [f.path for f in found] == [f"{base}/{n}" for n in ("a.docx", "b/二.txt", "c.zip/内.txt", "d.txt")]
    assert [getattr(f, "format", None) for f in found] == ["docx", "txt", "txt", None]
    assert [f.path for f in read_bytes(payload, "-", S)] == [
        f"-/{n}" for n in ("a.docx", "b/二.txt", "c.zip/内.txt", "d.txt")
    ]


def test_large_archives_are_split_and_nothing_is_lost(tmp_path: Path, attack_set: ModuleType) -> None:
    names = [f"{n:03}.txt" for n in range(40)]
    (tmp_path / "a.zip").write_bytes(attack_set.zip_of([(n, f"{REPORT}{n}".encode()) for n in reversed(names)]))
    items = expand([tmp_path], S)
    assert len(items) > 1
    found = [f for item in items for f in read_one(item, S)]
    assert [Path(f.path).name for f in found] == names
    assert all(isinstance(f, Document) and f.text.endswith(Path(f.path).name) for f in found)


def test_gbk_member_names_of_chinese_windows(attack_set: ModuleType) -> None:
    payload = attack_set.zip_of([("xxxxxxxx.txt", REPORT.encode())])
    payload = payload.replace(b"xxxxxxxx.txt", "年度报告.txt".encode("gbk"))
    (found,) = read_bytes(payload, "a.zip", S)
    assert found.path == "a.zip/年度报告.txt" and isinstance(found, Document)


def test_the_same_result_in_whatever_order_files_were_made(tmp_path: Path) -> None:
    for folder, names in (("x", "abcd"), ("y", "dbca")):
        make(tmp_path / folder, *(f"{n}.txt" for n in names))
    left, right = (read_path(tmp_path / folder, S, label="") for folder in "xy")
    assert left == right
