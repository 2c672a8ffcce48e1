# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""DataStream.get_side_output."""

from __future__ import annotations

import json
import sys
from collections import Counter

import pytest

from pyflink.common import Row, Types
from pyflink.datastream import OutputTag, ProcessFunction
from pyflink.util.exceptions import JavaError

LONG = Types.LONG()
ODD = OutputTag("odd", LONG)
WORDS = OutputTag("words", Types.STRING())
ANY = OutputTag("any")


class Split(ProcessFunction):
    """Even numbers to the main output, odd ones to one side output and others to a second one."""

    def process_element(self, value, ctx):
        if not isinstance(value, int):
            yield ANY, value
        elif value % 2:
            yield ODD, value
        else:
            yield value


class Sends(ProcessFunction):
    def __init__(self, *values) -> None:
        self.values = values

    def process_element(self, value, ctx):
        return self.values


def notes_of(error: BaseException) -> str:
    return "\n".join(getattr(error, "__notes__", [str(error.__cause__)]))


def together(*streams) -> list:
    """The records of streams, each with the number of its stream."""

    def number(i):
        return lambda value: (i, value)

    first, *others = [stream.map(number(i)) for i, stream in enumerate(streams)]
    return list(first.union(*others).execute_and_collect())


def test_typed_and_untyped_side_outputs(single) -> None:
    values = [1, 2, "a", 3, None, {"k": [1]}, 4, Row(1, 2)]
    even = single.from_collection(values).process(Split(), LONG)
    odd, rest = even.get_side_output(ODD), even.get_side_output(ANY)
    assert odd.get_type() == LONG
    assert rest.get_type() == Types.PICKLED_BYTE_ARRAY()
    seen = together(even, odd, rest)
    assert [value for i, value in seen if i == 0] == [2, 4]
    assert [value for i, value in seen if i == 1] == [1, 3]
    assert [value for i, value in seen if i == 2] == ["a", None, {"k": [1]}, Row(1, 2)]


def test_a_side_output_alone(single) -> None:
    even = single.from_collection([1, 2, 3], LONG).process(Split(), LONG)
    assert list(even.get_side_output(ODD).execute_and_collect()) == [1, 3]


def test_functions_before_and_after(single) -> None:
    shifted = single.from_collection([1, 2, 3], LONG).map(lambda i: i + 1, LONG).name("shift")
    even = shifted.process(Split(), LONG).name("split")
    seen = together(
        even.map(lambda i: -i, LONG).filter(bool), even.get_side_output(ODD).map(str).map(len)
    )
    assert sorted(seen) == [(0, -4), (0, -2), (1, 1)]


def test_the_plan_can_be_made_between_two_readers(single) -> None:
    even = single.from_collection([1, 2, 3], LONG).process(Split(), LONG).name("split")
    even.map(lambda i: i, LONG).name("evens").print()
    assert '"split, evens"' in single.get_execution_plan()
    assert list(even.get_side_output(ODD).execute_and_collect()) == [1, 3]
    even.map(lambda i: i, LONG).name("evens").print()
    even.get_side_output(ODD).print()
    types = [node["type"] for node in json.loads(single.get_execution_plan())["nodes"]]
    assert {"split", "evens"} <= set(types)


def test_names_and_uids_are_given_afterwards(single) -> None:
    even = single.from_collection([1, 2, 3], LONG).process(Split(), LONG)
    odd = even.get_side_output(ODD).name("the odd ones").uid("odd").set_parallelism(1)
    even.name("split").uid("split")
    odd.print()
    types = [node["type"] for node in json.loads(single.get_execution_plan())["nodes"]]
    assert {"split", "the odd ones"} <= set(types)
    assert list(odd.execute_and_collect()) == [1, 3]


def test_a_side_output_read_twice(single) -> None:
    even = single.from_collection([1, 2, 3], LONG).process(Split(), LONG)
    again = OutputTag("odd", LONG)
    seen = together(even.get_side_output(ODD), even.get_side_output(again))
    assert sorted(seen) == [(0, 1), (0, 3), (1, 1), (1, 3)]


