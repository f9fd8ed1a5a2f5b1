"""R4: a year that is not the report's own, where section and tense leave no other reading."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jingwei.model import Finding
from jingwei.review.gate import Gated
from jingwei.review.reading import Line, Reading
from jingwei.review.rule_data import Page, page
from jingwei.text.lazy import lazy

_YEAR_DIGITS = 4
_YEAR = lazy(
    r"(?<![\d〔\[（(—－~～至.-])((?:19|20)\d\d)\s*年(?!\s*[—－~～-]|至|代|\d{1,2}月\d{1,2}日(?:起|施行|实施))(度)?"
)
_RESULT = lazy(
    r"^(?:以来|全年|度?[，,]|[全我本各]|度?(?:共|累计|开展|组织|办理|受理|查处|排查|化解|完成|新增|先后|主要|法治政府|工作|依法))"
)


def check(reading: Reading) -> Iterator[Finding]:
    """Findings R4. Needs the year reported on."""
    if reading.year is None:
        return
    words = page("R4")
    headings_only = not reading.rule_of_law  # other genres look back over many years
    shifted = _shifted(reading)
    if not headings_only:
        yield from _dated_events(reading, words)
        yield from _periods(reading, words)
        yield from _title_behind(reading, words)
    for match in _years(reading):
        found = int(match[1])
        if found == reading.year and reading.line_at(match.start()).part != 4:
            continue
        if reading.in_title(*match.span()):
            continue
        line = reading.line_at(match.start())
        case = _case(reading, words, line, match, headings_only, shifted)
        if case:
            yield words.finding(
                reading, case, match.span(), found=found, year=reading.year, following=reading.year + 1,
            )  # fmt: skip


def _years(reading: Reading) -> Iterator[re.Match[str]]:
    """Every year that is told as one: a number of four digits before 年."""
    for start, end in reading.numbers:
        match = _YEAR.match(reading.text, start) if end - start == _YEAR_DIGITS else None
        if match:
            yield match


_EVENT = Gated(
    r"(?P<year>(?:19|20)\d\d)年\d{1,2}月\d{1,2}日[，,]?(?:[^，。；\n]{0,12})(?:开展|组织|召开|举办|邀请|集中|联合|走访|举行|深入)"
)
_AS_OF = Gated(r"截[至止](?:到)?(?P<year>(?:19|20)\d\d)年(?:底|末|年底|12月(?:底|末|31日)?)")


def _dated_events(reading: Reading, words: Page) -> Iterator[Finding]:
    """A day or a closing date of the year before, as if of the year reported on: a warning."""
    for match, as_of in (
        *((match, False) for match in _EVENT.finditer(reading.text)),
        *((match, True) for match in _AS_OF.finditer(reading.text)),
    ):
        counted = as_of and words.pattern("flow").search(reading.after(match.end(), 24)) is not None
        excused = words.pattern("base" if counted else "elsewhere")
        found, line = int(match["year"]), reading.line_at(match.start())
        if found != (reading.year or 0) - 1 or line.role not in {"body", "run_in"} or line.part not in {None, 1, 3}:
            continue
        left, right = reading.sentence(match.start())
        if reading.is_quoted(*match.span()) or excused.search(reading.text[left:right]):
            continue
        if str(reading.year) in reading.text[left:right]:
            continue
        yield words.finding(reading, "stale_event", match.span("year"), found=found, year=reading.year)


_PERIOD = Gated(r"(?P<year>(?:19|20)\d\d)年(?:1|一)(?:月份?)?(?:至|到|[-—–－~～]{1,2})(?:12|十二)月")


def _periods(reading: Reading, words: Page) -> Iterator[Finding]:
    """The twelve months of the year before as the period the figures cover: 2020年1月至12月 in the report for 2021."""
    for match in _PERIOD.finditer(reading.text):
        line = reading.line_at(match.start())
        if int(match["year"]) != (reading.year or 0) - 1 or line.role not in {"body", "run_in"} or line.part == 4:
            continue
        left, right = reading.sentence(match.start())
        sentence = reading.text[left:right]
        if str(reading.year) in sentence or words.pattern("compare").search(sentence):
            continue
        yield words.finding(
            reading, "stale_result", match.span(), found=int(match["year"]), year=reading.year, following=(reading.year or 0) + 1,
        )  # fmt: skip


def _title_behind(reading: Reading, words: Page) -> Iterator[Finding]:
    """A title of last year over a text that never names that year, but the next one in its headings and its date."""
    year = reading.year or 0
    title = next(
        (line for line in reading.lines if line.role == "title" and f"{year}年" in reading.text[line.start : line.end]),
        None,
    )
    if title is None or f"{year}年" in reading.text[title.end :] or f"{year}年" in reading.text[: title.start]:
        return
    heads = [reading.text[line.start : line.end] for line in reading.lines if line.role == "heading"]
    if any(f"{year + 1}年" in h for h in heads) and any(f"{year + 2}年" in h for h in heads):
        at = reading.text.index(f"{year}年", title.start)
        yield words.finding(reading, "behind", (at, at + 5), found=year, year=year + 1, following=year + 2)


def _shifted(reading: Reading) -> bool:
    """Another genre whose headings all look one year off: then the year of the report was misread, not miswritten."""
    if reading.rule_of_law or reading.year is None:
        return False
    years = [int(match[1]) for match in _years(reading) if reading.line_at(match.start()).role == "heading"]
    return any(year + 1 in years and year != reading.year for year in years)


def _case(
    reading: Reading, words: Page, line: Line, match: re.Match[str], headings_only: bool, shifted: bool
) -> str | None:
    found, year = int(match[1]), reading.year or 0
    if line.role == "date":
        return "signature" if found < year or found > year + 1 else None
    if line.role in {"title", "salutation", "attachment"}:
        return None
    if line.role in {"heading", "run_in"} and len(reading.text[line.start : line.end]) < 60:
        # 7.数字家庭行动计划：2005年10月我省印发: a month is the day of something, not the report's year.
        if re.match(r"\d{1,2}月", reading.text[match.end() : line.end].removeprefix("年")):
            return None
        return None if shifted else _heading(reading, line, found, year)
    if headings_only:
        return None
    left, right = reading.sentence(match.start())
    sentence = reading.text[left:right]
    if words.pattern("period_own").search(sentence) and re.match(
        r"度?[^，,]{0,24}(?:情况|工作|建设)", reading.text[match.end() : right]
    ):
        return "own_period" if abs(found - year) <= 3 and found != year and line.part in {None, 1} else None
    if line.part == 4:
        return _plan(reading, words, match, found, year, sentence)
    return _result(reading, words, match, found, year)


def _heading(reading: Reading, line: Line, found: int, year: int) -> str | None:
    text = reading.text[line.start : line.end]
    if len(set(re.findall(r"(?:19|20)\d\d", text))) > 1:
        return None
    if line.part == 4 and re.search(r"计划|打算|安排|任务|思路|谋划|目标|下一步|部署|重点|举措", text):
        # 政府工作报告 of an unknown date may be dated by its delivery: then the plan is for that very year.
        stale = {year, year - 1} if reading.rule_of_law else {year - 1}
        return "stale_plan" if found in stale and not re.search(r"以来|总结|回顾|落实情况|完成情况", text) else None
    if re.search(r"整改|反馈|以来|上年|去年|对比|变化|回头看|遗留|规划|目标|展望|—|－|自\d|从\d|年起|启动|为期", text):
        return None
    return "heading" if found in {year - 1, year - 2} else None


_MONTHLY = lazy(r"\d{1,2}月(?:份|底|底前|前)?(?:组织|开展|举办|启用|完成|召开|修订|建成|培训|实施|启动|印发)")


def _plan(reading: Reading, words: Page, match: re.Match[str], found: int, year: int, sentence: str) -> str | None:
    if found not in {year, year - 1}:
        return None
    left, right = reading.clause(match.start())
    around = reading.text[max(left, match.start() - 8) : right] + reading.after(right, 12)
    if words.pattern("history").search(
        reading.before(match.start(), 8) + reading.text[match.start() : right]
    ) or words.pattern("compare").search(around):
        return None
    opened = match.start() == left or reading.text[match.start() - 1] in "，,。；\n"
    planned = words.pattern("plan").search(sentence) or _MONTHLY.match(reading.text, match.end())
    return "stale_plan" if opened and planned and not re.search(r"了|已|取得|完成了", around) else None


def _result(reading: Reading, words: Page, match: re.Match[str], found: int, year: int) -> str | None:
    if found == year or abs(found - year) > 3:
        return None
    left, right = reading.sentence(match.start())
    sentence = reading.text[left:right]
    stop = reading.text.find("。", right)
    if found < year and reading.text.find(str(year), left, stop if stop >= 0 else None) >= 0:
        return None  # 2023年……19件；2024年……24件
    start, end = reading.clause(match.start())
    opened = match.start() in (left, start) or reading.text[start : match.start()] in {"在", "于"}
    opened = opened or re.match(r"全年|一年", reading.text[match.end() : match.end() + 2]) is not None
    near = reading.text[max(left, match.start() - 10) : match.start()]
    if not opened or _RESULT.match(reading.text[match.end(1) + 1 : match.end(1) + 8]) is None:
        return None
    following = reading.after(match.end(), end - match.end() + 30)
    if words.pattern("compare").search(sentence) or words.pattern("history").search(near + following.split("。")[0]):
        return None
    if found > year:
        return None if words.pattern("plan").search(sentence) else "future_result"
    return "stale_result"
