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
from pyflink._worker.entries import WATERMARK
from pyflink._worker.failures import FunctionError
from pyflink._worker.functions import UserFunction
from pyflink._worker.outputs import SideOutputTag
from pyflink._worker.pauses import Pauses
from pyflink.common import Types
from pyflink.common._typeinfo.special import KeyTypeInfo

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


def outputs_of(worker: Processor, data: bytes) -> list[tuple[str, bytes]]:
    outputs: list[tuple[str, bytes]] = []
    worker.process(data, lambda name, answer: outputs.append((name, answer)))
    return outputs


def answers_of(worker: Processor, *arguments) -> list[bytes]:
    """The entries, all of the main output."""
    outputs = outputs_of(worker, entry(*arguments))
    assert {name for name, _ in outputs} == {"out"}
    return [answer for _, answer in outputs]


def halve(value):
    return 6 // value


def test_an_entry_is_answered_by_one_that_completes_it() -> None:
    (answer,) = answers_of(processor("map", abs), [-1, 2])
    assert answer[0] == COMPLETES
    assert batch_decoder(LONG)(answer[1:]) == [1, 2]


def test_an_entry_without_results_is_completed_too() -> None:
    assert answers_of(processor("filter", bool), [0, 0]) == [bytes([COMPLETES])]


def test_timestamps_come_back() -> None:
    (answer,) = answers_of(processor("filter", bool), [0, 7], [-5, 2**62])
    assert answer[:13] == bytes([TIMED | COMPLETES]) + struct.pack("<Iq", 1, 2**62)
    assert batch_decoder(LONG)(answer[13:]) == [7]


def test_many_results_come_in_several_entries() -> None:
    answers = answers_of(processor("flat_map", range), [50_000])
    assert len(answers) > 2
    assert [answer[0] for answer in answers[:-1]] == [0] * (len(answers) - 1)
    assert answers[-1][0] == COMPLETES
    values = [value for answer in answers for value in batch_decoder(LONG)(answer[1:])]
    assert values == list(range(50_000))


def test_a_failure_names_the_record_and_keeps_the_results_before() -> None:
    answers: list[bytes] = []
    with pytest.raises(FunctionError) as failure:
        processor("map", halve).process(entry([1, 2, 0, 3]), lambda _, data: answers.append(data))
    (first,) = answers
    assert first[0] == 0
    assert batch_decoder(LONG)(first[1:]) == [6, 3]
    assert failure.value.function == "the function"
    assert failure.value.stage == "STAGE_PROCESS"
    assert failure.value.record == (0,)
    assert isinstance(failure.value.cause, ZeroDivisionError)


def test_a_result_that_does_not_fit() -> None:
    with pytest.raises(FunctionError) as failure:
        answers_of(processor("map", str), [1, 2])
    assert failure.value.stage == "STAGE_RESULT"
    assert failure.value.record == ("1",)
    assert isinstance(failure.value.cause, ValueMismatchError)


def test_a_function_that_cannot_be_loaded() -> None:
    spec = SimpleNamespace(urn="flinker:function:map:v1", payload=b"cnowhere\nf\n.")
    with pytest.raises(FunctionError) as failure:
        UserFunction(SimpleNamespace(unique_name="lost", spec=spec))
    assert failure.value.stage == "STAGE_OPEN"
    assert isinstance(failure.value.cause, ModuleNotFoundError)


class Tag(SideOutputTag):
    def __init__(self, tag_id):
        self.tag_id = tag_id


class Split:
    def process_element(self, value, ctx):
        yield Tag("odd" if value % 2 else "unread"), value
        if value > 2:
            yield ctx.timer_service().current_watermark()

    def process_element1(self, value, ctx):
        return [value]

    def process_element2(self, value, ctx):
        return [-value, ctx.timestamp()]


def split(kind, second_type=None) -> Processor:
    spec = SimpleNamespace(urn=f"flinker:function:{kind}:v1", payload=pickle.dumps((Split(), True)))
    function = UserFunction(SimpleNamespace(unique_name="split", spec=spec))
    sides = {"out:0": ("odd", descriptor(LONG))}
    return Processor([function], descriptor(LONG), descriptor(LONG), second_type, sides)


def values_of(outputs) -> list[tuple[str, int, list[int]]]:
    return [
        (name, data[0], batch_decoder(LONG)(data[1:]) if len(data) > 1 else [])
        for name, data in outputs
    ]


def test_the_main_output_completes_an_entry_after_its_side_outputs() -> None:
    worker = split("process")
    assert values_of(outputs_of(worker, entry([1, 2, 3]))) == [
        ("out:0", 0, [1, 3]),
        ("out", COMPLETES, [-(2**63)]),
    ]
    assert values_of(outputs_of(worker, entry([1]))) == [("out:0", 0, [1]), ("out", COMPLETES, [])]


