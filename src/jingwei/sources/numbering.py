"""Automatic numbers written out as Word shows them: 一、（一）1. ① 第一章.

Shared by .docx and .doc: a list level has a number format, a text with placeholders, and a start. Bullets carry no
meaning and are left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from msgspec import Struct

_DIGITS: Final = "〇一二三四五六七八九"
_LEGAL: Final = "零壹贰叁肆伍陆柒捌玖"
_HEAVENLY: Final = "甲乙丙丁戊己庚辛壬癸"
_EARTHLY: Final = "子丑寅卯辰巳午未申酉戌亥"
_CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_PARENTHESISED: Final = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
_STOPPED: Final = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"
_ROMAN: Final = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_COUNTING: Final = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "ideographEnclosedCircle",
    }
)
_DIGITAL: Final = frozenset({"ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"})
SILENT: Final = frozenset({"bullet", "none"})
_MAX_NUMBER: Final = 99_999


class Level(Struct, frozen=True):
    """One level of a list: ``text`` holds %1 … %9 for the numbers of the levels; ``start`` is its first number."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    decimal_only: bool = False  # "legal" numbering: all numbers of the line in Arabic digits


@dataclass(slots=True)
class Counter:
    """Numbers of the lists of one document, counted in reading order. Mutable: it advances with every paragraph."""

    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def next(self, list_id: str, depth: int, levels: Mapping[int, Level]) -> str:
        """The number shown in front of the next paragraph of that list and level (0–8); "" for bullets."""
        counts = self.counts.setdefault(list_id, {})
        level = levels.get(depth, Level(format="none"))
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        if level.format in SILENT:
            return ""
        label = level.text
        for shown in range(9):
            mark = f"%{shown + 1}"
            if mark in label:
                part = levels.get(shown, Level())
                number = counts.setdefault(shown, part.start) if shown <= depth else part.start
                form = "decimal" if level.decimal_only and shown != depth else part.format
                label = label.replace(mark, number_text(number, form))
        return label + " " if label[-1:].isascii() and label[-1:].isalnum() else label


def number_text(number: int, form: str) -> str:
    """``number`` in one of Word's number formats; unknown formats give Arabic digits."""
    if not 0 <= number <= _MAX_NUMBER:
        return str(number)
    if form in _COUNTING:
        return chinese_number(number)
    if form in _DIGITAL:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    if form in {"chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"}:
        return chinese_number(number, _LEGAL, "拾佰仟万")
    if form in {"ideographTraditional", "ideographZodiac"}:
        row = _HEAVENLY if form == "ideographTraditional" else _EARTHLY
        return row[number - 1] if 1 <= number <= len(row) else str(number)
    if form.startswith("decimalEnclosed"):
        row = {"decimalEnclosedParen": _PARENTHESISED, "decimalEnclosedFullstop": _STOPPED}.get(form, _CIRCLED)
        return row[number - 1] if 1 <= number <= len(row) else str(number)
    if form == "decimalFullWidth":
        return "".join(chr(ord(c) + 0xFEE0) for c in str(number))
    if form == "decimalZero":
        return f"{number:02d}"
    if form in {"upperLetter", "lowerLetter"} and number:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if form == "upperLetter" else letters
    if form in {"upperRoman", "lowerRoman"} and number < 4000:
        return _roman(number).upper() if form == "upperRoman" else _roman(number)
    return str(number)


def chinese_number(number: int, digits: str = _DIGITS, units: str = "十百千万") -> str:
    """A number below 100,000 in Chinese numerals: 10 → 十, 21 → 二十一, 105 → 一百零五."""
    if number == 0:
        return digits[0] if digits[0] != "〇" else "零"
    head = ""
    if number >= 10_000:
        head = chinese_number(number // 10_000, digits, units) + units[3]
        number %= 10_000
        if number == 0:
            return head
        head += "零" if number < 1000 else ""
    text, gap = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            text += ("零" if gap and text else "") + digits[digit] + (units[power - 1] if power else "")
            gap = False
        else:
            gap = True
    plain = digits is _DIGITS and not head and text.startswith("一十")
    return head + (text[1:] if plain else text)


def _roman(number: int) -> str:
    text = ""
    for size, letters in _ROMAN:
        text += letters * (number // size)
        number %= size
    return text
