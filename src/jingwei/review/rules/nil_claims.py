"""R8: what the report says never happened, and counts somewhere else."""

from __future__ import annotations

from collections.abc import Iterator

from jingwei.model import Finding
from jingwei.review.gate import compiled, found
from jingwei.review.reading import Reading
from jingwei.review.rule_data import page
from jingwei.text.lazy import lazy

_OTHER = lazy(r"上年|去年|往年|20\d\d年|县里|全县|全市|协助|配合|宣传|培训|演练|学习|旁听|观摩|将|计划")


def check(reading: Reading) -> Iterator[Finding]:
    """Findings R8 (warning): 没有被复议 here, 复议1件 there. Plans and other units' counts are set aside."""
    words = page("R8")
    for subject in words.words["nil"]:
        claim = next(found((subject["none"],), reading.text), None)
        if claim is None or reading.line_at(claim.start()).part == 4:
            continue
        for count in compiled(subject["some"]).finditer(reading.counted):
            left, right = reading.clause(count.start())
            if _OTHER.search(reading.text[left:right]) or reading.line_at(count.start()).part == 4:
                continue
            yield words.finding(
                reading, "nil", claim.span(), first=claim.group(), second=count.group().replace("_", ","),
                at=list(reading.raw_range(*count.span())),
            )  # fmt: skip
            break


def gated() -> Iterator[str]:
    """What this rule asks the gate for."""
    yield from (subject["none"] for subject in page("R8").words["nil"])
