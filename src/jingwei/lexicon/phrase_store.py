"""The compiled lexicon as a file: one line of text an item, so that loading it reads only what a report meets.

Parsing everything cost 40 ms at every start; splitting lines costs 2 ms. Sections begin with ``= name``; fields are
parted by tabs, the literals of a choice by ``|``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from jingwei.lexicon.matcher import ANCHOR_CHARS, Line, Token, is_slot
from jingwei.lexicon.matcher_partial import FORMULA_CHARS

PARTIAL_GROUPS = frozenset({"guiding", "tifa", "outline", "statute", "formula", "ritual"})
TIMED_GROUPS = frozenset({"campaign", "meeting"})  # what is current here excuses or replaces what is not


class LexiconEntry(NamedTuple):
    """What the lexicon knows of a phrase. Dates are ISO days or months; empty means unbounded."""

    id: str
    group: str
    source: str
    valid_from: str
    valid_to: str
    early: str
    out: str
    note: str
    mandated: bool
    not_preceded: str = ""
    not_followed: str = ""


class _Entries(dict[int, LexiconEntry]):
    """Entries by number, each made when first asked for and the same object from then on."""

    def __init__(self, rows: Sequence[str], sources: Sequence[str]) -> None:
        super().__init__()
        self._rows = rows
        self._sources = sources

    def __missing__(self, number: int) -> LexiconEntry:
        name, group, source, *dates, note, mandated, before, after = self._rows[number].split("\t")
        valid_from, valid_to, early, out = dates
        entry = LexiconEntry(
            name,
            group,
            self._sources[int(source)],
            valid_from,
            valid_to,
            early,
            out,
            note,
            mandated == "1",
            before,
            after,
        )
        self[number] = entry
        return entry


class Stored:
    """The sections of the file; entries and lines are made when asked for."""

    def __init__(self, text: str) -> None:
        sections: dict[str, list[str]] = {}
        for section in text.removeprefix("= ").split("\n= "):
            name, _, body = section.partition("\n")
            sections[name] = body.rstrip("\n").split("\n") if body else []
        self.version = sections["version"][0]
        self._sources = sections["sources"]
        self._shown = sections["shown"]
        self.entries = _Entries(sections["entries"], self._sources)
        self._lines = sections["lines"]
        self._documents = sections["documents"]
        self._dated = sections["dated"]
        formulas = [row.split("\t") for row in sections["formulas"]]
        self.formulas = [literal for _, literal in formulas]
        self.formula_lines = [int(number) for number, _ in formulas]

    @property
    def anchors(self) -> list[str]:
        """The anchor of each line."""
        return [line.partition("\t")[0] for line in self._lines]

    def line(self, number: int) -> Line:
        """Line by number."""
        _, entry, exact, shown, anchor, offset, *tokens = self._lines[number].split("\t")
        return Line(
            int(entry), tuple(map(_token, tokens)), int(anchor), int(offset), exact == "1", self._shown[int(shown)]
        )

    def dated(self) -> list[int]:
        """Numbers of the lines of entries that can be out of their time, or that tell what is in it."""
        return [int(number) for number in self._dated]

    def documents(self) -> list[str]:
        """Names of central documents as their right forms are shown, in the order of the lexicon."""
        return [self._shown[int(number)] for number in self._documents]


def stored_text(compiled: Mapping[str, Any]) -> str:
    """The file for what ``phrase_pages.compile_pages`` gives.

    Raises:
        ValueError: a field holds a character that parts fields.
    """
    entries: Sequence[Sequence[Any]] = compiled["entries"]
    rows: dict[str, list[str]] = {
        "version": [compiled["version"]],
        "sources": compiled["sources"],
        "shown": compiled["shown"],
        "entries": ["\t".join(map(str, row)) for row in entries],
        "lines": [],
        "formulas": [],
        "dated": [],
    }
    documents: dict[tuple[int, int], None] = {}
    for number, (entry, exact, shown, anchor, offset, *tokens) in enumerate(compiled["lines"]):
        key = tokens[anchor][offset : offset + ANCHOR_CHARS]
        rows["lines"].append("\t".join([key, *map(str, (entry, exact, shown, anchor, offset)), *map(_written, tokens)]))
        name, group = entries[entry][:2]
        early, out = entries[entry][5:7]
        if early or out or group in TIMED_GROUPS:
            rows["dated"].append(str(number))
        if exact and group in PARTIAL_GROUPS:
            rows["formulas"] += [
                f"{number}\t{token}"
                for token in tokens
                if isinstance(token, str) and not is_slot(token) and len(token) >= FORMULA_CHARS
            ]
        if exact and (group == "document" or name.endswith("-title")):
            documents[entry, shown] = None
    rows["documents"] = [str(shown) for _, shown in documents]
    widths = {"sources": 1, "shown": 1, "entries": len(entries[0]), "formulas": 2}
    for name, lines in rows.items():
        if any("\n" in line or line.startswith("= ") for line in lines) or any(
            line.count("\t") != width - 1 for line in lines if (width := widths.get(name))
        ):
            raise ValueError(f"a tab or a line break inside a field of {name}")
    return "".join(f"= {name}\n" + "".join(line + "\n" for line in lines) for name, lines in rows.items())


def _token(written: str) -> Token:
    return tuple(written.split("|")) if "|" in written else written


def _written(token: str | Sequence[str]) -> str:
    literals = [token] if isinstance(token, str) else token
    if any("|" in literal or "\t" in literal for literal in literals):
        raise ValueError(f"| or a tab inside {token!r}")
    return "|".join(literals)
