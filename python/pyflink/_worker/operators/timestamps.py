# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""A timestamp assigner: the record stays, its timestamp is another."""

from pyflink._worker.operators.kind import Kind

KIND = Kind(
    "flinker:function:timestamps:v1",
    "extract_timestamp",
    ("{u} = {f}({x}, {t})",),
    makes_values=False,
    makes_times=True,
)
