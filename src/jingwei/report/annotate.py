"""A copy of a .docx draft with Word comments at the findings; the original is never touched.

Comments are added to the parts of the package as they are (ECMA-376 part 1, 17.13.4): runs are cut at the borders of a
finding, everything else stays byte for byte what it was.
"""

from __future__ import annotations

import copy
import io
import posixpath
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jingwei.errors import UsageError
from jingwei.model import SEVERITIES, Assessment, Finding
from jingwei.report.finding_labels import finding_label
from jingwei.report.names import show_text
from jingwei.report.words import SEVERITY_SHORT
from jingwei.settings import SourceSettings
from jingwei.sources.archive import Archive
from jingwei.sources.refusals import Refused
from jingwei.sources.xmltree import local, parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element as Element
else:
    Element = Any

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_COMMENTS_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_HIDDEN = frozenset({"del", "moveFrom", "instrText", "delText", "Fallback"})
_AUTHOR = "泾渭"


@dataclass(slots=True)
class _Letter:
    """One non-whitespace character of the document: the text element that holds it and its place there."""

    element: Element
    at: int


def annotate_docx(payload: bytes, assessment: Assessment) -> bytes:
    """The draft with one comment per finding.

    A finding without a place, or whose words cannot be found in the file (an automatic number, for example), is
    put at the first character. The same input gives the same bytes.

    Raises:
        UsageError: ``payload`` is no readable .docx.
    """
    try:
        archive = Archive(payload, SourceSettings())
        names = [info.filename for info in zipfile.ZipFile(io.BytesIO(payload)).infolist() if not info.is_dir()]
        parts = {name: archive.part(name) for name in names}
        main = _main_part(parts)
        root = parse_xml(parts[main], main)
        comments_name = posixpath.join(posixpath.dirname(main), "comments.xml")
        comments = _comments_root(parts, comments_name)
    except (Refused, KeyError, zipfile.BadZipFile) as error:
        raise UsageError(
            "这份文稿不是完整的 .docx，无法加批注", "this is no readable .docx, it cannot be annotated"
        ) from error
    letters = list(_letters(root))
    if not letters:
        raise UsageError("这份 .docx 没有正文文字，无法加批注", "this .docx holds no text to annotate")
    places = _places(assessment, letters)
    number = 1 + max((int(c.get(f"{{{_W}}}id", "0")) for c in comments), default=-1)
    for finding in sorted(assessment.findings, key=_order):
        first, last = _range(finding, assessment, places)
        _anchor(letters, first, last, number)
        comments.append(_comment(finding, number))
        number += 1
    parts[main] = _xml(root)
    parts[comments_name] = _xml(comments)
    _register(parts, main, comments_name)
    return _package(names, parts)


def _main_part(parts: dict[str, bytes]) -> str:
    if "_rels/.rels" in parts:
        for relation in parse_xml(parts["_rels/.rels"], ".rels"):
            if str(relation.get("Type", "")).endswith("/officeDocument"):
                target = posixpath.normpath(str(relation.get("Target", "")).lstrip("/"))
                if target in parts:
                    return target
    return "word/document.xml"


def _comments_root(parts: dict[str, bytes], name: str) -> Element:
    from lxml import etree

    if name in parts:
        return parse_xml(parts[name], "comments.xml")
    return etree.Element(f"{{{_W}}}comments", nsmap={"w": _W})


def _letters(element: Element) -> Any:  # noqa: ANN401 - a generator of _Letter over an untyped tree
    """Visible non-whitespace characters in document order."""
    for child in element:
        name = local(child)
        if name == "t" and child.tag == f"{{{_W}}}t":
            for at, character in enumerate(child.text or ""):
                if not character.isspace():
                    yield _Letter(child, at)
        elif name and name not in _HIDDEN:
            yield from _letters(child)


def _places(assessment: Assessment, letters: list[_Letter]) -> list[int]:
    """For every character of the extracted text the number of the letter it is, -1 where it has none.

    The reader writes out automatic numbers and leaves hidden text away, so the two texts are aligned, not equated.
    """
    text = assessment.report.document.text
    visible = [i for i, c in enumerate(text) if not c.isspace()]
    here = "".join(text[i] for i in visible)
    there = "".join((letter.element.text or "")[letter.at] for letter in letters)
    places = [-1] * len(text)
    if here == there:
        for number, at in enumerate(visible):
            places[at] = number
        return places
    from rapidfuzz.distance import LCSseq

    for block in LCSseq.opcodes(here, there):
        if block.tag == "equal":
            for offset in range(block.src_end - block.src_start):
                places[visible[block.src_start + offset]] = block.dest_start + offset
    return places


def _range(finding: Finding, assessment: Assessment, places: list[int]) -> tuple[int, int]:
    if finding.start is None or finding.end is None:
        return 0, 0
    end = min(max(finding.end, finding.start + 1), len(assessment.report.document.text))
    found = [n for n in places[finding.start : end] if n >= 0]
    return (min(found), max(found)) if found else (0, 0)


