"""From the pages of a fixed-layout document (PDF, OFD) to its paragraphs."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import replace
from typing import Final

from jingwei.sources.furniture import without_furniture
from jingwei.sources.gaptables import table_rows
from jingwei.sources.layout import Block, blocks_of
from jingwei.sources.page import Page, lines_of
from jingwei.sources.reflow import Flow, Frame, frame_of

_LONG_LINE_CHARS: Final = 6
_MIN_LINES_OF_MARGIN: Final = 8
_NARROW_SHARE: Final = 0.4  # of the page width: real columns of prose are wider


def paragraphs_of_pages(pages: list[Page]) -> list[str]:
    """Paragraphs in reading order, joined over page ends, without heads, feet and page numbers."""
    lines = [lines_of(page.glyphs) for page in pages]
    lines = without_furniture(lines, [page.height for page in pages])
    blocks = [blocks_of(found, page.rulings) for found, page in zip(lines, pages, strict=True)]
    ordered = [(number, block) for number, found in enumerate(blocks) for block in found]
    ordered = _streams(ordered)
    frames = _frames([block for _, block in ordered], max((page.width for page in pages), default=0.0))
    flow = Flow()
    for at, (_, block) in enumerate(ordered):
        if block.table is not None:
            flow.add_finished(block.table.rows)
            continue
        moved = at > 0 and (ordered[at - 1][0] != ordered[at][0] or ordered[at - 1][1].column != block.column)
        frame = frames[id(block)]
        rows = table_rows(block.lines)
        for position, line in enumerate(block.lines):
            if id(line) not in rows:
                flow.add(line, frame, new_page=position == 0 and moved)
            elif rows[id(line)]:
                flow.add_finished([rows[id(line)]])
    return flow.paragraphs


def _frames(blocks: list[Block], page_width: float) -> dict[int, Frame]:
    """One frame for each column position over all pages: a short last page says little about the margins.

    Where no line reaches far, none was broken for lack of room: the right margin is taken to be as wide as the left.
    """
    groups: dict[tuple[tuple[int, ...], int], list[Block]] = {}
    for block in blocks:
        if block.table is None:
            key = (block.column, round(block.left / 40) if block.column else 0)
            groups.setdefault(key, []).append(block)
    frames: dict[int, Frame] = {}
    for group in groups.values():
        frame = frame_of([line for block in group for line in block.lines])
        if not group[0].column and frame.right - frame.left < _NARROW_SHARE * page_width:
            frame = replace(frame, right=max(frame.right, page_width - frame.left))
        frames.update((id(block), _shifted(block, frame)) for block in group)
    return frames


def _shifted(block: Block, frame: Frame) -> Frame:
    """The frame moved to where this page has its margin: left and right pages of a book differ."""
    starts = [line.x0 for line in block.lines if len(line.text) > _LONG_LINE_CHARS]
    if block.column or len(starts) < _MIN_LINES_OF_MARGIN:
        return frame
    left = sorted(starts)[len(starts) // 10]
    if abs(left - frame.left) < 0.3 * frame.size or sum(abs(x - left) < 1 for x in starts) < 0.4 * len(starts):
        return frame
    return replace(frame, left=left, right=frame.right + left - frame.left)


def _streams(ordered: list[tuple[int, Block]]) -> list[tuple[int, Block]]:
    """Columns that run on over several pages side by side (two texts compared) are read one after the other.

    Whether the left column goes on in the right one or on the next page is judged by the pairs of characters at the
    seams: a pair that also occurs inside the text is no accident.
    """
    pairs: Counter[str] = Counter()
    for _, block in ordered:
        for line in block.lines:
            pairs.update(line.text[i : i + 2] for i in range(len(line.text) - 1))
    result: list[tuple[int, Block]] = []
    run: list[tuple[int, Block]] = []
    for item in [*ordered, (-1, Block([], 0, 0))]:
        if item[1].column:
            run.append(item)
            continue
        result += _unwound(run, pairs)
        run = []
        if item[0] >= 0:
            result.append(item)
    return result


def _unwound(run: list[tuple[int, Block]], pairs: Counter[str]) -> list[tuple[int, Block]]:
    columns = {block.column for _, block in run}
    pages = sorted({page for page, _ in run})
    if len(columns) < 2 or len(pages) < 2 or any(block.table for _, block in run):
        return run
    down = sorted(run, key=lambda item: (item[1].column, item[0]))
    return down if _seams(down, pairs) > _seams(run, pairs) else run


def _seams(run: list[tuple[int, Block]], pairs: Counter[str]) -> int:
    texts = [block for _, block in run if block.lines]
    return sum(pairs[a.lines[-1].text[-1:] + b.lines[0].text[:1]] > 0 for a, b in itertools.pairwise(texts))
