"""Reasons of a report, numbered so that every character can carry one."""

from __future__ import annotations

from jingwei.model import Reason


class Reasons:
    """A growing list of distinct reasons; index 0 means none."""

    def __init__(self) -> None:
        self._list: list[Reason] = [Reason("none", "", "")]
        self._index: dict[tuple[str, str, str], int] = {("none", "", ""): 0}

    def add(self, code: str, zh: str, en: str) -> int:
        """The number of a reason, new or known."""
        key = (code, zh, en)  # hashed three times as fast as the reason itself
        number = self._index.setdefault(key, len(self._list))
        if number == len(self._list):
            self._list.append(Reason(code, zh, en))
        return number

    def all(self) -> list[Reason]:
        """Every reason by its number."""
        return self._list

    def __getitem__(self, index: int) -> Reason:
        return self._list[index]
