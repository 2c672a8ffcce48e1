# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Entries of records in, entries of results out."""

from __future__ import annotations

import pickle
import struct
from types import SimpleNamespace

import pytest

from pyflink._codec import BatchEncoder, ValueMismatchError, batch_decoder, descriptor
from pyflink._worker.batches import COMPLETES, TIMED, Processor
from pyflink._worker.failures import FunctionError
from pyflink._worker.functions import UserFunction
from pyflink.common import Types

LONG = Types.LONG()


def processor(kind, function, output_type=LONG) -> Processor:
    # of importable functions, as this module's lambdas are not
    payload = pickle.dumps((function, False))
    spec = SimpleNamespace(urn=f"flinker:function:{kind}:v1", payload=payload)
    transform = SimpleNamespace(unique_name="the function", spec=spec)
    return Processor([UserFunction(transform)], descriptor(LONG), descriptor(output_type))


def entry(values, times=None) -> bytes:
    batch = BatchEncoder(LONG).encode(values)
    if times is None:
        return b"\0" + batch
    return bytes([TIMED]) + struct.pack(f"<I{len(times)}q", len(times), *times) + batch


def process(processor, *arguments) -> list[bytes]:
    answers = []
    processor.process(entry(*arguments), answers.append)
    return answers


def halve(value):
    return 6 // value


def test_an_entry_is_answered_by_one_that_completes_it() -> None:
    (answer,) = process(processor("map", abs), [-1, 2])
    assert answer[0] == COMPLETES
    assert batch_decoder(LONG)(answer[1:]) == [1, 2]


def test_an_entry_without_results_is_completed_too() -> None:
    assert process(processor("filter", bool), [0, 0]) == [bytes([COMPLETES])]


def test_timestamps_come_back() -> None:
    (answer,) = process(processor("filter", bool), [0, 7], [-5, 2**62])
    assert answer[:13] == bytes([TIMED | COMPLETES]) + struct.pack("<Iq", 1, 2**62)
    assert batch_decoder(LONG)(answer[13:]) == [7]


def test_many_results_come_in_several_entries() -> None:
    answers = process(processor("flat_map", range), [50_000])
    assert len(answers) > 2
    assert [answer[0] for answer in answers[:-1]] == [0] * (len(answers) - 1)
    assert answers[-1][0] == COMPLETES
    values = [value for answer in answers for value in batch_decoder(LONG)(answer[1:])]
    assert values == list(range(50_000))


def test_a_failure_names_the_record_and_keeps_the_results_before() -> None:
    answers: list[bytes] = []
    with pytest.raises(FunctionError) as failure:
        processor("map", halve).process(entry([1, 2, 0, 3]), answers.append)
    (first,) = answers
    assert first[0] == 0
    assert batch_decoder(LONG)(first[1:]) == [6, 3]
    assert failure.value.function == "the function"
    assert failure.value.stage == "STAGE_PROCESS"
    assert failure.value.record == (0,)
    assert isinstance(failure.value.cause, ZeroDivisionError)


def test_a_result_that_does_not_fit() -> None:
    with pytest.raises(FunctionError) as failure:
        process(processor("map", str), [1, 2])
    assert failure.value.stage == "STAGE_RESULT"
    assert failure.value.record == ("1",)
    assert isinstance(failure.value.cause, ValueMismatchError)


def test_a_function_that_cannot_be_loaded() -> None:
    spec = SimpleNamespace(urn="flinker:function:map:v1", payload=b"cnowhere\nf\n.")
    with pytest.raises(FunctionError) as failure:
        UserFunction(SimpleNamespace(unique_name="lost", spec=spec))
    assert failure.value.stage == "STAGE_OPEN"
    assert isinstance(failure.value.cause, ModuleNotFoundError)
