"""The hand-kept word lists of ``facts_data/`` as tuples and as alternatives for patterns."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "facts_data"  # importlib.resources would load zipfile and random: .03 s of a start


@cache
def _lists(name: str) -> dict[str, Any]:
    text = (_FOLDER / f"{name}.json").read_text(encoding="utf-8")
    lists: dict[str, Any] = json.loads(text)
    return lists


@cache
def words(*keys: str, page: str = "words") -> tuple[str, ...]:
    """The words of some lists together, longest first, so that an alternative never hides a longer one."""
    found = {word for key in keys for word in _lists(page)[key]}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def any_of(*keys: str, page: str = "words") -> str:
    """The words of some lists as a pattern group that captures nothing."""
    return "(?:" + "|".join(re.escape(word) for word in words(*keys, page=page)) + ")"


@cache
def common_quotes() -> frozenset[str]:
    """Words that government work reports of several provinces put in quotes: national wording, no brands."""
    source = (_FOLDER / "common_quotes.txt").read_text(encoding="utf-8")
    return frozenset(line for line in source.split("\n") if line and not line.startswith("#"))
