"""R6: XX, ×× and 某 that were never filled in, and the empty slots of a template."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jingwei.model import Finding
from jingwei.review.gate import possible
from jingwei.review.reading import Reading
from jingwei.review.rule_data import Page, page
from jingwei.text.lazy import lazy

_SHOWN_CHARS = 12  # on either side of a slot, where its clause is longer
_PAUSES = "，。；、,;：:！？!?\u3000"
_STRAY_BLANKS = 4
_BLANK_CHARS = frozenset(" \t\u3000\u00a0\u2002")
_BLANK = ("blank_unit", "blank_date")
_BLANKS = lazy(r"[ \t\u3000\u00a0\u2002]+")
# Without one of these characters in the text the pattern need not be tried, nor compiled.
_NEEDS = {
    "crosses": frozenset("×✕╳＊xXＸｘ"),
    "single_cross": frozenset("×xXＸ"),
    "not_cross": frozenset("×xX"),
    "stars": frozenset("*"),
    "letter": frozenset("NＮ"),
    "underscore": frozenset("_＿﹍-–—"),
    "empty_number": frozenset("〔[［第(（【"),
}


def check(reading: Reading) -> Iterator[Finding]:
    """Findings R6, searched in the document's own characters outside furniture, because blanks matter."""
    words = page("R6")
    text = reading.report.document.text
    present = {name for name, needs in _NEEDS.items() if reading.holds_any(needs)}
    some = reading.holds_any("某")
    not_cross = [m.span() for m in words.matches("not_cross", text)] if "not_cross" in present else []
    not_some = [m.span() for m in words.matches("not_some", text)] if some else []
    stray = sum(d.code == "ocr_space" for d in reading.report.structure.damage)
    gaps = [m.start() for m in _BLANKS.finditer(text)] if reading.holds_any(_BLANK_CHARS) else []
    slots = _slots(words, "blank_unit", text, gaps)
    spaced = stray > _STRAY_BLANKS + len(slots)
    for name in ("crosses", "single_cross", "waiting", "stars", "letter"):
        if name in _NEEDS and name not in present:
            continue
        for match in words.matches(name, text):
            if name != "stars" or not _is_bold(text, match):
                quoted = text[match.start() - 1 : match.start()] == "“"  # “××行政审批局” describes a stamp
                if name in {"letter", "single_cross"} and _is_variable(text, match.start()):
                    continue
                case = "blank_weak" if name == "letter" or quoted else "cross"
                yield from _say(reading, words, case, match.span(), not_cross)
    for match in words.matches("some", text) if some else ():
        yield from _say(reading, words, "some", match.span(), not_some)
    empty = [m for name in ("underscore", "empty_number") if name in present for m in words.matches(name, text)]
    dates = _slots(words, "blank_date", text, gaps)
    for name, found in (("empty", empty), ("blank_unit", slots), ("blank_date", dates)):
        for match in found:
            single = name.startswith("blank") and len(match.group()) == 1 and match.group() in " \u00a0\u2002"
            if single and spaced:
                continue  # a text full of stray blanks: one of them proves nothing
            yield from _say(reading, words, "blank_weak" if single else "blank", match.span(), [])


def gated() -> Iterator[str]:
    """What this rule asks the gate for."""
    yield from (page("R6").words[name] for name in (*_NEEDS, "waiting", "some", "not_some", *_BLANK))


def _slots(words: Page, name: str, text: str, gaps: Sequence[int]) -> list[re.Match[str]]:
    """The blanks of which an expression says that something is left out there."""
    if not gaps or not possible(str(words.words[name]), text):
        return []
    return [m for at in gaps if (m := words.pattern(name).match(text, at))]


def _is_bold(text: str, match: re.Match[str]) -> bool:
    """Whether the stars are a pair of marks around words of the line, as in markdown."""
    line = text[text.rfind("\n", 0, match.start()) + 1 : (text.find("\n", match.end()) + 1 or len(text) + 1) - 1]
    if text[match.end() : match.end() + 1] in set("件起次场份名元号"):
        return False  # no emphasis begins with a measure word
    return match.group() in {"*", "**"} and len(re.findall(r"(?<!\*)\*{1,2}(?!\*)", line)) % 2 == 0


def _is_variable(text: str, at: int) -> bool:
    """Whether N or X is a variable of a formula (1+N个平台), defined or quoted in this line."""
    line = text[text.rfind("\n", 0, at) + 1 : (text.find("\n", at) + 1 or len(text) + 1) - 1]
    return (
        re.search(
            r"[\d一二三四五六七八九十个项][+＋加][NＮXＸnx]|“[^”\n]{0,12}[NＮXＸ][^”\n]{0,12}”|[NＮXＸ][+＋]\d", line
        )
        is not None
    )


def _say(
    reading: Reading, words: Page, case: str, where: tuple[int, int], fine: list[tuple[int, int]]
) -> Iterator[Finding]:
    if any(a < where[1] and where[0] < b for a, b in fine):
        return
    text = reading.report.document.text
    left = text.rfind("\n", 0, where[0]) + 1
    right = text.find("\n", where[1])
    right = len(text) if right < 0 else right
    if text[left:right].strip("*_-×xX＿ \t\u3000#") == "":
        return
    if not any(a < b for a, b in (reading.from_raw(where[0] - 1, where[0]), reading.from_raw(where[1], where[1] + 1))):
        return  # furniture on both sides
    shown = _clause_of(text, where, left, right)
    if case.startswith("blank"):  # the slot is empty: quote the words around it
        where = max(left, where[0] - 2), min(right, where[1] + 1)
    yield words.raw_finding(reading, case, where, shown=shown)


def _clause_of(text: str, slot: tuple[int, int], left: int, right: int) -> str:
    """The clause around a slot; of a long one what stands about the slot, and what is left out is marked (…)."""
    start = max([left, *(text.rfind(mark, left, slot[0]) + 1 for mark in _PAUSES)])
    end = min([right, *(at for mark in _PAUSES if (at := text.find(mark, slot[1], right)) >= 0)])
    before = "…" if start < slot[0] - _SHOWN_CHARS else ""
    behind = "…" if slot[1] + _SHOWN_CHARS < end else ""
    start, end = max(start, slot[0] - _SHOWN_CHARS), min(end, slot[1] + _SHOWN_CHARS)
    return before + " ".join(text[start:end].split()) + behind
