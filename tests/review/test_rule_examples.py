"""Every example of the rule data, set into a clean report and sent through reading, lexicon, facts and review."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

import pytest
from host_report import brief_of, host

from jingwei.model import Finding
from jingwei.review import review
from jingwei.review.rule_data import page, written_pages
from jingwei.settings import FINDING_CODES

_FOLDER = files("jingwei.review") / "data" / "examples"
_BY_EXAMPLE = tuple(code for code in FINDING_CODES if (_FOLDER / f"{code}.toml").is_file())


def examples(side: str) -> list[Any]:
    found = []
    for code in _BY_EXAMPLE:
        table = tomllib.loads((_FOLDER / f"{code}.toml").read_text(encoding="utf-8"))
        found += [pytest.param(code, entry, id=f"{code}-{n}") for n, entry in enumerate(table[side])]
    return found


def findings_on(entry: dict[str, Any]) -> list[Finding]:
    """Findings that touch the words of the example."""
    slots = {entry.get("at", "result"): entry["text"]}
    if "also" in entry:
        slots["leader"] = entry["also"]
    text = host(entry.get("kind", "镇"), entry.get("year", 2023), **slots)
    found = review(brief_of(text))
    return [f for f in found if f.start is not None and f.end is not None and _touches(f, text, entry)]


def _touches(finding: Finding, text: str, entry: dict[str, Any]) -> bool:
    wholes = [entry["text"], *([entry["also"]] if "also" in entry else [])]
    ranges = [(text.index(w), text.index(w) + len(w)) for w in wholes]
    return any((finding.start or 0) < b and a < (finding.end or 0) for a, b in ranges)


@pytest.mark.parametrize(("code", "entry"), examples("match"))
def test_a_fault_is_found_under_its_code(code: str, entry: dict[str, Any]) -> None:
    found = findings_on(entry)
    assert code in {f.code for f in found}, [(f.code, f.quote) for f in found]
    if "severity" in entry:
        assert {f.severity for f in found if f.code == code} == {entry["severity"]}


@pytest.mark.parametrize(("code", "entry"), examples("no_match"))
def test_a_look_alike_is_left_alone(code: str, entry: dict[str, Any]) -> None:
    found = findings_on(entry)
    assert [f for f in found if f.code == code or f.severity != "note"] == []


@pytest.mark.parametrize("kind", ["镇", "乡", "街道", "部门", "县"])
@pytest.mark.parametrize("year", [2021, 2023])
def test_the_clean_report_has_no_red_and_no_yellow(kind: str, year: int) -> None:
    found = review(brief_of(host(kind, year)))
    assert [(f.code, f.quote) for f in found if f.severity != "note"] == []


def test_the_pages_are_loaded_as_they_are_written() -> None:
    """After a page was changed, ``python scripts/make_needs.py`` renews what is loaded."""
    assert tuple(written_pages()) == FINDING_CODES
    for code, table in written_pages().items():
        loaded = page(code)
        assert (loaded.title, loaded.title_en) == (table["title"], table["title_en"])
        assert (loaded.words, loaded.says) == (table.get("words", {}), table["says"]), code


def test_every_rule_speaks_both_languages() -> None:
    for code in FINDING_CODES:
        assert page(code).says, code
        for case, says in page(code).says.items():
            assert {"severity", "zh", "en", "do", "do_en"} <= set(says), (code, case)
            assert says["severity"] in {"error", "warning", "note"}
            assert "抄袭" not in says["zh"] + says["do"], (code, case)


def test_every_code_but_the_ones_with_other_texts_has_examples() -> None:
    assert set(FINDING_CODES) - set(_BY_EXAMPLE) == {"X1", "Q5", "S1", "S2", "C1", "C2", "Y1", "Y2", "Y3"}
    for code in _BY_EXAMPLE:
        table = tomllib.loads((_FOLDER / f"{code}.toml").read_text(encoding="utf-8"))
        assert len(table["match"]) >= 3
        assert len(table["no_match"]) >= 3
