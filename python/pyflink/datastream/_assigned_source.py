# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""A source whose records get their timestamps from a Python function."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyflink.datastream._stream import DataStream

if TYPE_CHECKING:
    from typing_extensions import Self


class AssignedSource(DataStream):
    """The stream after the assigner; its settings are the source's.

    Args:
        j_data_stream: the Java stream that comes out.
        j_source: the Java stream of the source.
    """

    def __init__(self, j_data_stream: Any, j_source: Any) -> None:
        super().__init__(j_data_stream)
        self._j_source = j_source

    @property
    def _j_operator(self) -> Any:
        return self._j_source

    def get_name(self) -> str:
        """The name of the source."""
        return str(self._j_source.getTransformation().getName())

    def set_parallelism(self, parallelism: int) -> Self:
        """Sets how many instances of the source run.

        Args:
            parallelism: at least 1.
        """
        super().set_parallelism(parallelism)
        # the assigner and what makes the watermarks stay beside it
        j_watermarks = self._j_data_stream.getTransformation()
        j_watermarks.getInputs().get(0).setParallelism(parallelism)
        j_watermarks.setParallelism(parallelism)
        return self
