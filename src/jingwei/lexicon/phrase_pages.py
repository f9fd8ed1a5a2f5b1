"""The lexicon's pages (TOML, read and kept by hand) and their compiled form (one JSON file, read at run time).

A page is one group. ``[[entry]]`` is one phrase with its own source, validity and examples; ``[[batch]]`` is many
short phrases of one source, one a line. In a phrase, ``〈年〉`` is a slot (``matcher.SLOTS``), ``[x]`` may be
missing, ``(a|b)`` is a choice. ``scripts/build_phrases.py`` compiles; a test proves that the compiled file is current.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jingwei.lexicon.matcher import ANCHOR_CHARS, SLOTS, fold, is_slot

PAGES = Path(__file__).parent / "data" / "phrases"
COMPILED = PAGES / "compiled.json"
MAX_FORMS = 800  # flat forms of one phrase; more means that it should be several entries
MAX_PHRASE_CHARS = 80  # a flat form is a formula, not a passage

_ENTRY_KEYS = {
    "id", "text", "also", "wrong", "source", "from", "to", "early", "out", "note", "match", "avoid", "group",
    "not_followed", "not_preceded",
}  # fmt: skip
_BATCH_KEYS = {"id", "source", "from", "to", "early", "out", "note", "match", "avoid", "phrases", "not_followed"}
_PAGE_KEYS = {"group", "name", "reviewed", "mandated", "entry", "batch"}


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One entry as written on a page. Dates are ISO days or months; empty means unbounded.

    ``not_preceded``/``not_followed`` are characters beside which the phrase is another word (婚姻法律, 二十大户).
    """

    id: str
    group: str
    text: str
    also: tuple[str, ...]
    wrong: tuple[str, ...]
    source: str
    valid_from: str
    valid_to: str
    early: str
    out: str
    note: str
    mandated: bool
    not_preceded: str
    not_followed: str
    match: tuple[str, ...]
    avoid: tuple[str, ...]

    @property
    def forms(self) -> tuple[tuple[str, bool], ...]:
        """Every written form with whether it is the correct one."""
        return ((self.text, True), *((form, True) for form in self.also), *((form, False) for form in self.wrong))


def read_pages(folder: Path = PAGES) -> list[PageEntry]:
    """All entries of all pages, in page and file order.

    Raises:
        ValueError: unknown key, missing source, repeated id, or a strength that is none.
    """
    entries: list[PageEntry] = []
    for path in sorted(folder.glob("*.toml")):
        page = tomllib.loads(path.read_text(encoding="utf-8"))
        _check_keys(page, _PAGE_KEYS, path.name)
        for table in page.get("entry", ()):
            _check_keys(table, _ENTRY_KEYS, path.name)
            entries.append(_entry(table, page, table["id"], table["text"]))
        for table in page.get("batch", ()):
            _check_keys(table, _BATCH_KEYS, path.name)
            for text in table["phrases"].split("\n"):
                phrase = text.strip()
                if phrase:
                    name = f"{table['id']}.{hashlib.sha256(phrase.encode()).hexdigest()[:6]}"
                    entries.append(_entry({**table, "match": [], "avoid": []}, page, name, phrase))
    for name, count in Counter(entry.id for entry in entries).items():
        if count > 1:
            raise ValueError(f"lexicon id {name} occurs {count} times")
    return entries


