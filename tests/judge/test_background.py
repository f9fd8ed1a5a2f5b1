"""The built-in background: what it knows, what it leaves alone, what it says."""

from __future__ import annotations

import json
import sys
from itertools import islice, pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.judge import background as room
from jingwei.judge.background import (
    LONG_CHARS,
    RUN_CHARS,
    SHORT_CHARS,
    Background,
    cut_hashes,
    hashed,
    load_background,
    probe,
)
from jingwei.judge.background_clauses import clause_edges, clause_ends, shares
from jingwei.judge.background_lookup import LookedUp
from jingwei.judge.ranges import counts_before
from jingwei.model import Fact, Sentence, TracedText

OFFICIAL = "深入学习贯彻习近平新时代中国特色社会主义思想，全面推进依法行政，加快建设法治政府。"
STORY = "河水涨到码头第三级台阶的时候，几位退休教师把旧档案一箱箱搬上了二楼。"


def traced(text: str) -> TracedText:
    at = np.arange(len(text), dtype=np.int32)
    return TracedText(text, at, at + 1)


def whole(text: str) -> tuple[Sentence, ...]:
    return (Sentence(0, len(text), None, 0, 0, len(text)),)


@pytest.fixture(scope="module")
def shipped() -> Background:
    found = load_background()
    assert found is not None
    return found


def small(*known: str, places: int = 7) -> Background:
    """A background that knows the given wording only."""
    long = np.unique(np.concatenate([cut_hashes(k, LONG_CHARS) for k in known]))
    short = np.unique(np.concatenate([cut_hashes(k, SHORT_CHARS) for k in known]))
    runs = np.unique(np.concatenate([cut_hashes(k, RUN_CHARS) for k in known]))
    return Background(long, np.full(len(long), places, dtype=np.uint8), short, 307, runs)


def test_official_wording_is_formulaic_and_a_story_is_not(shipped: Background) -> None:
    assert shipped.survey(traced(OFFICIAL)).formulaic(whole(OFFICIAL), ()).mean() > 0.9
    assert not shipped.survey(traced(STORY)).formulaic(whole(STORY), ()).any()


def test_a_clause_that_states_a_fact_is_never_formulaic(shipped: Background) -> None:
    text = OFFICIAL[:-1] + "，调解纠纷18件。"
    start = text.index("调解")
    fact = Fact(start, start + 7, "count", 2, "18件", start, start + 7)
    marks = shipped.survey(traced(text)).formulaic(whole(text), (fact,))
    assert not marks[start : start + 7].any()
    assert marks[:20].all()


def test_common_needs_eight_folded_characters_and_drops_punctuation_and_numbers() -> None:
    known = small("扎实推进各项工作，完成投资12亿元")
    same = "扎实推进各项工作完成投资3,400亿元"
    assert known.survey(traced(same)).common.all()
    assert not known.survey(traced("扎实推进各项")).common.any()
    assert not known.survey(traced("切实推动若干事项，完成投")).common.any()


def test_fragments_never_cross_a_paragraph() -> None:
    known = small("扎实推进各项工作任务")
    assert not known.survey(traced("扎实推进\n各项工作")).common.any()


def test_runs_need_thirteen_characters() -> None:
    known = small("甲乙丙丁戊己庚辛壬癸子丑寅卯")
    assert known.survey(traced("甲乙丙丁戊己庚辛壬癸子丑寅")).runs.all()
    assert not known.survey(traced("甲乙丙丁戊己庚辛壬癸子丑")).runs.any()


def test_the_explanation_names_places_and_sample_in_both_languages() -> None:
    known = small("扎实推进各项工作任务落实", places=42)
    (zh, en), *_ = known.survey(traced("扎实推进各项工作任务落实")).notes(whole("扎实推进各项工作任务落实")).values()
    assert "100%" in zh
    assert "307个地区中的42个" in zh
    assert "42 of 307" in en
    (quiet, _), *_ = known.survey(traced("山上的柿子熟得早")).notes(whole("山上的柿子熟得早")).values()
    assert "0%" in quiet
    assert "地区" not in quiet


def test_notes_are_keyed_by_the_raw_start_of_each_sentence() -> None:
    text = "扎实推进各项工作。河水涨了。"
    sentences = (Sentence(0, 9, None, 0, 0, 9), Sentence(9, 14, None, 0, 9, 14))
    notes = small("扎实推进各项工作").survey(traced(text)).notes(sentences)
    assert set(notes) == {0, 9}


