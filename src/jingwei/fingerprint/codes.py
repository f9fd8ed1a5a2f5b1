"""One lookup table that says what a code unit is compared as.

The table is the whole normalisation of the engine: full width to half width, case, CJK radicals and compatibility
ideographs to the plain ideograph, typographic quotes and dashes to one form. It is indexed by code point
(0-0xFFFF; the supplementary planes are mapped by :func:`code_units`), so normalising a text is one numpy gather.
"""

from __future__ import annotations

import functools
import unicodedata

import numpy as np
import numpy.typing as npt

CodeArray = npt.NDArray[np.uint16]
ClassArray = npt.NDArray[np.uint8]

DROPPED, PUNCTUATION, LETTER, DIGIT, POINT, PERCENT = range(6)
NUMBER_CODE = ord("0")

# CJK radicals supplement (U+2E80-2EFF) as they come out of PDF text layers; NFKC leaves nearly all of them alone.
_RADICALS = {
    "⺒": "巳", "⺓": "幺", "⺛": "旡", "⺝": "月", "⺞": "歹", "⺟": "母", "⺠": "民", "⺢": "水",
    "⺧": "牛", "⺨": "犬",
    "⺩": "王", "⺫": "目", "⺬": "示", "⺮": "竹", "⺯": "糸", "⺰": "纟", "⺱": "网", "⺲": "网",
    "⺳": "网", "⺶": "羊",
    "⺷": "羊", "⺹": "老", "⺼": "肉", "⺽": "臼", "⺾": "艹", "⻁": "虎", "⻂": "衣", "⻃": "西",
    "⻄": "西", "⻅": "见",
    "⻆": "角", "⻇": "角", "⻈": "讠", "⻉": "贝", "⻊": "足", "⻋": "车", "⻏": "邑", "⻐": "钅",
    "⻑": "長", "⻒": "長",
    "⻓": "长", "⻔": "门", "⻗": "雨", "⻘": "青", "⻙": "韦", "⻚": "页", "⻛": "风", "⻜": "飞",
    "⻝": "食", "⻟": "食",
    "⻠": "饣", "⻡": "首", "⻢": "马", "⻣": "骨", "⻤": "鬼", "⻥": "鱼", "⻦": "鸟", "⻧": "卤",
    "⻨": "麦", "⻩": "黄",
    "⻪": "黾", "⻫": "斉", "⻬": "齐", "⻭": "歯", "⻮": "齿", "⻯": "竜", "⻰": "龙", "⻱": "龜",
    "⻲": "亀", "⻳": "龟",
}  # fmt: skip
# Marks that editors, keyboards and extraction interchange freely.
_MARKS = {
    "“": '"', "”": '"', "„": '"', "‟": '"', "「": '"', "」": '"', "『": '"', "』": '"', "‘": "'", "’": "'",
    "—": "-", "–": "-", "―": "-", "‐": "-", "‑": "-", "−": "-", "─": "-", "〜": "~", "∶": ":", "︰": ":",
    "•": "·", "‧": "·", "∙": "·", "・": "·", "⋅": "·", "。": ".", "｡": ".", "、": ",", "､": ",", "﹐": ",",
    "〔": "[", "〕": "]", "【": "[", "】": "]", "﹝": "[", "﹞": "]", "〈": "<", "〉": ">", "《": "<", "》": ">",
}  # fmt: skip


_FOLDED_RANGES = ((0x00, 0x3400), (0xA000, 0xAC00), (0xF900, 0xFB00), (0xFE30, 0xFFF0))  # the rest stays as it is
_BLOCK_BITS = 8
_BLOCK = 1 << _BLOCK_BITS
_UNKNOWN = 1  # a control character, which nothing is folded to


@functools.cache
def _fold_table() -> CodeArray:
    """Code point to folded code unit (0: not compared, ``_UNKNOWN``: its block of 256 is not filled in yet).

    A text meets five of the hundred blocks that need folding; filling in all took 20 ms of every start.
    """
    table = np.arange(0x10000, dtype=np.uint16)
    for start, end in _FOLDED_RANGES:
        table[start & -_BLOCK : (end - 1 | _BLOCK - 1) + 1] = _UNKNOWN
    table[0xD800:0xF900] = 0  # lone surrogates and private use: nothing a reader could compare
    return table


def _fill_block(table: CodeArray, block: int) -> None:
    """Whitespace, controls and zero-width characters become 0, everything else its plain form."""
    first = block << _BLOCK_BITS
    table[first : first + _BLOCK] = np.arange(first, first + _BLOCK)
    for start, end in _FOLDED_RANGES:
        for point in range(max(start, first), min(end, first + _BLOCK)):
            table[point] = _folded(chr(point))
    if block == 0xFE:
        table[0xFE00:0xFE10] = 0  # variation selectors
        table[0xFEFF] = 0


def _folded(char: str) -> int:
    if char in _MARKS:
        return ord(_MARKS[char])
    char = _RADICALS.get(char, char)
    category = unicodedata.category(char)
    if char.isspace() or category in {"Cc", "Cf", "Cn", "Zs", "Zl", "Zp"}:
        return 0
    plain = unicodedata.normalize("NFKC", char)
    if len(plain) != 1 or category == "No":  # ①, ㈠, …: marks, not letters or numbers
        return ord(char)
    if plain in _MARKS:
        return ord(_MARKS[plain])
    lower = plain.lower()
    return ord(lower) if len(lower) == 1 and ord(lower) < 0x10000 else ord(plain) & 0xFFFF


@functools.cache
def class_table() -> ClassArray:
    """Folded code unit to what it is: punctuation, letter (ideographs too), digit, decimal point, percent sign."""
    classes = np.full(0x10000, PUNCTUATION, dtype=np.uint8)
    for start, end in ((0x80, 0x3400), (0xA000, 0xAC00)):
        classes[[point for point in range(start, end) if chr(point).isalpha()]] = LETTER
    classes[ord("a") : ord("z") + 1] = LETTER
    classes[0x3400:0x4DC0] = LETTER
    classes[0x4E00:0xA000] = LETTER
    classes[0xAC00:0xD7A4] = LETTER
    classes[0xE000:0xF900] = LETTER  # supplementary ideographs, see code_units
    classes[ord("〇")] = LETTER
    classes[ord("0") : ord("9") + 1] = DIGIT
    classes[[ord("."), ord(",")]] = POINT
    classes[[ord("%"), ord("‰")]] = PERCENT
    classes[0] = DROPPED
    return classes


def code_units(text: str) -> CodeArray:
    """Folded code unit of every character of ``text`` (one item a code point, 0 = not compared).

    Supplementary ideographs share the private-use area by their low bits: two different ones may meet (1 in 6,400),
    which costs nothing as they are rare name characters inside otherwise equal runs.
    """
    encoded = text.encode("utf-16-le", "surrogatepass")
    if len(encoded) == 2 * len(text):
        return _plain_units(np.frombuffer(encoded, dtype=np.uint16))
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    codes = _plain_units(np.minimum(points, 0xFFFF).astype(np.uint16))
    high = points > 0xFFFF
    ideograph = (points >= 0x20000) & (points < 0x33480)
    codes[high] = 0
    codes[ideograph] = (0xE000 + points[ideograph] % 0x1900).astype(np.uint16)
    return codes


def _plain_units(units: CodeArray) -> CodeArray:
    """Folded code units of characters of the basic plane."""
    table = _fold_table()
    codes = table[units]
    unknown = codes == _UNKNOWN
    if unknown.any():
        for block in set((units[unknown] >> _BLOCK_BITS).tolist()):
            _fill_block(table, block)
        codes = table[units]
    return codes
