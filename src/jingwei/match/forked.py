"""Parts of one computation done at once in forked processes, which see what this one holds and send back answers."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from typing import Any

_TASKS: list[Callable[[], Any]] = []  # inherited by the forked processes instead of being sent


def side_by_side(tasks: Sequence[Callable[[], Any]], workers: int) -> list[Any]:
    """The answers of all tasks, in order. Larger tasks should stand first.

    Without fork, or with one worker, they are done here one after the other: the answers are the same.
    """
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    if workers <= 1 or len(tasks) <= 1 or "fork" not in multiprocessing.get_all_start_methods():
        return [task() for task in tasks]
    if _TASKS or multiprocessing.current_process().daemon:  # inside such a process already
        return [task() for task in tasks]
    _TASKS.extend(tasks)
    try:
        context = multiprocessing.get_context("fork")
        with warnings.catch_warnings(), ProcessPoolExecutor(min(workers, len(tasks)), mp_context=context) as pool:
            warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12+: fork beside numpy's idle threads
            return list(pool.map(_do, range(len(tasks))))
    finally:
        _TASKS.clear()


def _do(number: int) -> Any:  # noqa: ANN401 - what the task answers
    return _TASKS[number]()
