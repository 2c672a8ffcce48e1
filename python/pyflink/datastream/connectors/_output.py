# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The folder that a file sink writes into."""

from __future__ import annotations

from typing import Any

from pyflink._gateway import java_class
from pyflink._gateway.errors import JavaError

_ERRORS = {
    "java.nio.file.AccessDeniedException": PermissionError,
    "java.nio.file.NotDirectoryException": NotADirectoryError,
}


def check_output(j_data_stream: Any, j_path: Any) -> None:
    """Refuses a folder that the stream's job could not write into, if it runs on this machine.

    Raises:
        PermissionError: if this user may not write there.
        NotADirectoryError: if it, or a folder above it, is a file.
        ValueError: if there is no file system for it.
    """
    try:
        java_class("io.flinker.gateway.Connectors").checkOutput(j_data_stream, j_path)
    except JavaError as e:
        raise _ERRORS.get(e.java_class_name, ValueError)(e.java_message) from e


def as_texts(j_data_stream: Any) -> Any:
    """The stream with what ``str()`` makes of its records, if they are Python objects."""
    return java_class("io.flinker.gateway.Streams").texts(j_data_stream)
