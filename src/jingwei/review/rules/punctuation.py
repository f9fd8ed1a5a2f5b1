"""Q2: heading punctuation, brackets of document numbers, mixed numbering, stray and unpaired marks (notes)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jingwei.model import Finding
from jingwei.review.gate import Gated, compiled
from jingwei.review.reading import Line, Reading
from jingwei.review.rule_data import page
from jingwei.review.rules.broken_numbering import mixed_numbers
from jingwei.text.lazy import lazy

_ASCII_BRACKETS = Gated(r"[\[［(（【]\s*(?:19|20)\d\d\s*[\]］)）】]\s*第?\s*\d+\s*号")
_ZEROS = lazy(r"〔(?:19|20)\d\d〕\s*(?:第\s*\d+|0+\d+)\s*号")
_DOUBLED = Gated(
    r"[，,。；、：！？](?:(?<=[，,])[，,]+|(?<=。)。+(?!。)|(?<=；)；+|(?<=、)、+|(?<=：)：+|(?<=[，、；：])[，、；：]*[。！？](?!”)"
    r"|(?<=[。！？])[。！？]*[，、；：]|(?<=[，、])[；：、，])"
)
_COMMA_AT_END = lazy(r"，(?=\s)\s*\n(?=\S)")
_NUMBER_MARK = lazy(
    r"(?:[（(][一二三四五六七八九十]+[)）][、，.．：]|[一二三四五六七八九十]+(?:[，.．：,]|\s)(?=[^\W\d_])|第[一二三四五六七八九十]+[、])"
)
_HALF = Gated(r"[,;:?!](?<=[^\W\d_][,;:?!])(?=[\u4e00-\u9fff“《])")
_FULL = "，；：？！"
_NAME_LEAST, _NAME_CHARS = 2, 14  # letters of a 文号 before its year
_LAST_LETTERS = lazy(rf"[^\W\d_]{{{_NAME_LEAST},{_NAME_CHARS}}}\Z")
_MARKS = "（）《》“”〔〕"
_MOST_HALF, _LISTED = 8, 50  # half-width marks told one by one; places kept as evidence
_PAIRS = {
    "（": ("）", "括号", "bracket"),
    "《": ("》", "书名号", "title mark"),
    "“": ("”", "引号", "quotation mark"),
    "〔": ("〕", "六角括号", "tortoise-shell bracket"),
}


def check(reading: Reading) -> Iterator[Finding]:
    """Findings Q2, all notes: form never proves anything by itself."""
    words = page("Q2")
    heads = [line for line in reading.lines if line.role == "heading"]
    stopped = [line for line in heads if reading.text[line.end - 1] in "。；，：、"]
    for line in stopped:
        yield words.finding(reading, "heading_stop", (line.start, line.end))
    for matches, case in (
        (_ASCII_BRACKETS.finditer(reading.text), "year_brackets"),
        (reading.begun(_ZEROS, "〔"), "year_zero"),
        (reading.opened_by(_NUMBER_MARK, "（(第一二三四五六七八九十"), "number_mark"),
        (_doubled(reading.text), "doubled"),
    ):
        for match in matches:
            start, end = match.span()
            if case.startswith("year"):  # the letters of the 文号 stand before the bracket
                start = reading.letters_before(start, _NAME_CHARS)
                if match.start() - start < _NAME_LEAST:
                    continue
            shown = reading.text[
                max(0, start - (6 if case == "doubled" else 0)) : end + (2 if case == "number_mark" else 0)
            ]
            yield words.finding(reading, case, (start, end), shown=shown.replace("\n", ""))
    yield from _own_number(reading)
    for where, first, second in mixed_numbers(reading):
        yield words.finding(reading, "mixed_numbering", where, first=first, second=second)
    yield from _half_width(reading)
    yield from _unpaired(reading)


def _doubled(text: str) -> Iterator[re.Match[str]]:
    """Marks side by side, and commas that end a line."""
    doubled = list(_DOUBLED.finditer(text))
    taken = {at for match in doubled for at in range(*match.span())}
    ends = (match for match in _COMMA_AT_END.finditer(text) if match.start() not in taken)
    yield from sorted((*doubled, *ends), key=lambda match: match.start())


def _own_number(reading: Reading) -> Iterator[Finding]:
    """The document's own number stands in the furniture, which the reading leaves out."""
    text = reading.report.document.text
    furniture = [block for block in reading.report.structure.blocks if block.role == "furniture"]
    for block in furniture:
        if text.find("号", block.start, block.end) < 0:
            continue
        match = compiled(_ASCII_BRACKETS.pattern).search(text, block.start, block.end)
        name = (
            _LAST_LETTERS.search(text, max(block.start, match.start() - _NAME_CHARS), match.start()) if match else None
        )
        if match and name:
            where = name.start(), match.end()
            yield page("Q2").raw_finding(reading, "year_brackets", where, shown=text[slice(*where)])


def _half_width(reading: Reading) -> Iterator[Finding]:
    """Half-width marks in a full-width text: each where they are few, else the first with the places of the others."""
    half = list(_HALF.finditer(reading.text))
    if not half or len(half) >= sum(map(reading.text.count, _FULL)):
        return
    places = [list(reading.raw_range(*m.span())) for m in half[:_LISTED]]
    for match in half if len(half) <= _MOST_HALF else half[:1]:
        start, end = match.span()
        shown = reading.text[max(0, start - 6) : end + 6].replace("\n", "")
        yield page("Q2").finding(reading, "half_width", (start, end), count=len(half), shown=shown, places=places)


def _unpaired(reading: Reading) -> Iterator[Finding]:
    closing = {shut: mark for mark, (shut, _, _) in _PAIRS.items()}
    damaged = [(d.start, d.end) for d in reading.report.structure.damage if d.code == "lost_character"]
    of_lines: dict[Line, list[int]] = {}
    for at in reading.places(_MARKS).tolist():
        of_lines.setdefault(reading.line_at(at), []).append(at)
    for line, marks in of_lines.items():
        open_at: dict[str, list[int]] = {mark: [] for mark in _PAIRS}
        stray: list[tuple[int, str]] = []
        for at in marks:
            char = reading.text[at]
            if char in _PAIRS:
                open_at[char].append(at)
            elif char in closing:
                mark = closing[char]
                if open_at[mark]:
                    open_at[mark].pop()
                elif not (
                    char == "）" and re.fullmatch(r"[\d一二三四五六七八九十]{1,3}", reading.text[line.start : at])
                ):
                    stray.append((at, mark))
        stray += [(at, mark) for mark, left in open_at.items() for at in left]
        for at, mark in stray:
            raw = reading.starts[at]
            if any(a <= raw < b for a, b in damaged):
                continue
            shown = reading.text[max(line.start, at - 5) : min(line.end, at + 6)]
            _, name, name_en = _PAIRS[mark]
            yield page("Q2").finding(reading, "unclosed", (at, at + 1), shown=shown, mark=name, mark_en=name_en)
