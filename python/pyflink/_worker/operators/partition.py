# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""``partition_custom``: the record with the index of the instance that gets it before it."""

from pyflink._worker.operators.kind import Kind

KIND = Kind(
    "flinker:function:partition:v1",
    "partition_of",
    ("{y} = {f}({x})",),
    makes_values=False,
    pairs=True,
)
