# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""State backends in general, and the one on the heap."""

from __future__ import annotations

from typing import Any

from pyflink._gateway import java_class
from pyflink.common import _settings

BACKEND = "state.backend.type"
_GIVEN_FACTORY = "io.flinker.config.GivenStateBackendFactory"
_GIVEN = "state.backend.given-object"


class StateBackend:
    """How the state of a running job is kept.

    In Flink 2 this is a setting: ``state.backend.type``.

    Args:
        j_state_backend: the Java ``StateBackend``.
    """

    def __init__(self, j_state_backend: Any) -> None:
        self._j_state_backend = j_state_backend

    def _to_configuration(self) -> dict[str, str]:
        """The settings of Flink 2 that mean the same."""
        text = _settings.settings_class().textOf(self._j_state_backend)
        return {BACKEND: _GIVEN_FACTORY, _GIVEN: text}


class HashMapStateBackend(StateBackend):
    """Keeps state as Java objects on the heap: fast, and limited by memory.

    Args:
        j_hashmap_state_backend: a Java object to wrap; a new one if None.
    """

    def __init__(self, j_hashmap_state_backend: Any = None) -> None:
        if j_hashmap_state_backend is None:
            j_hashmap_state_backend = new_j_hash_map()
        super().__init__(j_hashmap_state_backend)

    def _to_configuration(self) -> dict[str, str]:
        return {BACKEND: "hashmap"}

    def __str__(self) -> str:
        return str(self._j_state_backend.toString())


class CustomStateBackend(StateBackend):
    """A state backend written in Java.

    Args:
        j_custom_state_backend: the Java object; it travels with the job.
    """

    def __init__(self, j_custom_state_backend: Any) -> None:
        super().__init__(j_custom_state_backend)


def new_j_hash_map() -> Any:
    """A Java ``HashMapStateBackend``."""
    return java_class("org.apache.flink.runtime.state.hashmap.HashMapStateBackend")()
