# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What tests that run jobs share."""

from __future__ import annotations

import pytest

from pyflink.datastream import StreamExecutionEnvironment


@pytest.fixture
def single() -> StreamExecutionEnvironment:
    """An environment with a parallelism of 1: so what comes out has an order."""
    env = StreamExecutionEnvironment.get_execution_environment()
    env.set_parallelism(1)
    return env
