# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""How the state of a running job is kept."""

from pyflink.datastream._state_backends.base import (
    CustomStateBackend,
    HashMapStateBackend,
    StateBackend,
)
from pyflink.datastream._state_backends.legacy import (
    FsStateBackend,
    MemoryStateBackend,
    RocksDBStateBackend,
)
from pyflink.datastream._state_backends.rocksdb import (
    EmbeddedRocksDBStateBackend,
    PredefinedOptions,
)

__all__ = [
    "CustomStateBackend",
    "EmbeddedRocksDBStateBackend",
    "FsStateBackend",
    "HashMapStateBackend",
    "MemoryStateBackend",
    "PredefinedOptions",
    "RocksDBStateBackend",
    "StateBackend",
]
