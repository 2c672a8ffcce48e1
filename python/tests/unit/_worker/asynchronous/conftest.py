# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""An asynchronous function as a worker has it."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import cloudpickle
import pytest

from pyflink._worker.asynchronous.options import CallOptions
from pyflink._worker.functions import UserFunction


@pytest.fixture
def user_function() -> Callable[..., UserFunction]:
    def user_function(
        function: Any, rich: bool = False, annotated: bool = False, **options: Any
    ) -> UserFunction:
        options.setdefault("timeout", 0)
        payload = cloudpickle.dumps((function, rich, annotated, CallOptions(**options)))
        spec = SimpleNamespace(urn="flinker:function:async:v1", payload=payload)
        return UserFunction(SimpleNamespace(unique_name="ask", spec=spec))

    return user_function
