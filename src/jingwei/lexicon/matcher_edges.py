"""Where a formula ends: the verbs before it, the noun after it, the marks around and between.

全面学习贯彻 before a meeting and 精神 after it are part of what superiors prescribe; a quotation mark around a phrase
and the list mark between two phrases are nobody's own words.
"""

from __future__ import annotations

from collections.abc import Sequence

from jingwei.lexicon.matcher import Piece
from jingwei.text.lazy import lazy

_ADVERB = (
    r"(?:全面|深入|认真|坚决|坚定不移|坚持|自觉|切实|扎实|持续|始终|牢固|系统|及时|不断|着力|主动|严格|紧紧|深刻"
    r"|一以贯之|原原本本|大力)"
)
_VERB = (
    r"(?:学习|宣传|宣讲|贯彻|落实|领会|践行|领悟|把握|执行|传达|围绕|高举|对照|树立|增强|坚定|做到|学好|用好|推动"
    r"|推进|实施|构建|理解|学深悟透|遵照|遵循)"
)
_BEFORE = lazy(rf"(?:{_ADVERB}|{_VERB}|和)*{_VERB}(?:好|了|到|以|用)?\Z")
_LEAD_ENDS = frozenset(word[-1] for word in _VERB.strip("(?:)").split("|")) | frozenset("好了到以用")
_AFTER = lazy(
    r"(?:的?(?:重大|各项|重要|总体|核心要义|精神实质|丰富内涵|实践要求|科学内涵|工作|有关|战略|相关|一系列)*"
    r"(?:精神|决策部署|部署要求|安排部署|战略部署|部署|要求|任务部署|论断|思想|论述))"
)
_OPENING, _CLOSING = "“‘\"'「『《〈", "”’\"'」』》〉"
_QUOTE = lazy(f"[{_OPENING}{_CLOSING}]")
_MARK = r"[“”‘’\"'「」『』《》〈〉（）()、，,；;：:· \t\u3000\xa0]"
_BETWEEN = lazy(rf"{_MARK}*(?:[和及与或]|以及|并)?{_MARK}*")
MAX_GAP_CHARS = 4


def widened(text: str, start: int, end: int) -> Piece:
    """A meeting or a guiding thought together with the verbs that lead to it and the noun that follows."""
    opened = start
    while opened > 0 and text[opened - 1] in _OPENING:
        opened -= 1
    led = opened > 0 and text[opened - 1] in _LEAD_ENDS
    before = _BEFORE.search(text, max(0, opened - 20), opened) if led else None
    after = _AFTER.match(text, end)
    return (before.start() if before else start), (after.end() if after else end)


def has_quotes(text: str, start: int, end: int) -> bool:
    """Whether a mark that :func:`quoted` looks for stands in the phrase or beside it; without one it stays."""
    return _QUOTE.search(text, max(0, start - 1), end + 1) is not None


def quoted(text: str, start: int, end: int) -> Piece:
    """The phrase together with quotation marks that hold nothing else, or whose other half lies inside it."""
    while start > 0 and end < len(text) and text[start - 1] in _OPENING and text[end] in _CLOSING:
        start, end = start - 1, end + 1
    inside = text[start:end]
    for opening, closing in zip("“《", "”》", strict=True):
        balance = inside.count(opening) - inside.count(closing)
        if balance < 0 and start > 0 and text[start - 1] == opening:
            start -= 1
        elif balance > 0 and end < len(text) and text[end] == closing:
            end += 1
    return start, end


def bridged(text: str, rows: Sequence[tuple[int, int, int]]) -> list[Piece]:
    """Each row's piece (start, end) prolonged to the start of the next one where only marks or 和 stand between.

    ``rows`` come sorted by start and may overlap; what else a row says is not looked at.
    """
    if not rows:
        return []
    ends = [row[1] for row in rows]
    reach, last = ends[0], 0
    for number, (start, end, _) in enumerate(rows):
        if reach < start <= reach + MAX_GAP_CHARS and _BETWEEN.fullmatch(text, reach, start):
            ends[last] = start
        if end > reach:
            reach, last = end, number
    return [(start, end) for (start, _, _), end in zip(rows, ends, strict=True)]