@pytest.mark.parametrize("size", [0, 1, 40, 5000])
def test_a_place_is_found_with_and_without_the_index(size: int) -> None:
    random = np.random.default_rng(size)
    table = np.unique(random.integers(0, 1 << 32, size, dtype=np.uint32))
    if size > 1:  # one full bucket, and both ends
        table = np.unique(
            np.concatenate([table, np.arange(9, 40, dtype=np.uint32), np.array([0, (1 << 32) - 1], np.uint32)])
        )
    looked_up = LookedUp(table)
    others = random.integers(0, 1 << 32, 500, dtype=np.uint32)
    edges = np.array([0, 1, 41, (1 << 32) - 1], dtype=np.uint32)
    for _ in range(4):
        for asked in (table[::-1], table + np.uint32(1), others, edges, edges[:0]):
            found, at = looked_up.found(asked)
            assert sorted(found.tolist()) == np.flatnonzero(np.isin(asked, table)).tolist()
            assert table[at].tolist() == asked[found].tolist()


def test_the_stored_background_fits_the_hash_and_is_small(shipped: Background) -> None:
    folder = Path(room.__file__).with_name("data")
    stored = json.loads((folder / "background.json").read_text(encoding="utf-8"))
    assert stored["probe"] == probe()
    assert (len(shipped.long), len(shipped.short)) == (stored["long"], stored["short"])
    assert len(shipped.places) == len(shipped.long)
    assert sum(p.stat().st_size for p in folder.iterdir()) < 8_000_000
    for table in (shipped.long, shipped.short, shipped.runs):
        assert bool((np.diff(table.astype(np.int64)) > 0).all())


def test_a_background_made_for_another_hash_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert room._load(tmp_path) is None
    (tmp_path / "background.json").write_text('{"probe": "00"}', encoding="utf-8")
    monkeypatch.setattr(room, "_DATA", tmp_path)
    room._load.cache_clear()
    try:
        assert load_background() is None
    finally:
        room._load.cache_clear()


@settings(deadline=None)  # the first text fills the folding tables
@given(st.text(alphabet="依法行政工作，。\n 3镇", max_size=60))
def test_marks_fit_the_text_and_hashes_their_ranges(text: str) -> None:
    known = small("依法行政工作依法行政工作")
    clean = traced(text)
    survey = known.survey(clean)
    assert len(survey.common) == len(survey.generic) == len(survey.places) == len(text)
    _, starts, ends = hashed(clean, SHORT_CHARS)
    assert bool((starts < ends).all())
    assert all("\n" not in text[a:b] for a, b in zip(starts, ends, strict=True))


@settings(deadline=None)
@given(st.text(alphabet="依法行政1２3.,%％ \n\n，。\u3000镇x", max_size=60))
def test_fragments_of_a_text_are_those_of_its_paragraphs_one_by_one(text: str) -> None:
    expected, begin = [], 0
    for paragraph in text.split("\n"):
        hashes, starts, ends = hashed(traced(paragraph), SHORT_CHARS)
        expected += zip(hashes.tolist(), (starts + begin).tolist(), (ends + begin).tolist(), strict=True)
        begin += len(paragraph) + 1
    found = hashed(traced(text), SHORT_CHARS)
    assert list(zip(*(column.tolist() for column in found), strict=True)) == expected


@given(st.text(alphabet="甲乙丙丁，。；", max_size=60), st.sets(st.integers(0, 60), max_size=5))
def test_clauses_tile_their_sentences(text: str, borders: set[int]) -> None:
    cuts = sorted({0, len(text), *(b for b in borders if b < len(text))})
    sentences = list(pairwise(cuts))
    starts, stops, numbers = clause_edges(clause_ends(text), sentences)
    clauses = iter(zip(starts, stops, strict=True))
    for (low, high), number in zip(sentences, numbers, strict=True):
        edges = list(islice(clauses, number))
        assert [low, *(stop for _, stop in edges)] == [*(start for start, _ in edges), high]
        assert all(stop - start >= 5 for start, stop in edges) or number == 1
        assert all(text[stop - 1] in "，。；" for _, stop in edges[:-1])
        for start, stop in edges[:-1]:  # none could have ended sooner
            assert not any(text[i - 1] in "，。；" for i in range(start + 5, stop))
    assert next(clauses, None) is None


def test_shares_count_only_counted_characters() -> None:
    marks = np.array([True, True, False, False])
    counted = np.array([True, False, True, False])
    known, total = counts_before(marks & counted), counts_before(counted)
    assert shares(known, total, np.array([[0, 4], [3, 4]])).tolist() == [0.5, 0.0]


def test_loading_imports_nothing_heavy() -> None:
    import subprocess

    code = (
        "import sys; from jingwei.judge.background import load_background; load_background();"
        "from jingwei.judge.specific import model; model();"
        "print([m for m in ('sklearn','jieba','rjieba','datasketch','scipy','matplotlib') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
