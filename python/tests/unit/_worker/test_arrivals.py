# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What entries of records bring."""

from __future__ import annotations

import struct

import pytest

from pyflink._codec import BatchEncoder, descriptor
from pyflink._worker.arrivals import Arrivals, Arrived
from pyflink._worker.entries import read_header
from pyflink.common import Types
from pyflink.common._typeinfo.special import KeyTypeInfo

LONG = descriptor(Types.LONG())
PAIR = descriptor(Types.TUPLE([KeyTypeInfo(Types.STRING()), Types.LONG()]))


def two_inputs(inputs: bytes, first: bytes, second: bytes) -> bytes:
    count, size = (struct.pack("<I", len(part)) for part in (inputs, first))
    return b"\0" + count + inputs + size + first + second


def read(arrivals: Arrivals, entry: bytes) -> Arrived:
    return arrivals.read(entry, read_header(entry))


def test_records() -> None:
    arrived = read(Arrivals(LONG), b"\0" + BatchEncoder(LONG).encode([1, 2]))
    assert arrived == ([1, 2], None, None, None, None)


@pytest.mark.parametrize(
    ("held", "keys"), [(None, ["a", None]), (lambda key: f"<{key}>", ["<a>", "<None>"])]
)
def test_records_with_keys(held, keys) -> None:
    entry = b"\0" + BatchEncoder(PAIR).encode([("a", 1), (None, 2)])
    arrived = read(Arrivals(PAIR, None, True, held), entry)
    assert arrived == ([1, 2], keys, None, None, None)
    # a function that does not hear of keys gets the pairs
    assert read(Arrivals(PAIR), entry).records == [("a", 1), (None, 2)]


def test_two_inputs_with_keys() -> None:
    first = BatchEncoder(PAIR).encode([("a", 1), ("b", 2)])
    second = BatchEncoder(PAIR).encode([("c", 3)])
    arrivals = Arrivals(PAIR, PAIR, True, str.upper)
    assert arrivals.of_two_inputs
    arrived = read(arrivals, two_inputs(b"\0\1\0", first, second))
    assert arrived == ([1, 3, 2], ["A", "C", "B"], b"\0\1\0", None, None)
    assert arrived.part(1, 3) == ([3, 2], ["C", "B"], b"\1\0", None, None)


def test_a_second_input_without_keys() -> None:
    first = BatchEncoder(PAIR).encode([("a", 1)])
    second = BatchEncoder(LONG).encode([2, 3])
    entry = two_inputs(b"\1\0\1", first, second)
    # nothing is held for no key
    arrived = read(Arrivals(PAIR, LONG, True, str.upper), entry)
    assert arrived == ([2, 1, 3], [None, "A", None], b"\1\0\1", None, None)
    assert read(Arrivals(PAIR, LONG), entry).records == [2, ("a", 1), 3]
