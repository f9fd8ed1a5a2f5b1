"""Numbering and styles of a .docx: which list a paragraph belongs to, what its number looks like, what is hidden."""

from __future__ import annotations

from dataclasses import dataclass, field

from jingwei.sources.numbering import Counter, Level
from jingwei.sources.xmltree import Element, attribute, local

_MAX_BASES = 20


@dataclass(slots=True)
class Style:
    """What this room needs of a style; ``None`` and "" mean inherited."""

    name: str = ""
    base: str = ""
    list_id: str = ""
    depth: int | None = None
    hidden: bool | None = None


@dataclass(slots=True)
class Lists:
    """Numbering definitions and styles; :meth:`label` advances the counters."""

    styles: dict[str, Style] = field(default_factory=dict)
    abstract_of: dict[str, str] = field(default_factory=dict)
    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    style_levels: dict[tuple[str, str], int] = field(default_factory=dict)
    overrides: dict[str, dict[int, Level]] = field(default_factory=dict)
    starts: dict[str, dict[int, int]] = field(default_factory=dict)
    default_paragraph: str = ""
    counter: Counter = field(default_factory=Counter)
    started: set[str] = field(default_factory=set)

    def chain(self, style_id: str) -> list[Style]:
        """The style and those it is based on, nearest first."""
        found: list[Style] = []
        while style_id in self.styles and len(found) < _MAX_BASES:
            style = self.styles[style_id]
            found.append(style)
            style_id = style.base
        return found

    def is_hidden(self, style_id: str) -> bool:
        """Does the style hide its text?"""
        return next((s.hidden for s in self.chain(style_id) if s.hidden is not None), False)

    def is_contents(self, style_id: str) -> bool:
        """Is this the style of an entry of the table of contents?"""
        return any(s.name.lower().startswith(("toc ", "目录 ", "table of figures")) for s in self.chain(style_id)[:1])

    def label(self, properties: Element | None) -> str:
        """The number shown in front of a paragraph with these properties (``w:pPr``), "" if it has none."""
        list_id, depth, style_id = "", None, ""
        if properties is not None:
            for child in properties:
                if local(child) == "listPr":
                    return _stated(child)
                if local(child) == "numPr":
                    list_id, depth = _num_pr(child)
                elif local(child) == "pStyle":
                    style_id = attribute(child, "val")
        if not list_id:
            for style in self.chain(style_id or self.default_paragraph):
                if style.list_id:
                    list_id = style.list_id
                    if depth is None:
                        depth = self._style_depth(style_id, list_id, style.depth)
                    break
        if not list_id or list_id == "0" or list_id not in self.abstract_of:
            return ""
        return self._advance(list_id, depth or 0)

    def _style_depth(self, style_id: str, list_id: str, own: int | None) -> int:
        linked = self.style_levels.get((self.abstract_of.get(list_id, ""), style_id))
        if linked is not None:
            return linked
        return own or 0

    def _advance(self, list_id: str, depth: int) -> str:
        abstract = self.abstract_of[list_id]
        levels = {**self.levels.get(abstract, {}), **self.overrides.get(list_id, {})}
        if list_id not in self.started:
            self.started.add(list_id)
            for at, start in self.starts.get(list_id, {}).items():  # a new list over an old definition restarts
                self.counter.counts.setdefault(abstract, {})[at] = start - 1
        return self.counter.next(abstract, min(max(depth, 0), 8), levels)


def _stated(element: Element) -> str:
    """The number as Word 2003 XML writes it beside the list; bullets say nothing."""
    label = next((attribute(child, "val") for child in element if local(child) == "t"), "").strip()
    if not any(char.isalnum() for char in label):
        return ""
    return label + " " if label[-1:].isascii() and label[-1:].isalnum() else label


def _num_pr(element: Element) -> tuple[str, int | None]:
    list_id, depth = "", None
    for child in element:
        if local(child) == "numId":
            list_id = attribute(child, "val")
        elif local(child) == "ilvl":
            depth = whole(attribute(child, "val"))
    return list_id, depth


def whole(text: str) -> int | None:
    """The integer in an attribute, or None."""
    try:
        return max(-(2**31), min(int(text), 2**31))
    except ValueError:
        return None


def is_on(element: Element) -> bool:
    """A toggle property is on unless its value says no."""
    return attribute(element, "val").lower() not in {"0", "false", "off", "none"}


def read_styles(lists: Lists, root: Element) -> None:
    """Take the styles of ``word/styles.xml`` into ``lists``."""
    for element in root:
        if local(element) != "style":
            continue
        style = Style()
        for child in element:
            name = local(child)
            if name == "name":
                style.name = attribute(child, "val")
            elif name == "basedOn":
                style.base = attribute(child, "val")
            elif name == "rPr":
                for toggle in child:
                    if local(toggle) == "vanish":
                        style.hidden = is_on(toggle)
            elif name == "pPr":
                for part in child:
                    if local(part) == "numPr":
                        style.list_id, style.depth = _num_pr(part)
        identity = attribute(element, "styleId")
        lists.styles[identity] = style
        if attribute(element, "type") == "paragraph" and attribute(element, "default") in {"1", "true"}:
            lists.default_paragraph = identity


def read_numbering(lists: Lists, root: Element) -> None:
    """Take the list definitions of ``word/numbering.xml`` into ``lists``."""
    links: dict[str, str] = {}
    by_link: dict[str, str] = {}
    for element in root:
        identity = attribute(element, "abstractNumId")
        if local(element) == "abstractNum":
            lists.levels[identity] = levels = {}
            for child in element:
                if local(child) == "lvl":
                    depth = whole(attribute(child, "ilvl")) or 0
                    levels[depth], style = _level(child)
                    if style:
                        lists.style_levels[identity, style] = depth
                elif local(child) == "numStyleLink":
                    links[identity] = attribute(child, "val")
                elif local(child) == "styleLink":
                    by_link[attribute(child, "val")] = identity
        elif local(element) == "num":
            _read_num(lists, element)
    for identity, link in links.items():
        if link in by_link and not lists.levels[identity]:
            lists.levels[identity] = lists.levels[by_link[link]]


def _read_num(lists: Lists, element: Element) -> None:
    identity = attribute(element, "numId")
    for child in element:
        if local(child) == "abstractNumId":
            lists.abstract_of[identity] = attribute(child, "val")
        elif local(child) == "lvlOverride":
            depth = whole(attribute(child, "ilvl")) or 0
            for part in child:
                if local(part) == "startOverride":
                    lists.starts.setdefault(identity, {})[depth] = whole(attribute(part, "val")) or 0
                elif local(part) == "lvl":
                    lists.overrides.setdefault(identity, {})[depth] = _level(part)[0]


def _level(element: Element) -> tuple[Level, str]:
    form, text, start, decimal_only, style = "decimal", "", 1, False, ""
    for child in element.iter():
        name = local(child)
        if name == "numFmt":
            form = attribute(child, "val")
        elif name == "lvlText":
            text = attribute(child, "val")
        elif name == "start":
            found = whole(attribute(child, "val"))
            start = 1 if found is None else found
        elif name == "isLgl":
            decimal_only = is_on(child)
        elif name == "pStyle":
            style = attribute(child, "val")
    return Level(form, text, start, decimal_only), style
