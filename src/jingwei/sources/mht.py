"""Web archives (.mht, .mhtml) and mail files: the page inside a MIME message."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import Message
from typing import Final

from jingwei.settings import SourceSettings
from jingwei.sources.extract import Extract
from jingwei.sources.html import decode_page, extract_page
from jingwei.sources.refusals import Refused, damaged, empty, unsafe

_MAX_PARTS: Final = 2000
_MAX_HEADER_BYTES: Final = 256 << 10
_BLANK_LINE: Final = re.compile(rb"\r?\n[ \t]*\r?\n")


def read_mht(payload: bytes, _settings: SourceSettings) -> Extract:
    """The article of the archived page; of several frames the one with the most text.

    Raises:
        Refused: damaged without any page, unsafe for endless headers, empty, or what the page itself is refused for.
    """
    payload = payload.lstrip()
    if len(payload) > _MAX_HEADER_BYTES and not _BLANK_LINE.search(payload, 0, _MAX_HEADER_BYTES):
        raise unsafe("邮件头过长", "the headers of the message do not end")
    message = message_from_bytes(payload, policy=policy.compat32)
    pages: list[Extract] = []
    refusals: list[Refused] = []
    for at, part in enumerate(message.walk()):
        if at > _MAX_PARTS:
            break
        if part.get_content_type() not in {"text/html", "application/xhtml+xml", "text/plain"} or part.is_multipart():
            continue
        try:
            pages.append(_page(part))
        except Refused as refusal:
            refusals.append(refusal)
    if not pages:
        raise refusals[0] if refusals else damaged("没有网页正文部分", "it holds no page")
    best = max(pages, key=lambda page: sum(map(len, page.paragraphs)))
    return Extract("mht", best.paragraphs, best.notes, best.hints)


def _page(part: Message) -> Extract:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes) or not content.strip():
        raise empty()
    charset = part.get_content_charset() or ""
    page = decode_page(content, charset)
    if part.get_content_type() == "text/plain":
        return Extract("mht", page.splitlines())
    return extract_page(page)
