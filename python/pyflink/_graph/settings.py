# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What the workers on this machine take over from the program."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from pyflink._dependencies.options import KEYS
from pyflink._dependencies.workers import Workers
from pyflink._gateway import java_class, work_directory
from pyflink._graph.log_levels import log_levels
from pyflink._submit.target import Elsewhere
from pyflink.common._settings import unpack

_PYTHON = "io.flinker.gateway.Python"
_DEBUG = "flinker.debug"
_DEBUG_VARIABLE = "FLINKER_DEBUG"
_YES = ("1", "true", "yes", "on")

_published: tuple[tuple[object, bytes, bytes], str] | None = None


def publish_settings() -> None:
    """Tells the JVM the interpreter, sys.path, the working directory, the environment, log levels.

    Cheap if nothing has changed since the last time.
    """
    _publish(_usual())


def prepare_workers(j_env: Any) -> Elsewhere | None:
    """Makes the workers of an environment's next job such as its settings say.

    Before every job: even one without functions of the user's may print Python objects.

    Args:
        j_env: the Java ``StreamExecutionEnvironment``.

    Returns:
        The cluster that the job will run on, if it is not this process's.

    Raises:
        ClusterError: if that cluster cannot be reached or does not fit.
        FileNotFoundError: if there is nothing at a path that the settings name.
        ValueError: if a setting makes no sense.
        WorkerSetupError: if what the settings ask for cannot be had.
    """
    usual = _usual()
    name = _publish(usual)
    facade = java_class(_PYTHON)
    settings = unpack(facade.options(j_env))
    elsewhere = Elsewhere.of(settings)
    if elsewhere is not None:
        # loaded late: few programs need it
        shipment = import_module("pyflink._submit.cluster").shipment_for(j_env, settings)
        facade.use(j_env, shipment.name(), shipment.files())
        return elsewhere
    workers = replace(usual, in_client=runs_in_client(settings))
    if workers.in_client:
        import_module("pyflink._debug").serve_jobs()
    if any(settings.get(key) for key in KEYS):
        # loaded late: few jobs need it
        set_up = import_module("pyflink._dependencies.setup").set_up
        workers = set_up(workers, settings, Path(work_directory()))
    if workers != usual:
        name = facade.settings(workers.packed(), False)
    facade.use(j_env, name, [])
    return None


def runs_in_client(settings: Mapping[str, str]) -> bool:
    """Whether the functions of a job are to run in this process.

    Args:
        settings: those of its environment.

    Raises:
        ValueError: if the setting is neither true nor false.
    """
    value = settings.get(_DEBUG)
    if value is None:
        return os.environ.get(_DEBUG_VARIABLE, "").lower() in _YES
    if value.lower() not in ("true", "false"):
        raise ValueError(f"'{_DEBUG}' is '{value}': write 'true' or 'false'")
    return value.lower() == "true"


def _usual() -> Workers:
    return replace(Workers.like_client(), in_client=runs_in_client({}))


def _publish(workers: Workers) -> str:
    global _published
    facade = java_class(_PYTHON)
    wanted = (facade, workers.packed(), log_levels())
    # another facade is another JVM
    if _published is None or _published[0][0] is not facade or _published[0] != wanted:
        name = facade.settings(wanted[1], True)
        facade.logLevels(wanted[2])
        _published = (wanted, name)
    return _published[1]
