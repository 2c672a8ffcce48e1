# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What all tests share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest

# The same examples every time, so that a change is blamed for what it did; FLINKER_TEST_RANDOM=1
# looks for new ones. No deadlines: how quick a machine is says nothing.
hypothesis.settings.register_profile(
    "flinker",
    deadline=None,
    derandomize=os.environ.get("FLINKER_TEST_RANDOM") != "1",
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("flinker")


def pytest_configure(config: pytest.Config) -> None:
    # the class-data archive is made once and kept between runs, out of the user's own folder
    os.environ.setdefault("FLINKER_CACHE_DIR", str(config.rootpath / ".pytest_cache" / "flinker"))


@pytest.fixture(scope="session")
def test_jar() -> Path:
    """The jar with the Java functions that tests use; the engine's build makes it."""
    jar = Path(__file__).parents[2] / "java-engine" / "target" / "flinker-engine-tests.jar"
    assert jar.is_file(), "run 'python3 dev.py engine'"
    return jar


@pytest.fixture
def files_in() -> Callable[[Path], dict[str, str]]:
    """All files below a folder, hidden ones too: their paths in it and their texts."""

    def files_in(folder: Path) -> dict[str, str]:
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return {file.relative_to(folder).as_posix(): file.read_text("utf-8") for file in files}

    return files_in
