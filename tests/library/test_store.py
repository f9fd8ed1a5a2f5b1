"""The library on disk: what is stored, found, refused, mended."""

import hashlib
import os
import sqlite3
import sys

import numpy as np
import pytest
from msgspec.structs import replace

from jingwei.errors import LibraryError
from jingwei.library import MemoryLibrary, RemoveOutcome, create_or_open, open_for_rebuild, open_library
from jingwei.match import find_evidence
from jingwei.model import Entry, Place
from jingwei.settings import MatchSettings, Settings

VERBS = ["排查", "调处", "走访", "宣讲", "核查", "整治", "修订", "公示"]
THINGS = ["矛盾纠纷", "执法案卷", "村规民约", "法律明白人", "行政许可事项", "信访积案", "合同文本", "规范性文件"]


def make_entry(number, *, text=None, path=None, unit=None, year=2023, role="peer", place=None):
    if text is None:
        rng = np.random.default_rng(number)
        text = "\n".join(
            f"第{number}号村干部{VERBS[a]}{THINGS[b]}{n}件，由{chr(0x4E00 + c)}{chr(0x4E10 + d)}牵头在河湾{n}组办结。"
            for a, b, n, c, d in zip(
                rng.integers(0, 8, 20),
                rng.integers(0, 8, 20),
                rng.integers(1, 500, 20),
                rng.integers(0, 3000, 20),
                rng.integers(0, 3000, 20),
                strict=True,
            )
        )
    body, at = [], 0
    for index, line in enumerate(text.split("\n")):
        body.append((at, at + len(line), index))
        at += len(line) + 1
    return Entry(
        path=path or f"收件/{number:04d}.txt",
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        text=text,
        body=np.array(body, dtype=np.int32),
        title=f"{number}年度报告",
        place=place or Place(f"虚构{number}镇", province="虚构省", county="虚构县", town=f"虚构{number}镇"),
        unit=unit if unit is not None else f"虚构{number}镇人民政府",
        year=year,
        role=role,
    )


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "库"


def stored(folder, entries, settings=None, **options):
    with create_or_open(folder, settings) as library:
        return library.add(entries, **options)


def test_added_reports_come_back_whole(folder):
    entries = [make_entry(n) for n in range(3)]
    entries.append(make_entry(3, text="𠮷野家\ud800镇的报告" * 5, path="坏\udcff名.txt", role="authority"))
    assert stored(folder, entries).added == 4
    with open_library(folder) as library:
        listed = {row.sha256: row for row in library.list()}
        assert len(library) == len(listed) == 4
        for entry in entries:
            row = listed[entry.sha256]
            back = library.entry(row.number)
            assert (back.text, back.role, back.unit, back.year, back.place) == (
                entry.text,
                entry.role,
                entry.unit,
                entry.year,
                entry.place,
            )
            assert back.body.tolist() == entry.body.tolist()
            assert row.chars == len(entry.text)
        assert [row.path for row in library.list()] == sorted(row.path for row in library.list())


def test_the_same_content_twice_is_one_report(folder):
    entry = make_entry(1)
    twin = replace(entry, path="别处/同一份.txt")
    assert stored(folder, [entry, twin]) == replace(stored(folder, [entry, twin]), added=1, duplicates=1)
    assert stored(folder, [entry]).duplicates == 1
    with open_library(folder) as library:
        assert len(library) == 1


def test_a_corrected_file_replaces_its_predecessor_by_choice(folder):
    old, new = make_entry(1), make_entry(2, path="收件/0001.txt")
    stored(folder, [old])
    assert stored(folder, [new]).replaced == 0
    with open_library(folder) as library:
        assert len(library) == 2
    newer = make_entry(3, path="收件/0001.txt")
    outcome = stored(folder, [newer], replace=True)
    assert (outcome.added, outcome.replaced) == (1, 1)
    with open_library(folder) as library:
        assert [row.sha256 for row in library.list()] == [newer.sha256]
        assert library.verify() == ()


def test_replacing_the_same_content_renews_what_is_known_of_it(folder):
    entry = make_entry(1)
    stored(folder, [entry])
    stored(folder, [replace(entry, role="authority")], replace=True)
    with open_library(folder) as library:
        assert [row.role for row in library.list()] == ["authority"]
        assert (library.summary().reports, library.summary().authority) == (0, 1)


