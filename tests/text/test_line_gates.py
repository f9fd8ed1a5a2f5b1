"""What is asked before an expression is tried may never hide a line that it matches."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.text import chrome, headings
from jingwei.text.damage import find_damage
from jingwei.text.layout import RoledLine
from jingwei.text.lines import split_lines

_LINES = st.characters(codec="utf-8", exclude_characters="\n")


def _is_red_head(text: str) -> bool:
    compact = text.replace(" ", "").replace("\u3000", "")
    return len(compact) <= 80 and any(
        pattern.match(compact) for pattern in (chrome._RED_HEAD, chrome.DOCUMENT_NUMBER, chrome._COPY_TO)
    )


_PLAIN: dict[str, tuple[Callable[[str], bool], Callable[[str], bool], tuple[re.Pattern[str], ...]]] = {
    "chrome": (
        chrome.is_chrome,
        lambda t: len(t) <= 120 and "。" not in t and chrome._CHROME.match(t) is not None,
        (chrome._CHROME,),
    ),
    "page frame": (
        chrome.is_page_frame,
        lambda t: len(t) <= 40 and bool(chrome._PAGE_NUMBER.match(t) or chrome._RULE.match(t)),
        (chrome._PAGE_NUMBER, chrome._RULE),
    ),
    "red head": (chrome.is_red_head, _is_red_head, (chrome._RED_HEAD, chrome.DOCUMENT_NUMBER, chrome._COPY_TO)),
    "issuer": (
        headings.is_issuer,
        lambda t: len(t) <= 40 and headings._ISSUER.match(t) is not None,
        (headings._ISSUER,),
    ),
    "date": (headings.is_date, lambda t: len(t) <= 24 and headings._DATE.match(t) is not None, (headings._DATE,)),
    "attachment": (
        headings.is_attachment,
        lambda t: bool(headings._ATTACHMENT.match(t) or headings._CONTACT.match(t)),
        (headings._ATTACHMENT, headings._CONTACT),
    ),
}


@pytest.mark.parametrize("name", sorted(_PLAIN))
def test_a_line_is_what_its_expressions_say(name: str) -> None:
    asked, plain, patterns = _PLAIN[name]
    matching = st.one_of([st.from_regex(p.pattern, fullmatch=False, alphabet=_LINES) for p in patterns])

    @settings(max_examples=150, deadline=None)
    @given(st.one_of(matching, st.text("附件（1）日年月开号发抄送府局：— ", max_size=12)))
    def check(line: str) -> None:
        line = line.strip()
        assert asked(line) == plain(line)

    check()


_CJK = r"[\u3400-\u9fff，。、；：“”《》（）]"
_PLAIN_GAP = re.compile(rf"(?<={_CJK})[ \u00a0\u2002\u3000]+(?={_CJK}|\d)|(?<=\d)[ \u00a0\u2002]+(?={_CJK})")


@given(st.text("甲，3a \u00a0\u2002\u3000٣", max_size=20))
def test_spaces_inside_chinese_are_damage(text: str) -> None:
    lines = split_lines(text)
    roled = [RoledLine(line, "body") for line in lines]
    found = [(d.start, d.end) for d in find_damage(text, roled, ()) if d.code == "ocr_space"]
    assert found == [
        (line.start + gap.start(), line.start + gap.end()) for line in lines for gap in _PLAIN_GAP.finditer(line.text)
    ]
