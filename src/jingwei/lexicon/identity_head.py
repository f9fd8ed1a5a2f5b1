"""The parts of an official document that say who wrote it and when, without the spaces extraction left in them."""

from __future__ import annotations

from typing import NamedTuple

from jingwei.model import Document, Structure
from jingwei.text.lazy import lazy

_SPACE = lazy(r"\s+")
_WIDE = lazy("[０-９]")
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
# Of the table above a web page's text, of a YAML head.
_LABEL = lazy(r"^(?:(?:信息|文件)?(?:名称|标题)[:：]?|[Tt]itle[:：])")
_ASSEMBLY = lazy(r"政府工作报告|届人(?:民代表大会|大).{0,12}(?:会议|次)")
_OPENING_CHARS = 700
_HEAD_LINES = 12


class Head(NamedTuple):
    """What stands around the body: title, lines above it, addressee, opening, first headings, lines below."""

    title: str
    above: tuple[str, ...]
    salutation: str
    opening: str
    headings: tuple[str, ...]
    below: tuple[str, ...]
    dates: tuple[str, ...]
    is_work_report: bool


def read_head(document: Document, structure: Structure) -> Head:
    """Collect the parts from the blocks; a few hundred characters each, so cost does not grow with the report."""
    text = document.text
    title: list[str] = []
    above: list[str] = []
    below: list[str] = []
    dates: list[str] = []
    headings: list[str] = []
    salutation, opening = "", ""
    for block in structure.blocks:
        if block.role == "body":
            if len(opening) < _OPENING_CHARS:
                opening += _bare(text[block.start : min(block.end, block.start + _OPENING_CHARS + 100)])
        elif block.role == "title":
            line = _LABEL.sub("", _bare(text[block.start : block.end]))
            title += [] if line in title else [line]  # the label and the page may name the same title
        elif block.role == "salutation":
            salutation = salutation or _bare(text[block.start : block.end])
        elif block.role == "heading":
            if len(headings) < 6:
                headings.append(_bare(text[block.start : min(block.end, block.start + 80)]))
        elif block.role == "signature":
            below.append(_bare(text[block.start : block.end]))
        elif block.role == "date":
            dates.append(_bare(text[block.start : block.end]))
        elif block.role == "furniture" and len(above) < _HEAD_LINES and not opening:
            above += [
                _bare(line)
                for line in text[block.start : min(block.end, block.start + 400)].split("\n")
                if line.strip()
            ]
    above = [line for line in above if line][:_HEAD_LINES]
    opening = opening[:_OPENING_CHARS]
    whole_title = "".join(title) or _bare(document.hints.get("title", ""))
    spoken = "各位代表" in salutation or "各位代表" in opening[:120] or "向大会" in opening[:200]
    is_work_report = spoken or any(_ASSEMBLY.search(line) for line in (whole_title, *above))
    return Head(
        whole_title, tuple(above), salutation, opening, tuple(headings), tuple(below), tuple(dates), is_work_report
    )


def _bare(text: str) -> str:
    bare = _SPACE.sub("", text)
    return bare.translate(_DIGITS) if _WIDE.search(bare) else bare  # translating costs more than looking
