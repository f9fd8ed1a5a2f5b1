"""Titles, headings, salutations and signatures: what a line is by its form."""

from __future__ import annotations

import re

from jingwei.text.lazy import lazy
from jingwei.text.numbering import number_of

HEADING_CHARS = 50  # a longer numbered line without a full stop is text
STOPPED_HEADING_CHARS = 36  # a first-level heading that ends with a full stop
RUN_IN_CHARS = 42  # a longer first sentence is text, not a heading
_STOP = "。！？!?；;"
_TITLE = lazy(
    r"(?:报\s*告|总\s*结|汇\s*报|情\s*况|要\s*点|年\s*报|述\s*职|公\s*报|意\s*见|方\s*案|通\s*知|办\s*法|规\s*定"
    r"|纲\s*要|条\s*例|决\s*定|计\s*划|(?:总结|情况|报告|汇报)(?:暨|和|与|以?及|、).{0,24}(?:打算|思路|安排|部署|谋划|设想)"
    r"|关于.{4,60}的函)"
    r"\s*(?:[（(【][^）)】]{1,20}[）)】])?$"
)
_ISSUER = lazy(
    r"[\u4e00-\u9fff·（）()、 \u3000]{2,40}(?:政府|委员会|办公室|办事处|局|管委会|党委|街道|厅|院|中心|大队|支队|室|办|部)$"
)
_ISSUER_ENDS = frozenset("府会室处局委道厅院心队办部")
_SALUTATION = lazy(r"[\u4e00-\u9fff（）()、，, \u3000《》]{1,60}[:：]$")
_COLONS = frozenset(":：")
_GREETINGS = ("各位代表", "同志们", "各位委员")
_ADDRESSED = lazy(r"政府|委|人大|办|局|部|厅|代表|同志|处|院|组|会")
_DATE = lazy(
    r"[（(]?\s*(?:(?:19|20)\s*\d\s*\d|[二一][〇○零O0ОＯ九八一二三四五六七九]{3})\s*年\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*月\s*"
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*日\s*[）)]?$"
)
_ATTACHMENT = lazy(r"附\s*(?:件|表|录|注)\s*\d{0,2}\s*[:：.．、]|附\s*件\s*\d{0,2}\s*$")
_CONTACTS = ("联系人", "电话", "传真", "邮箱")
_CONTACT = lazy(r"[（(]?\s*(?:联系人|联系电话|电话|传真|邮箱)\s*[:：]")


def is_title(text: str) -> bool:
    """Whether a line can be a document's title: short, no sentence in it, ending with a genre word."""
    compact = "".join(text.split())
    return 4 <= len(compact) <= 80 and not any(c in compact for c in "。；;，") and _TITLE.search(compact) is not None


def is_issuer(text: str) -> bool:
    """Whether a line is the name of an organ and nothing else (signature, or first line of a title)."""
    return len(text) <= 40 and text[-1:] in _ISSUER_ENDS and _ISSUER.match(text) is not None


def is_salutation(text: str) -> bool:
    """Whether a line is the addressee, such as 县委、县政府： or 各位代表：."""
    if text.startswith(_GREETINGS) and text.rstrip("！!：:") in _GREETINGS:
        return True
    return (
        len(text) <= 60
        and text[-1:] in _COLONS
        and _SALUTATION.match(text) is not None
        and _ADDRESSED.search(text) is not None
        and (re.search(r"如下|如次|方面|做法|包括|措施|问题|情况", text) is None)
    )


def is_date(text: str) -> bool:
    """Whether a line is a date of writing and nothing else."""
    return len(text) <= 24 and "日" in text and _DATE.match(text) is not None


def is_attachment(text: str) -> bool:
    """Whether a line opens the list of attachments, or is a contact line below the text."""
    if text[:1] == "附":
        return _ATTACHMENT.match(text) is not None
    return any(word in text for word in _CONTACTS) and _CONTACT.match(text) is not None


def heading_level(text: str, hashes: int, alone: bool) -> int:
    """Level 1–4 when the whole line is a heading, else 0.

    ``alone``: the line is a paragraph of its own. A numbered line is a heading when it holds no sentence; with a
    full stop only at the first level. Without a number a short line without punctuation is one.
    """
    stop = text.find("。")
    if not alone or (stop >= 0 and text[stop + 1 :].strip(" \u3000")):  # a full stop inside: most lines
        return 0
    level, number_chars, _ = number_of(text)
    compact = text.replace(" ", "").replace("\u3000", "")
    stopped = compact[-1:] in _STOP
    inner = compact[:-1] if stopped else compact
    if any(c in inner for c in "。！？!?；;"):
        return 0
    if level:
        if number_chars >= len(text.rstrip()):
            return 0
        if not stopped:
            return level if len(compact) <= HEADING_CHARS and compact[-1] not in "，,、" else 0
        return level if (level == 1 or hashes) and len(compact) <= STOPPED_HEADING_CHARS else 0
    if stopped or compact[-1:] in "，,、":
        return 0
    if hashes:
        return max(1, hashes - 1) if len(compact) <= HEADING_CHARS else 0
    has_pause = any(c in compact[:-1] for c in "，,：:")
    return 2 if 2 <= len(compact) <= 30 and not has_pause and not compact[0].isdigit() else 0
