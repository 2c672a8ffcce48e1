# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Functions that see the time and have side outputs."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any, TypeAlias

from pyflink._worker.process_context import Context as _Context
from pyflink.datastream._function import Function


class ProcessFunction(Function, ABC):
    """Makes any number of values of each record, for any output; for :meth:`DataStream.process`.

    It is told the record's timestamp, the time and the watermark. ``yield value`` goes to the
    stream that ``process`` returns, ``yield tag, value`` with an :class:`OutputTag` to a side
    output.

    Example:
        >>> from pyflink.datastream import OutputTag
        >>> class Split(ProcessFunction):
        ...     odd = OutputTag("odd")
        ...
        ...     def process_element(self, value, ctx):
        ...         if value % 2:
        ...             yield self.odd, value
        ...         else:
        ...             yield value
    """

    Context: TypeAlias = _Context

    @abstractmethod
    def process_element(self, value: Any, ctx: ProcessFunction.Context) -> Iterable[Any] | None:
        """The values for a record, to be iterated over; None for no value.

        Args:
            value: the record.
            ctx: the record's timestamp and the current time.
        """
