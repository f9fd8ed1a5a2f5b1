"""Regular expressions compiled when first used.

Compiling one ``[一-龥]`` costs about a millisecond, because ``re`` walks the whole range; a short draft needs a part of
the expressions only, and ``--help`` needs none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")


class _LazyPattern:
    """Stands for a compiled expression; the first use puts its bound methods in place of the stand-in."""

    def __init__(self, source: str | Callable[[], str]) -> None:
        self._source = source

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - any method of a pattern
        if name not in _METHODS and name != "pattern":
            raise AttributeError(name)
        source = self._source if isinstance(self._source, str) else self._source()
        compiled = re.compile(source)
        self.__dict__.update({method: getattr(compiled, method) for method in _METHODS}, pattern=source)
        return self.__dict__[name]


def lazy(source: str | Callable[[], str]) -> re.Pattern[str]:
    """The expression ``source`` (or what it returns), compiled when first used; errors show only then."""
    return cast("re.Pattern[str]", _LazyPattern(source))
