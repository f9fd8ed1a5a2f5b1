"""Many files read and parsed in worker processes, results in the order of the inputs."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import PurePosixPath
from typing import TypeVar

from jingwei.model import Document, Report, Skipped
from jingwei.pipeline.prepare import Prepared, parse, prepare
from jingwei.settings import Settings
from jingwei.sources import Input, SourceItem, expand, read_one

Units = Mapping[str, tuple[str | None, int | None]]
Progress = Callable[[int, int], None]
Item = TypeVar("Item")
Answer = TypeVar("Answer")
MIN_PARALLEL = 12  # fewer files are read sooner than a worker process starts


def read_reports(
    paths: Sequence[Input], settings: Settings, *, units: Units | None = None, progress: Progress | None = None
) -> list[Report | Skipped]:
    """Every file behind ``paths`` as a report or a skip with its reason, in a deterministic order.

    Raises:
        UsageError: a named path does not exist.
    """
    items = expand(paths, settings.sources)
    work = partial(read_item, settings=settings, units=units or {})
    return [one for many in spread(work, items, settings.workers, progress) for one in many]


def read_prepared(
    paths: Sequence[Input], settings: Settings, *, units: Units | None = None, progress: Progress | None = None
) -> list[Prepared | Skipped]:
    """Like :func:`read_reports`, with everything found that needs no other report."""
    items = expand(paths, settings.sources)
    work = partial(_prepare_item, settings=settings, units=units or {})
    return [one for many in spread(work, items, settings.workers, progress) for one in many]


def spread(
    work: Callable[[Item], Answer],
    items: Sequence[Item],
    workers: int,
    progress: Progress | None = None,
    *,
    forked: bool = False,
    chunk: int = 0,
) -> list[Answer]:
    """``work`` of every item, in order; in ``workers`` processes when there are enough items to repay them.

    ``forked``: the work reads what this process holds in memory, so without fork it is done here. ``chunk``: items a
    worker takes at once; 0 lets their number decide.
    """
    answers: list[Answer] = []
    many = workers > 1 and len(items) >= MIN_PARALLEL
    can_fork = many and _can_fork()
    if not many or (forked and not can_fork):
        for item in items:
            answers.append(work(item))
            if progress is not None:
                progress(len(answers), len(items))
        return answers
    import multiprocessing  # one draft needs none of it
    from concurrent.futures import ProcessPoolExecutor

    chunk = chunk or max(1, min(64, len(items) // (workers * 4)))
    context = multiprocessing.get_context("fork" if can_fork else "spawn")
    with warnings.catch_warnings(), ProcessPoolExecutor(max_workers=workers, mp_context=context) as pool:
        # Python 3.12+ warns of fork beside numpy's idle threads; the children only compute.
        warnings.simplefilter("ignore", DeprecationWarning)
        for answer in pool.map(work, items, chunksize=chunk):
            answers.append(answer)
            if progress is not None:
                progress(len(answers), len(items))
    return answers


def _can_fork() -> bool:
    import multiprocessing

    return "fork" in multiprocessing.get_all_start_methods()


def read_item(item: SourceItem, settings: Settings, units: Units) -> list[Report | Skipped]:
    """The reports in one unit of reading; safe in any process."""
    read = read_one(item, settings.sources)
    return [_parse(d, settings, units) if isinstance(d, Document) else d for d in read]


def _prepare_item(item: SourceItem, settings: Settings, units: Units) -> list[Prepared | Skipped]:
    reports = read_item(item, settings, units)
    return [prepare(r, settings) if isinstance(r, Report) else r for r in reports]


def _parse(document: Document, settings: Settings, units: Units) -> Report | Skipped:
    unit, year = unit_of(units, document.path)
    return parse(document, settings, unit=unit, year=year)


def unused_rows(units: Units, paths: Iterable[str]) -> list[str]:
    """Files a units.csv names that are none of ``paths``: most likely a slip of the pen in the table."""
    shown = [p.replace("\\", "/") for p in paths]
    return [k for k in units if not any(p == k or p.endswith("/" + k) for p in shown)]


def unit_of(units: Units, path: str) -> tuple[str | None, int | None]:
    """The row of a units.csv that names ``path``: whole, or by file name."""
    if not units:
        return None, None
    for key in (path, PurePosixPath(path).name):
        if key in units:
            return units[key]
    found = [v for k, v in units.items() if path.endswith("/" + k)]
    return found[0] if found else (None, None)


def common_ids(paths: Sequence[str]) -> tuple[str, ...]:
    """Each path below the folder that all of them share; the file name when there is one file."""
    parts = [PurePosixPath(p).parts for p in paths]
    shared = 0
    while all(len(p) > shared + 1 for p in parts) and len({p[shared] for p in parts}) == 1:
        shared += 1
    return tuple("/".join(p[shared:]) for p in parts)
