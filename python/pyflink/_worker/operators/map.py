# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""``map``: one value for each."""

from pyflink._worker.operators.kind import Kind

KIND = Kind("flinker:function:map:v1", "map", ("{y} = {f}({x})",))
