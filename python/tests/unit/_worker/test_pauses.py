# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Batches in pieces."""

from __future__ import annotations

import time

from pyflink._worker.pauses import Pauses


def test_pieces_grow_while_they_are_quick() -> None:
    calls = []
    pauses = Pauses(lambda: calls.append(1))
    assert [len(piece) for piece in pauses.pieces(list(range(10)))] == [1, 2, 4, 3]
    assert [len(piece) for piece in pauses.pieces(list(range(10)))] == [8, 2]
    assert [len(piece) for piece in pauses.pieces(list(range(10)))] == [10]
    assert len(calls) == 7


def test_pieces_shrink_while_they_are_slow() -> None:
    pauses = Pauses(lambda: None)
    list(pauses.pieces(list(range(7))))
    sizes = []
    for piece in pauses.pieces(list(range(12))):
        sizes.append(len(piece))
        time.sleep(0.11)
    assert sizes == [8, 4]
    assert next(pauses.pieces([0] * 5)) == [0, 0]


def test_nothing_is_lost() -> None:
    pauses = Pauses(lambda: None)
    records = list(range(1000))
    assert [record for piece in pauses.pieces(records) for record in piece] == records
    assert list(pauses.pieces([])) == []
