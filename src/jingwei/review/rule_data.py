"""The words of the rules: one small TOML page a code, with what to say to the user in both languages.

The pages are written by hand and loaded from ``data/pages.json``, which ``scripts/make_needs.py`` makes of them: TOML is
read in Python, and two dozen pages of it took longer than a whole review.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, cast

import msgspec

from jingwei.model import Finding, Severity
from jingwei.review.gate import compiled, matches
from jingwei.review.kept import DATA
from jingwei.review.reading import Reading
from jingwei.settings import FINDING_CODES


class Page:
    """One rule's page: what its findings are called, its word lists and what it says for each case it knows.

    ``says`` are the sentences of each case, in both languages, how severe it is, and its own title where it has one;
    ``title`` is true of every case, and the only name of the code anywhere.
    """

    def __init__(self, code: str, table: Mapping[str, Any]) -> None:
        self.code = code
        self.title: str = table["title"]
        self.title_en: str = table["title_en"]
        self.title_note: str = table.get("title_note", "")
        self.title_note_en: str = table.get("title_note_en", "")
        self.words: Mapping[str, Any] = table.get("words", {})
        self.says: Mapping[str, Mapping[str, str]] = table["says"]

    def title_of(self, case: str) -> tuple[str, str]:
        """What a finding of this case is called, in Chinese and in English."""
        says = self.says.get(case, {})
        return says.get("title", self.title), says.get("title_en", self.title_en)

    def listed(self, name: str) -> tuple[str, ...]:
        """A word list of the page."""
        return tuple(self.words[name])

    def any_of(self, name: str, behind: str = "") -> re.Pattern[str]:
        """The entries of a list as one expression, longest first so that no entry hides a longer one."""
        return _any_of(self.code, name, behind)

    def pattern(self, name: str) -> re.Pattern[str]:
        """A compiled regular expression of the page."""
        return compiled(str(self.words[name]))

    def matches(self, name: str, text: str) -> Iterator[re.Match[str]]:
        """All matches of a regular expression of the page, tried only where what it needs stands."""
        return matches(str(self.words[name]), text)

    def finding(
        self,
        reading: Reading,
        case: str,
        where: tuple[int, int] | None,
        severity: Severity | None = None,
        **evidence: Any,  # noqa: ANN401 - strings, numbers and lists for the sentences
    ) -> Finding:
        """What the page says in this case about ``where`` (offsets in the reading; null: the whole document).

        ``evidence`` fills the placeholders of the sentences and is kept with the finding.
        """
        return self.raw_finding(
            reading, case, None if where is None else reading.raw_range(*where), severity, **evidence
        )

    def raw_finding(
        self,
        reading: Reading,
        case: str,
        where: tuple[int, int] | None,
        severity: Severity | None = None,
        **evidence: Any,  # noqa: ANN401 - strings, numbers and lists for the sentences
    ) -> Finding:
        """The same for a range of the document's own characters (blanks, matches)."""
        start, end = where if where is not None else (None, None)
        quote = "" if where is None else reading.report.document.text[start:end]
        says = self.says[case]
        shown = {"quote": one_line(quote), "code": self.code, **evidence}
        return Finding(
            code=self.code,
            severity=severity or cast(Severity, says["severity"]),
            start=start,
            end=end,
            quote=quote,
            message=says["zh"].format(**shown),
            evidence={"case": case, **evidence},
            suggestion=says["do"].format(**shown),
            message_en=says["en"].format(**shown),
            suggestion_en=says["do_en"].format(**shown),
        )


def one_line(text: str, limit: int = 40) -> str:
    """A text as a message quotes it: without blanks, and what is left out of a long one marked (…), at a mark if it can be."""
    line = "".join(text.split())
    if len(line) <= limit:
        return line
    cut = max(line.rfind(mark, limit // 3, limit) for mark in "，。；：、")
    return line[: cut if cut > 0 else limit - 1] + "…"


def written_pages() -> dict[str, Any]:
    """The pages as they are written: what ``data/pages.json`` is made of."""
    import tomllib

    return {code: tomllib.loads((DATA / f"{code}.toml").read_text(encoding="utf-8")) for code in FINDING_CODES}


@cache
def page(code: str) -> Page:
    """The page of a code, read once a process."""
    return Page(code, _kept_pages()[code])


@cache
def _kept_pages() -> dict[str, Any]:
    return cast("dict[str, Any]", msgspec.json.decode((DATA / "pages.json").read_bytes()))


@cache
def _any_of(code: str, name: str, behind: str) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(sorted(page(code).listed(name), key=len, reverse=True)) + ")" + behind)
