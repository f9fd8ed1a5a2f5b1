"""What a file is, judged by its content alone; the extension is never believed.

:func:`kind_of` returns one of ``docx ole rtf wordxml pdf ofd html mht zip text`` or refuses with a sentence that names what the
file seems to be.
"""

from __future__ import annotations

import json
import re
from typing import Final

from jingwei.sources.refusals import damaged, empty, unknown_format

_HEAD_BYTES: Final = 4096
_FOREIGN: Final = (
    (b"\x89PNG", "图片（PNG）", "PNG picture"),
    (b"\xff\xd8\xff", "图片（JPEG）", "JPEG picture"),
    (b"GIF8", "图片（GIF）", "GIF picture"),
    (b"II*\0", "图片（TIFF）", "TIFF picture"),
    (b"MM\0*", "图片（TIFF）", "TIFF picture"),
    (b"Rar!\x1a\x07", "RAR 压缩包，请解压或改用 zip", "RAR archive; unpack it or use zip"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包，请解压或改用 zip", "7z archive; unpack it or use zip"),
    (b"\x1f\x8b", "gzip 压缩包，请解压或改用 zip", "gzip archive; unpack it or use zip"),
    (b"BZh", "bzip2 压缩包，请解压或改用 zip", "bzip2 archive; unpack it or use zip"),
    (b"\xfd7zXZ\0", "xz 压缩包，请解压或改用 zip", "xz archive; unpack it or use zip"),
    (b"MZ", "可执行程序", "an executable program"),
    (b"\x7fELF", "可执行程序", "an executable program"),
    (b"SQLite format 3\0", "SQLite 数据库", "SQLite database"),
    (b"AT&TFORM", "DjVu 文档", "DjVu document"),
    (b"HH", "书生 SEP/GD 文档", "SEP document"),
    (b"CAJ", "CAJ 文档", "CAJ document"),
    (b"%!PS", "PostScript 文档", "PostScript document"),
    (b"\xdb\xa5-\0", "Word 2.0 文档，请用 Word 另存为 docx", "Word 2.0 document; save it as docx"),
    (b"\x31\xbe\0\0", "Windows 写字板旧文档", "Windows Write document"),
)
_HTML: Final = re.compile(
    rb"(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|(?:html|head|body|meta|title|div|table|p|span|script|style|center"
    rb"|font|base|link|form|section|article|main|h[1-6]|br|a|ul|ol)\b)",
    re.IGNORECASE | re.DOTALL,
)
_MHT: Final = re.compile(
    rb"(?:[\w-]{2,40}:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:mime-version|content-type)[ \t]*:", re.IGNORECASE
)
_MHT_TYPE: Final = re.compile(rb"content-type[ \t]*:\s*(?:multipart/|text/html|message/)", re.IGNORECASE)
_ROW_MARKS: Final = (",", "\t", ";", "|")


def kind_of(payload: bytes) -> str:
    """The kind of a file from its bytes; for an archive the member names decide.

    Raises:
        Refused: empty, unknown_format or damaged.
    """
    if not payload:
        raise empty()
    if payload.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        from jingwei.sources.archive import kind_of_archive

        return kind_of_archive(payload)
    if payload.startswith(b"\xd0\xcf\x11\xe0"):
        return "ole"
    head = payload[:_HEAD_BYTES]
    if head.lstrip().removeprefix(b"\xef\xbb\xbf").startswith(b"{\\rt"):
        return "rtf"
    if b"%PDF-" in head[:1024] and (b"endobj" in payload or not _is_texty(head[:64])):
        return "pdf"
    if head.startswith(b"%PDF"):
        return "pdf"
    return _kind_of_text(payload, head)


def _kind_of_text(payload: bytes, head: bytes) -> str:
    for magic, name_zh, name_en in _FOREIGN:
        if head.startswith(magic) and (len(magic) > 3 or not _is_texty(head)):
            raise unknown_format(name_zh, name_en)
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", "ignore").encode()
    head = head.removeprefix(b"\xef\xbb\xbf")
    start = head.lstrip()[:1]
    if start == b"<" and _HTML.match(head):
        return "html"
    if start.isalpha() and _MHT.match(head.lstrip()) and _MHT_TYPE.search(payload[: 4 * _HEAD_BYTES]):
        return "mht"
    if start == b"<" and (b"wordDocument" in head or b"/office/2006/xmlPackage" in head):
        return "wordxml"
    if start == b"<" and head.lstrip().startswith(b"<?xml"):
        raise unknown_format("XML 数据", "XML data")
    if not head.strip(b"\0"):
        raise damaged("内容全是零字节", "it holds only zero bytes")
    return "text"


def _is_texty(head: bytes) -> bool:
    return not any(b < 9 or 13 < b < 32 for b in head)


def refuse_structured_data(text: str) -> None:
    """Refuse decoded text that is plainly a table or a program's data rather than prose (CSV, JSON).

    Cost: a look at the first characters, and for suspects one pass over the text.
    """
    start = text.lstrip()[:1]
    if start in ("{", "["):
        try:
            json.loads(text)
        except (ValueError, RecursionError):
            pass
        else:
            raise unknown_format("JSON 数据", "JSON data")
    lines = [line for line in text[:20_000].split("\n") if line.strip()]
    if len(lines) < 2:
        return
    for mark in _ROW_MARKS:
        count = lines[0].count(mark)
        if count and _is_table(lines, mark, count):
            raise unknown_format("表格数据（CSV）", "a table of values (CSV)")


def _is_table(lines: list[str], mark: str, count: int) -> bool:
    needed = 3 if count == 1 else 2
    same = sum(line.count(mark) == count for line in lines)
    prose = sum(line.rstrip().endswith(("。", "；", "：", "！", "？")) for line in lines)
    return len(lines) >= needed and same >= 0.9 * len(lines) and prose <= 0.1 * len(lines)
