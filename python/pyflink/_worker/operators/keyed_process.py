# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""``process`` on a keyed stream: as :mod:`process`, with timers."""

from pyflink._worker.operators.kind import Kind

KIND = Kind(
    "flinker:function:keyed_process:v1",
    "process_element",
    ("{y}s = {f}({x}, {c})", "if {y}s is not None:", "    for {y} in {y}s:"),
    2,
    context=True,
    timer_method="on_timer",
    side_outputs=True,
)
