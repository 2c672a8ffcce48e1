# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What lets this user into a cluster elsewhere; it travels in environments only."""

from __future__ import annotations

import base64
import os

USER = "FLINKER_TARGET_USER"
PASSWORD = "FLINKER_TARGET_PASSWORD"

# Flink's client adds these headers to its requests
_FLINK_HEADERS = "FLINK_REST_CLIENT_HEADERS"


def basic_authorization() -> str:
    """The value of the header; empty if no user name is set."""
    user = os.environ.get(USER)
    if not user:
        return ""
    secret = f"{user}:{os.environ.get(PASSWORD, '')}".encode()
    return "Basic " + base64.b64encode(secret).decode("ascii")


def jvm_environment() -> dict[str, str] | None:
    """The environment of the JVM; None for that of this process."""
    value = basic_authorization()
    if not value:
        return None
    given = os.environ.get(_FLINK_HEADERS)
    headers = [given] if given else []
    return {**os.environ, _FLINK_HEADERS: "\n".join([*headers, f"Authorization:{value}"])}
