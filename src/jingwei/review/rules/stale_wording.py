"""R5: slogans, laws and bodies out of their time: by the dated lexicon, the one home of such dates."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from jingwei.lexicon.stale import find_stale
from jingwei.model import Finding, PhraseHit, Severity, TracedText
from jingwei.review.reading import Reading
from jingwei.review.rule_data import page
from jingwei.text.lazy import lazy

_CAMPAIGN = lazy(r"教育|斗争|实践活动|普法|两学一做|攻坚战")
_CLEARED = lazy(r"清理|改引|停止执行|宣布失效|予以废止|修改为|替换为|旧称|对照民法典|与民法典不一致")
_OLDER_THAN_ITS_NAME = lazy(r"疫情防控|脱贫|三农|营商环境")
_PRAISED = lazy(r"[”\"]?(?:成果|先进|表彰|总结|收官|成效|胜利)")  # 巩固扫黑除恶专项斗争成果 looks back
_OUT_OF_TIME = frozenset({"early", "late", "repealed"})


def check(reading: Reading) -> Iterator[Finding]:
    """Findings R5. Needs the year reported on. Looking back and quoted titles are excused."""
    if reading.year is None:
        return
    year = reading.year
    addresses = np.array(reading.starts), np.array(reading.ends)
    hits = {hit for hit in reading.brief.phrases if hit.status in _OUT_OF_TIME}
    hits.update(find_stale(TracedText(reading.text, *addresses), year))
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        start, end = reading.from_raw(hit.start, hit.end)
        while end > start and reading.text[end - 1] in "，,。；、和":
            end -= 1  # the lexicon may count what binds a phrase to the next one
        if (
            start < end
            and not (hit.status == "late" and _PRAISED.match(reading.after(end, 6)))
            and not reading.before(start, 3).rstrip("《“").endswith(("原", "前"))
            and not (hit.status == "early" and _ahead(reading, start, end))
            and not (hit.status == "repealed" and _cleared(reading, start))
        ):
            yield page("R5").finding(
                reading, _case(hit.status, hit.strength or "medium"), (start, end), _in_other_genre(reading, hit.status != "late", reading.text[start:end]), term=reading.text[start:end], year=year,
                note=_note(hit), note_en=_note_en(hit), entry=hit.entry,
            )  # fmt: skip


def _note(hit: PhraseHit) -> str:
    """Why the wording is out of its time; the notes of the lexicon tell of its end, so a beginning is told by its date."""
    if hit.status == "early":
        return f"{_month(hit.since)}才出现；出处：{hit.source}"
    return hit.note or f"使用至{_month(hit.until)}；出处：{hit.source}"


def _month(date: str) -> str:
    """2020-12-31 as 2020年12月."""
    year, _, rest = date.partition("-")
    return f"{year}年" + (f"{int(rest[:2])}月" if rest else "")


def _note_en(hit: PhraseHit) -> str:
    """The dates: notes and sources of the lexicon are Chinese."""
    if hit.status == "early":
        return f"first heard {hit.since}"
    return f"in use until {hit.until}"


def _cleared(reading: Reading, at: int) -> bool:
    """Whether the sentence tells of documents mended because of the repeal."""
    return _CLEARED.search(reading.text[slice(*reading.sentence(at))]) is not None


def _ahead(reading: Reading, start: int, end: int) -> bool:
    """Whether the words look forward: 迎接党的二十大胜利召开 in a report for the year before."""
    return (
        re.search(r"迎接|喜迎|献礼|备战|筹备|启动|谋划|编制|为$|向$|即将", reading.before(start, 10)) is not None
        or re.match(r"[^，。；]{0,4}(?:胜利)?(?:召开|举行|代表选举)", reading.after(end, 10)) is not None
        or reading.line_at(start).part == 4
    )


def _in_other_genre(reading: Reading, early: bool, term: str) -> Severity | None:
    """A note for a campaign of another year in another genre: a 政府工作报告 looks back over its whole term.

    Nor is an early name proof there: epidemics and poverty were fought before the campaigns that are called so now.
    """
    if reading.rule_of_law:
        return None
    return "note" if _CAMPAIGN.search(term) or (early and _OLDER_THAN_ITS_NAME.search(term)) else None


def _case(status: str, strength: str) -> str:
    return "early" if status == "early" else f"late_{strength}"
