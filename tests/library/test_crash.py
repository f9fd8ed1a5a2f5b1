"""Two writers, a killed writer, a full disk: nothing acknowledged is lost, nothing half-done stays."""

import errno
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from test_store import make_entry

from jingwei.errors import LibraryError
from jingwei.library import create_or_open, open_library

WRITER = """
    import sys
    sys.path.insert(0, sys.argv[1])
    from test_store import make_entry
    from jingwei.library import create_or_open
    start = int(sys.argv[3])
    library = create_or_open(sys.argv[2])
    for number in range(start, start + int(sys.argv[4])):
        library.add([make_entry(number)])
        print(number, flush=True)
"""


def start_writer(folder, start, count):
    here = str(Path(__file__).parent)
    program = textwrap.dedent(WRITER)
    return subprocess.Popen(
        [sys.executable, "-c", program, here, str(folder), str(start), str(count)], stdout=subprocess.PIPE, text=True
    )


def numbers_in(folder):
    with open_library(folder) as library:
        assert library.verify() == ()
        return {int(row.path.split("/")[1][:4]) for row in library.list()}


@pytest.mark.skipif(os.name != "posix", reason="kill -9")
@pytest.mark.parametrize("after", [1, 4, 9])
def test_kill_9_loses_nothing_that_was_reported_as_added(tmp_path, after):
    folder = tmp_path / "库"
    with start_writer(folder, 0, 5000) as writer:
        acknowledged = [int(writer.stdout.readline()) for _ in range(after)]
        writer.send_signal(signal.SIGKILL)
        rest = writer.stdout.read().split("\n")
    acknowledged += [int(line) for line in rest if line.strip()]
    create_or_open(folder).close()  # sweeps what the crash left
    kept = numbers_in(folder)
    assert set(acknowledged) <= kept
    assert len(kept) <= len(acknowledged) + 1


def test_two_writers_and_a_reader_at_once(tmp_path):
    folder = tmp_path / "库"
    create_or_open(folder).close()
    with start_writer(folder, 0, 12) as one, start_writer(folder, 100, 12) as other:
        seen = 0
        while one.poll() is None or other.poll() is None:
            with open_library(folder) as reader:
                assert len(reader) >= seen
                seen = len(reader)
        assert one.wait() == other.wait() == 0
    assert numbers_in(folder) == set(range(12)) | set(range(100, 112))


def test_a_second_writer_that_waits_too_long_gets_a_clear_message(tmp_path):
    folder = tmp_path / "库"
    create_or_open(folder).close()
    other = sqlite3.connect(folder / "library.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(LibraryError, match="正被另一程序写入") as caught:
            create_or_open(folder, wait_seconds=0.05)
        assert "try again" in caught.value.message_en
        with open_library(folder) as reader:  # readers do not wait
            assert len(reader) == 0
    finally:
        other.close()


@pytest.mark.parametrize("where", ["segment", "database"])
def test_disk_full_leaves_the_library_as_before(tmp_path, monkeypatch, where):
    folder = tmp_path / "库"
    with create_or_open(folder) as library:
        library.add([make_entry(1)])
        files = sorted(f.name for f in (folder / "index").iterdir())
        if where == "segment":

            def full(_):
                raise OSError(errno.ENOSPC, "No space left on device")

            monkeypatch.setattr("jingwei.library.segments.os.fsync", full)
        else:
            pages = library._connection.execute("PRAGMA page_count").fetchone()[0]
            library._connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(LibraryError, match="磁盘空间不足"):
            library.add([make_entry(n) for n in range(2, 60)])
        monkeypatch.undo()
        library._connection.execute("PRAGMA max_page_count = 100000000")
        assert sorted(f.name for f in (folder / "index").iterdir()) == files
        assert len(library) == 1
        assert library.verify() == ()
        assert library.add([make_entry(2)]).added == 1
    assert numbers_in(folder) == {1, 2}
