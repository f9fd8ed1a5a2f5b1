"""C1, C2, Y1: the passages that the judgement counts, told with both texts and the degrees of DOMAIN.md §8."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jingwei.model import Finding, Match
from jingwei.review.reading import Reading
from jingwei.review.rule_data import page

_LONG_CHARS = 80  # beyond this many characters a passage is 重点
_EXCERPT = 160


def check(reading: Reading) -> Iterator[Finding]:
    """One finding a match; authority texts never make one."""
    for match in reading.brief.matches:
        code = {"peer": "C1", "common_source": "C2", "previous": "Y1"}.get(match.relation)
        if code is not None and match.start < match.end:
            case = "figures" if code == "C1" and match.equal_figures else "passage"
            yield page(code).raw_finding(reading, case, (match.start, match.end), **_evidence(reading, match))


def _evidence(reading: Reading, match: Match) -> dict[str, Any]:
    source = match.source
    degree, degree_en = _degree(reading, match)
    return {
        "report": source.title or source.report,
        "path": source.report,
        "unit": source.unit or source.place or "单位不详",
        "unit_en": source.unit or source.place or "unit unknown",
        "place": source.place or "地方不详",
        "source_year": f"{source.year}年" if source.year else "年份不详",
        "source_year_en": str(source.year) if source.year else "year unknown",
        "equal": match.equal_chars,
        "longest": _longest_chars(reading, match),
        "effective": match.effective_chars,
        "figures": match.equal_figures,
        "others": 1 + len(match.also),
        "source_text": source.text if len(source.text) <= _EXCERPT else source.text[:_EXCERPT] + "…",
        "source_start": source.start,
        "source_end": source.end,
        "degree": degree,
        "degree_en": degree_en,
    }


def _longest_chars(reading: Reading, match: Match) -> int:
    """The longest stretch that is equal without a break, blanks not counted."""
    text = reading.report.document.text
    lengths = (len("".join(text[run.left_start : run.left_end].split())) for run in match.runs)
    return max(lengths, default=match.equal_chars)


def _degree(reading: Reading, match: Match) -> tuple[str, str]:
    settings, scores = reading.brief.settings, reading.brief.scores
    if match.relation == "previous":
        rate = scores.recycled_rate
        if rate is None:
            return "", ""
        words = ("正常", "normal") if rate < settings.recycled_watch else ("关注", "watch")
        words = ("重点", "check first") if rate > settings.recycled_check else words
        return f"全文沿用往年率{rate:.0%}（{words[0]}）。", f"Recycled rate of the report {rate:.0%} ({words[1]})."
    length = ("提示", "notice") if match.effective_chars < _LONG_CHARS else ("重点", "check first")
    share = scores.overlap_max_source
    if share is None:
        return f"程度：{length[0]}。", f"Degree: {length[1]}."
    limits = (settings.degree_watch, settings.degree_check, settings.degree_high)
    word = (("低", "low"), ("关注", "watch"), ("重点核查", "check"), ("高度雷同", "very high"))[
        sum(share >= x for x in limits)
    ]
    return (
        f"程度：{length[0]}；单篇最大重复率{share:.1%}（{word[0]}）。",
        f"Degree: {length[1]}; largest share from one source {share:.1%} ({word[1]}).",
    )
