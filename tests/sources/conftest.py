"""What the tests of the readers share: settings, and the scripts that make their files."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from jingwei.model import Document, Skipped
from jingwei.settings import SourceSettings
from jingwei.sources import read_bytes
from jingwei.sources.sandbox import close_workers

ROOT = Path(__file__).resolve().parents[2]


def _script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def format_fixtures() -> ModuleType:
    return _script("make_format_fixtures")


@pytest.fixture(scope="session")
def attack_set() -> ModuleType:
    return _script("make_attack_set")


@pytest.fixture(scope="session")
def fuzzer() -> ModuleType:
    return _script("fuzz_readers")


@pytest.fixture(scope="session")
def formats_dir() -> Path:
    return ROOT / "fixtures" / "formats"


@pytest.fixture
def settings() -> SourceSettings:
    return SourceSettings()


@pytest.fixture
def read() -> Callable[[bytes], Document]:
    def _read(payload: bytes) -> Document:
        (found,) = read_bytes(payload, "x", SourceSettings())
        assert isinstance(found, Document), found
        return found

    return _read


@pytest.fixture
def refused() -> Callable[..., Skipped]:
    def _refused(payload: bytes, settings: SourceSettings | None = None) -> Skipped:
        (found,) = read_bytes(payload, "x", settings or SourceSettings())
        assert isinstance(found, Skipped), found
        return found

    return _refused


@pytest.fixture(scope="session", autouse=True)
def _no_worker_left() -> Iterator[None]:
    yield
    close_workers()
