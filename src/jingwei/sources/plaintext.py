"""Bytes to characters for .txt and .md: find the encoding, change nothing but the newlines.

Order (DESIGN.md §5): byte order mark, strict UTF-8, strict GB18030 if the result looks like Chinese, then Big5 and
UTF-16, then a lossy reading with at most a few lost characters, else a request for ``--encoding``. Big5 bytes are
nearly always valid GB18030, so plausibility is judged by how many characters are among the commonest ones: about
0.75 of real Chinese, below 0.15 of a wrong decoding.
"""

from __future__ import annotations

import codecs
from typing import Final

from jingwei.errors import UsageError
from jingwei.model import ReadingNote
from jingwei.sources.refusals import Refused, empty, too_large, unknown_format

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins the same
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# The commonest characters of 400 government work reports, and the traditional shapes of the same words.
_COMMON: Final = frozenset(
    "业建全新市化发展工实设大产进的和推力加区动一城成中生政项人国高增作民务等持目强体改保开个提地制行以重会创资农上企年合家施"
    "水入治公理省能经平村快面坚长造点为社现基完好级三升深服心用在元济质代不主机品文万度态定安程育规有量园亿管革府标优通范出商"
    "投要乡技环落支路域效系续法到县学位事五金色集总场镇共防源科划善打活融医性各稳是我型示四办达方境群部分电领更引精整对步十向"
    "批做小特统教决放抓转争立收营旅线游积本构综风监期山率道流利二战口州第物准居与计台护网运策联下同结导绿交专院委明信费健任协"
    "外党极数众就时河自突解们培户障贫取老关题控多速接值兴江养局消促模确干表式险得清东扩两及格广严次应试先问果均内林前供调术督"
    "這說來對時過還後個們會國開關與從無種當動長現發經業產進實設項農資創務級場質濟態規園億優範環續縣學總鎮劃醫穩達電領轉爭營線遊"
    "積構綜風監準計護網運聯結導綠專極數眾協黨題貧戶應試問據報嚴廣兩險執處執政報為區於體後點號"
    "，。、：；（）《》“”！？"
)
_CONTROLS: Final = bytes(set(range(32)) - {9, 10, 11, 12, 13, 26, 27}) + b"\x7f"
_MIN_COMMON_SHARE: Final = 0.3
_LOSS_SHARE: Final = 0.002
_SAMPLE_CHARS: Final = 400


def decode(payload: bytes, encoding: str, max_chars: int) -> tuple[str, tuple[ReadingNote, ...]]:
    """The text of ``payload`` with LF newlines, and a note if characters were lost.

    Args:
        payload: the whole file.
        encoding: a forced encoding (any name Python knows), or "" to find out.
        max_chars: upper limit of the text, in characters.

    Raises:
        Refused: empty, undecodable, too_large, or unknown_format when the bytes are no text at all.
        UsageError: ``encoding`` is not the name of an encoding.
    """
    text, notes = (_forced(payload, encoding), ()) if encoding else _found(payload)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > max_chars:
        raise too_large("文字数", "The text", max_chars, "max_chars")
    if not text or text.isspace():
        raise empty()
    return text, notes


def guess_encoding(payload: bytes) -> str:
    """Name of the encoding :func:`decode` would take; "" if none fits without loss."""
    return _guess(payload)[0]


def _guess(payload: bytes) -> tuple[str, str]:
    """The encoding and the text it gives."""
    for mark, name in _MARKS:
        if payload.startswith(mark):
            return name, _strict(payload[len(mark) :], name) or ""
    for name in ("utf-8", "gb18030"):
        text = _strict(payload, name)
        if text is not None and (name == "utf-8" or common_share(text) >= _MIN_COMMON_SHARE):
            return name, text
    candidates = ("utf-16-le", "utf-16-be") if b"\0" in payload else ("big5hkscs", "utf-16-le", "utf-16-be")
    best, best_share = ("", ""), _MIN_COMMON_SHARE
    for name in candidates:
        text = _strict(payload, name)
        share = common_share(text) if text is not None else 0.0
        if text is not None and share >= best_share:
            best, best_share = (name, text), share
    return best


def common_share(text: str) -> float:
    """Share of common Chinese characters and ASCII letters among all visible ones, in [0, 1] (a sample of both ends).

    Text without a character beyond ASCII counts as 1.
    """
    sample = text if len(text) <= 2 * _SAMPLE_CHARS else text[:_SAMPLE_CHARS] + text[-_SAMPLE_CHARS:]
    wide = [c for c in sample if ord(c) > 0x7F and not c.isspace()]
    return sum(c in _COMMON for c in wide) / len(wide) if wide else 1.0


def _forced(payload: bytes, encoding: str) -> str:
    try:
        text = payload.decode(encoding)
    except LookupError as error:
        raise UsageError(f"不认识的编码名称：{encoding}", f"unknown encoding: {encoding}") from error
    except (UnicodeError, ValueError) as error:
        raise Refused(
            "undecodable",
            f"文件不能按指定的编码 {encoding} 解读，请核对 --encoding。",
            f"The file cannot be decoded as {encoding}; check --encoding.",
        ) from error
    if not isinstance(text, str):  # codecs such as "hex" give bytes
        raise UsageError(f"不是文字编码：{encoding}", f"not a text encoding: {encoding}")
    return text.removeprefix("\ufeff")


def _found(payload: bytes) -> tuple[str, tuple[ReadingNote, ...]]:
    for mark, name in _MARKS:
        if payload.startswith(mark):
            text = _strict(payload[len(mark) :], name)
            if text is not None and "\0" not in text:
                return text, ()
            return _lossy(payload[len(mark) :], (name,))
    _refuse_noise(payload)
    name, guessed = _guess(payload)
    if name and "\0" not in guessed:
        return guessed, ()
    short = _strict(payload, "gb18030") if len(payload) <= 64 and b"\0" not in payload else None
    if short is not None and all(0x4E00 <= ord(c) <= 0x9FFF for c in short if ord(c) > 0x7F and c.isalpha()):
        return short, ()  # a handful of rare characters is too little to judge by
    return _lossy(payload, ("utf-8", "gb18030"))


def _refuse_noise(payload: bytes) -> None:
    controls = len(payload) - len(payload.translate(None, _CONTROLS))
    if not controls:
        return
    zeros = payload.count(b"\0")
    looks_utf16 = zeros and len(payload) % 2 == 0 and guess_encoding(payload).startswith("utf-16")
    if (zeros and not looks_utf16) or (controls > max(2, len(payload) // 200) and not looks_utf16):
        raise unknown_format("内容不是文字（二进制数据）", "binary data, not text")


def _lossy(payload: bytes, names: tuple[str, ...]) -> tuple[str, tuple[ReadingNote, ...]]:
    for name in names:
        text = payload.decode(name, "replace")
        lost = text.count("\ufffd")
        if lost <= max(1, len(text) * _LOSS_SHARE) and "\0" not in text and common_share(text) >= _MIN_COMMON_SHARE:
            note = ReadingNote(
                "lossy_decoding",
                f"按 {name} 解读时有 {lost} 处字节无法识别，已用“\ufffd”代替。",
                message_en=f"{lost} places could not be decoded as {name} and were replaced by U+FFFD.",
            )
            return text, (note,)
    raise Refused(
        "undecodable",
        "无法判断文件的文字编码，请用 --encoding 指定（如 gb18030、big5、utf-16）。",
        "The encoding of the file could not be found; name it with --encoding (gb18030, big5, utf-16 …).",
    )


def _strict(payload: bytes, name: str) -> str | None:
    try:
        return payload.decode(name)
    except UnicodeError:
        return None
