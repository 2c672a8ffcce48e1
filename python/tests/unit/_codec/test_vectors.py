# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Both ends of the codec against the golden bytes."""

from __future__ import annotations

import pytest
from msgspec import DecodeError

from pyflink._codec import batch_decoder, descriptor, encode_collection
from pyflink._codec.batches import BatchEncoder


def test_type_is_described(vector) -> None:
    assert descriptor(vector.type_info) == vector.bytes("descriptor")


def test_values_become_the_bytes(vector) -> None:
    encoder = BatchEncoder(vector.type_info)
    assert encoder.encode(vector.values).hex() == vector.written.hex()


def test_the_slow_way_makes_the_same_bytes(vector, monkeypatch) -> None:
    def closed(values, convert):
        raise ValueError("the fast way is closed")

    encoder = BatchEncoder(vector.type_info)
    for array in (encoder._keys, encoder._records):
        if array is not None:
            monkeypatch.setattr(array._codec, "prepare", closed)
    assert encoder.encode(vector.values).hex() == vector.written.hex()


@pytest.mark.parametrize("key", ["batch", "from_python"])
def test_bytes_become_the_values(vector, key: str) -> None:
    if key not in vector.fields:
        return
    values = batch_decoder(vector.type_info)(vector.bytes(key))
    # by their text, because NaN equals nothing
    assert repr(values) == repr(vector.values)
    assert list(map(type, values)) == list(map(type, vector.values))


def test_a_collection_is_one_batch_or_none(vector) -> None:
    batches = encode_collection(vector.values, vector.type_info)
    assert batches == ([vector.written] if vector.values else [])


def test_every_part_of_a_batch_is_refused(vector) -> None:
    batch = vector.bytes("batch")
    decode = batch_decoder(vector.type_info)
    for length in range(len(batch)):
        with pytest.raises((DecodeError, ValueError)):
            decode(batch[:length])


def test_wrong_bytes_are_refused(refused) -> None:
    if refused.by == "java":
        return
    with pytest.raises((DecodeError, ValueError)):
        batch_decoder(refused.type_info)(refused.bytes("batch"))
