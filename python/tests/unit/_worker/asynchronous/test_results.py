# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Entries of results with the numbers of their records."""

from __future__ import annotations

import struct

import pytest

from pyflink._codec import batch_decoder, descriptor
from pyflink._worker.asynchronous.results import Answers
from pyflink._worker.failures import FunctionError
from pyflink.common import Types


async def ask(value):
    return [value]


def answers(user_function, type_info, annotated=False) -> Answers:
    return Answers(user_function(ask, annotated=annotated), descriptor(type_info))


def test_the_entry(user_function) -> None:
    subject = answers(user_function, Types.STRING())
    assert subject.take() == b""
    subject.add(2**40, ["a", "b"])
    subject.add(0, [])
    subject.add(7, ["c"])
    entry = subject.take()
    assert entry[:41] == struct.pack("<BI3q3I", 8, 3, 2**40, 0, 7, 2, 0, 1)
    assert batch_decoder(Types.STRING())(entry[41:]) == ["a", "b", "c"]
    assert subject.take() == b""


def test_a_result_that_is_not_of_the_type(user_function) -> None:
    subject = answers(user_function, Types.INT())
    subject.add(0, [1])
    subject.add(1, [2, "three"])
    with pytest.raises(FunctionError) as failure:
        subject.take()
    assert (failure.value.stage, failure.value.function) == ("STAGE_RESULT", "ask")
    assert failure.value.record == ("three",)
    text = str(failure.value.cause)
    assert text.startswith("operator 'ask', function 'ask': expected INT")
    assert "found str 'three'" in text
    assert "annotation" not in text


def test_a_result_that_is_not_of_the_annotated_type(user_function) -> None:
    subject = answers(user_function, Types.BIG_INT(), annotated=True)
    subject.add(0, [1.5])
    with pytest.raises(FunctionError) as failure:
        subject.take()
    assert "the type comes from the annotation" in str(failure.value.cause)
