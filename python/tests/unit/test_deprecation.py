# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Warnings point at the program's line, however deep the package is when it warns."""

from __future__ import annotations

import linecache
import sys
import warnings

import pytest

from pyflink.common import ExecutionMode
from pyflink.common.execution_config import ExecutionConfig
from pyflink.common.restart_strategy import RestartStrategies
from pyflink.datastream.state_backend import RocksDBStateBackend
from pyflink.java_gateway import get_gateway


def lines(seen) -> list[str]:
    return [linecache.getline(w.filename, w.lineno).strip() for w in seen]


def test_the_line_and_the_successor() -> None:
    with pytest.warns(DeprecationWarning, match="Use the setting 'restart-strategy.type'") as seen:
        RestartStrategies.no_restart()
    assert lines(seen) == ["RestartStrategies.no_restart()"]


def test_one_warning_for_one_name() -> None:
    with pytest.warns(DeprecationWarning, match="Use EmbeddedRocksDBStateBackend") as seen:
        RocksDBStateBackend("file:///tmp/checkpoints")
    assert lines(seen) == ['RocksDBStateBackend("file:///tmp/checkpoints")']


def test_what_has_no_effect_says_so() -> None:
    config = ExecutionConfig(get_gateway().jvm.org.apache.flink.api.common.ExecutionConfig())
    with pytest.warns(DeprecationWarning, match=r"set_execution_mode has no effect any more\."):
        config.set_execution_mode(ExecutionMode.BATCH)


def test_an_import_of_an_old_module(monkeypatch: pytest.MonkeyPatch) -> None:
    # only the first import of a module runs it, and other tests import it too
    monkeypatch.delitem(sys.modules, "pyflink.util.utils", raising=False)
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        import pyflink.util.utils  # noqa: PLC0415
    assert pyflink.util.utils.to_jarray is pyflink.util.java_utils.to_jarray
    assert [(str(w.message), w.filename) for w in seen] == [
        (
            "The module pyflink.util.utils is deprecated. Use pyflink.util.java_utils instead.",
            __file__,
        )
    ]
