"""The one table from kind of file to reader; runs inside the worker process."""

from __future__ import annotations

from collections.abc import Callable

from jingwei.settings import SourceSettings
from jingwei.sources.extract import Extract
from jingwei.sources.refusals import Refused, damaged, out_of_memory, unsafe


def parse(payload: bytes, kind: str, settings: SourceSettings) -> Extract:
    """Read one document of a kind that :func:`jingwei.sources.sniffing.kind_of` named.

    Raises:
        Refused: whatever goes wrong; no other exception leaves this function.
    """
    try:
        return _reader(kind)(payload, settings)
    except Refused:
        raise
    except MemoryError as error:
        raise out_of_memory(settings.max_memory_mb) from error
    except RecursionError as error:
        raise unsafe("嵌套过深", "nested too deeply") from error
    except Exception as error:  # a parser met something nobody foresaw: that file is skipped, the others go on
        raise damaged(
            f"内容无法解析（{type(error).__name__}）", f"cannot be parsed ({type(error).__name__})"
        ) from error


def _reader(kind: str) -> Callable[[bytes, SourceSettings], Extract]:
    if kind == "docx":
        from jingwei.sources.docx import read_docx

        return read_docx
    if kind == "ole":
        from jingwei.sources.ole import read_ole

        return read_ole
    if kind == "rtf":
        from jingwei.sources.rtf import read_rtf

        return read_rtf
    if kind == "wordxml":
        from jingwei.sources.wordxml import read_word_xml

        return read_word_xml
    if kind == "pdf":
        from jingwei.sources.pdf import read_pdf

        return read_pdf
    if kind == "ofd":
        from jingwei.sources.ofd import read_ofd

        return read_ofd
    if kind == "mht":
        from jingwei.sources.mht import read_mht

        return read_mht
    from jingwei.sources.html import read_html

    return read_html
