"""Reasons of a report, numbered so that every character can carry one."""

from __future__ import annotations

from collections.abc import Callable

from jingwei.model import Reason

Spelt = tuple[str, str, str]  # code, Chinese, English


class Reasons:
    """A growing list of distinct reasons; index 0 means none."""

    def __init__(self) -> None:
        self._list: list[Reason | None] = [Reason("none", "", "")]
        self._keys: list[tuple[object, ...]] = [("none", "", "")]
        self._index: dict[tuple[object, ...], int] = {("none", "", ""): 0}

    def add(self, code: str, zh: str, en: str) -> int:
        """The number of a reason, new or known."""
        return self._number((code, zh, en))

    def later(self, spell: Callable[[str, str], Spelt], first: str, second: str) -> int:
        """The number of the reason ``spell(first, second)``, which is spelt out when it is first read.

        Half of the facts of a report lie in passages that say more. Different arguments must spell different reasons.
        """
        return self._number((spell, first, second))

    def _number(self, key: tuple[object, ...]) -> int:
        number = self._index.get(key)
        if number is None:
            number = self._index[key] = len(self._list)
            self._list.append(None)
            self._keys.append(key)
        return number

    def each(self, indices: list[int]) -> list[Reason]:
        """The reasons of many stretches: each one that occurs is looked up once."""
        known = {index: self[index] for index in set(indices)}
        return [known[index] for index in indices]

    def __getitem__(self, index: int) -> Reason:
        known = self._list[index]
        if known is None:
            first, *rest = self._keys[index]
            spelt = first(*rest) if callable(first) else (first, *rest)
            known = self._list[index] = Reason(*spelt)
        return known
