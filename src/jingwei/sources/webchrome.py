"""Lines of a web page that belong to the site and not to the article: breadcrumbs, print links, counters, imprint."""

from __future__ import annotations

import re
from typing import Final

_CHROME_START: Final = re.compile(
    r"[\s\[【〖（(|｜-]*(?:当前位置|您(?:现在)?(?:所在)?的?(?:当前)?位置|现在位置|首页\s*[>›»〉]|分享(?:到|至)|扫一扫|扫描二维码|用微信扫|微信扫"
    r"|上一[篇条页][：:\s]|下一[篇条页][：:\s]|相关(?:链接|文章|新闻|阅读|信息)(?:[：:\s]|$)|返回顶部|回到顶部|版权所有|(?:主办|承办)单位[：:]|网站标识码"
    r"|[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]ICP备|.{0,4}公网安备|备案(?:号|编号)|字[体号]?[大小]?\s*[：:]|【?字[体号]"
    r"|(?:浏览|点击|阅读|访问)(?:次数|数|率|量)?\s*[：:]|(?:责任)?编辑[：:]|(?:信息|文章|稿件|内容)?来源[：:]|(?:发布|更新|发文|录入)(?:日期|时间|机构)[：:]"
    r"|(?:日期|时间)[：:]\s*\[?\s*\d{4})"
)
_CHROME_WORD: Final = re.compile(
    r"(?:打印|关闭|收藏|分享|复制|下载|朗读|转发|纠错|我要纠错|无障碍|繁體|简体|大|中|小|微信|微博|新浪微博|QQ空间|首页|返回|顶部|视力保护色|[Aa][-+]?|T[-+]?"
    r"|(?:打印|关闭|收藏|复制)(?:本页|页面|窗口|文章|链接|正文)|(?:本页|页面|文章)(?:打印|关闭|收藏))"
)
_CHROME_PARTS: Final = re.compile(r"[\s\[\]【】〖〗（）()|｜/·,，、:：×]+")
_SENTENCE_MARK: Final = re.compile("[。；！？]")
_MAX_CHROME_CHARS: Final = 80


def without_chrome(lines: list[str]) -> list[str]:
    """The lines without print and share links, breadcrumbs, counters. A line with a sentence in it always stays."""
    kept = []
    for line in lines:
        pieces = [piece for piece in line.split("\n") if not _is_chrome(piece)]
        if any(piece.strip() for piece in pieces):
            kept.append("\n".join(pieces))
    return kept


def _is_chrome(line: str) -> bool:
    if len(line) > _MAX_CHROME_CHARS or _SENTENCE_MARK.search(line):
        return False
    words = [word for word in _CHROME_PARTS.split(line) if word]
    return _CHROME_START.match(line) is not None or all(map(_CHROME_WORD.fullmatch, words))