def _order(finding: Finding) -> tuple[int, int, str]:
    return (-1 if finding.start is None else finding.start), SEVERITIES.index(finding.severity), finding.code


def _anchor(letters: list[_Letter], first: int, last: int, number: int) -> None:
    """Put the range marks of comment ``number`` around the letters ``first`` to ``last``."""
    from lxml import etree

    begin = _cut_before(letters, first)
    finish = _cut_after(letters, last)
    start = etree.Element(f"{{{_W}}}commentRangeStart", {f"{{{_W}}}id": str(number)})
    end = etree.Element(f"{{{_W}}}commentRangeEnd", {f"{{{_W}}}id": str(number)})
    begin.addprevious(start)
    reference = etree.Element(f"{{{_W}}}r")
    etree.SubElement(reference, f"{{{_W}}}commentReference", {f"{{{_W}}}id": str(number)})
    finish.addnext(reference)
    finish.addnext(end)


def _cut_before(letters: list[_Letter], number: int) -> Element:
    """The run that begins with the letter, cut off from what stands before it in the same run."""
    letter = letters[number]
    run = letter.element.getparent()
    before = [
        e for e in run if e is not letter.element and local(e) != "rPr" and run.index(e) < run.index(letter.element)
    ]
    if letter.at == 0 and not before:
        return run
    return _split(letters, letter.element, letter.at)


def _cut_after(letters: list[_Letter], number: int) -> Element:
    """The run that ends with the letter."""
    letter = letters[number]
    run = letter.element.getparent()
    if letter.at + 1 < len(letter.element.text or "") or run[-1] is not letter.element:
        _split(letters, letter.element, letter.at + 1)
    return run


def _split(letters: list[_Letter], element: Element, at: int) -> Element:
    """Cut the run of ``element`` before its character ``at``; the second half, a new run, is returned."""
    run = element.getparent()
    second = copy.copy(run)  # tag and attributes; children follow
    for child in list(second):
        second.remove(child)
    second.text = None
    properties = next((child for child in run if local(child) == "rPr"), None)
    if properties is not None:
        second.append(copy.deepcopy(properties))
    text = element.text or ""
    rest = copy.deepcopy(element)
    rest.text, element.text = text[at:], text[:at]
    for piece in (rest, element):
        piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    second.append(rest)
    for child in list(run)[run.index(element) + 1 :]:
        second.append(child)
    run.addnext(second)
    for letter in letters:
        if letter.element is element and letter.at >= at:
            letter.element, letter.at = rest, letter.at - at
    return second


def _comment(finding: Finding, number: int) -> Element:
    from lxml import etree

    comment = etree.Element(
        f"{{{_W}}}comment",
        {f"{{{_W}}}id": str(number), f"{{{_W}}}author": _AUTHOR, f"{{{_W}}}initials": _AUTHOR},
        nsmap={"w": _W},
    )
    head = f"{SEVERITY_SHORT[finding.severity].zh} {finding.code} {finding_label(finding).zh}"
    for line in (head, finding.message, f"建议：{finding.suggestion}" if finding.suggestion else ""):
        if line:
            run = etree.SubElement(etree.SubElement(comment, f"{{{_W}}}p"), f"{{{_W}}}r")
            etree.SubElement(run, f"{{{_W}}}t").text = show_text(line)
    return comment


def _register(parts: dict[str, bytes], main: str, comments_name: str) -> None:
    """Name the comments part in the content types and in the relations of the main part."""
    from lxml import etree

    types = parse_xml(parts["[Content_Types].xml"], "[Content_Types].xml")
    wanted = "/" + comments_name
    if not any(e.get("PartName") == wanted for e in types):
        etree.SubElement(types, f"{{{_TYPES}}}Override", {"PartName": wanted, "ContentType": _COMMENTS_TYPE})
        parts["[Content_Types].xml"] = _xml(types)
    name = posixpath.join(posixpath.dirname(main), "_rels", posixpath.basename(main) + ".rels")
    relations = (
        parse_xml(parts[name], name)
        if name in parts
        else etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap={None: _RELATIONS})
    )
    if not any(e.get("Type") == _COMMENTS_RELATION for e in relations):
        used = {e.get("Id") for e in relations}
        identity = next(f"rIdJingwei{n}" for n in range(len(used) + 1) if f"rIdJingwei{n}" not in used)
        attributes = {"Id": identity, "Type": _COMMENTS_RELATION, "Target": posixpath.basename(comments_name)}
        etree.SubElement(relations, f"{{{_RELATIONS}}}Relationship", attributes)
        parts[name] = _xml(relations)


def _xml(root: Element) -> bytes:
    from lxml import etree

    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)  # type: ignore[no-any-return]


def _package(names: list[str], parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    order = [*names, *sorted(set(parts) - set(names))]
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name in order:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, parts[name])
    return stream.getvalue()
