# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""``key_by``: the record with its key before it.

A key of no declared type goes as bytes, equal where the keys are.
"""

from pyflink._codec.keys import key_bytes
from pyflink._worker.operators.kind import Kind

KIND = Kind(
    "flinker:function:key:v1", "get_key", ("{y} = {f}({x})",), makes_values=False, pairs=True
)

UNTYPED = Kind(
    "flinker:function:key_bytes:v1",
    "get_key",
    ("{y} = {h}({f}({x}))",),
    makes_values=False,
    pairs=True,
    helper=key_bytes,
)
