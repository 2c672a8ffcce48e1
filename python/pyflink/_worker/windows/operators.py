# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Which operator runs which windows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyflink._worker.state.descriptors import StateDescriptor
from pyflink._worker.windows.aligned import (
    SlidingEventTimeWindows,
    SlidingProcessingTimeWindows,
    TumblingEventTimeWindows,
    TumblingProcessingTimeWindows,
)
from pyflink._worker.windows.aligned_operator import AlignedOperator, TumblingEventTimeOperator
from pyflink._worker.windows.assigner import MergingWindowAssigner, WindowAssigner
from pyflink._worker.windows.function import InternalFunction
from pyflink._worker.windows.merging_operator import MergingWindowOperator
from pyflink._worker.windows.operator import WindowOperator
from pyflink._worker.windows.session_operator import SessionOperator
from pyflink._worker.windows.sessions import (
    DynamicEventTimeSessionWindows,
    DynamicProcessingTimeSessionWindows,
    EventTimeSessionWindows,
    ProcessingTimeSessionWindows,
)
from pyflink._worker.windows.time_triggers import EventTimeTrigger, ProcessingTimeTrigger
from pyflink._worker.windows.trigger import Trigger

if TYPE_CHECKING:
    from pyflink._worker.outputs import SideOutputTag
    from pyflink.common.serializer import TypeSerializer

_QUICK: dict[
    type[WindowAssigner[Any, Any]], tuple[type[Trigger[Any, Any]], type[WindowOperator]]
] = {
    TumblingEventTimeWindows: (EventTimeTrigger, TumblingEventTimeOperator),
    TumblingProcessingTimeWindows: (ProcessingTimeTrigger, AlignedOperator),
    SlidingEventTimeWindows: (EventTimeTrigger, AlignedOperator),
    SlidingProcessingTimeWindows: (ProcessingTimeTrigger, AlignedOperator),
    EventTimeSessionWindows: (EventTimeTrigger, SessionOperator),
    ProcessingTimeSessionWindows: (ProcessingTimeTrigger, SessionOperator),
    DynamicEventTimeSessionWindows: (EventTimeTrigger, SessionOperator),
    DynamicProcessingTimeSessionWindows: (ProcessingTimeTrigger, SessionOperator),
}
# From here on the end of a window may be after the end of time, which only the others look at.
_LONG_LATENESS = 1 << 62


def window_operator(
    assigner: WindowAssigner[Any, Any],
    trigger: Trigger[Any, Any],
    allowed_lateness: int,
    late_tag: SideOutputTag | None,
    serializer: TypeSerializer[Any],
    descriptor: StateDescriptor,
    function: InternalFunction | None,
    quick: bool = True,
) -> WindowOperator:
    """The operator for some windows.

    Args:
        assigner: says which windows a record is in.
        trigger: says when they fire.
        allowed_lateness: how long after its end a window is kept, in milliseconds.
        late_tag: the side output for late records; None drops them.
        serializer: makes the names of windows.
        descriptor: describes what a window holds.
        function: makes the results of what a window holds; None if that is the result.
        quick: whether it may be one that runs these only, and quicker.
    """
    kind = WindowOperator
    if isinstance(assigner, MergingWindowAssigner):
        kind = MergingWindowOperator
    # not what is derived from them: it may do anything
    usual, quick_kind = _QUICK.get(type(assigner), (None, kind))
    if quick and type(trigger) is usual and allowed_lateness < _LONG_LATENESS:
        kind = quick_kind
    return kind(assigner, trigger, allowed_lateness, late_tag, serializer, descriptor, function)
