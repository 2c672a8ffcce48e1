# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Windows: what the window operator yields has the timestamp that it sets before."""

from pyflink._worker.operators.kind import Kind

KIND = Kind(
    "flinker:function:window:v1",
    "process_element",
    (
        "{y}s = {f}({x}, {c})",
        "if {y}s is not None:",
        "    for {y} in {y}s:",
        "        {u} = {c}.result_time",
    ),
    2,
    makes_times=True,
    context=True,
    timer_method="on_timer",
    side_outputs=True,
)
