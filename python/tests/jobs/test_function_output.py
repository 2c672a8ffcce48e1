# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What functions print, and what print() shows of Python objects."""

from __future__ import annotations

import logging
import os
import subprocess
import sys

from pyflink.common import Types
from pyflink.datastream import MapFunction


def test_print_in_a_function_reaches_the_program(single, capsys) -> None:
    def shout(value):
        print("out", value)
        print("err", value, file=sys.stderr)
        return value

    stream = single.from_collection([1, 2], Types.INT()).map(shout, Types.INT())
    assert list(stream.execute_and_collect()) == [1, 2]
    # it is all there when the job has ended
    captured = capsys.readouterr()
    assert captured.out == "out 1\nout 2\n"
    assert captured.err == "err 1\nerr 2\n"


class Farewell(MapFunction):
    def map(self, value):
        return value

    def close(self) -> None:
        os.write(1, b"bytes from below\n")
        subprocess.run([sys.executable, "-c", "print('from a child')"], check=True)
        print("goodbye", end="")


def test_what_is_printed_last_is_not_lost(single, capsys) -> None:
    single.from_collection([1], Types.INT()).map(Farewell(), Types.INT()).print()
    single.execute()
    out = capsys.readouterr().out
    assert out == "1\nbytes from below\nfrom a child\ngoodbye"


def test_much_output(single, capsys) -> None:
    def print_much(value):
        for i in range(20_000):
            print(f"line {i} of some length, as lines are")
        return value

    list(single.from_collection([1], Types.INT()).map(print_much).execute_and_collect())
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 20_000
    assert lines[-1] == "line 19999 of some length, as lines are"


def test_logging_warnings_reach_the_program(single, caplog) -> None:
    def warn(value):
        logging.getLogger("mine").warning("careful with %s", value)
        return value

    list(single.from_collection([1], Types.INT()).map(warn).execute_and_collect())
    assert caplog.record_tuples == [("mine", logging.WARNING, "careful with 1")]


def test_python_objects_are_printed_as_python_writes_them(single, capsys) -> None:
    stream = single.from_collection([1, "a", None, (1, "b"), {"k": [1.0]}, True])
    stream.print()
    stream.map(lambda v: [v]).print("tag")
    single.execute()
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if not line.startswith("tag> ")] == [
        "1",
        "a",
        "None",
        "(1, 'b')",
        "{'k': [1.0]}",
        "True",
    ]
    assert [line for line in lines if line.startswith("tag> ")][:2] == ["tag> [1]", "tag> ['a']"]


def test_the_print_sink_s_parallelism_counts(single, capsys) -> None:
    single.set_parallelism(2)
    single.from_collection(list(range(100))).print().set_parallelism(1)
    single.execute()
    assert capsys.readouterr().out.split() == [str(i) for i in range(100)]


def test_a_program_without_functions_prints_python_objects(tmp_path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "from pyflink.datastream import StreamExecutionEnvironment\n"
        "env = StreamExecutionEnvironment.get_execution_environment()\n"
        "env.set_parallelism(1)\n"
        "env.from_collection([1, (2, 'b')]).print()\n"
        "env.execute()\n"
    )
    answer = subprocess.run(
        [sys.executable, program], capture_output=True, text=True, timeout=120, check=False
    )
    assert (answer.stdout, answer.stderr) == ("1\n(2, 'b')\n", "")
