# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""All that the operator of windows needs to know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyflink._worker.windows.operators import window_operator

if TYPE_CHECKING:
    from pyflink._worker.state.descriptors import StateDescriptor
    from pyflink._worker.windows.assigner import WindowAssigner
    from pyflink._worker.windows.operator import WindowOperator
    from pyflink._worker.windows.trigger import Trigger
    from pyflink.common.serializer import TypeSerializer
    from pyflink.datastream._internal_window_functions import InternalWindowFunction
    from pyflink.datastream.output_tag import OutputTag


class WindowOperationDescriptor:
    """What a :class:`WindowedStream` has gathered when its records become results.

    Args:
        assigner: says which windows a record is in.
        trigger: says when windows fire.
        allowed_lateness: how long after its end a window is kept, in milliseconds.
        late_data_output_tag: the side output for late records; None drops them.
        window_state_descriptor: describes what a window holds.
        window_serializer: makes bytes of windows.
        internal_window_function: makes the results of what a window holds; None if that is the
            result.
    """

    def __init__(
        self,
        assigner: WindowAssigner[Any, Any],
        trigger: Trigger[Any, Any],
        allowed_lateness: int,
        late_data_output_tag: OutputTag | None,
        window_state_descriptor: StateDescriptor,
        window_serializer: TypeSerializer[Any],
        internal_window_function: InternalWindowFunction[Any, Any, Any, Any] | None,
    ) -> None:
        self.assigner = assigner
        self.trigger = trigger
        self.allowed_lateness = allowed_lateness
        self.late_data_output_tag = late_data_output_tag
        self.window_state_descriptor = window_state_descriptor
        self.window_serializer = window_serializer
        self.internal_window_function = internal_window_function

    def generate_op_name(self) -> str:
        """The name of the operator: what assigns its windows."""
        return type(self.assigner).__name__

    def generate_op_desc(self, windowed_stream_type: str, func_desc: str) -> str:
        """What the dashboard says of the operator.

        Args:
            windowed_stream_type: ``Window`` or ``WindowAll``.
            func_desc: the names of the functions.
        """
        trigger = type(self.trigger).__name__
        return f"{windowed_stream_type}({self.assigner}, {trigger}, {func_desc})"

    def _operator(self) -> WindowOperator:
        return window_operator(
            self.assigner,
            self.trigger,
            self.allowed_lateness,
            self.late_data_output_tag,
            self.window_serializer,
            self.window_state_descriptor,
            self.internal_window_function,
        )
