"""The block of a page that holds the article: many punctuation marks, little link text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from jingwei.sources.docx import row_lines
from jingwei.sources.html_lists import ItemLabels
from jingwei.sources.refusals import unsafe
from jingwei.sources.webchrome import without_chrome
from jingwei.sources.xmltree import Element, local

_OUT: Final = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "del",
        "object",
        "embed",
        "svg",
        "canvas",
        "select",
        "option",
        "button",
        "input",
        "textarea",
        "audio",
        "video",
        "map",
        "head",
        "nav",
        "footer",
        "aside",
        "title",
        "meta",
        "link",
        "datalist",
        "dialog",
    }
)
_BLOCK: Final = frozenset(
    {
        "p",
        "div",
        "section",
        "article",
        "main",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "table",
        "tbody",
        "thead",
        "tfoot",
        "center",
        "form",
        "fieldset",
        "header",
        "body",
        "html",
        "address",
        "figure",
        "figcaption",
        "hr",
        "ucapcontent",
        "ucaptitle",
        "td",
        "th",
        "tr",
        "caption",
        "details",
    }
)
_PUNCTUATION: Final = re.compile("[，。；、：！？]")
_HIDDEN_STYLE: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_CHROME_NAME: Final = re.compile(
    r"(?:^|[-_\s])(?:nav|menu|sidebar|breadcrumb|crumbs?|footer|foot|copyright|share|bdshare|toolbar|related|recommend"
    r"|pagination|pager|friendlink|qrcode|ewm|dyym|print|fontsize|comment)(?:$|[-_\s])",
    re.IGNORECASE,
)
_MAX_DEPTH: Final = 400
_LABEL_END: Final = "\x1f"  # behind the number of a list item until its text comes
_MIN_TITLE_CHARS: Final = 6


@dataclass(slots=True)
class _Mass:
    """Punctuation and link text below one element."""

    marks: int = 0
    chars: int = 0
    link_chars: int = 0
    own: list[str] = field(default_factory=list)

    @property
    def worth(self) -> float:
        return self.marks - self.link_chars / 4


def article_of(root: Element, stated_title: str) -> tuple[str, list[str]]:
    """Title and paragraphs of the article below ``root``; the lines of a paragraph are separated by LF."""
    body = next(root.iter("body"), root)
    masses: dict[Element, _Mass] = {}
    _weigh(body, masses, False, 0)
    block = _densest(body, masses)
    lines = [line for line in paragraphs_of(block) if line.strip()]
    title = _clean_title(stated_title) or _headline(root) or _page_title(root)
    lines = without_chrome(lines)
    if lines and len(_squeeze(title)) >= _MIN_TITLE_CHARS and _squeeze(title) not in _squeeze("".join(lines[:6])):
        lines.insert(0, title)
    return title, lines


def _weigh(element: Element, masses: dict[Element, _Mass], linked: bool, depth: int) -> _Mass:
    mass = _Mass()
    if depth > _MAX_DEPTH:
        raise unsafe("网页嵌套过深", "the page is nested too deeply")
    if not is_shown(element):
        return mass
    linked = linked or (local(element) == "a" and element.get("href") is not None)
    _add(mass, element.text, linked)
    for child in element:
        inner = _weigh(child, masses, linked, depth + 1)
        mass.marks += inner.marks
        mass.chars += inner.chars
        mass.link_chars += inner.link_chars
        _add(mass, child.tail, linked)
    masses[element] = mass
    return mass


def _add(mass: _Mass, text: str | None, linked: bool) -> None:
    if text:
        count = sum(not c.isspace() for c in text)
        mass.chars += count
        if linked:
            mass.link_chars += count
        else:
            mass.marks += len(_PUNCTUATION.findall(text))


def _densest(body: Element, masses: dict[Element, _Mass]) -> Element:
    """Go down to the child that holds nearly all of the worth; stop where the article spreads over children."""
    block = body
    while True:
        total = masses.get(block, _Mass()).worth
        best = max((child for child in block if child in masses), key=lambda child: masses[child].worth, default=None)
        if best is None or local(best) not in _BLOCK | {"span", "font", "td", "tr", "table", "b", "strong", "a"}:
            return block
        if local(best) in {"p", "li"} or masses[best].worth < 0.75 * max(total, 1) or masses[best].worth <= 0:
            return block
        block = best


def is_shown(element: Element) -> bool:
    """Is the element part of the visible text (not script, navigation, or hidden by its own style)?"""
    name = local(element)
    if not name or name in _OUT:
        return False
    if name == "div" and element.get("title") in {"header", "footer"}:  # page heads in what office programs save
        return False
    if element.get("hidden") is not None or _HIDDEN_STYLE.search(element.get("style") or ""):
        return False
    if name in {"div", "ul", "span", "section", "table"}:
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        return not (_CHROME_NAME.search(names) and len(_PUNCTUATION.findall("".join(element.itertext()))) < 20)
    return True


def paragraphs_of(block: Element) -> list[str]:
    """Paragraphs below ``block``; a <br> is a newline inside its paragraph, a table row is one line."""
    lines: list[str] = [""]
    _collect(block, lines, 0)
    return [line.replace(_LABEL_END, "").strip("\n ") for line in lines if not line.endswith(_LABEL_END)]


def _collect(element: Element, lines: list[str], depth: int, label: str = "") -> None:
    name = local(element)
    if depth > _MAX_DEPTH:
        raise unsafe("网页嵌套过深", "the page is nested too deeply")
    if name == "br":
        lines[-1] += "\n"
        return
    if depth and not is_shown(element):
        return
    if name == "tr" and depth:
        lines += [*_row(element, depth), ""]
        return
    breaks = name in _BLOCK
    if breaks and not lines[-1].endswith(_LABEL_END):
        lines.append("")
    if label:
        lines[-1] += label + _LABEL_END
    _append(lines, element.text, name == "pre")
    labels = ItemLabels(element) if name == "ol" else None
    for child in element:
        _collect(child, lines, depth + 1, labels.of(child) if labels else "")
        _append(lines, child.tail, name == "pre")
    if breaks:
        lines.append("")


def _append(lines: list[str], text: str | None, keep: bool) -> None:
    flat = _flat(text, keep)
    lines[-1] += flat.lstrip() if lines[-1].endswith(_LABEL_END) else flat


def _row(row: Element, depth: int) -> list[str]:
    cells = []
    for cell in row:
        inner: list[str] = [""]
        _collect(cell, inner, depth + 1)
        filled = [line.strip() for part in inner for line in part.split("\n") if line.strip()]
        if filled:
            cells.append(filled)
    return row_lines(cells)


def _flat(text: str | None, keep: bool = False) -> str:
    """White space of the source is one space, and none between Chinese characters at a line end."""
    if not text:
        return ""
    return text if keep else re.sub(r"[ \t\r\n\f]*[\r\n][ \t\r\n\f]*|[ \t]{2,}", _space, text)


def _space(match: re.Match[str]) -> str:
    text = match.string
    left = text[match.start() - 1 : match.start()]
    right = text[match.end() : match.end() + 1]
    return " " if left.isascii() and right.isascii() and left and right else ""


def _headline(root: Element) -> str:
    for name in ("ucaptitle", "h1"):
        found = [" ".join("".join(e.itertext()).split()) for e in root.iter(name) if is_shown(e)]
        fitting = [text for text in found if 6 <= len(text) <= 100]
        if len(fitting) == 1:
            return fitting[0]
    return ""


def _page_title(root: Element) -> str:
    found = next((element.text_content() for element in root.iter("title")), "")
    return _clean_title(" ".join(found.split()))


def _clean_title(title: str) -> str:
    """Without the name of the site behind a dash or bar."""
    parts = re.split(r"\s*[-_|｜—–]+\s*(?=[^-_|｜—–]*(?:网|政府|门户|首页|公开|平台)[^-_|｜—–]*$)", title)
    return parts[0].strip() if len(parts[0].strip()) >= 6 else title.strip()


def _squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)
