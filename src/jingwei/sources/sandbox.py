"""The parent's side of the worker: start it, keep it while it is healthy, kill it when time is up.

A hang, a crash or an exhausted memory limit costs one file a :class:`Skipped`; the next file gets a new worker.
Workers are kept per process (they do not survive a fork) and used by one thread at a time.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from msgspec.structs import asdict, replace

import jingwei
from jingwei.model import Document, ReadingNote, Skipped
from jingwei.settings import SourceSettings
from jingwei.sources.refusals import Refused, damaged, timed_out
from jingwei.sources.worker import Source, read_frame, time_limit_seconds, write_frame

_FILES_PER_WORKER: Final = 500  # then a fresh one: parsers in C leak a little
_ALL_MEMBERS: Final = 1 << 30
_PACKAGE_ROOT: Final = str(Path(jingwei.__file__).resolve().parents[1])
_START: Final = "import sys; sys.path.append(sys.argv[1]); from jingwei.sources.worker import main; main()"


class Worker:
    """One parsing process, started with the interpreter that runs us."""

    def __init__(self) -> None:
        self.files = 0
        self.owner = os.getpid()
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-P", "-B", "-c", _START, _PACKAGE_ROOT],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},  # threads reserve memory
        )
        self.requests = cast(BinaryIO, self._process.stdin)
        self.answers = cast(BinaryIO, self._process.stdout)

    def kill(self) -> None:
        """End the process now; the pending read sees the end of the stream."""
        with contextlib.suppress(OSError):
            self._process.kill()

    def close(self) -> int:
        """Reap the process; its exit status (negative: ended by that signal)."""
        self.kill()
        for stream in (self.requests, self.answers):
            with contextlib.suppress(OSError):
                stream.close()
        return self._process.wait()


_idle: list[Worker] = []
_lock = threading.Lock()


def _acquire() -> Worker:
    with _lock:
        _idle[:] = [worker for worker in _idle if worker.owner == os.getpid()]
        return _idle.pop() if _idle else Worker()


def _release(worker: Worker) -> None:
    worker.files += 1
    if worker.files >= _FILES_PER_WORKER:
        worker.close()
        return
    with _lock:
        _idle.append(worker)


@atexit.register
def close_workers() -> None:
    """End all idle workers of this process; new ones start when needed."""
    with _lock:
        for worker in _idle:
            if worker.owner == os.getpid():
                worker.close()
        _idle.clear()


def read_in_worker(source: Source, settings: SourceSettings) -> list[Document | Skipped]:
    """Parse ``source`` in a worker; an archive gives one item a member and goes on after a member that kills.

    Never raises for a bad file. Cost: about 0.1 s for the first file of a process, then the parser's own time.
    """
    found: list[Document | Skipped] = []
    while True:  # one turn for the whole file, one more for every member that killed its worker
        position, refusal = _converse(source, settings, found)
        if refusal is None:
            return found
        if position is None:
            return [*found, refusal.skipped(source.label)]
        at, name = position
        found.append(refusal.skipped(name))
        last = source.members[1] if source.members else _ALL_MEMBERS
        if at + 1 >= last:
            return found
        source = replace(source, members=(at + 1, last))


def _converse(
    source: Source, settings: SourceSettings, found: list[Document | Skipped]
) -> tuple[tuple[int, str] | None, Refused | None]:
    """One request; appends to ``found``. Gives the member being read and the reason if the worker died."""
    worker = _acquire()
    position: tuple[int, str] | None = None
    watchdog = _Watchdog(worker, time_limit_seconds(settings))
    request = {
        "kind": source.kind,
        "label": source.label,
        "members": source.members,
        "settings": asdict(settings),
    }
    try:
        with contextlib.suppress(BrokenPipeError):
            write_frame(worker.requests, json.dumps(request).encode())
            write_frame(worker.requests, source.payload)
            worker.requests.flush()
        while (frame := read_frame(worker.answers)) is not None:
            answer: dict[str, Any] = json.loads(frame)
            if "done" in answer:
                watchdog.stop()
                _release(worker)
                return None, None
            if "begin" in answer:
                position = (int(answer["begin"]), str(answer["label"]))
                watchdog.restart()
            else:
                found.append(_restored(answer["found"]))
    except BaseException:
        watchdog.stop()
        worker.close()
        raise
    watchdog.stop()
    status = worker.close()
    if watchdog.fired:
        return position, timed_out(time_limit_seconds(settings))
    limit = settings.max_memory_mb
    return position, damaged(
        f"解析程序异常退出（{status}），内容异常或超过内存上限 {limit} MB（sources.max_memory_mb）",
        f"the parser crashed ({status}): broken content, or more than {limit} MB needed (sources.max_memory_mb)",
    )


class _Watchdog:
    """Kills the worker unless it is restarted or stopped within ``seconds``."""

    def __init__(self, worker: Worker, seconds: float) -> None:
        self._worker, self._seconds = worker, seconds
        self.fired = False
        self._start()

    def _start(self) -> None:
        self._timer = threading.Timer(self._seconds, self._fire)
        self._timer.daemon = True
        self._timer.start()

    def _fire(self) -> None:
        self.fired = True
        self._worker.kill()

    def restart(self) -> None:
        self._timer.cancel()
        self._start()

    def stop(self) -> None:
        self._timer.cancel()


def _restored(plain: dict[str, Any]) -> Document | Skipped:
    values = dict(plain)
    if values.pop("type") == "Skipped":
        return Skipped(**values)
    values["notes"] = tuple(ReadingNote(**note) for note in values["notes"])
    return Document(**values)
