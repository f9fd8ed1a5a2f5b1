"""Q5: quote style or width of marks that changes at a paragraph border, or at one place only (notes: proves nothing)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from msgspec import Struct

from jingwei.model import Finding
from jingwei.review.gate import Gated, compiled
from jingwei.review.reading import Line, Reading
from jingwei.review.rule_data import page

_FIRST, _LAST = "\u4e00", "\u9fff"
_CJK = f"{_FIRST}-{_LAST}"
_SHOWN_CHARS = 6
_FULL_COMMAS = "，；："
_FEW = 2  # so many marks of one width make a paragraph's habit


class _Style(Struct, frozen=True):
    """Two ways to set one kind of mark: the usual one, the odd one, and how many usual ones make it odd."""

    usual: Gated
    odd: Gated
    least: int
    usual_zh: str
    odd_zh: str
    needs: str  # without one of these characters there is no odd one
    beside: tuple[int, str] | None = None  # nor where no ideograph and none of others stands so many characters on

    def may_be_in(self, reading: Reading) -> bool:
        """Whether there can be an odd one; a class of all ideographs is slow to compile, and most texts need none."""
        if not reading.holds_any(self.needs):
            return False
        return self.beside is None or any(
            (near := reading.text[at : at + 1]) in self.beside[1] or _FIRST <= near <= _LAST
            for at in (reading.places(self.needs) + self.beside[0]).tolist()
        )


_COMMAS = _Style(
    Gated(f"[{_FULL_COMMAS}]"),
    Gated(rf"[,;:](?<=[{_CJK}\d%％”）》][,;:])(?=[{_CJK}“《])"),
    2,
    "全角标点",
    "半角标点",
    ",;:",
    (1, "“《"),
)
_STRAIGHT = Gated(r'"[^"\n]{1,30}"')
_CURLY = Gated(r"“[^”\n]{1,40}”")
_STYLES = (
    _COMMAS,
    _Style(
        Gated("。"), Gated(rf"\.(?<=[{_CJK}”）》]\.)(?=[{_CJK}“《\n]|$)"), 3, "句号“。”", "圆点“.”", ".", (-1, "”）》")
    ),
    _Style(
        Gated(r"（[^（）\n]{2,}）"),
        Gated(rf"\((?<=[{_CJK}”》]\()[^()\n]{{2,30}}\)"),
        1,
        "全角括号",
        "半角括号",
        "(",
    ),
    _Style(Gated(r"\d%"), Gated(r"\d％"), 2, "“%”", "“％”", "％"),
    _Style(Gated(r"\d％"), Gated(r"\d%"), 2, "“％”", "“%”", "%"),
    _Style(
        Gated(r"\d(?<![０-９]\d)\d*"),
        Gated(r"[０-９](?<!\d[０-９])[０-９]*(?!\d)"),
        3,
        "半角数字",
        "全角数字",
        "０１２３４５６７８９",
    ),
    _Style(_CURLY, Gated(r"[「『][^」』\n]{1,30}[」』]"), 1, "引号“ ”", "引号「 」", "「『"),
    _Style(_CURLY, Gated(rf"‘(?<![{_CJK}“]“‘)[^’“”\n]{{2,30}}’(?![^“\n]*”)"), 1, "引号“ ”", "引号‘ ’", "‘"),
    _Style(Gated(r"《[^》\n]{2,40}》"), Gated(rf"<[{_CJK}]{{2,30}}>"), 1, "书名号《 》", "尖括号", "<"),
    _Style(Gated("——"), Gated(rf"-(?<=[{_CJK}]-)-+(?=[{_CJK}])"), 1, "破折号“——”", "“--”", "-"),
    _Style(Gated("……"), Gated(rf"\.(?<=[{_CJK}]\.)\.\.+"), 1, "省略号“……”", "“...”", "."),
)


def gated() -> Iterator[str]:
    """What this rule asks the gate for."""
    yield from (kind.pattern for style in _STYLES for kind in (style.usual, style.odd))


def check(reading: Reading) -> Iterator[Finding]:
    """Findings Q5: paragraphs that differ from the others, or one mark that differs in a clean text."""
    yield from _alone(reading)
    words = page("Q5")
    paragraphs = [line for line in reading.lines if line.role == "body" and line.end - line.start >= 12]
    for case, judged, told, names in (
        ("commas", _widths, _COMMAS.may_be_in(reading), {"half": "半角标点", "full": "全角标点"}),
        ("quotes", _styles, reading.holds_any('"'), {"half": '" "', "full": "“ ”"}),
    ):
        if not told:
            continue  # no half-width mark: nothing can differ
        marks = judged(reading, paragraphs)
        known = [(line, mark) for line, mark in zip(paragraphs, marks, strict=True) if mark]
        if len({mark for _, mark in known}) < 2:
            continue
        common = max(("full", "half"), key=lambda kind: sum(mark == kind for _, mark in known))
        odd = [line for line, mark in known if mark != common]
        if case == "quotes" and len(known) == 2:
            common, odd = known[0][1], [known[1][0]]
        elif not (0 < len(odd) <= max(1, len(known) // 4)):
            continue
        other = "half" if common == "full" else "full"
        for line in odd:
            mark = (_COMMAS.odd if other == "half" else _COMMAS.usual) if case == "commas" else _quote_marks(other)
            first = compiled(mark.pattern).search(reading.text, line.start, line.end)
            where = _clause_of(reading, first.start() if first else line.start, line)
            yield words.finding(reading, case, where, before=names[common], now=names[other])


def _alone(reading: Reading) -> Iterator[Finding]:
    words, text = page("Q5"), reading.text
    for style in _STYLES:
        if not style.may_be_in(reading):
            continue
        odd = list(style.odd.finditer(text))
        # A second one in the same paragraph is still one place; where the first and the last are, all are.
        lines = {reading.line_at(match.start()).start for match in (odd[:1] + odd[-1:])}
        usual = [match.start() for match in style.usual.finditer(text)] if len(lines) == 1 else []
        if len(usual) < style.least:
            continue
        if len(odd) > max(1, len(usual) // 4) and lines <= {reading.line_at(at).start for at in usual}:
            continue
        start, end = odd[0].span()
        line = reading.line_at(start)
        shown = text[max(line.start, start - _SHOWN_CHARS) : min(line.end, end + _SHOWN_CHARS)]
        yield words.finding(reading, "lone", (start, end), shown=shown, usual=style.usual_zh, odd=style.odd_zh)


def _clause_of(reading: Reading, at: int, line: Line) -> tuple[int, int]:
    """The words around a mark up to the sentence's ends, for the quote."""
    left, right = reading.sentence(at)
    return max(left, line.start), min(right, line.end)


