"""What every text for the terminal is written on: 80 columns, marks before colours, one language."""

from __future__ import annotations

import bisect
from collections.abc import Iterable

from jingwei.report.columns import wrap

WIDTH = 80
_COLOURS: dict[str, str] = {"error": "31", "warning": "33", "note": "90", "title": "1", "good": "32"}


class Paper:
    """Lines being written; knows the language and whether colours are wanted."""

    def __init__(self, language: str = "zh", *, colour: bool = False, width: int = WIDTH) -> None:
        self.language, self.colour, self.width = language, colour, width
        self.lines: list[str] = []

    def say(self, zh: str, en: str) -> str:
        """The sentence in the language of the reader."""
        return en if self.language == "en" else zh

    def listed(self, names: Iterable[str]) -> str:
        """Names in a row, divided as the language does."""
        return self.say("、", ", ").join(names)

    def paint(self, text: str, tone: str) -> str:
        """``text`` in a colour when colours are wanted."""
        return f"\x1b[{_COLOURS[tone]}m{text}\x1b[0m" if self.colour else text

    def add(self, text: str = "", indent: str = "", first: str | None = None, tone: str = "") -> None:
        """Wrapped lines."""
        for line in wrap(text, self.width, indent, first):
            self.lines.append(self.paint(line, tone) if tone else line)

    def heading(self, text: str) -> None:
        """A blank line and a heading."""
        if self.lines:
            self.lines.append("")
        self.add(text, tone="title")

    def text(self) -> str:
        """Everything, with a final newline."""
        return "\n".join(self.lines) + "\n"


class LineFinder:
    """Line numbers (1-based) of raw offsets."""

    def __init__(self, text: str) -> None:
        self._starts = [0]
        for i, char in enumerate(text):
            if char == "\n":
                self._starts.append(i + 1)

    def line(self, offset: int) -> int:
        """Line number of ``offset``."""
        return bisect.bisect_right(self._starts, offset)
