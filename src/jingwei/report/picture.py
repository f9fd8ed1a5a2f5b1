"""A page to draw on: one font, fixed metadata, no pyplot and no global state left behind."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec import Struct

from jingwei.errors import UsageError
from jingwei.model import BoolArray, FloatArray
from jingwei.report.fonts import SUBSTITUTE, FontChoice, find_font
from jingwei.report.names import show_name
from jingwei.report.palette import INK, MUTED, NO_VALUE
from jingwei.report.write import write_bytes_atomic
from jingwei.settings import ReportSettings

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.colors import Colormap
    from matplotlib.font_manager import FontProperties

FORMATS = (".png", ".svg", ".pdf")
DOTS_PER_INCH = 150
MARGIN = 0.35

# Nothing of the clock, the machine or a random seed may enter a file: two runs give the same bytes.
_METADATA: dict[str, dict[str, None]] = {
    ".png": {"Software": None},
    ".svg": {"Date": None, "Creator": None},
    ".pdf": {"CreationDate": None, "ModDate": None, "Creator": None, "Producer": None},
}
_RC: dict[Any, Any] = {
    "svg.hashsalt": "jingwei",
    "svg.fonttype": "path",
    "pdf.fonttype": 3,
    "path.simplify": False,
    "hatch.linewidth": 0.5,
    "axes.unicode_minus": False,
}


class Drawn(Struct, frozen=True):
    """What was written, and the characters the font had no glyph for (drawn as 〓)."""

    picture: Path
    table: Path
    undrawable: str
    font: FontChoice


class Sheet:
    """A figure in inches, origin top left, with text that always draws."""

    def __init__(self, width: float, height: float, font: FontChoice) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        self.width, self.height, self.font = width, height, font
        self.figure = Figure(figsize=(width, height), dpi=DOTS_PER_INCH, facecolor="white")
        FigureCanvasAgg(self.figure)
        self._missing: set[str] = set()

    def axes(self, left: float, top: float, width: float, height: float) -> Axes:
        """Axes at inches from the top left corner, without frame or ticks."""
        box = (left / self.width, 1 - (top + height) / self.height, width / self.width, height / self.height)
        axes = self.figure.add_axes(box)
        axes.set_xticks([])
        axes.set_yticks([])
        for side in axes.spines.values():
            side.set_visible(False)
        return axes

    def properties(self, size: float) -> FontProperties:
        """Font properties for a text of ``size`` points."""
        from matplotlib.font_manager import FontProperties

        return FontProperties(fname=str(self.font.path), size=size)

    def clean(self, text: str) -> str:
        """``text`` made drawable; what had to be replaced is remembered."""
        text = show_name(text)
        self._missing.update(self.font.undrawable([text]))
        return self.font.drawable(text)

    def text(self, x: float, y: float, text: str, size: float, **style: Any) -> None:  # noqa: ANN401 - matplotlib text properties
        """Text at inches from the top left corner of the page."""
        style.setdefault("color", INK)
        self.figure.text(
            x / self.width, 1 - y / self.height, self.clean(text), fontproperties=self.properties(size),
            parse_math=False, **style,
        )  # fmt: skip

    def label(self, axes: Axes, x: float, y: float, text: str, size: float, **style: Any) -> None:  # noqa: ANN401 - matplotlib text properties
        """Text at data coordinates of ``axes``."""
        style.setdefault("color", INK)
        axes.text(x, y, self.clean(text), fontproperties=self.properties(size), parse_math=False, **style)

    def heading(self, title: str, *lines: str) -> None:
        """The title and the small lines under it, on top of every picture."""
        self.text(MARGIN, 0.26, title, 14, va="top")
        for number, line in enumerate(lines):
            self.text(MARGIN, 0.58 + 0.17 * number, line, 8, va="top", color=MUTED)

    def undrawable(self) -> str:
        """All replaced characters, sorted."""
        return "".join(sorted(self._missing))


@contextmanager
def drawing(settings: ReportSettings) -> Iterator[FontChoice]:
    """The font and the drawing parameters; everything global is as before afterwards."""
    font = find_font(settings)
    # matplotlib tells the user about its own font cache through logging; that is not a result of ours.
    logger = logging.getLogger("matplotlib")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        import matplotlib

        with matplotlib.rc_context():
            matplotlib.rcdefaults()
            matplotlib.rcParams.update(_RC)
            yield font
    finally:
        logger.setLevel(before)


def save(sheet: Sheet, path: Path | str, table: str | None, numbers: bytes) -> Drawn:
    """Write the picture and, beside it, the numbers it shows as CSV. Both appear whole or not at all.

    ``table`` is the file name of the CSV; null: the picture's name with .csv. ``numbers`` is its content.

    Raises:
        UsageError: the suffix is none of .png, .svg, .pdf, or the place cannot be written.
    """
    target = Path(path)
    suffix = check_format(target)
    if sheet.undrawable():
        codes = " ".join(f"U+{ord(c):04X}" for c in sheet.undrawable()[:12])
        sheet.text(MARGIN, sheet.height - 0.06, f"{SUBSTITUTE} = {codes}", 6.5, va="bottom", color=MUTED)
    stream = io.BytesIO()
    sheet.figure.savefig(stream, format=suffix[1:], metadata=_METADATA[suffix], dpi=DOTS_PER_INCH)
    beside = target.with_name(table) if table else target.with_suffix(".csv")
    write_bytes_atomic(target, stream.getvalue())
    write_bytes_atomic(beside, numbers)
    return Drawn(target, beside, sheet.undrawable(), sheet.font)


def check_format(path: Path) -> str:
    """The suffix in lower case.

    Raises:
        UsageError: none of .png, .svg, .pdf.
    """
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        name = show_name(path.name)
        raise UsageError(f"{name}：图片格式只能是 .png、.svg、.pdf", f"{name}: pictures are .png, .svg or .pdf")
    return suffix


def text_inches(text: str, size: float) -> float:
    """Rough width of ``text`` at ``size`` points: full-width characters are square, others half as wide."""
    return sum(1.0 if ord(c) > 0x2E7F else 0.56 for c in text) * size / 72


def cividis() -> Colormap:
    """The colour map of every heatmap: colour-blind safe, dark for 0, bright for 1, grey where there is no value."""
    import matplotlib

    return matplotlib.colormaps["cividis"].with_extremes(bad=NO_VALUE)


def shares_image(shares: FloatArray, missing: BoolArray) -> Any:  # noqa: ANN401 - numpy image
    """The pixels of a heatmap of ``shares`` in [0, 1], a grey one where a share is ``missing``.

    As bytes: matplotlib scales them in half the memory and time that it takes for shares of its own colouring.
    """
    return cividis()(np.ma.masked_array(shares, missing), bytes=True)


def draw_scale(sheet: Sheet, left: float, top: float, marks: Sequence[tuple[float, str]]) -> None:
    """The colour scale from 0 to 1 with named limits."""
    from matplotlib.cm import ScalarMappable
    from matplotlib.colors import Normalize

    axes = sheet.axes(left, top, 0.16, 2.2)
    bar = sheet.figure.colorbar(ScalarMappable(Normalize(0, 1), cividis()), cax=axes)
    bar.outline.set_visible(False)
    axes.set_yticks([])
    for value, words in ((0.0, ""), *marks, (1.0, "")):
        axes.axhline(value, color="white" if value < 0.6 else "black", linewidth=0.8)
        sheet.label(axes, 1.3, value, f"{value:.0%} {words}".strip(), 7, va="center")


def cell_number(value: float) -> str:
    """A share as it stands in a cell: ``.07``, ``0``, ``1``."""
    rounded = f"{value:.2f}"
    return {"0.00": "0", "1.00": "1"}.get(rounded, rounded.removeprefix("0"))
