"""XML of office containers parsed without trust: no DTD, no entities, no network, bounded size and depth."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

from jingwei.sources.refusals import damaged, huge_text, over_tags, unsafe

Element: TypeAlias = Any  # lxml has no types of its own

_DOCTYPES: Final = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
_MAX_TAGS: Final = 3_000_000  # about 300 MB as a tree; a report has 10,000
MAX_DEPTH: Final = 200


def parse_xml(payload: bytes, what: str) -> Element:
    """The root element of ``payload``; ``what`` names the part in a refusal.

    Raises:
        Refused: unsafe for a DTD or deep nesting, too_large for element bombs, damaged when not well formed.
    """
    from lxml import etree

    if any(mark in payload for mark in _DOCTYPES):
        raise unsafe(f"{what} 含有 DTD 声明", f"{what} declares a DTD")
    if payload.count(b"<") > _MAX_TAGS:
        raise over_tags(what, _MAX_TAGS)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(payload, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        reason = str(error).lower()
        if getattr(error, "code", 0) == etree.ErrorTypes.ERR_NO_MEMORY or "memory" in reason or reason == "none":
            raise MemoryError from error
        if "depth" in reason:
            raise unsafe(f"{what} 嵌套过深", f"{what} is nested too deeply") from error
        if "huge" in reason or "too long" in reason:
            raise huge_text(what) from error
        raise damaged(f"{what} 不是完整的 XML", f"{what} is not well-formed XML") from error
    if root is None:
        raise damaged(f"{what} 是空的", f"{what} is empty")
    return root


def local(element: Element) -> str:
    """Tag name without namespace; "" for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """Value of the attribute ``name`` in whatever namespace; "" if absent."""
    value = element.get(name)
    if value is not None:
        return str(value)
    for key, found in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(found)
    return ""
