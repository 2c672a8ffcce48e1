# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""``flat_map``: any number of values for each; None stands for no value."""

from pyflink._worker.operators.kind import Kind

KIND = Kind(
    "flinker:function:flat_map:v1",
    "flat_map",
    ("{y}s = {f}({x})", "if {y}s is not None:", "    for {y} in {y}s:"),
    2,
)
