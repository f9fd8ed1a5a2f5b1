"""The built-in background: wording known as common, for a first user without a library."""

from __future__ import annotations

from jingwei.model import BoolArray, TracedText


class Background:
    """Wording of official reports by the number of places that use it."""

    def common(self, clean: TracedText) -> BoolArray:
        """Per clean character: part of a fragment that many places use."""
        raise NotImplementedError


def load_background() -> Background | None:
    """The shipped background, or None where its file is missing."""
    return None
