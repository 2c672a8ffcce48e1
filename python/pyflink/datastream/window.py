# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Windows, what assigns records to them and what fires them.

A window operator does with each record and each timer what Flink's does, in the same order. These
things have no order in Flink, and none to rely on here:

- windows of different keys that fire at the same time;
- the records of sessions that become one: here those of the earlier session come first.

And in one case Flink loses records that are kept here: where a record of a session with dynamic
gaps has a window of its own that is just as long as the whole session.
"""

from __future__ import annotations

from pyflink._worker.context import RuntimeContext
from pyflink._worker.state.api import ReducingState, State
from pyflink._worker.state.descriptors import (
    ReducingStateDescriptor,
    StateDescriptor,
    ValueStateDescriptor,
)
from pyflink._worker.windows.aligned import (
    SlidingEventTimeWindows,
    SlidingProcessingTimeWindows,
    TumblingEventTimeWindows,
    TumblingProcessingTimeWindows,
)
from pyflink._worker.windows.assigner import (
    W2,
    MergingWindowAssigner,
    SessionWindowTimeGapExtractor,
    WindowAssigner,
)
from pyflink._worker.windows.continuous_triggers import (
    ContinuousEventTimeTrigger,
    ContinuousProcessingTimeTrigger,
)
from pyflink._worker.windows.count_triggers import CountTrigger, PurgingTrigger
from pyflink._worker.windows.serializers import (
    CountWindowSerializer,
    GlobalWindowSerializer,
    TimeWindowSerializer,
)
from pyflink._worker.windows.sessions import (
    DynamicEventTimeSessionWindows,
    DynamicProcessingTimeSessionWindows,
    EventTimeSessionWindows,
    ProcessingTimeSessionWindows,
)
from pyflink._worker.windows.time_triggers import (
    EventTimeTrigger,
    NeverTrigger,
    ProcessingTimeTrigger,
)
from pyflink._worker.windows.trigger import T, Trigger, TriggerResult, W
from pyflink._worker.windows.unbounded import (
    CountSlidingWindowAssigner,
    CountTumblingWindowAssigner,
    GlobalWindows,
)
from pyflink._worker.windows.window import CountWindow, GlobalWindow, TimeWindow, Window
from pyflink.common.constants import MAX_LONG_VALUE, MIN_LONG_VALUE
from pyflink.common.serializer import TypeSerializer
from pyflink.common.time import Time
from pyflink.common.typeinfo import Types
from pyflink.datastream._aggregate_functions import ReduceFunction
from pyflink.datastream._type_variables import IN, KEY, OUT
from pyflink.datastream._window_names import Min, long_to_int_with_bit_mixing, mod_inverse
from pyflink.datastream._window_operation import WindowOperationDescriptor
from pyflink.datastream.output_tag import OutputTag
from pyflink.metrics.metricbase import MetricGroup

__all__ = [
    "IN",
    "KEY",
    "MAX_LONG_VALUE",
    "MIN_LONG_VALUE",
    "OUT",
    "W2",
    "ContinuousEventTimeTrigger",
    "ContinuousProcessingTimeTrigger",
    "CountSlidingWindowAssigner",
    "CountTrigger",
    "CountTumblingWindowAssigner",
    "CountWindow",
    "CountWindowSerializer",
    "DynamicEventTimeSessionWindows",
    "DynamicProcessingTimeSessionWindows",
    "EventTimeSessionWindows",
    "EventTimeTrigger",
    "GlobalWindow",
    "GlobalWindowSerializer",
    "GlobalWindows",
    "MergingWindowAssigner",
    "MetricGroup",
    "Min",
    "NeverTrigger",
    "OutputTag",
    "ProcessingTimeSessionWindows",
    "ProcessingTimeTrigger",
    "PurgingTrigger",
    "ReduceFunction",
    "ReducingState",
    "ReducingStateDescriptor",
    "RuntimeContext",
    "SessionWindowTimeGapExtractor",
    "SlidingEventTimeWindows",
    "SlidingProcessingTimeWindows",
    "State",
    "StateDescriptor",
    "T",
    "Time",
    "TimeWindow",
    "TimeWindowSerializer",
    "Trigger",
    "TriggerResult",
    "TumblingEventTimeWindows",
    "TumblingProcessingTimeWindows",
    "TypeSerializer",
    "Types",
    "ValueStateDescriptor",
    "W",
    "Window",
    "WindowAssigner",
    "WindowOperationDescriptor",
    "long_to_int_with_bit_mixing",
    "mod_inverse",
]
