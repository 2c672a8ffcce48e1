# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""``process``: any number of values for each, to any output; None stands for no value."""

from pyflink._worker.operators.kind import Kind

KIND = Kind(
    "flinker:function:process:v1",
    "process_element",
    ("{y}s = {f}({x}, {c})", "if {y}s is not None:", "    for {y} in {y}s:"),
    2,
    context=True,
    side_outputs=True,
)
