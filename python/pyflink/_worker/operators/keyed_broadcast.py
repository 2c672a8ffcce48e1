# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""``process`` on a keyed stream and a broadcast one: as :mod:`broadcast`, with timers."""

from pyflink._worker.operators.kind import Kind

KIND = Kind(
    "flinker:function:keyed_broadcast:v1",
    "process_element1",
    ("{y}s = ({g} if second else {f})({x}, {c})", "if {y}s is not None:", "    for {y} in {y}s:"),
    2,
    second_method="process_element2",
    context=True,
    timer_method="on_timer",
    side_outputs=True,
)
