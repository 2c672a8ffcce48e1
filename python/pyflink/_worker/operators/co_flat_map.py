# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""``flat_map`` on two inputs: as :mod:`flat_map`, with a method for each input."""

from pyflink._worker.operators.kind import Kind

KIND = Kind(
    "flinker:function:co_flat_map:v1",
    "flat_map1",
    ("{y}s = ({g} if second else {f})({x})", "if {y}s is not None:", "    for {y} in {y}s:"),
    2,
    second_method="flat_map2",
)
