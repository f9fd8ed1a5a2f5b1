"""How frozen values are made fast and sent small between processes. Imports nothing of ours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import MISSING, fields, is_dataclass
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

_Value = TypeVar("_Value")


def by_constructor(cls: type[_Value]) -> type[_Value]:
    """Make and pickle a frozen value by its constructor, and fill its slots by their own setters.

    A report holds thousands of such values and workers send them all. ``dataclass(frozen=True, slots=True)`` restores
    them field by field in Python, which costs five times as much, and its constructor has ``object.__setattr__`` find
    every slot by name, which costs twice as much.
    """
    slots = fields(cls)  # type: ignore[arg-type]
    values = attrgetter(*(f.name for f in slots))
    cls.__reduce__ = lambda self: (cls, values(self))  # type: ignore[method-assign]
    scope: dict[str, Any] = {"MISSING": MISSING}
    arguments, lines = ["self"], []
    for f in slots:
        name = f.name
        scope |= {
            f"set_{name}": getattr(cls, name).__set__,
            f"default_{name}": f.default,
            f"make_{name}": f.default_factory,
        }
        given = name if f.default_factory is MISSING else f"make_{name}() if {name} is MISSING else {name}"
        required = f.default is MISSING and f.default_factory is MISSING
        arguments.append(name if required else f"{name}=default_{name}")
        lines.append(f" set_{name}(self, {given})")
    exec(f"def __init__({', '.join(arguments)}):\n" + "\n".join(lines), scope)  # noqa: S102 - as dataclass does
    cls.__init__ = scope["__init__"]  # type: ignore[method-assign]
    return cls


def in_columns(*names: str) -> Callable[[type[_Value]], type[_Value]]:
    """Pickle a value by its constructor, and the named fields, tuples of values of one class each, column by column.

    A tuple of some hundred spans is then four lists of plain values, which pickle in C: a third of the time.
    """

    def decorated(cls: type[_Value]) -> type[_Value]:
        slots = [f.name for f in fields(cls)]  # type: ignore[arg-type]
        values, at = attrgetter(*slots), [slots.index(name) for name in names]

        def reduced(self: object) -> tuple[Any, ...]:
            row = list(values(self))
            for i in at:
                row[i] = _Columns.of(row[i]) if row[i] else None
            return _restored, (cls, at, row)

        cls.__reduce__ = reduced  # type: ignore[method-assign]
        return cls

    return decorated


class _Columns(NamedTuple):
    """Values of one class by their fields; ``numbers`` say which of them stands where, when some stand in many places."""

    kind: type
    fields: list[Any]
    numbers: list[int] | None = None

    @classmethod
    def of(cls, many: Sequence[Any], numbers: list[int] | None = None) -> _Columns:
        kind = type(many[0])
        columns = zip(*map(attrgetter(*(f.name for f in fields(kind))), many), strict=True)
        return cls(kind, [_shared(column) if is_dataclass(column[0]) else column for column in columns], numbers)

    def values(self) -> tuple[Any, ...]:
        made = tuple(map(self.kind, *(c.values() if isinstance(c, _Columns) else c for c in self.fields)))
        return made if self.numbers is None else tuple([made[number] for number in self.numbers])


def _shared(many: Sequence[Any]) -> _Columns:
    """Each value once: half of the spans of a report have their reason in common with another one."""
    distinct = {id(one): one for one in many}
    number = {key: n for n, key in enumerate(distinct)}
    return _Columns.of(list(distinct.values()), [number[id(one)] for one in many])


def _restored(cls: type[_Value], at: list[int], row: list[Any]) -> _Value:
    for i in at:
        row[i] = row[i].values() if row[i] else ()
    return cls(*row)
