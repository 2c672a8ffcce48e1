# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Windows, what assigns records to them and what fires them.

An operator of windows does with each record and each timer what Flink's does, in the same order.
These things have no order in Flink, and none to rely on here:

- windows that fire at the same time: those of different keys, and different ones of a key;
- the records of sessions that become one: here those of the earlier session come first.

It differs from Flink's operator in Java, on purpose, in what follows:

- Count windows are those of PyFlink: with a slide, only full windows fire.
- Before 1970, ``ContinuousEventTimeTrigger`` goes by the same intervals as after it, as in PyFlink.
- A record whose dynamic gap makes its own window just as long as the session that it belongs to is
  added to that session; Flink forgets the records before it.
- Processing-time sessions may become one that has ended meanwhile, as the clock goes on; it fires
  at once, where Flink fails.
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
