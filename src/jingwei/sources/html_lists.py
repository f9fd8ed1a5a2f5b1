"""Numbers of ordered lists on a page, as the browser shows them; editors of government sites make headings with them."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from jingwei.sources.numbering import number_text
from jingwei.sources.xmltree import Element, local

_MAX_ELEMENTS: Final = 40  # looked at for one item
_STYLE: Final = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.IGNORECASE)
_FORMS: Final = {
    "cjk-ideographic": ("chineseCounting", "{}、"), "simp-chinese-informal": ("chineseCounting", "{}、"),
    "trad-chinese-informal": ("chineseCounting", "{}、"), "lower-alpha": ("lowerLetter", "{}."),
    "lower-latin": ("lowerLetter", "{}."), "a": ("lowerLetter", "{}."), "upper-alpha": ("upperLetter", "{}."),
    "upper-latin": ("upperLetter", "{}."), "lower-roman": ("lowerRoman", "{}."), "i": ("lowerRoman", "{}."),
    "upper-roman": ("upperRoman", "{}."), "decimal": ("decimal", "{}."), "1": ("decimal", "{}."),
}  # fmt: skip
_EDITOR_FORMS: Final = {  # class names of UEditor
    "custom_cn2": ("chineseCounting", "（{}）"), "custom_cn1": ("chineseCounting", "{}）"), "custom_cn": ("chineseCounting", "{}、"),
    "custom_num2": ("decimal", "（{}）"), "custom_num1": ("decimal", "{}）"), "custom_num": ("decimal", "{}."),
}  # fmt: skip
_SILENT: Final = frozenset({"none", "disc", "circle", "square"})
_NUMBERED: Final = re.compile(
    r"\s*(?:第?[一二三四五六七八九十百]+[、章节条是要]|[（(][一二三四五六七八九十\d]+[）)]|\d+[.、．)）]|[①-⑳])"
)


class ItemLabels:
    """The numbers in front of the items of one list, in the order of the items."""

    def __init__(self, ordered: Element) -> None:
        self._form, self._pattern = _form(ordered)
        self._number = _whole(ordered.get("start"), 1) - 1

    def of(self, item: Element) -> str:
        """The number of the next item, "" for links, empty items, and where the text states its own number."""
        if local(item) != "li":
            return ""
        self._number = _whole(item.get("value"), self._number + 1)
        text = "".join(islice(item.itertext(), _MAX_ELEMENTS))
        if not self._form or not text.strip() or _NUMBERED.match(text):
            return ""
        if any(local(element) == "a" for element in islice(item.iter(), _MAX_ELEMENTS)):
            return ""
        return self._pattern.format(number_text(self._number, self._form))


def _form(parent: Element) -> tuple[str, str]:
    classes = (parent.get("class") or "").split()
    for name in classes:
        if name in _EDITOR_FORMS:
            return _EDITOR_FORMS[name]
    style = _STYLE.search(parent.get("style") or "")
    stated = style.group(1).lower() if style else ""
    if stated in _SILENT:
        return "", ""
    kind = parent.get("type") or ""
    if not stated and kind in {"A", "I"}:
        return ("upperLetter" if kind == "A" else "upperRoman"), "{}."
    return _FORMS.get(stated or kind, _FORMS["decimal"])


def _whole(text: str | None, default: int) -> int:
    try:
        return max(0, min(int(text or ""), 99_999))
    except ValueError:
        return default
