# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""``process`` on two inputs: as :mod:`process`, with a method for each input."""

from pyflink._worker.operators.kind import Kind

KIND = Kind(
    "flinker:function:co_process:v1",
    "process_element1",
    ("{y}s = ({g} if second else {f})({x}, {c})", "if {y}s is not None:", "    for {y} in {y}s:"),
    2,
    second_method="process_element2",
    context=True,
    side_outputs=True,
)
