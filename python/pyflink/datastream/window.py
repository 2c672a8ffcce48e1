# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Windows, what assigns records to them and what fires them."""

from __future__ import annotations

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
