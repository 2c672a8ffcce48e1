# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""``map`` on two inputs, with a method for each; None stands for no value."""

from pyflink._worker.operators.kind import Kind

KIND = Kind(
    "flinker:function:co_map:v1",
    "map1",
    ("{y} = ({g} if second else {f})({x})", "if {y} is not None:"),
    1,
    second_method="map2",
)
