# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Calls from Java to Python objects that a program has passed there."""

from __future__ import annotations

import threading

from py4j.java_gateway import CallbackServerParameters, JavaGateway

_lock = threading.Lock()


def accept(gateway: JavaGateway, token: str) -> None:
    """Lets Java call Python objects of this process, over loopback; once is enough.

    Args:
        gateway: the gateway of this process.
        token: the secret that both sides share.
    """
    with _lock:
        if gateway.get_callback_server() is not None:
            return
        gateway.start_callback_server(
            CallbackServerParameters(
                port=0, daemonize=True, daemonize_connections=True, auth_token=token
            )
        )
        j_server = gateway.java_gateway_server
        j_server.resetCallbackClient(
            j_server.getCallbackClient().getAddress(),
            gateway.get_callback_server().get_listening_port(),
        )


def forget(gateway: JavaGateway) -> None:
    """For a forked child: lets go of the parent's port, which nobody in the child listens on."""
    server = gateway.get_callback_server()
    if server is not None:
        server.server_socket.close()
