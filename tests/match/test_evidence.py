"""Evidence for one report and for a batch: who is found, what is common, that order does not matter."""

import hashlib

import numpy as np
import pytest
from msgspec.structs import replace

from jingwei.library import MemoryLibrary
from jingwei.match import compare_batch, families, find_evidence
from jingwei.model import Entry, Place
from jingwei.settings import MatchSettings, Settings

OWN = [
    "河湾村把晒谷场边的旧碾房改成调解室，每逢赶集日由退休教师坐班。",
    "镇执法队在砂石码头装了三台地磅，夜里超载的货车再没有从这里过。",
    "东坡组十六户人家的界址纠纷拖了多年，司法所用无人机测图才定下来。",
    "茶厂排水沟改道一事开了两次院坝会，最后按多数人意见从竹林外绕行。",
]
CIRCULAR = "各单位要把行政规范性文件合法性审核作为必经程序，未经合法性审核或者经审核不合法的，不得提交集体讨论，"
CIRCULAR += "不得以征求意见代替审核，不得以会签代替审核，审核意见书应当随文归档备查。"
FRAME = "全年共排查化解各类矛盾纠纷{}起，调处成功率达到{}%，有力维护了{}和谐稳定。"


def make_entry(name, *paragraphs, unit=None, year=2023, role="peer"):
    text = "\n".join(paragraphs)
    body, at = [], 0
    for index, line in enumerate(paragraphs):
        body.append((at, at + len(line), index))
        at += len(line) + 1
    unit = f"{name}人民政府" if unit is None else unit
    return Entry(
        path=f"{name}-{year}.txt",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        text=text,
        body=np.array(body, dtype=np.int32),
        place=Place(name, town=name),
        unit=unit or None,
        year=year,
        role=role,
    )


def found(probe, entries):
    evidence = find_evidence(probe, MemoryLibrary(entries), MatchSettings())
    return evidence, {m.source.report: m for m in evidence.matches}


def test_a_copied_paragraph_is_found_with_its_source():
    source, other = make_entry("柳溪镇", OWN[0], OWN[1]), make_entry("石桥乡", OWN[2], OWN[3])
    probe = make_entry("云台镇", "我们的开头。", OWN[1], "我们的结尾。")
    evidence, by_report = found(probe, [source, other])
    assert set(by_report) == {"柳溪镇-2023.txt"}
    (passage,) = by_report["柳溪镇-2023.txt"].passages
    assert probe.text[passage.left_start : passage.left_end] == OWN[1]
    assert source.text[passage.right_start : passage.right_end] == OWN[1]
    start = probe.text.index(OWN[1])
    assert evidence.units[start : start + len(OWN[1])].tolist() == [1] * len(OWN[1])
    assert not evidence.units[:start].any()


def test_units_counts_units_not_reports_and_leaves_out_the_own_unit():
    probe = make_entry("云台镇", OWN[0])
    entries = [
        make_entry("柳溪镇", OWN[0], OWN[1], year=2021),
        make_entry("柳溪镇", OWN[0], OWN[2], year=2022),
        make_entry("石桥乡", OWN[0], OWN[3]),
        make_entry("云台镇", OWN[0], OWN[1], year=2022),
        make_entry("无名", OWN[0], OWN[1], OWN[2], unit=""),
        make_entry("无名", OWN[0], OWN[1], OWN[3], unit=""),
        make_entry("条例", OWN[0], role="authority"),
    ]
    evidence, _ = found(probe, entries)
    assert evidence.units.max() == 4  # 柳溪镇, 石桥乡, and two unknown ones, each its own


def test_crowd_is_counted_not_listed_and_authority_always_is():
    sentence = FRAME.format(18, 98, "社会")
    crowd = [make_entry(f"第{n}镇", sentence, OWN[n % 4] + str(n)) for n in range(9)]
    law = make_entry("某条例", sentence, role="authority")
    evidence, by_report = found(make_entry("云台镇", FRAME.format(77, 91, "社会"), "自己的话。"), [*crowd, law])
    assert set(by_report) == {"某条例-2023.txt"}
    assert evidence.units.max() == 9


