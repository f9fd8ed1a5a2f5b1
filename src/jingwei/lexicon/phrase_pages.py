"""The lexicon's pages (TOML, read and kept by hand) and what is compiled of them (``phrase_store`` writes it).

A page is one group. ``[[entry]]`` is one phrase with its own source, validity and examples; ``[[batch]]`` is many
short phrases of one source, one a line. In a phrase, ``〈年〉`` is a slot (``matcher.SLOTS``), ``[x]`` may be
missing, ``(a|b)`` is a choice. ``scripts/build_phrases.py`` compiles; a test proves that the compiled file is current.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from jingwei.lexicon.matcher import ANCHOR_CHARS, Token, is_slot
from jingwei.lexicon.phrase_forms import display_form, forms_of

PAGES = Path(__file__).parent / "data" / "phrases"

_ENTRY_KEYS = {
    "id", "text", "also", "wrong", "source", "from", "to", "early", "out", "note", "match", "avoid", "group",
    "not_followed", "not_preceded",
}  # fmt: skip
_BATCH_KEYS = {"id", "source", "from", "to", "early", "out", "note", "match", "avoid", "phrases", "not_followed"}
_PAGE_KEYS = {"group", "name", "reviewed", "mandated", "entry", "batch"}


class PageEntry(Struct, frozen=True):
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
    found: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = []
    for path in sorted(folder.glob("*.toml")):
        found += [
            (table["id"], tuple(table.get("match", ())), tuple(table.get("avoid", ())))
            for table in tomllib.loads(path.read_text(encoding="utf-8")).get("batch", ())
        ]
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


def compile_pages(entries: Sequence[PageEntry], reviewed: str) -> dict[str, Any]:
    """The JSON that ``phrases.py`` reads: entries, the shown names of their forms, and lines with their anchors."""
    forms = [
        (number, exact, display_form(form if exact else entry.text), tokens)
        for number, entry in enumerate(entries)
        for form, exact in entry.forms
        for tokens in forms_of(form)
    ]
    forms.sort(key=lambda form: not entries[form[0]].match)  # a form of two entries goes to the one with examples
    grams = Counter(
        gram
        for *_, tokens in forms
        for token in tokens
        if isinstance(token, str) and not is_slot(token)
        for gram in _grams(token)
    )
    shown = list(dict.fromkeys(name for _, _, name, _ in forms))
    places = {name: place for place, name in enumerate(shown)}
    lines = []
    seen: set[tuple[Token, ...]] = set()
    for number, exact, name, tokens in forms:
        if tokens not in seen:
            seen.add(tokens)
            lines.append([number, int(exact), places[name], *_anchor(tokens, grams), *map(_plain, tokens)])
    sources = sorted({entry.source for entry in entries})
    rows = [
        [e.id, e.group, sources.index(e.source), e.valid_from, e.valid_to, e.early, e.out, e.note,
         int(e.mandated), e.not_preceded, e.not_followed]
        for e in entries
    ]  # fmt: skip
    body = {"sources": sources, "shown": shown, "entries": rows, "lines": lines}
    digest = hashlib.sha256(json.dumps(body, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:8]
    return {"version": f"{reviewed}+{digest}", **body}


def _grams(token: str) -> set[str]:
    return {token[i : i + ANCHOR_CHARS] for i in range(max(1, len(token) - ANCHOR_CHARS + 1))}


def _plain(token: Token) -> str | list[str]:
    return token if isinstance(token, str) else list(token)


def _anchor(tokens: Sequence[Token], grams: Mapping[str, int]) -> tuple[int, int]:
    """Token and offset of the piece that fewest lines share; full-length pieces first."""
    candidates = [
        (-min(len(token) - offset, ANCHOR_CHARS), grams[token[offset : offset + ANCHOR_CHARS]], number, offset)
        for number, token in enumerate(tokens)
        if isinstance(token, str) and not is_slot(token)
        for offset in range(max(1, len(token) - ANCHOR_CHARS + 1))
    ]
    _, _, number, offset = min(candidates)
    return number, offset


def reviewed_date(folder: Path = PAGES) -> str:
    """The latest day on which a page was read through."""
    return max(
        str(tomllib.loads(path.read_text(encoding="utf-8"))["reviewed"]) for path in sorted(folder.glob("*.toml"))
    )
