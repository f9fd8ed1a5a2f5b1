"""Fixtures shared by all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# One commit has one outcome: properties are tried with the same examples each time. `make explore` draws new ones.
settings.register_profile("same", derandomize=True)
settings.register_profile("explore", derandomize=False, print_blob=True)
settings.load_profile("same")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder with the shared evaluation material; tests that need it skip where it is absent."""
    folder = Path(os.environ.get("JINGWEI_SHARED", ROOT.parent / "shared"))
    if not (folder / "data").is_dir():
        if os.environ.get("JINGWEI_REQUIRE_SHARED"):
            pytest.fail(f"the shared evaluation material is required but not at {folder}")
        pytest.skip("the shared evaluation material is not on this machine")
    return folder


@pytest.fixture(scope="session")
def fixtures_dir() -> Path:
    """The reports of invented places."""
    return ROOT / "fixtures"