def batch_examples(folder: Path = PAGES) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Batch id, its must-match and its must-not-match texts."""
    found = []
    for path in sorted(folder.glob("*.toml")):
        for table in tomllib.loads(path.read_text(encoding="utf-8")).get("batch", ()):
            found.append((table["id"], tuple(table.get("match", ())), tuple(table.get("avoid", ()))))
    return found


def _check_keys(table: Mapping[str, Any], known: set[str], where: str) -> None:
    unknown = set(table) - known
    if unknown:
        raise ValueError(f"{where}: unknown keys {sorted(unknown)}")


def _entry(table: Mapping[str, Any], page: Mapping[str, Any], name: str, text: str) -> PageEntry:
    for key in ("early", "out"):
        if table.get(key, "") not in {"", "hard", "medium", "soft"}:
            raise ValueError(f"{name}: {key} is no strength")
    if not table.get("source"):
        raise ValueError(f"{name}: no source")
    return PageEntry(
        id=name,
        group=table.get("group", page["group"]),
        text=text,
        also=tuple(table.get("also", ())),
        wrong=tuple(table.get("wrong", ())),
        source=table["source"],
        valid_from=table.get("from", ""),
        valid_to=table.get("to", ""),
        early=table.get("early", ""),
        out=table.get("out", ""),
        note=table.get("note", ""),
        mandated=page.get("mandated", True),
        not_preceded=table.get("not_preceded", ""),
        not_followed=table.get("not_followed", ""),
        match=tuple(table.get("match", ())),
        avoid=tuple(table.get("avoid", ())),
    )


def flat_forms(text: str) -> list[tuple[str, ...]]:
    """Flat token sequences of a phrase: choices and optional parts spelt out, literals folded.

    Raises:
        ValueError: unknown slot, unbalanced bracket, too many forms, or no literal to find it by.
    """
    spelt, end = _spell(text, 0, "")
    if end != len(text):
        raise ValueError(f"unbalanced brackets in {text!r}")
    forms = []
    for flat in spelt:
        tokens = tuple(_tokens(flat))
        if max((len(t) for t in tokens if not is_slot(t)), default=0) < 2:
            raise ValueError(f"no literal to find {text!r} by")
        if sum(len(token) for token in tokens) > MAX_PHRASE_CHARS:
            raise ValueError(f"longer than a formula: {text!r}")
        forms.append(tokens)
    return list(dict.fromkeys(forms))


def _spell(text: str, at: int, closing: str) -> tuple[list[str], int]:
    """All spellings from ``at`` up to ``closing`` (or the end) and where they stop; brackets may nest."""
    done: list[str] = []
    current = [""]
    while at < len(text) and text[at] not in "])":
        if text[at] == "|" and closing:
            done += current
            current = [""]
            at += 1
        elif text[at] in "[(":
            inner, after = _spell(text, at + 1, "]" if text[at] == "[" else ")")
            inner = ["", *inner] if text[at] == "[" else inner
            current = [head + tail for head in current for tail in inner]
            at = after + 1
        else:
            stop = re.compile(r"〈[^〉]+〉|[^\[\](|)〈]+|\|").match(text, at)
            if stop is None:
                raise ValueError(f"bad phrase {text!r}")
            current = [head + stop[0] for head in current]
            at = stop.end()
        if len(done) + len(current) > MAX_FORMS:
            raise ValueError(f"too many forms: {text!r}")
    if closing and text[at : at + 1] != closing:
        raise ValueError(f"unbalanced brackets in {text!r}")
    return done + current, at


def _tokens(flat: str) -> Iterator[str]:
    for piece in re.findall(r"〈[^〉]+〉|[^〈]+", flat):
        if piece[0] == "〈":
            if piece[1:-1] not in SLOTS:
                raise ValueError(f"unknown slot {piece}")
            yield piece
        else:
            literal, _ = fold(piece)
            if literal:
                yield literal


def compile_pages(entries: Sequence[PageEntry], reviewed: str) -> dict[str, Any]:
    """The JSON that ``phrases.py`` reads: entries as rows, lines as rows with their anchors."""
    flat = [
        (number, exact, tokens)
        for number, entry in enumerate(entries)
        for form, exact in entry.forms
        for tokens in flat_forms(form)
    ]
    grams = Counter(gram for _, _, tokens in flat for token in tokens if not is_slot(token) for gram in _grams(token))
    lines = []
    seen: set[tuple[str, ...]] = set()
    for number, exact, tokens in flat:
        if tokens not in seen:
            seen.add(tokens)
            lines.append([number, int(exact), *_anchor(tokens, grams), *tokens])
    sources = sorted({entry.source for entry in entries})
    rows = [
        [e.id, e.group, e.text, sources.index(e.source), e.valid_from, e.valid_to, e.early, e.out, e.note,
         int(e.mandated), e.not_preceded, e.not_followed]
        for e in entries
    ]  # fmt: skip
    body = {"sources": sources, "entries": rows, "lines": lines}
    digest = hashlib.sha256(json.dumps(body, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:8]
    return {"version": f"{reviewed}+{digest}", **body}


def _grams(token: str) -> set[str]:
    return {token[i : i + ANCHOR_CHARS] for i in range(max(1, len(token) - ANCHOR_CHARS + 1))}


def _anchor(tokens: Sequence[str], grams: Mapping[str, int]) -> tuple[int, int]:
    """Token and offset of the piece that fewest lines share; full-length pieces first."""
    candidates = [
        (-min(len(token) - offset, ANCHOR_CHARS), grams[token[offset : offset + ANCHOR_CHARS]], number, offset)
        for number, token in enumerate(tokens)
        if not is_slot(token)
        for offset in range(max(1, len(token) - ANCHOR_CHARS + 1))
    ]
    _, _, number, offset = min(candidates)
    return number, offset


def reviewed_date(folder: Path = PAGES) -> str:
    """The latest day on which a page was read through."""
    return max(
        str(tomllib.loads(path.read_text(encoding="utf-8"))["reviewed"]) for path in sorted(folder.glob("*.toml"))
    )
