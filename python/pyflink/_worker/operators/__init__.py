# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The kinds of functions, one file each: how a function of that kind is called for a record.

Each kind is a piece of a loop in Python source. The pieces of a chain make one loop, which runs
over a batch: so a record goes through all functions before the next one does, as in Java, and
between two functions there is nothing but the call.
"""

from __future__ import annotations

from pyflink._worker.operators import (
    async_wait,
    broadcast,
    co_flat_map,
    co_map,
    co_process,
    filter,
    flat_map,
    key,
    keyed_broadcast,
    keyed_co_process,
    keyed_process,
    map,
    partition,
    process,
    same,
    text,
    timestamps,
    value,
    window,
)
from pyflink._worker.operators.kind import Kind

KINDS: dict[str, Kind] = {
    kind.urn: kind
    for kind in (
        async_wait.KIND,
        broadcast.KIND,
        co_flat_map.KIND,
        co_map.KIND,
        co_process.KIND,
        filter.KIND,
        flat_map.KIND,
        key.KIND,
        key.UNTYPED,
        keyed_broadcast.KIND,
        keyed_co_process.KIND,
        keyed_process.KIND,
        map.KIND,
        partition.KIND,
        process.KIND,
        same.KIND,
        text.KIND,
        timestamps.KIND,
        value.KIND,
        window.KIND,
    )
}
