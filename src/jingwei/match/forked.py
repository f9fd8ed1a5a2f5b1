"""Parts of one computation done at once in forked processes, which see what this one holds and send back answers."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

_Answer = TypeVar("_Answer")

_TASKS: list[Callable[[], Any]] = []  # inherited by the forked processes instead of being sent


def side_by_side(tasks: Sequence[Callable[[], Any]], workers: int) -> list[Any]:
    """The answers of all tasks, in order. Larger tasks should stand first.

    Without fork, or with one worker, they are done here one after the other: the answers are the same.
    """
    if workers <= 1 or len(tasks) <= 1 or not _can_fork():
        return [task() for task in tasks]
    with _forked(tasks, min(workers, len(tasks))) as pool:
        return list(pool.map(_do, range(len(tasks))))


def meanwhile(
    tasks: Sequence[Callable[[], Any]], here: Callable[[], _Answer], workers: int
) -> tuple[list[Any], _Answer]:
    """The answers of all tasks, done in another process one after the other, and that of ``here``, done in this one.

    For work whose answer is too large to be sent. Without fork, or with one worker, all is done here.
    """
    if workers <= 1 or not _can_fork():
        return [task() for task in tasks], here()
    with _forked(tasks, 1) as pool:
        answers = pool.map(_do, range(len(tasks)))
        done = here()
        return list(answers), done


def _can_fork() -> bool:
    import multiprocessing

    inside = bool(_TASKS) or multiprocessing.current_process().daemon  # such a process forks no further ones
    return not inside and "fork" in multiprocessing.get_all_start_methods()


@contextmanager
def _forked(tasks: Sequence[Callable[[], Any]], workers: int) -> Iterator[ProcessPoolExecutor]:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    _TASKS.extend(tasks)
    try:
        context = multiprocessing.get_context("fork")
        with warnings.catch_warnings(), ProcessPoolExecutor(workers, mp_context=context) as pool:
            warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12+: fork beside numpy's idle threads
            yield pool
    finally:
        _TASKS.clear()


def _do(number: int) -> Any:  # noqa: ANN401 - what the task answers
    return _TASKS[number]()
