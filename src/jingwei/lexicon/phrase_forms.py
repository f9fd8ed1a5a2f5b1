"""How a phrase is written on a page: literals, ``〈slot〉``, ``[optional]``, ``(one|other)``; brackets nest."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jingwei.lexicon.matcher import ANCHOR_CHARS, SLOTS, Token, fold, is_slot

MAX_FORMS = 800  # forms of one phrase; more means that it should be several entries
MAX_PHRASE_CHARS = 80  # a form is a formula, not a passage


def forms_of(text: str) -> list[tuple[Token, ...]]:
    """Token sequences of a phrase: literals folded, choices kept together where an anchor stands beside them.

    Raises:
        ValueError: unknown slot, unbalanced bracket, too many forms, too long, or no literal to find it by.
    """
    rows, end = _parse(text, 0, "")
    if end != len(text):
        raise ValueError(f"unbalanced brackets in {text!r}")
    forms = [form for row in rows for form in _anchored(_merged(row))]
    for form in forms:
        literals = [token for token in form if isinstance(token, str) and not is_slot(token)]
        if max(map(len, literals), default=0) < 2:
            raise ValueError(f"no literal to find {text!r} by")
        if sum(len(token if isinstance(token, str) else token[0]) for token in form) > MAX_PHRASE_CHARS:
            raise ValueError(f"longer than a formula: {text!r}")
    if len(forms) > MAX_FORMS:
        raise ValueError(f"too many forms: {text!r}")
    return list(dict.fromkeys(forms))


def _parse(text: str, at: int, closing: str) -> tuple[list[list[Token]], int]:
    """Alternatives from ``at`` up to ``closing`` (or the end) as token rows, and where they stop; brackets nest."""
    done: list[list[Token]] = []
    rows: list[list[Token]] = [[]]
    while at < len(text) and text[at] not in "])":
        if text[at] == "|" and closing:
            done += rows
            rows = [[]]
            at += 1
        elif text[at] in "[(":
            inner, after = _parse(text, at + 1, "]" if text[at] == "[" else ")")
            inner = [*inner, []] if text[at] == "[" else inner
            if any(isinstance(token, str) and is_slot(token) for row in inner for token in row):
                rows = [head + tail for head in rows for tail in inner]
            else:
                spelt = {literal for row in inner for literal in _spellings(row)}
                choice = tuple(sorted(spelt, key=lambda literal: (-len(literal), literal)))
                rows = [[*head, choice] for head in rows]
            at = after + 1
        else:
            stop = re.compile(r"〈[^〉]+〉|[^\[\](|)〈]+|\|").match(text, at)
            if stop is None:
                raise ValueError(f"bad phrase {text!r}")
            rows = [[*head, _token(stop[0])] for head in rows]
            at = stop.end()
        if len(done) + len(rows) > MAX_FORMS:
            raise ValueError(f"too many forms: {text!r}")
    if closing and text[at : at + 1] != closing:
        raise ValueError(f"unbalanced brackets in {text!r}")
    return done + rows, at


def display_form(text: str) -> str:
    """A phrase as people are shown it: optional parts left out, the first of each choice, slots as ……."""
    while True:
        plain = re.sub(r"\[[^\[\]()]*\]", "", re.sub(r"\(([^\[\]()|]*)[^\[\]()]*\)", r"\1", text))
        if plain == text:
            return re.sub(r"〈[^〉]+〉", "……", text)
        text = plain


def _token(piece: str) -> Token:
    if piece[0] != "〈":
        return fold(piece)[0]
    if piece[1:-1] not in SLOTS:
        raise ValueError(f"unknown slot {piece}")
    return piece


def _spellings(row: Sequence[Token]) -> list[str]:
    spelt = [""]
    for token in row:
        spelt = [head + tail for head in spelt for tail in (token if isinstance(token, tuple) else (token,))]
    return spelt


def _merged(row: Sequence[Token]) -> list[Token]:
    """Neighbouring literals as one; empty ones and choices of one go."""
    merged: list[Token] = []
    for token in row:
        plain = token[0] if isinstance(token, tuple) and len(token) == 1 else token
        if not plain:
            continue
        last = merged[-1] if merged else ()
        if isinstance(plain, str) and isinstance(last, str) and not is_slot(plain) and not is_slot(last):
            merged[-1] = last + plain
        else:
            merged.append(plain)
    return merged


def _anchored(row: list[Token]) -> list[tuple[Token, ...]]:
    """The row, with choices spelt out one by one until every form has a literal as long as an anchor."""
    longest = max((len(token) for token in row if isinstance(token, str) and not is_slot(token)), default=0)
    choices = [i for i, token in enumerate(row) if isinstance(token, tuple)]
    if longest >= ANCHOR_CHARS or not choices:
        return [tuple(row)]
    at = max(choices, key=lambda i: len(row[i][-1]))
    return [
        form
        for literal in row[at]
        for form in _anchored(_merged([*row[:at], literal, *row[at + 1 :]]))
    ]  # fmt: skip