def test_an_equal_fact_in_a_common_frame_is_still_listed():
    crowd = [make_entry(f"第{n}镇", FRAME.format(100 + n, 90 + n, f"第{n}片")) for n in range(8)]
    twin = make_entry("柳溪镇", "镇里" + FRAME.format(1733, 96, "竹溪两岸"))
    probe = make_entry("云台镇", "我们" + FRAME.format(1733, 96, "竹溪两岸"))
    _, by_report = found(probe, [*crowd, twin])
    assert set(by_report) == {"柳溪镇-2023.txt"}


def test_a_long_common_stretch_is_listed_for_all():
    crowd = [make_entry(f"第{n}镇", OWN[n % 4], CIRCULAR) for n in range(6)]
    _, by_report = found(make_entry("云台镇", CIRCULAR), crowd)
    assert len(by_report) == 6


def test_own_unit_and_authority_are_not_crowded_out():
    settings = MatchSettings(candidates=3)
    crowd = [make_entry(f"第{n}镇", OWN[0], OWN[1], OWN[2]) for n in range(6)]
    mine = make_entry("云台镇", OWN[3], year=2021)
    law = make_entry("某条例", "为了依法行政，" + OWN[3], role="authority")
    probe = make_entry("云台镇", *OWN)
    evidence = find_evidence(probe, MemoryLibrary([*crowd, mine, law]), settings)
    assert {"云台镇-2021.txt", "某条例-2023.txt"} <= {m.source.report for m in evidence.matches}


def test_no_library_entries_no_evidence():
    evidence, by_report = found(make_entry("云台镇", OWN[0]), [])
    assert by_report == {}
    assert evidence.library.reports == 0
    assert found(make_entry("云台镇", ""), [make_entry("柳溪镇", OWN[0])])[1] == {}


def batch_entries():
    return [
        make_entry("柳溪镇", OWN[0], OWN[1], FRAME.format(12, 97, "柳溪")),
        make_entry("石桥乡", OWN[1], OWN[2], FRAME.format(31, 95, "石桥")),
        make_entry("云台镇", OWN[3], FRAME.format(5, 99, "云台"), CIRCULAR),
        make_entry("松坪镇", "松坪自己的事。" * 9, FRAME.format(8, 93, "松坪"), CIRCULAR),
        make_entry("松坪镇", "松坪自己的事。" * 9 + "又改了一句。", FRAME.format(8, 93, "松坪"), CIRCULAR, year=2022),
    ]


def view(batch, entries):
    name = [e.path for e in entries]
    pairs = {
        frozenset((name[p.left], name[p.right])): (
            sorted(x.equal_chars for x in p.passages),
            round(p.tfidf_cosine, 5),
            p.minhash_jaccard,
        )
        for p in batch.pairs
    }
    return (
        pairs,
        {frozenset((name[d.left], name[d.right])): d.jaccard for d in batch.duplicates},
        [(f.template, f.reports, f.places, f.years) for f in batch.families],
        {name[i]: e.units.tolist() for i, e in enumerate(batch.evidence)},
        {name[i]: t for i, t in enumerate(batch.terms)},
    )


def test_a_batch_finds_pairs_duplicates_and_families():
    entries = batch_entries()
    batch = compare_batch(entries, Settings())
    pairs, duplicates, templates, _, _ = view(batch, entries)
    assert any(n >= len(OWN[1]) for n in pairs[frozenset(("柳溪镇-2023.txt", "石桥乡-2023.txt"))][0])
    (pair,) = duplicates
    assert pair == {"松坪镇-2023.txt", "松坪镇-2022.txt"}
    assert 0.8 <= duplicates[pair] < 1.0
    assert templates[0][1] == 5
    assert templates[0][2] == 4
    assert (batch.shared == batch.shared.T).all()
    assert ((batch.shared >= 0) & (batch.shared <= 1)).all()
    assert sorted(batch.order) == list(range(len(entries)))


def test_the_order_of_the_files_changes_nothing():
    entries = batch_entries()
    expected = view(compare_batch(entries, Settings()), entries)
    for turned in (entries[::-1], entries[2:] + entries[:2]):
        assert view(compare_batch(turned, Settings()), turned) == expected


