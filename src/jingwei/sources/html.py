"""Web pages: the article with its title, date and source; none of the navigation around it."""

from __future__ import annotations

import re
from typing import Final

from jingwei.settings import SourceSettings
from jingwei.sources.article import article_of
from jingwei.sources.extract import Extract
from jingwei.sources.plaintext import common_share, guess_encoding
from jingwei.sources.refusals import empty, huge_text, over_tags, unsafe
from jingwei.sources.softbreaks import join_soft_breaks
from jingwei.sources.xmltree import Element, local

_CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
_WIDER: Final = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "big5": "big5hkscs",
    "iso-8859-1": "",
    "windows-1252": "",
    "us-ascii": "",
    "ascii": "",
    "unicode": "utf-16",
    "utf8": "utf-8",
}
_MAX_TAGS: Final = 300_000  # three seconds; a report saved by Word has 20,000
_LONG_TAG: Final = re.compile(r"<[a-zA-Z][^<>]{20000,}")
_MAX_ATTRIBUTES: Final = 2000  # the parser's time grows with their square
_TITLE_NAMES: Final = ("articletitle", "og:title", "dc.title", "title")
_DATE_NAMES: Final = (
    "pubdate",
    "publishdate",
    "article:published_time",
    "publisheddate",
    "dc.date",
    "date",
    "createdate",
)
_SOURCE_NAMES: Final = ("contentsource", "source", "og:site_name", "article:author", "author", "sitename")
_DATE: Final = re.compile(r"(20\d\d|19\d\d)\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})")
_DATE_LABEL: Final = re.compile(
    r"(?:发布|发文|成文|公开|更新|生成|录入|印发)?(?:日期|时间)\s*[:：]?\s*\[?\s*((?:20|19)\d\d\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2})"
)
_SOURCE_LABEL: Final = re.compile(r"(?:信息|文章|稿件|内容)?来源\s*[:：]\s*([^\s|｜，。:：【】\[\]]{2,30})")


def read_html(payload: bytes, _settings: SourceSettings, declared: str = "") -> Extract:
    """The article of a page. ``declared`` is the charset of a mail header, believed before the page's own.

    Raises:
        Refused: undecodable, unsafe (nested too deeply), too_large, empty.
    """
    return extract_page(decode_page(payload, declared))


def decode_page(payload: bytes, declared: str = "") -> str:
    """Characters of a page: byte order mark, then the declared charset if it fits, then what the bytes look like."""
    found = _CHARSET.search(payload[:4096])
    names = [declared, found.group(1).decode("ascii") if found else ""]
    if payload[:2] in (b"\xff\xfe", b"\xfe\xff"):
        names = ["utf-16"]
    elif payload.startswith(b"\xef\xbb\xbf"):
        names = ["utf-8-sig"]
    for name in names:
        wide = _WIDER.get(name.lower(), name)
        if not wide:
            continue
        try:
            text = payload.decode(wide, "replace")
        except (LookupError, ValueError):
            continue
        lost = text.count("\ufffd")
        if isinstance(text, str) and lost <= max(5, len(text) // 200) and (not lost or common_share(text) >= 0.1):
            return text
    return payload.decode(guess_encoding(payload) or "utf-8", "replace")


def extract_page(page: str) -> Extract:
    """Title, date, source and paragraphs of a decoded page."""
    root = _parse(page)
    meta = _meta(root)
    title, paragraphs = article_of(root, next((meta[n] for n in _TITLE_NAMES if meta.get(n)), ""))
    if not any(p.strip() for p in paragraphs):
        raise empty()
    lines = [line for paragraph in paragraphs for line in join_soft_breaks(paragraph.split("\n"))]
    hints = {"title": title, "date": _date(root, meta), "source": _source(root, meta)}
    return Extract("html", lines, (), {key: value for key, value in hints.items() if value})


def _parse(page: str) -> Element:
    from lxml import etree, html

    if page.count("<") > _MAX_TAGS:
        raise over_tags("网页", _MAX_TAGS)
    if any(tag.group().count("=") > _MAX_ATTRIBUTES for tag in _LONG_TAG.finditer(page)):
        raise unsafe("网页中有一个标签的属性过多", "one tag of the page has too many attributes")
    text = _DECLARATION.sub("", page.replace("\0", ""), count=1)
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        if "depth" in str(error).lower():
            raise unsafe("网页嵌套过深", "the page is nested too deeply") from error
        raise empty() from error
    for entry in parser.error_log:  # the parser gives up without an exception
        reason = str(entry.message).lower()
        if "depth" in reason:
            raise unsafe("网页嵌套过深", "the page is nested too deeply")
        if "huge" in reason or "too long" in reason or "too big" in reason:
            raise huge_text("网页")
    return root


def _meta(root: Element) -> dict[str, str]:
    """Contents of the meta tags by lower-case name; government sites fill ArticleTitle, PubDate, ContentSource."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or "").strip().lower()
        content = " ".join((element.get("content") or "").split())
        if name and content and name not in found:
            found[name] = content[:300]
    return found


def _date(root: Element, meta: dict[str, str]) -> str:
    """Publication date as YYYY-MM-DD: of the meta tags, else behind a label on the page; "" if there is none."""
    for name in _DATE_NAMES:
        if match := _DATE.search(meta.get(name, "")):
            return _iso(match)
    label = _DATE_LABEL.search(_visible(root))
    match = _DATE.search(label.group(1)) if label else None
    return _iso(match) if match else ""


def _iso(match: re.Match[str]) -> str:
    year, month, day = (int(part) for part in match.groups())
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else ""


def _source(root: Element, meta: dict[str, str]) -> str:
    for name in _SOURCE_NAMES[:1]:
        if meta.get(name):
            return meta[name]
    if match := _SOURCE_LABEL.search(_visible(root)):
        return match.group(1)
    return next((meta[name] for name in _SOURCE_NAMES[1:] if meta.get(name)), "")


def _visible(root: Element) -> str:
    pieces: list[str] = []
    for element in root.iter():
        if local(element) in {"script", "style", "option"}:
            continue
        pieces.append(element.text or "")
    return " ".join(" ".join(pieces).split())[:200_000]