def test_flat_map_and_map_have_side_outputs_if_they_are_read(single) -> None:
    numbers = single.from_collection([1, 2, 3], LONG)
    some = numbers.flat_map(lambda i: [(ODD, i), i] if i % 2 else [i], LONG)
    assert sorted(together(some, some.get_side_output(ODD))) == [
        (0, 1),
        (0, 2),
        (0, 3),
        (1, 1),
        (1, 3),
    ]
    mapped = numbers.map(lambda i: (ODD, i) if i % 2 else i, LONG)
    assert sorted(together(mapped, mapped.get_side_output(ODD))) == [(0, 2), (1, 1), (1, 3)]


def test_more_results_than_fit_an_entry(single) -> None:
    class Many(ProcessFunction):
        def process_element(self, value, ctx):
            for i in range(value):
                yield ODD, i
                if i % 1000 == 0:
                    yield i

    main = single.from_collection([100_000], LONG).process(Many(), LONG)
    seen = together(main, main.get_side_output(ODD))
    assert [value for i, value in seen if i == 0] == list(range(0, 100_000, 1000))
    assert [value for i, value in seen if i == 1] == list(range(100_000))


def test_two_instances(single) -> None:
    single.set_parallelism(2)
    even = single.from_collection(range(1000), LONG).rebalance().process(Split(), LONG)
    seen = together(even, even.get_side_output(ODD))
    assert Counter(seen) == Counter((i % 2, i) for i in range(1000))


def test_rows_in_a_side_output(single) -> None:
    row = OutputTag("row", Types.ROW_NAMED(["id", "name"], [Types.INT(), Types.STRING()]))
    sent = single.from_collection([1], LONG).process(Sends((row, (1, "a")), (row, Row(2, "b"))))
    names = sent.get_side_output(row).map(lambda r: (r.id, r.name))
    assert list(names.execute_and_collect()) == [(1, "a"), (2, "b")]


def test_a_value_of_another_type(single) -> None:
    sent = (
        single.from_collection([5], LONG).map(lambda i: i).process(Sends((WORDS, "a"), (WORDS, 7)))
    )
    with pytest.raises(TypeError) as failure:
        list(sent.name("sender").get_side_output(WORDS).execute_and_collect())
    assert str(failure.value) == (
        "operator 'sender', function 'Sends.process_element', "
        "side output 'words': expected STRING, found int 7"
    )
    notes = notes_of(failure.value)
    assert "operator 'sender', with its result, subtask 1 of 1, result: 7" in notes


def test_a_tag_with_more_than_one_value(single) -> None:
    sent = single.from_collection([5], LONG).process(Sends((WORDS, "a", "b")))
    with pytest.raises(TypeError, match="one value at a time, 'yield tag, value', but 2 came"):
        list(sent.get_side_output(WORDS).execute_and_collect())


@pytest.mark.parametrize("tag", ["odd", None, OutputTag])
def test_what_is_no_tag_is_refused(single, tag) -> None:
    stream = single.from_collection([1], LONG).process(Split())
    with pytest.raises(TypeError, match=r"get_side_output\(\): the tag is an OutputTag"):
        stream.get_side_output(tag)


def test_a_stream_without_an_operator_has_none(single) -> None:
    stream = single.from_collection([1], LONG).process(Split())
    with pytest.raises(TypeError, match=r"call it there, before union\(\) and partitioning"):
        stream.rebalance().get_side_output(ODD)


def test_one_name_for_two_types_is_refused(single) -> None:
    stream = single.from_collection([1], LONG).process(Split())
    stream.get_side_output(ODD)
    with pytest.raises(JavaError, match="already requested with a different type"):
        stream.get_side_output(OutputTag("odd", Types.STRING()))


def test_a_worker_that_unpickles_a_tag_needs_no_gateway(single) -> None:
    class Loaded(ProcessFunction):
        def process_element(self, value, ctx):
            yield ODD, int("py4j" in sys.modules)

    stream = single.from_collection([1], LONG).process(Loaded())
    assert list(stream.get_side_output(ODD).execute_and_collect()) == [0]