def test_batch_and_look_up_agree():
    entries = batch_entries()
    batch = compare_batch(entries, Settings())
    for number, entry in enumerate(entries):
        alone = find_evidence(entry, MemoryLibrary(entries), MatchSettings())
        assert batch.evidence[number].units.tolist() == alone.units.tolist()
        assert {m.source.report for m in batch.evidence[number].matches} == {m.source.report for m in alone.matches}


@pytest.mark.parametrize("count", [0, 1, 2])
def test_small_batches(count):
    batch = compare_batch(batch_entries()[:count], Settings())
    assert len(batch.evidence) == len(batch.order) == len(batch.terms) == count


def test_the_same_file_twice_is_a_duplicate_and_no_evidence():
    one = make_entry("柳溪镇", *OWN)
    two = replace(one, path="副本.txt")
    batch = compare_batch([one, two], Settings())
    assert [d.jaccard for d in batch.duplicates] == [1.0]
    assert batch.evidence[0].matches == ()
    assert batch.evidence[0].left_out == ("副本.txt",)


@pytest.mark.parametrize(
    ("unit", "year", "counts"),
    [
        ("石桥乡人民政府", 2023, True),  # one text, two units
        (None, 2023, True),  # an unknown unit equals nothing
        ("柳溪镇人民政府", 2022, True),  # last year's report handed in again
        ("柳溪镇人民政府", None, False),
        ("柳溪镇人民政府", 2023, False),
    ],
)
def test_the_same_content_is_evidence_between_two_reports_and_not_within_one(unit, year, counts):
    one = make_entry("柳溪镇", *OWN)
    two = replace(one, path="另一份.txt", unit=unit, year=year)
    batch = compare_batch([one, two], Settings())
    assert [d.jaccard for d in batch.duplicates] == [1.0]
    for mine, theirs in ((0, 1), (1, 0)):
        equal = [sum(p.equal_chars for p in m.passages) for m in batch.evidence[mine].matches]
        assert equal == ([len("".join(OWN))] if counts else [])
        assert batch.evidence[mine].left_out == (() if counts else ((two, one)[mine].path,))
        assert batch.evidence[mine].units.max() == (1 if counts and unit != one.unit else 0)
        assert batch.evidence[theirs].library.reports == 2


def test_two_unknown_units_with_the_same_content_are_two():
    one = make_entry("无名", *OWN, unit="", year=None)
    batch = compare_batch([replace(one, path=f"{n}.txt") for n in range(3)], Settings())
    assert all(len(e.matches) == 2 and e.units.max() == 2 and not e.left_out for e in batch.evidence)


def test_ten_thousand_copies_of_one_form_make_few_pairs():
    from jingwei.match.same_content import pairs_of_one_content

    one = make_entry("柳溪镇", OWN[0])
    size = 3000
    entries = tuple(
        replace(one, path=f"{n}.txt", unit=f"第{n // 2}镇" if n < size else "又一镇") for n in range(2 * size)
    )
    rank = np.arange(2 * size)[::-1].copy()
    lefts, rights = pairs_of_one_content(entries, np.zeros(2 * size, dtype=np.uint64), rank)
    assert (rank[lefts] < rank[rights]).all()
    assert not [1 for a, b in zip(lefts.tolist(), rights.tolist(), strict=True) if entries[a].unit == entries[b].unit]
    assert set(np.concatenate([lefts, rights]).tolist()) == set(range(2 * size))  # nobody is forgotten
    assert len(lefts) < 12 * size


