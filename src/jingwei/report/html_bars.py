"""The composition bar: how much of a stretch is of which kind, as one line of colours and hatches."""

from __future__ import annotations

from markupsafe import Markup
from msgspec import Struct

from jingwei.model import KINDS
from jingwei.report.composition import Stretch
from jingwei.report.markup import escaped, trusted
from jingwei.report.words import KIND_LABELS, percent


class Bar(Struct, frozen=True):
    """One kind in a composition bar: position and width in 1/1000 of it."""

    kind: str
    x: int
    width: int
    chars: int
    share: float


def bars_of(stretch: Stretch) -> tuple[Bar, ...]:
    """The kinds of a stretch as a bar of 1000 units; rounding never overruns it."""
    bars, done, body = [], 0, stretch.body
    for kind, chars in zip(KINDS, stretch.chars, strict=True):
        if chars:
            x = round(1000 * done / body)
            done += chars
            bars.append(Bar(kind, x, round(1000 * done / body) - x, chars, chars / body))
    return tuple(bars)


def bar_markup(stretch: Stretch, *, thin: bool = False) -> Markup:
    """The bar of a stretch, its shares said in words for those who do not see it."""
    bars = bars_of(stretch)
    words = "，".join([f"{escaped(KIND_LABELS[b.kind].zh)} {escaped(percent(b.share))}" for b in bars])
    fills = []
    for bar in bars:
        box = f'x="{bar.x / 10}%" y="0" width="{bar.width / 10}%" height="100%"/>'
        fills.append(f'<rect class="fill-{bar.kind}" {box}')
        if bar.kind not in _UNHATCHED:
            fills.append(f'<rect fill="url(#hatch-{bar.kind})" {box}')
    size = " thin" if thin else ""
    return trusted(f'<svg class="bar{size}" role="img" aria-label="{words}">\n{"".join(fills)}</svg>')


_UNHATCHED = frozenset({"own", "local"})
