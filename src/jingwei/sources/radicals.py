"""CJK radicals back to the ideographs they stand for.

Fonts give one glyph to 长 and to the radical ⻓, and PDF writers pick the radical as its character. The Kangxi block
(U+2F00–2FD5) has compatibility mappings in Unicode (NFKC); the supplement (U+2E80–2EF3) has them for two characters
only, so the rest is listed here after Unicode's EquivalentUnifiedIdeograph. Component shapes that never stand alone
in text (氵, 扌, 亻) become the component's own ideograph.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_SUPPLEMENT: Final = (
    "⺀冫⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇几⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗㣺⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母"
    "⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺱罓⺲罒⺳㓁⺴罓⺵罒⺶羊⺷羊⺸羊⺹耂⺺肀⺻聿⺼肉⺽臼⺾艹⺿艹"
    "⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟飠"
    "⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
# NFKC gives the traditional shape 戶, but fonts for simplified text tie this radical to 户.
_MAINLAND: Final = {0x2F3E: "户"}


def _build() -> dict[int, str]:
    table = {ord(radical): plain for radical, plain in zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True)}
    for code in range(0x2F00, 0x2FD6):
        table[code] = unicodedata.normalize("NFKC", chr(code))
    return table | _MAINLAND


RADICALS: Final = _build()
"""Every assigned radical of U+2E80–2FD5 to one ideograph."""


def repair_radicals(text: str) -> str:
    """``text`` with every CJK radical replaced by its ideograph; the length does not change. O(length)."""
    if text.isascii():
        return text
    return text.translate(RADICALS)