def test_a_family_has_typed_slots_and_fillers():
    place = ["柳溪镇", "石桥乡", "云台镇", "松坪镇"]
    entries = [
        make_entry(
            p, f"{p}聘请{n}名律师担任法律顾问，全年审查合同{3 * n}份，于{n}月{n + 2}日召开会议研究依法行政工作。"
        )
        for n, p in enumerate(place, start=2)
    ]
    (family,) = families(entries, Settings())
    assert (
        family.template
        == "〈地〉聘请〈数〉名律师担任法律顾问，全年审查合同〈数〉份，于〈日期〉召开会议研究依法行政工作。"
    )
    assert [s.type for s in family.slots] == ["地", "数", "数", "日期"]
    assert set(family.slots[0].fillers) == set(place)
    assert set(family.slots[3].fillers) == {"2月4日", "3月5日", "4月6日", "5月7日"}
    assert (family.reports, family.places, family.years) == (4, 4, (2023,))
    member = family.members[1]
    text = entries[member.report].text
    assert [text[a:b] for a, b in member.fillers] == ["石桥乡", "3", "9", "3月5日"]


def test_unlike_sentences_are_no_family():
    assert families([make_entry(f"第{n}镇", OWN[n]) for n in range(4)], Settings()) == ()


def test_one_copied_sentence_is_found_among_many_reports_of_like_wording():
    frames = ["全面落实行政执法公示制度、全过程记录制度和重大执法决定法制审核制度，规范执法行为。", *OWN[:1]]
    entries = [
        make_entry(
            f"第{n}镇", frames[0], f"{chr(0x4E00 + 37 * n)}{chr(0x5E00 + 11 * n)}沟今年另修了水渠。", OWN[1 + n % 2]
        )
        for n in range(160)
    ]
    entries[7] = make_entry("青石镇", frames[0], "本镇自己的话在这里。", OWN[3])
    entries[150] = make_entry("白水镇", "另起一段，也是自己的话。", OWN[3], frames[0])
    batch = compare_batch(entries, Settings())
    (pair,) = [p for p in batch.pairs if (p.left, p.right) == (7, 150)]
    assert any(OWN[3] in entries[7].text[p.left_start : p.left_end] for p in pair.passages)


def test_common_wording_is_listed_only_where_it_may_count():
    sentence = FRAME.format(18, 98, "社会")
    entries = [make_entry(f"第{n}镇", sentence, OWN[n % 4] * (n == 0) + str(n)) for n in range(9)]
    assert not any(p.passages for p in compare_batch(entries, Settings()).pairs)
    entries = [make_entry(f"第{n}镇", sentence + CIRCULAR, str(n)) for n in range(9)]
    assert all(p.passages for p in compare_batch(entries, Settings()).pairs)


def test_processes_change_no_result(monkeypatch):
    from jingwei.match import batch as module

    entries = [make_entry(f"第{n}镇", OWN[n % 4], FRAME.format(n, 98, "社会"), OWN[(n + 1) % 4]) for n in range(12)]
    one = compare_batch(entries, replace(Settings(), workers=1))
    monkeypatch.setattr(module, "_PAIRS_WORTH_FORKING", 1)
    monkeypatch.setattr(module, "_REPORTS_WORTH_FORKING", 1)
    two = compare_batch(entries, replace(Settings(), workers=2))
    assert one.pairs == two.pairs
    assert one.families == two.families
    assert (one.duplicates, one.terms, one.order) == (two.duplicates, two.terms, two.order)
    assert [e.units.tolist() for e in one.evidence] == [e.units.tolist() for e in two.evidence]


def test_in_a_large_library_a_sample_proves_what_is_common(monkeypatch):
    from jingwei.match import candidates

    monkeypatch.setattr(candidates, "_WITNESS_POOL", 60)
    entries = [make_entry(f"第{n}镇", f"第{n}镇自己的话：{OWN[n % 4][: 9 + n % 7]}。", CIRCULAR) for n in range(240)]
    own = "这句话只写在本镇的报告里，别处没有。"
    evidence, _ = found(make_entry("云台镇", own, CIRCULAR), entries)
    start = evidence.units.size - len(CIRCULAR)
    assert evidence.units[start:].min() >= candidates.PROVEN_UNITS
    assert not evidence.units[: len(own)].any()
    orders = np.random.default_rng(5).integers(0, 1 << 64, 2000, dtype=np.uint64)
    kept = candidates._sampled(orders, len(orders), 500)
    assert 400 < np.count_nonzero(kept) < 600
    assert (candidates._sampled(orders[::-1], len(orders), 500) == kept[::-1]).all()
    assert candidates._sampled(orders, 400, 500).all()