def test_a_watermark_holds_until_the_next_one() -> None:
    worker = split("process")
    marked = bytes([WATERMARK]) + struct.pack("<q", 77) + entry([4])[1:]
    assert values_of(outputs_of(worker, marked)) == [("out", COMPLETES, [77])]
    assert values_of(outputs_of(worker, entry([4]))) == [("out", COMPLETES, [77])]


def test_side_outputs_have_timestamps_too() -> None:
    (name, data), _ = outputs_of(split("process"), entry([1], [9]))
    assert name == "out:0"
    assert data[:13] == bytes([TIMED]) + struct.pack("<Iq", 1, 9)


def test_records_of_two_inputs_in_the_order_in_which_they_came() -> None:
    first, second = BatchEncoder(LONG).encode([1, 2]), BatchEncoder(LONG).encode([7])
    inputs = struct.pack("<I3bI", 3, 0, 1, 0, len(first))
    times = struct.pack("<I3q", 3, 10, 20, 30)
    worker = split("co_process", descriptor(LONG))
    ((name, data),) = outputs_of(worker, bytes([TIMED]) + times + inputs + first + second)
    assert name == "out"
    assert data[:37] == bytes([TIMED | COMPLETES]) + struct.pack("<I4q", 4, 10, 20, 20, 30)
    assert batch_decoder(LONG)(data[37:]) == [1, -7, 20, 2]


class Burst:
    """Many values for one side output, of one record."""

    def __init__(self, seen):
        self.seen = seen

    def process_element(self, value, ctx):
        for i in range(value):
            yield Tag("odd"), i
        self.seen.append("end")


def function_of(kind, payload, name="f") -> UserFunction:
    spec = SimpleNamespace(urn=f"flinker:function:{kind}:v1", payload=pickle.dumps(payload))
    return UserFunction(SimpleNamespace(unique_name=name, spec=spec))


def test_side_outputs_leave_while_the_function_runs() -> None:
    function = function_of("process", (Burst([]), True))
    seen = function._function.seen
    sides = {"out:0": ("odd", descriptor(LONG))}
    worker = Processor([function], descriptor(LONG), descriptor(LONG), None, sides)
    data = entry([50_000])
    worker.process(data, lambda name, answer: seen.append((name, answer[0], answer)))
    ended = seen.index("end")
    assert ended > 2
    assert {answer[:2] for answer in seen[:ended]} == {("out:0", 0)}
    assert seen[-1] == ("out", COMPLETES, bytes([COMPLETES]))
    sent = [answer[2] for answer in seen if answer[0] == "out:0"]
    assert [v for data in sent for v in batch_decoder(LONG)(data[1:])] == list(range(50_000))


@pytest.mark.parametrize("timed", [False, True])
def test_pauses_between_parts_of_a_batch(timed) -> None:
    values = list(range(1, 1001))
    times = values if timed else None
    plain, paused = processor("map", abs), processor("map", abs)
    pauses = []
    paused.pauses = Pauses(lambda: pauses.append(1))
    answers = answers_of(paused, values, times)
    assert answers == answers_of(plain, values, times)
    # a batch starts with 64 results and a piece between pauses with one record
    assert len(answers) > 1
    assert len(pauses) > 5
    paused = processor("map", halve)
    paused.pauses = Pauses(lambda: None)
    with pytest.raises(FunctionError) as failure:
        paused.process(entry([1] * 200 + [0, 1]), lambda name, data: None)
    assert failure.value.record == (0,)


def chain_of(*functions, output_type) -> Processor:
    made = [function_of(kind, payload, name) for kind, payload, name in functions]
    return Processor(made, descriptor(LONG), descriptor(output_type))


def test_an_annotation_holds_for_the_record_of_a_pair() -> None:
    pair = Types.TUPLE([KeyTypeInfo(LONG), Types.BIG_INT()])
    worker = chain_of(
        ("map", (bool, False, True), "m"), ("key", (int, False), "k"), output_type=pair
    )
    ((_, data),) = outputs_of(worker, entry([0, 5]))
    assert [tuple(value) for value in batch_decoder(pair)(data[1:])] == [(0, 0), (1, 1)]


@pytest.mark.parametrize(
    ("maker", "key", "name", "wrong"), [(str, int, "m", "7"), (abs, str, "k", "7")]
)
def test_a_pair_that_does_not_fit(maker, key, name, wrong) -> None:
    pair = Types.TUPLE([KeyTypeInfo(LONG), Types.BIG_INT()])
    worker = chain_of(
        ("map", (maker, False, True), "m"), ("key", (key, False), "k"), output_type=pair
    )
    with pytest.raises(FunctionError) as failure:
        outputs_of(worker, entry([7]))
    assert failure.value.function == name
    assert failure.value.record == (wrong,)
    message = str(failure.value.cause)
    assert message.startswith(f"operator '{name}', function 'str': expected ")
    assert ("annotation" in message) == (name == "m")
