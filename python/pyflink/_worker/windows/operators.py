# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Which operator runs which windows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyflink._worker.state.descriptors import StateDescriptor
from pyflink._worker.windows.assigner import MergingWindowAssigner, WindowAssigner
from pyflink._worker.windows.evaluation import Evaluation
from pyflink._worker.windows.merging_operator import MergingWindowOperator
from pyflink._worker.windows.operator import WindowOperator
from pyflink._worker.windows.trigger import Trigger

if TYPE_CHECKING:
    from pyflink._worker.outputs import SideOutputTag


def window_operator(
    assigner: WindowAssigner[Any, Any],
    trigger: Trigger[Any, Any],
    allowed_lateness: int,
    late_tag: SideOutputTag | None,
    descriptor: StateDescriptor,
    evaluation: Evaluation,
    specialised: bool = True,
) -> WindowOperator:
    """The operator for some windows.

    Args:
        assigner: says which windows a record is in.
        trigger: says when they fire.
        allowed_lateness: how long after its end a window is kept, in milliseconds.
        late_tag: the side output for late records; None drops them.
        descriptor: describes what a window holds.
        evaluation: makes the results of a window.
        specialised: whether it may be one that is quicker and runs only some.
    """
    kind = WindowOperator
    if isinstance(assigner, MergingWindowAssigner):
        kind = MergingWindowOperator
    return kind(assigner, trigger, allowed_lateness, late_tag, descriptor, evaluation)
