# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""``filter``: the value itself, or nothing."""

from pyflink._worker.operators.kind import Kind

KIND = Kind("flinker:function:filter:v1", "filter", ("if {f}({x}):",), 1, makes_values=False)
