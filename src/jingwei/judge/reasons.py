"""Reasons of a report, numbered so that every character can carry one."""

from __future__ import annotations

from jingwei.model import Reason


class Reasons:
    """A growing list of distinct reasons; index 0 means none."""

    def __init__(self) -> None:
        self._list: list[Reason] = [Reason("none", "", "")]
        self._index: dict[Reason, int] = {self._list[0]: 0}

    def add(self, reason: Reason) -> int:
        """The number of ``reason``, new or known."""
        if reason not in self._index:
            self._index[reason] = len(self._list)
            self._list.append(reason)
        return self._index[reason]

    def __getitem__(self, index: int) -> Reason:
        return self._list[index]
