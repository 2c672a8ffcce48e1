# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Batches: a header of two bytes and a msgpack array of values.

Pairs of a key and a record, which ``key_by`` makes, are in two arrays, one of keys and one of
records: so no tuple is made for a pair on either side, and each column goes its type's fast way.
"""

from __future__ import annotations

import datetime
import decimal
import pickle
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import msgspec

from pyflink._codec.base import Codec, enc_hook
from pyflink._codec.descriptors import codec_of, descriptor, pair_types
from pyflink._codec.errors import ValueMismatchError
from pyflink._codec.numbers import BIG_INT_CODE
from pyflink._codec.pickled import PICKLED_CODE

if TYPE_CHECKING:
    from pyflink.common.typeinfo import TypeInformation

#: The version of the format, and no flags.
HEADER = b"\x01\x00"
#: The same with the flag of pairs; how many bytes the array of keys has follows it.
PAIRS_HEADER = b"\x01\x01"

_SIZE_BYTES = 4
_START_OF_KEYS = len(PAIRS_HEADER) + _SIZE_BYTES

# Naming them keeps msgspec from taking a str in their place.
_NATIVE = (
    bytes,
    bytearray,
    datetime.date,
    datetime.datetime,
    datetime.time,
    decimal.Decimal,
)
_FIRST_SLICE = 1000


def _convert(values: Any, to: Any) -> Any:
    return msgspec.convert(values, to, builtin_types=_NATIVE)


class ArrayEncoder:
    """Turns lists of values of one type into msgpack arrays.

    Args:
        type_info: the type, or its descriptor.
    """

    def __init__(self, type_info: TypeInformation | bytes) -> None:
        self._codec = codec_of(descriptor(type_info))
        self._encode = msgspec.msgpack.Encoder(enc_hook=enc_hook).encode

    def encode(self, values: list[Any], first: int = 0) -> bytes:
        """One array of these values.

        Args:
            values: the values, in order.
            first: the number of the first one, for what an error says.

        Raises:
            ValueMismatchError: if one of them is not of the type.
        """
        try:
            return self._encode(self._codec.prepare(values, _convert))
        except Exception:
            # In the fast way anything may go wrong that is right for the slow one: a numpy
            # number, an int beyond 64 bits. What is really wrong goes wrong again there.
            return self._encode(_adapt_all(self._codec, values, first))


class BatchEncoder:
    """Turns lists of values of one type into batches.

    Args:
        type_info: the type, or its descriptor.
    """

    def __init__(self, type_info: TypeInformation | bytes) -> None:
        pair = pair_types(descriptor(type_info))
        self._keys = None if pair is None else ArrayEncoder(pair[0])
        self._records = ArrayEncoder(type_info if pair is None else pair[1])

    def encode(self, values: list[Any], first: int = 0) -> bytes:
        """One batch of these values, as :meth:`ArrayEncoder.encode` makes an array of them."""
        if self._keys is None:
            return HEADER + self._records.encode(values, first)
        keys = self._keys.encode([key for key, _ in values], first)
        return pairs_batch(keys, self._records.encode([record for _, record in values], first))


def pairs_batch(keys: bytes, records: bytes) -> bytes:
    """A batch of pairs.

    Args:
        keys: the array of keys, from an :class:`ArrayEncoder`.
        records: that of as many records.
    """
    return b"".join((PAIRS_HEADER, len(keys).to_bytes(_SIZE_BYTES, "little"), keys, records))


def encode_collection(
    values: Iterable[Any],
    type_info: TypeInformation,
    batch_bytes: int = 1 << 20,
    source: str = "from_collection",
) -> list[bytes]:
    """Check and encode a collection.

    Args:
        values: the values, in order.
        type_info: their type.
        batch_bytes: about how large a batch becomes. One value is never split.
        source: what an error names as the place.

    Raises:
        ValueMismatchError: if a value is not of the type, with its index.
    """
    encoder = BatchEncoder(type_info)
    elements = values if isinstance(values, list) else list(values)
    batches = []
    at, size = 0, _FIRST_SLICE
    try:
        while at < len(elements):
            part = elements[at : at + size]
            batch = encoder.encode(part, at)
            if len(batch) > 2 * batch_bytes and len(part) > 1:
                size = max(1, len(part) * batch_bytes // len(batch))
                continue
            batches.append(batch)
            at += len(part)
            # Grow step by step: the values that follow may be larger than these.
            size = max(1, min(len(part) * batch_bytes // len(batch), 16 * size))
    except ValueMismatchError as e:
        raise e.inside(source) from e.__cause__
    return batches


def batch_decoder(type_info: TypeInformation | bytes) -> Callable[[bytes], list[Any]]:
    """A function from a batch to its values.

    Args:
        type_info: their type, or its descriptor.
    """
    type_bytes = descriptor(type_info)
    if pair_types(type_bytes) is not None:
        decode_pairs = pairs_decoder(type_bytes)
        return lambda batch: list(zip(*decode_pairs(batch), strict=True))
    decode = _array_decoder(type_bytes)

    def decode_batch(batch: bytes) -> list[Any]:
        _check(batch, HEADER)
        return decode(memoryview(batch)[len(HEADER) :])

    return decode_batch


def pairs_decoder(type_info: TypeInformation | bytes) -> Callable[[bytes], tuple[list[Any], ...]]:
    """A function from a batch of pairs to the keys and the records.

    Args:
        type_info: the type of the pairs, or its descriptor.
    """
    pair = pair_types(descriptor(type_info))
    if pair is None:
        raise TypeError("only a TUPLE of a KEY and a record is a type of pairs")
    decode_keys, decode_records = map(_array_decoder, pair)

    def decode_pairs(batch: bytes) -> tuple[list[Any], ...]:
        _check(batch, PAIRS_HEADER)
        view = memoryview(batch)
        end = _START_OF_KEYS + int.from_bytes(view[len(PAIRS_HEADER) : _START_OF_KEYS], "little")
        keys, records = decode_keys(view[_START_OF_KEYS:end]), decode_records(view[end:])
        if len(keys) != len(records):
            raise ValueError(f"A batch of pairs with {len(keys)} keys and {len(records)} records")
        return keys, records

    return decode_pairs


def _array_decoder(type_bytes: bytes) -> Callable[[Any], list[Any]]:
    codec = codec_of(type_bytes)
    ext_hook = _pickles_and_integers if codec.pickled else _integers
    decode: Callable[[Any], list[Any]] = msgspec.msgpack.Decoder(
        _list_of(codec.wire), ext_hook=ext_hook
    ).decode
    of_wire = codec.of_wire
    if of_wire is None:
        return decode
    return lambda array: list(map(of_wire, decode(array)))


def _check(batch: bytes, header: bytes) -> None:
    if batch[:2] != header:
        raise ValueError(f"A batch starts with {header!r} here, not with {bytes(batch[:2])!r}")


def _adapt_all(codec: Codec, values: list[Any], first: int) -> list[Any]:
    wire: list[Any] = []
    try:
        for value in values:
            wire.append(codec.adapt(value))  # noqa: PERF401 (its length is the index)
    except ValueMismatchError as e:
        raise e.inside(f"element {first + len(wire)}") from e.__cause__
    return wire


def _list_of(element: Any) -> Any:
    return list[element]


def _integers(code: int, data: memoryview) -> Any:
    if code == BIG_INT_CODE:
        return int.from_bytes(data, "big", signed=True)
    raise ValueError(f"A batch holds a msgpack extension of code {code}, which its type has not")


def _pickles_and_integers(code: int, data: memoryview) -> Any:
    return pickle.loads(data) if code == PICKLED_CODE else _integers(code, data)
