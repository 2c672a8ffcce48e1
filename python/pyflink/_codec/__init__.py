# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Values to bytes and back, in batches; proto/README.md says what the bytes are."""

from pyflink._codec.batches import BatchEncoder, batch_decoder, encode_collection
from pyflink._codec.descriptors import descriptor
from pyflink._codec.errors import ValueMismatchError

__all__ = [
    "BatchEncoder",
    "ValueMismatchError",
    "batch_decoder",
    "descriptor",
    "encode_collection",
]