def _quote_marks(kind: str) -> Gated:
    return _STRAIGHT if kind == "half" else _CURLY


def _widths(reading: Reading, paragraphs: list[Line]) -> list[str]:
    """For every paragraph whether its marks are all of half or all of full width; empty when mixed or few."""
    half_at = [match.start() for match in _COMMAS.odd.finditer(reading.text)]
    full_at = reading.places(_FULL_COMMAS).tolist()
    widths = []
    for line in paragraphs:
        half = _between(half_at, line.start, line.end - 1)  # what follows the last character is another paragraph's
        full = _between(full_at, line.start, line.end)
        widths.append("half" if half >= _FEW and full == 0 else "full" if full >= _FEW and half == 0 else "")
    return widths


def _between(places: list[int], start: int, end: int) -> int:
    return bisect_left(places, end) - bisect_left(places, start)


def _styles(reading: Reading, paragraphs: list[Line]) -> list[str]:
    return [_style(reading, line) for line in paragraphs]


def _style(reading: Reading, line: Line) -> str:
    straight = compiled(_STRAIGHT.pattern).search(reading.text, line.start, line.end) is not None
    curly = compiled(_CURLY.pattern).search(reading.text, line.start, line.end) is not None
    return "" if straight == curly else ("half" if straight else "full")
