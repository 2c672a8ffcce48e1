# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The gateway of this process."""

from __future__ import annotations

import os

from pyflink import _gateway
from pyflink._gateway import JavaGateway
from pyflink._gateway.errors import GatewayError
from pyflink.util.exceptions import install_py4j_hooks

_DISABLED = "PYFLINK_GATEWAY_DISABLED"


def is_launch_gateway_disabled() -> bool:
    """Whether the environment variable ``PYFLINK_GATEWAY_DISABLED`` forbids to start a JVM."""
    return os.environ.get(_DISABLED, "").lower() not in ("", "0", "false")


def get_gateway() -> JavaGateway:
    """The Py4J gateway of this process; starts the JVM if none is running.

    Python objects with a nested class ``Java`` that names the interfaces they implement can be
    passed to Java, which then calls them.

    Raises:
        GatewayError: if no JVM can be started.
    """
    return _open() if _gateway.is_running() else launch_gateway()


def launch_gateway() -> JavaGateway:
    """The Py4J gateway of this process, for which the JVM is started if none is running.

    Raises:
        GatewayError: if no JVM can be started, or none may be: in a worker.
    """
    if is_launch_gateway_disabled():
        raise GatewayError(
            f"No JVM may be started here ({_DISABLED} is set), as this is a worker. Most likely "
            "the program builds its job at the top level of a module that a function imports: "
            "put that part under 'if __name__ == \"__main__\":'."
        )
    return _open()


def _open() -> JavaGateway:
    install_py4j_hooks()
    _gateway.accept_callbacks()
    return _gateway.get_gateway()


def import_flink_view(gateway: JavaGateway) -> None:
    """Makes Flink's short names (``jvm.Types`` ...) known in the JVM view of a gateway.

    The view of :func:`get_gateway` knows them already.

    Args:
        gateway: a gateway to this process's JVM.
    """
    _gateway.add_short_names(gateway)