def test_remove_by_path_and_by_content(folder):
    entries = [make_entry(n) for n in range(4)]
    stored(folder, entries)
    with create_or_open(folder) as library:
        assert library.remove([entries[0].path, entries[1].sha256, "没有这个"]) == RemoveOutcome(2, ("没有这个",))
        assert {row.sha256 for row in library.list()} == {e.sha256 for e in entries[2:]}
        assert library.verify() == ()
        evidence = find_evidence(replace(entries[0], sha256="0" * 64), library, MatchSettings())
        assert {m.source.sha256 for m in evidence.matches} <= {e.sha256 for e in entries[2:]}
        assert library.add(entries[:1]).added == 1


def test_summary_and_stats_count(folder):
    entries = [make_entry(1, year=2021), make_entry(2, year=2023), make_entry(3, role="authority", year=2020)]
    stored(folder, entries)
    with open_library(folder) as library:
        summary = library.summary()
        assert (summary.reports, summary.places, summary.years, summary.authority) == (2, 2, (2021, 2023), 1)
        assert summary.path == str(folder)
        stats = library.stats()
        assert stats.chars == sum(len(e.text) for e in entries)
        assert stats.units == 2
        assert stats.fingerprints > 100
        assert stats.index_bytes < stats.database_bytes


def evidence_of(probe, library):
    found = find_evidence(probe, library, MatchSettings())
    return (
        [(m.source.report, m.text, m.passages) for m in found.matches],
        found.units.tolist(),
        found.left_out,
    )


def test_disk_and_memory_say_the_same_in_any_order_and_any_number_of_segments(folder, tmp_path):
    shared = "镇里把村级公章使用台账和合同审查意见一并挂网公示，群众扫码就能看到每一笔的去向。"
    entries = [make_entry(n) for n in range(12)]
    entries += [make_entry(n, text=make_entry(n).text + "\n" + shared) for n in range(20, 22)]
    probe = make_entry(99, text="我们自己的话先写在这里。" + shared + "后面也是自己的话。")
    expected = evidence_of(probe, MemoryLibrary(entries))
    assert {report for report, _, _ in expected[0]} == {e.path for e in entries[-2:]}
    assert evidence_of(probe, MemoryLibrary(entries[::-1])) == expected
    stored(folder, entries)
    for entry in reversed(entries):
        stored(tmp_path / "一篇一篇", [entry])
    for place in (folder, tmp_path / "一篇一篇"):
        with open_library(place) as library:
            assert evidence_of(probe, library) == expected
            assert library.stats().segments <= 7


def test_a_draft_is_not_compared_with_itself(folder):
    entry = make_entry(1)
    stored(folder, [entry, make_entry(2)])
    with open_library(folder) as library:
        evidence = find_evidence(entry, library, MatchSettings())
        assert evidence.left_out == (entry.path,)
        assert entry.sha256 not in {m.source.sha256 for m in evidence.matches}


def test_adding_little_does_not_rewrite_much(folder):
    stored(folder, [make_entry(n) for n in range(40)])
    before = {f.name: f.stat().st_mtime_ns for f in (folder / "index").iterdir()}
    stored(folder, [make_entry(100)])
    after = {f.name: f.stat().st_mtime_ns for f in (folder / "index").iterdir()}
    assert before.items() < after.items()


def test_readers_keep_their_state_while_a_writer_writes(folder):
    stored(folder, [make_entry(n) for n in range(5)])
    with open_library(folder) as reader:
        probe = replace(make_entry(3), sha256="1" * 64)
        expected = evidence_of(probe, reader)
        with create_or_open(folder) as writer:
            for n in range(10, 22):
                writer.add([make_entry(n)])
            writer.remove([make_entry(3).path])
            writer.rebuild()
        assert len(reader) == 5
        assert evidence_of(probe, reader) == expected
    with open_library(folder) as reader:
        assert len(reader) == 16
        assert reader.verify() == ()


