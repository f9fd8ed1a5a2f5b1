"""Every entry of the lexicon proves itself: its examples match, its counter-examples do not."""

from __future__ import annotations

import pytest

from jingwei.lexicon.matcher import SLOTS, Token
from jingwei.lexicon.phrase_forms import forms_of
from jingwei.lexicon.phrase_pages import (
    PAGES,
    PageEntry,
    batch_examples,
    compile_pages,
    read_pages,
    reviewed_date,
)
from jingwei.lexicon.phrase_store import Stored, stored_text
from jingwei.lexicon.phrases import COMPILED, find_all

ENTRIES = read_pages()
WRITTEN = [entry for entry in ENTRIES if entry.match or entry.avoid]
FILLERS = {"年": "2021", "数": "3", "序": "5", "次": "三", "历中": "二中、三中、", "上级": "县委、县政府", "级": "县",
           "地": "安全生产", "词": "工作", "列席": "各位政协委员", "略": "我镇有关工作", "短": "工作",
           "格": "0", "行": "0000000"}  # fmt: skip


def spelt(token: Token) -> str:
    if isinstance(token, tuple):
        return token[-1]
    return FILLERS[token[1:-1]] if token[0] == "〈" else token


def names(text: str) -> set[str]:
    return {hit.entry.id for hit in find_all(text)}


@pytest.mark.parametrize("entry", WRITTEN, ids=lambda entry: entry.id)
def test_examples_match_and_counter_examples_do_not(entry: PageEntry) -> None:
    assert entry.match, "an entry without an example proves nothing"
    assert entry.avoid, "an entry without a counter-example proves nothing"
    for text in entry.match:
        assert entry.id in names(text), text
    for text in entry.avoid:
        assert entry.id not in names(text), text


@pytest.mark.parametrize(("batch", "match", "avoid"), batch_examples(), ids=lambda value: str(value)[:20])
def test_batch_examples(batch: str, match: tuple[str, ...], avoid: tuple[str, ...]) -> None:
    assert match
    assert avoid
    for text in match:
        assert any(name.startswith(batch + ".") for name in names(text)), text
    for text in avoid:
        assert not any(name.startswith(batch + ".") for name in names(text)), text


def test_every_form_of_every_entry_is_found_in_a_sentence() -> None:
    missing = []
    for entry in ENTRIES:
        for form, _ in entry.forms:
            for tokens in forms_of(form):
                text = "".join(spelt(token) for token in tokens)
                if not any(hit.pieces for hit in find_all(f"。{text}。")):
                    missing.append((entry.id, text))
    assert missing == []


def test_every_slot_has_a_filler_here() -> None:
    assert set(FILLERS) == set(SLOTS)


def test_entries_are_formulas_with_sources() -> None:
    assert len(ENTRIES) > 2_000
    for entry in ENTRIES:
        assert entry.source
        assert not (entry.valid_to and entry.valid_from) or entry.valid_from <= entry.valid_to, entry.id
        assert not entry.out or entry.valid_to, f"{entry.id}: out without an end"
        assert not entry.early or entry.valid_from, f"{entry.id}: early without a beginning"
        assert not entry.wrong or entry.note, f"{entry.id}: a slip without the right form"


def test_compiled_file_is_current() -> None:
    text = COMPILED.read_text(encoding="utf-8")
    assert text == stored_text(compile_pages(ENTRIES, reviewed_date())), "run scripts/build_phrases.py"
    assert PAGES.is_dir()


def test_what_is_stored_is_what_was_compiled() -> None:
    compiled = compile_pages(ENTRIES, reviewed_date())
    stored = Stored(stored_text(compiled))
    assert stored.version == compiled["version"]
    for number, (entry, exact, shown, anchor, offset, *tokens) in enumerate(compiled["lines"]):
        line = stored.line(number)
        plain = [token if isinstance(token, str) else list(token) for token in line.tokens]
        assert [*line[:1], line.anchor, line.offset, line.exact, line.shown, plain] == [
            entry, anchor, offset, bool(exact), compiled["shown"][shown], tokens,
        ]  # fmt: skip
    for number, entry in enumerate(ENTRIES):
        known = stored.entries[number]
        assert (known.id, known.group, known.source, known.note) == (entry.id, entry.group, entry.source, entry.note)
        assert (known.valid_from, known.valid_to, known.early) == (entry.valid_from, entry.valid_to, entry.early)
        assert (known.mandated, known.not_followed) == (entry.mandated, entry.not_followed)


@pytest.mark.parametrize("mark", ["\t", "\n", "|"])
def test_marks_that_part_fields_are_refused(mark: str) -> None:
    compiled = compile_pages(ENTRIES[:3], "2026-01-01")
    compiled["lines"][0][5] = f"甲{mark}乙丙丁"
    with pytest.raises(ValueError, match="inside"):
        stored_text(compiled)
