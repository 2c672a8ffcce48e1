# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""ConnectedStreams.flat_map."""

from __future__ import annotations

import json

import pytest

from pyflink.common import Types
from pyflink.datastream import CoFlatMapFunction

INT, TEXT = Types.INT(), Types.STRING()


class Spread(CoFlatMapFunction):
    """A generator for one stream; for the other one a list, or None."""

    def open(self, runtime_context) -> None:
        self.calls = 0

    def flat_map1(self, value):
        self.calls += 1
        yield from range(value)

    def flat_map2(self, value):
        self.calls += 1
        return list(map(int, value.split())) or None

    def close(self) -> None:
        print("closed after", self.calls)


def test_flat_map(single, capsys) -> None:
    numbers = single.from_collection([2, 0, 3], INT)
    words = single.from_collection(["10 20", "", "30"], TEXT)
    spread = numbers.connect(words).flat_map(Spread(), INT)
    assert spread.get_name() == "Co-Flat Map"
    results = list(spread.execute_and_collect())
    assert [i for i in results if i < 10] == [0, 1, 0, 1, 2]
    assert [i for i in results if i >= 10] == [10, 20, 30]
    assert capsys.readouterr().out == "closed after 6\n"


def test_a_chain_starts_with_it(single) -> None:
    numbers = single.from_collection([2], INT).map(lambda i: i + 1, INT).name("more")
    words = single.from_collection(["10"], TEXT)
    spread = numbers.connect(words).flat_map(Spread(), INT).name("spread").uid("spread")
    ends = spread.filter(bool).name("some").map(str, TEXT).name("text").uid("text")
    ends.print().name("screen")
    nodes = [node["type"] for node in json.loads(single.get_execution_plan())["nodes"]]
    assert "spread, some, text" in nodes
    assert "some" not in nodes
    assert "more" in nodes
    single.execute()
    # the graph is made of what the program has built, as often as it asks for one
    assert sorted(ends.execute_and_collect()) == ["1", "10", "2"]
    assert spread.get_type() == INT
    assert sorted(spread.execute_and_collect()) == [0, 1, 2, 10]


def test_without_chaining(single) -> None:
    single.disable_operator_chaining()
    numbers, words = single.from_collection([2], INT), single.from_collection(["10"], TEXT)
    spread = numbers.connect(words).flat_map(Spread(), INT)
    assert sorted(spread.map(str).map(len).execute_and_collect()) == [1, 1, 2]


def test_more_results_than_fit_an_entry(single) -> None:
    numbers, words = single.from_collection([200_000], INT), single.from_collection([""], TEXT)
    spread = numbers.connect(words).flat_map(Spread(), INT)
    assert list(spread.execute_and_collect()) == list(range(200_000))


@pytest.mark.parametrize("function", [range, Spread, None])
def test_what_is_no_co_flat_map_function_is_refused(single, function) -> None:
    numbers = single.from_collection([1], INT)
    with pytest.raises(TypeError, match=r"flat_map\(\) of connected.* is a CoFlatMapFunction"):
        numbers.connect(numbers).flat_map(function)
