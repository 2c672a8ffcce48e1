# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What ``print`` shows of a Python object; the engine puts it before its sink."""

from pyflink._worker.operators.kind import Kind

KIND = Kind("flinker:function:text:v1", "text", ("{y} = {f}({x})",), builtin=str)
