"""Compound files (D0CF11E0): Word 97–2003 and Kingsoft .wps are read, everything else is refused by its name."""

from __future__ import annotations

import io
from typing import Any, Final

from jingwei.settings import SourceSettings
from jingwei.sources.extract import Extract
from jingwei.sources.refusals import damaged, encrypted, too_large, unknown_format

_FOREIGN: Final = (
    ("Workbook", "电子表格（xls、et）", "spreadsheet (xls)"),
    ("Book", "电子表格（xls）", "spreadsheet (xls)"),
    ("PowerPoint Document", "演示文稿（ppt、dps）", "presentation (ppt)"),
    ("VisioDocument", "Visio 图", "Visio drawing"),
    ("HwpSummaryInformation", "HWP 文档", "HWP document"),
    ("__properties_version1.0", "Outlook 邮件（msg）", "Outlook message (msg)"),
    ("MatOST", "Microsoft Works 文档，请另存为 docx", "Microsoft Works document; save it as docx"),
    ("Quill", "Publisher 文档", "Publisher document"),
)


class CompoundFile:
    """The streams of a compound file, read whole and with a limit.

    Raises:
        Refused: damaged.
    """

    def __init__(self, payload: bytes, settings: SourceSettings) -> None:
        import olefile

        self._limit_mb = settings.max_entry_mb
        try:
            self._file: Any = olefile.OleFileIO(io.BytesIO(payload), raise_defects=olefile.DEFECT_FATAL)
        except Exception as error:  # olefile raises a dozen kinds on broken input
            raise damaged("复合文档无法打开", "the compound file cannot be opened") from error
        self.names = {"/".join(path).lower() for path in self._file.listdir(streams=True, storages=True)}

    def has(self, name: str) -> bool:
        """Is there a stream or storage of this name?"""
        return name.lower() in self.names

    def stream(self, name: str) -> bytes:
        """All bytes of a stream.

        Raises:
            Refused: damaged or too_large.
        """
        try:
            if self._file.get_size(name) > self._limit_mb << 20:
                raise too_large("文档内的数据流", "A stream of the document", self._limit_mb, "max_entry_mb")
            content: bytes = self._file.openstream(name).read()
        except (OSError, ValueError, IndexError, TypeError, AttributeError) as error:
            raise damaged(f"数据流 {name} 无法读取", f"the stream {name} cannot be read") from error
        return content


def read_ole(payload: bytes, settings: SourceSettings) -> Extract:
    """Paragraphs of a .doc or .wps. Cost: about 3 ms for a report.

    Raises:
        Refused: encrypted, unknown_format (by name), damaged, too_large, empty.
    """
    file = CompoundFile(payload, settings)
    if file.has("EncryptedPackage"):
        raise encrypted()
    if file.has("WordDocument"):
        from jingwei.sources.doc import read_doc

        return read_doc(file, settings)
    for name, zh, en in _FOREIGN:
        if file.has(name):
            raise unknown_format(zh, en)
    if not file.names:
        raise damaged("复合文档的目录无法读取", "the directory of the compound file cannot be read")
    raise unknown_format("不含 Word 正文的复合文档", "a compound file without a Word text")
