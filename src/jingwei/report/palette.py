"""Colours, hatches and marks of the six kinds: told apart by hue, by lightness alone (black and white), by pattern.

Lightness (CIE L*) falls from own to copied in steps of at least ten, so a grey print keeps the order.
"""

from __future__ import annotations

from collections.abc import Mapping

KIND_COLOURS: Mapping[str, str] = {
    "own": "#f4f2ea",
    "mandated": "#c4d4e7",
    "local": "#8cc294",
    "formulaic": "#998bad",
    "recycled": "#a9621a",
    "copied": "#8a1626",
}
"""Fill colours in falling lightness; text on recycled and copied is white, on the others black."""

KIND_HATCHES: Mapping[str, str] = {
    "own": "",
    "mandated": "..",
    "local": "",
    "formulaic": "//",
    "recycled": "\\\\\\",
    "copied": "xxxx",
}
"""matplotlib hatch codes."""

KIND_MARKS: Mapping[str, str] = {
    "mandated": "规",
    "recycled": "旧",
    "copied": "雷",
    "formulaic": "套",
    "local": "实",
    "own": "述",
}
"""One character per kind, for places too small for a word."""

INK = "#1d2733"
MUTED = "#5b6673"
LINE = "#c9d0d8"
NO_VALUE = "#d6d9dd"

GROUP_COLOURS = ("#1b4f72", "#b9701f", "#4d7c4f", "#7b5ea7", "#8a1626", "#6b7a8f", "#9a8a1f", "#2b8a8a")


def lightness(colour: str) -> float:
    """CIE L* (0 black to 100 white) of a #rrggbb colour."""
    y = relative_luminance(colour)
    return 116 * y ** (1 / 3) - 16 if y > 216 / 24389 else y * 24389 / 27


def relative_luminance(colour: str) -> float:
    """WCAG 2 relative luminance in [0, 1] of a #rrggbb colour."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """WCAG 2 contrast ratio in [1, 21] of two #rrggbb colours."""
    high, low = sorted((relative_luminance(first), relative_luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


CIVIDIS = (
    "#00224e", "#002e6a", "#1a386f", "#32436d", "#434e6c", "#535a6d", "#61656f", "#6f7073", "#7d7c78", "#8c8878",
    "#9b9476", "#aba072", "#bcae6c", "#cdbb63", "#dec958", "#f0d846", "#fee838",
)  # fmt: skip
"""Seventeen stops of matplotlib's cividis, for the pages (proved against matplotlib by a test)."""
