# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Small things that the other rooms share."""

from __future__ import annotations

from typing import Any

__all__ = ["JavaObjectWrapper"]


class JavaObjectWrapper:
    """Something whose whole meaning is a Java object.

    Args:
        j_object: the Java object.
    """

    def __init__(self, j_object: Any) -> None:
        self._j_object = j_object

    def get_java_object(self) -> Any:
        """The Java object."""
        return self._j_object