@pytest.mark.parametrize("knob", ["shingle_chars", "window_shingles"])
def test_other_settings_are_refused_by_name_with_the_way_out(folder, knob):
    entries = [make_entry(1)]
    stored(folder, entries)
    other = Settings(match=replace(MatchSettings(), **{knob: 5}))
    for attempt in (lambda: open_library(folder, other), lambda: create_or_open(folder, other)):
        with pytest.raises(LibraryError) as caught:
            attempt()
        assert f"match.{knob}" in caught.value.message
        assert "jingwei library rebuild" in caught.value.message
        assert "jingwei library rebuild" in caught.value.message_en
    with open_for_rebuild(folder, other) as library:
        library.rebuild()
    with open_library(folder, other) as library:
        assert library.verify() == ()


def test_another_version_of_the_index_is_refused(folder, monkeypatch):
    stored(folder, [make_entry(1)])
    monkeypatch.setattr("jingwei.library.schema.INDEX_VERSION", 99)
    with pytest.raises(LibraryError, match="索引版本"):
        open_library(folder)
    with open_for_rebuild(folder) as library:
        library.rebuild()
    open_library(folder).close()


def test_what_is_no_library_is_said_so(tmp_path):
    with pytest.raises(LibraryError, match="不是比对库"):
        open_library(tmp_path)
    (tmp_path / "library.sqlite").write_bytes(b"not a database at all" * 100)
    with pytest.raises(LibraryError):
        open_library(tmp_path)
    foreign = tmp_path / "别家"
    foreign.mkdir()
    connection = sqlite3.connect(foreign / "library.sqlite")
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    with pytest.raises(LibraryError, match="不是泾渭"):
        open_library(foreign)
    assert LibraryError.exit_code == 4


def test_a_newer_format_is_refused(folder):
    stored(folder, [make_entry(1)])
    connection = sqlite3.connect(folder / "library.sqlite")
    connection.execute("PRAGMA user_version = 7")
    connection.close()
    with pytest.raises(LibraryError, match="7"):
        open_library(folder)


def segment_of(folder):
    (file,) = (folder / "index").iterdir()
    return file


