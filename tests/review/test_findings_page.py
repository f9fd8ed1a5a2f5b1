"""docs/findings.md against the rules: one entry a code, the same title, the severities the rule can give."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jingwei.review.rule_data import page
from jingwei.settings import FINDING_CODES

_TEXT = (Path(__file__).parents[2] / "docs" / "findings.md").read_text(encoding="utf-8")
_ENTRIES = dict(re.findall(r"^### ([A-Z]\d+) .*\n((?:(?!^#).*\n?)*)", _TEXT, flags=re.MULTILINE))


def test_every_code_has_one_entry_in_order() -> None:
    assert re.findall(r"^### ([A-Z]\d+) ", _TEXT, flags=re.MULTILINE) == list(FINDING_CODES)


@pytest.mark.parametrize("code", FINDING_CODES)
def test_the_entry_says_what_the_rule_does(code: str) -> None:
    assert f"### {code} {page(code).title}\n" in _TEXT
    entry = _ENTRIES[code]
    for severity in {says["severity"] for says in page(code).says.values()}:
        assert severity in entry, severity
    for part in ("- 含义：", "- 例：", "- 怎么办："):
        assert part in entry


def test_no_rule_keeps_dates_of_its_own() -> None:
    assert page("R5").words == {}  # dates of wording stand in the lexicon alone
    for code in FINDING_CODES:
        for entries in page(code).words.values():
            tables = [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
            assert all({"from", "until"}.isdisjoint(entry) for entry in tables), code
