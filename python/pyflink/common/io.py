# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Java's input formats."""

from __future__ import annotations

from typing import Any

from pyflink.common.utils import JavaObjectWrapper

__all__ = ["InputFormat"]


class InputFormat(JavaObjectWrapper):
    """A Java ``InputFormat``, for ``StreamExecutionEnvironment.create_input``.

    Args:
        j_input_format: the Java object.
    """

    def __init__(self, j_input_format: Any) -> None:
        super().__init__(j_input_format)