@pytest.mark.parametrize("harm", ["delete", "cut", "flip", "empty", "other"])
def test_a_damaged_index_is_made_again_from_the_texts(folder, harm):
    entries = [make_entry(n) for n in range(6)]
    stored(folder, entries)
    probe = replace(make_entry(3), sha256="1" * 64)
    with open_library(folder) as library:
        expected = evidence_of(probe, library)
    file = segment_of(folder)
    content = bytearray(file.read_bytes())
    if harm == "delete":
        file.unlink()
    elif harm == "cut":
        file.write_bytes(content[:-8])
    elif harm == "flip":
        content[len(content) // 2] ^= 1
        file.write_bytes(content)
    elif harm == "empty":
        file.write_bytes(b"")
    else:
        file.write_bytes(bytes(len(content)))
    with open_library(folder) as library:
        assert evidence_of(probe, library) == expected
        assert library.verify() == ()


def test_verify_finds_a_changed_text_and_a_changed_index(folder):
    stored(folder, [make_entry(n) for n in range(3)])
    connection = sqlite3.connect(folder / "library.sqlite")
    connection.execute("UPDATE texts SET text = CAST('改过的内容' AS BLOB) WHERE number = 2")
    connection.commit()
    connection.close()
    with open_library(folder) as library:
        problems = library.verify()
    assert any("正文校验不符" in p and "0001.txt" in p for p in problems)
    assert any("索引与正文不符" in p for p in problems)
    with open_library(folder) as library:
        assert all(p.isascii() or "收件" in p for p in library.verify("en"))


def test_verify_without_mending_says_what_is_damaged_and_leaves_it(folder):
    stored(folder, [make_entry(n) for n in range(3)])
    segment_of(folder).write_bytes(b"")
    for _ in range(2):
        with open_library(folder, mend=False) as library:
            assert any("缺失或损坏" in p for p in library.verify())
    with open_for_rebuild(folder) as writer:
        writer.rebuild()
    with open_library(folder, mend=False) as library:
        assert library.verify() == ()


def test_a_damaged_database_says_what_helps(folder):
    stored(folder, [make_entry(n) for n in range(40)])
    file = folder / "library.sqlite"
    content = bytearray(file.read_bytes())
    content[16384:] = bytes(b ^ 0x5A for b in content[16384:])
    file.write_bytes(content)
    with pytest.raises(LibraryError, match=r"备份还原.*jingwei library add") as caught:
        open_library(folder)
    assert caught.value.message_en.isascii() or str(folder) in caught.value.message_en


def test_a_text_that_cannot_be_decoded_is_named_by_verify(folder):
    stored(folder, [make_entry(n) for n in range(3)])
    connection = sqlite3.connect(folder / "library.sqlite")
    connection.execute("UPDATE texts SET text = x'ff00ff', body = x'01' WHERE number = 2")
    connection.commit()
    connection.close()
    with open_library(folder) as library, pytest.raises(LibraryError, match=r"library verify.*library remove"):
        library.entry(2)
    with open_library(folder, mend=False) as library:
        assert [p for p in library.verify() if "0001.txt" in p] == ["正文校验不符：收件/0001.txt"]


def test_tables_of_an_early_version_are_renewed_by_rebuild(folder):
    stored(folder, [make_entry(n) for n in range(3)])
    connection = sqlite3.connect(folder / "library.sqlite")
    connection.execute("ALTER TABLE segments DROP COLUMN authority")
    connection.commit()
    connection.close()
    with pytest.raises(LibraryError, match=r"较早的版本.*jingwei library rebuild"):
        open_library(folder)
    with open_for_rebuild(folder) as writer:
        writer.rebuild()
    with open_library(folder) as library:
        assert library.verify() == ()


def test_verify_names_a_stray_file_and_a_writer_sweeps_it(folder):
    stored(folder, [make_entry(1)])
    stray = folder / "index" / "0123.jwseg.tmp"
    stray.write_bytes(b"left by a crash")
    with open_library(folder) as library:
        assert any("0123.jwseg.tmp" in p for p in library.verify())
    create_or_open(folder).close()
    assert not stray.exists()


def test_rebuild_drops_what_was_removed(folder):
    stored(folder, [make_entry(n) for n in range(8)])
    with create_or_open(folder) as library:
        library.remove([make_entry(n).path for n in range(4)])
        before = library.stats().fingerprints
        library.rebuild()
        assert library.stats().fingerprints < before
        assert library.verify() == ()


def test_an_empty_library_answers(folder):
    with create_or_open(folder) as library:
        assert library.add([]).added == 0
        assert library.list() == ()
        evidence = find_evidence(make_entry(1), library, MatchSettings())
        assert evidence.matches == ()
        assert not evidence.units.any()
    with open_library(folder) as library:
        assert library.summary().reports == 0
        assert library.verify() == ()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a user whom permissions bind")
def test_a_library_in_a_read_only_folder_can_be_read(folder):
    stored(folder, [make_entry(1)])
    folder.chmod(0o500)
    try:
        with open_library(folder) as library:
            assert len(library) == 1
    finally:
        folder.chmod(0o700)


def test_looking_up_one_report_imports_nothing_heavy(folder):
    stored(folder, [make_entry(n) for n in range(3)])
    import subprocess

    program = (
        "import sys\nfrom jingwei.library import open_library\nfrom jingwei.match import find_evidence\n"
        "from jingwei.settings import MatchSettings\n"
        f"library = open_library({str(folder)!r})\n"
        "found = find_evidence(library.entry(library.list()[0].number), library, MatchSettings())\n"
        "assert found.left_out\n"
        "print([m for m in ('scipy', 'sklearn', 'datasketch', 'jieba', 'rjieba', 'matplotlib') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_governments_above_a_unit_are_found_on_disk_and_in_memory(folder):
    """A department's own government is above it; no department is above anybody, its own place's others included."""
    county = Place("虚构县", province="虚构省", county="虚构县")
    province = Place("虚构省", province="虚构省")
    government = replace(make_entry(1, unit="虚构县人民政府", place=county), level="县")
    bureau = replace(make_entry(2, unit="虚构县司法局", place=county), level="部门")
    above = replace(make_entry(3, unit="虚构省人民政府", place=province), level="省")
    town = replace(make_entry(4), level="镇")
    entries = [government, bureau, above, town]
    stored(folder, entries)
    with open_library(folder) as on_disk:
        for library in (on_disk, MemoryLibrary(entries, Settings())):
            paths = {
                entry.path: [library.entry(n).path for n in library.superiors(entry)]
                for entry in (*entries, make_entry(9))
            }
            assert paths[bureau.path] == [government.path, above.path]
            assert paths[government.path] == [above.path]
            assert paths[town.path] == paths[make_entry(9).path] == [government.path, above.path]
            assert paths[above.path] == []
