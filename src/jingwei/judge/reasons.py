"""Reasons of a report, numbered so that every character can carry one."""

from __future__ import annotations

from collections.abc import Callable

from jingwei.model import Reason

Spelt = tuple[str, str, str]  # code, Chinese, English


class Reasons:
    """A growing list of distinct reasons; index 0 means none."""

    def __init__(self) -> None:
        self._keys: dict[int, tuple[object, ...]] = {0: ("none", "", "")}
        self._index = {key: number for number, key in self._keys.items()}
        self._blocks: list[tuple[range, Callable[[int], Spelt]]] = []
        self._next = 1
        self._known: dict[int, Reason] = {}

    def add(self, code: str, zh: str, en: str) -> int:
        """The number of a reason, new or known."""
        return self._number((code, zh, en))

    def later(self, spell: Callable[[str, str], Spelt], first: str, second: str) -> int:
        """The number of the reason ``spell(first, second)``, which is spelt out when it is first read.

        Half of the facts of a report lie in passages that say more. Different arguments must spell different reasons.
        """
        return self._number((spell, first, second))

    def block(self, spell: Callable[[int], Spelt], size: int) -> int:
        """The first number of ``size`` new reasons in a row: n after it is ``spell(n)``, spelt out when it is read.

        They must differ from each other and from all others.
        """
        first = self._next
        self._next += size
        self._blocks.append((range(first, self._next), spell))
        return first

    def _number(self, key: tuple[object, ...]) -> int:
        number = self._index.get(key)
        if number is None:
            number = self._index[key] = self._next
            self._keys[number] = key
            self._next += 1
        return number

    def each(self, indices: list[int]) -> list[Reason]:
        """The reasons of many stretches: each one that occurs is looked up once."""
        known = {index: self[index] for index in set(indices)}
        return [known[index] for index in indices]

    def __getitem__(self, index: int) -> Reason:
        known = self._known.get(index)
        if known is None:
            known = self._known[index] = Reason(*self._spelt(index))
        return known

    def _spelt(self, index: int) -> Spelt:
        key = self._keys.get(index)
        if key is None:
            block, spell = next(one for one in self._blocks if index in one[0])
            return spell(index - block.start)
        first, *rest = key
        return first(*rest) if callable(first) else key  # type: ignore[return-value]
