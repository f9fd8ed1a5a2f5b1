"""Sentences of a clean paragraph, and which of them are headings run into the text."""

from __future__ import annotations

from jingwei.text.headings import RUN_IN_CHARS
from jingwei.text.lazy import lazy
from jingwei.text.numbering import ITEM_STARTS, number_of, starts_inline_item

_SENTENCE = lazy(r"[^。！？!?]*[。！？!?]+[”’』」）)】]*|[^。！？!?]+\Z")
INLINE_RUN_IN_CHARS = 36


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Ranges of the sentences of one paragraph; they tile it. A straight closing quote stays with its sentence."""
    if '"' not in text:
        return [match.span() for match in _SENTENCE.finditer(text)]
    ranges: list[tuple[int, int]] = []
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        if ranges and text[start] == '"' and text.count('"', ranges[-1][0], ranges[-1][1]) % 2:
            ranges[-1] = (ranges[-1][0], start + 1)
            start += 1
        if start < end:
            ranges.append((start, end))
    return ranges


def find_run_ins(text: str, sentences: list[tuple[int, int]]) -> list[int]:
    """Ascending indices of sentences that head the text they are run into.

    The numbered first sentence of a paragraph that goes on; and short 一是… sentences when most items of their
    series go on after them. A numbered paragraph of one sentence is text.
    """
    if len(sentences) < 2:
        return []
    found: set[int] = set()
    start, end = sentences[0]
    if end - start <= RUN_IN_CHARS:
        first = text[start:end]
        level, number_chars, _ = number_of(first)
        if level and number_chars < len(first) and _pauses(first) <= 2:
            found.add(0)
    items = [i for i, (s, e) in enumerate(sentences) if text[s] in ITEM_STARTS and starts_inline_item(text[s:e])]
    if not items:
        return list(found)
    numbered = set(items)
    goes_on = [i for i in items if i + 1 < len(sentences) and i + 1 not in numbered]
    if len(goes_on) * 2 > len(items):
        for i in goes_on:
            sentence = text[sentences[i][0] : sentences[i][1]]
            if len(sentence) <= INLINE_RUN_IN_CHARS and _pauses(sentence) <= 2:
                found.add(i)
    return sorted(found)


def _pauses(sentence: str) -> int:
    return sum(map(sentence.count, "，,；;"))
