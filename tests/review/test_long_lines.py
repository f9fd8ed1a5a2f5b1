"""Lines no person writes: the review reads them once and comes back."""

from __future__ import annotations

import pytest
from host_report import brief_of, host

from jingwei.review import review


@pytest.mark.parametrize("line", ["[" * 100_000, "![" * 20_000, "使" * 20_000, "受理信访案件" + "1" * 5_000 + "件。"])
def test_a_line_of_one_mark_is_reviewed_beside_what_else_is_wrong(line: str) -> None:
    found = review(brief_of(host() + "\n我镇开展宣传12余次。\n" + line + "\n"))
    assert any(finding.code == "Q1" and finding.quote.startswith("12余") for finding in found)
