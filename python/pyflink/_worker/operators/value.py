# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The record of a pair that ``key`` or ``partition`` has made."""

from operator import itemgetter

from pyflink._worker.operators.kind import Kind

KIND = Kind("flinker:function:value:v1", "value", ("{y} = {x}[1]",), builtin=itemgetter(1))
