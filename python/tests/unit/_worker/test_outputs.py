# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Results that wait to be sent, with what goes with them."""

from __future__ import annotations

import pytest

from pyflink._codec import batch_decoder, descriptor
from pyflink._worker.outputs import MAIN, Output, ResultError
from pyflink.common import Types
from pyflink.common._typeinfo.special import KeyTypeInfo

PAIR = descriptor(Types.TUPLE([KeyTypeInfo(Types.STRING()), Types.LONG()]))


def output_of(firsts, results) -> Output:
    output = Output(MAIN, PAIR, pairs=True)
    output.firsts += firsts
    output.results += results
    return output


def test_pairs() -> None:
    output = output_of(["a", None], [1, 2])
    assert batch_decoder(PAIR)(output.take(0, False, None)[1:]) == [("a", 1), (None, 2)]
    # nothing is left
    assert output.take(2, False, None) == b"\2"
    output.firsts.append("c")
    output.results.append(3)
    assert batch_decoder(PAIR)(output.take(0, False, None)[1:]) == [("c", 3)]


def test_half_a_pair_is_left_out() -> None:
    """An interrupt can come between the two that make a pair."""
    output = output_of(["a", "b"], [1])
    assert batch_decoder(PAIR)(output.take(0, False, None)[1:]) == [("a", 1)]
    assert output.firsts == []


@pytest.mark.parametrize(
    ("firsts", "results", "of_first", "wrong"),
    [(["a", 7], [1, 2], True, 7), (["a", "b"], [1, "x"], False, "x"), ([1], ["x"], True, 1)],
)
def test_what_does_not_fit_is_told_from_the_other(firsts, results, of_first, wrong) -> None:
    with pytest.raises(ResultError) as failure:
        output_of(firsts, results).take(0, False, None)
    assert failure.value.of_first is of_first
    assert failure.value.result == wrong
