# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What the user sees of an error in a function."""

from __future__ import annotations

import importlib
import os
import sys
import threading
import traceback

import pytest

from pyflink.common import Types
from pyflink.datastream import MapFunction
from pyflink.util.exceptions import JavaError


class OwnError(Exception):
    def __init__(self, code: int, *, detail: str) -> None:
        super().__init__(f"code {code}: {detail}")
        self.code = code


class Loud(Exception):
    code = 7


def invert(value: int) -> float:
    return 1 / value


def failure_of(stream) -> BaseException:
    with pytest.raises(Exception) as failure:  # noqa: PT011
        list(stream.execute_and_collect())
    return failure.value


def notes_of(error: BaseException) -> str:
    return "\n".join(getattr(error, "__notes__", [str(error.__cause__)]))


def test_the_user_s_own_exception_is_raised(single) -> None:
    stream = single.from_collection([1, 2, 0], Types.INT()).map(invert).name("inverse")
    error = failure_of(stream)
    assert type(error) is ZeroDivisionError
    assert str(error) == "division by zero"
    assert "operator 'inverse', subtask 1 of 1, record" in notes_of(error)
    assert isinstance(error.__cause__, JavaError)
    assert "io.flinker.harness.PythonFunctionException" in error.__cause__.java_trace


def test_the_user_s_frames_come_last(single) -> None:
    error = failure_of(single.from_collection([0], Types.INT()).map(lambda i: invert(i)))
    frames = traceback.extract_tb(error.__traceback__)[-2:]
    assert [frame.name for frame in frames] == ["<lambda>", "invert"]
    assert frames[-1].filename == __file__
    assert frames[-1].line == "return 1 / value"


@pytest.mark.skipif(sys.version_info < (3, 11), reason="exceptions have no notes")
def test_the_printed_traceback(single) -> None:
    error = failure_of(single.from_collection([0], Types.INT()).map(invert))
    text = "".join(traceback.format_exception(error))
    assert text.count("division by zero") == 1
    assert text.rstrip().endswith(
        "    return 1 / value\n"
        "ZeroDivisionError: division by zero\n"
        "In the Python function of operator 'Map', subtask 1 of 1, record: 0"
    )


def shown_frames(error: BaseException) -> list[tuple[str, str]]:
    """The files and functions of a traceback."""
    frames = traceback.extract_tb(error.__traceback__)
    return [(os.path.basename(frame.filename), frame.name) for frame in frames]


def test_between_the_program_and_the_function_there_is_one_frame(single) -> None:
    single.from_collection([0], Types.INT()).map(invert).print()
    with pytest.raises(ZeroDivisionError) as failure:
        single.execute()
    assert shown_frames(failure.value)[1:] == [
        ("stream_execution_environment.py", "execute"),
        ("test_python_errors.py", "invert"),
    ]

    results = iter(single.from_collection([0], Types.INT()).map(invert).execute_and_collect())
    with pytest.raises(ZeroDivisionError) as failure:
        next(results)
    assert shown_frames(failure.value)[1:] == [
        ("_results.py", "__next__"),
        ("test_python_errors.py", "invert"),
    ]

    single.from_collection([0], Types.INT()).map(invert).print()
    future = single.execute_async().get_job_execution_result()
    with pytest.raises(ZeroDivisionError) as failure:
        future.result()
    assert shown_frames(failure.value)[1:] == [
        ("completable_future.py", "result"),
        ("test_python_errors.py", "invert"),
    ]
    assert "ZeroDivisionError" in str(future.exception())


def test_an_error_of_java_shows_one_frame(single) -> None:
    with pytest.raises(JavaError) as failure:
        single.execute()
    assert shown_frames(failure.value)[1:] == [("stream_execution_environment.py", "execute")]


def test_results_before_the_failing_record_are_there(single) -> None:
    stream = single.from_collection([1, 2, 0, 4], Types.INT()).map(invert, Types.DOUBLE())
    results = []
    with pytest.raises(ZeroDivisionError), stream.execute_and_collect() as iterator:
        results.extend(iterator)
    assert results in ([], [1.0, 0.5])


def test_the_function_in_a_chain_is_named(single) -> None:
    stream = single.from_collection([5], Types.INT()).map(lambda i: i - 5).name("to zero")
    error = failure_of(stream.map(invert).name("invert").filter(bool))
    assert "operator 'invert'" in notes_of(error)


def test_the_chain_of_exceptions_is_kept(single) -> None:
    def raising(value):
        try:
            invert(value)
        except ZeroDivisionError as e:
            raise Loud("no inverse") from e

    error = failure_of(single.from_collection([0], Types.INT()).map(raising))
    assert type(error).__name__ == "Loud"
    assert isinstance(error.__cause__, ZeroDivisionError)
    assert isinstance(error.__cause__.__cause__, JavaError)


def test_an_exception_that_cannot_be_pickled(single) -> None:
    def raising(value):
        raise OwnError(3, detail="lost")

    error = failure_of(single.from_collection([0], Types.INT()).map(raising))
    assert isinstance(error, RuntimeError)
    assert "OwnError: code 3: lost" in str(error)


def test_exit_in_a_function_is_an_error(single) -> None:
    error = failure_of(single.from_collection([0], Types.INT()).map(sys.exit))
    assert isinstance(error, RuntimeError)
    assert "SystemExit" in str(error)


def test_a_result_of_another_type(single) -> None:
    stream = single.from_collection([1, 2], Types.INT())
    error = failure_of(stream.map(lambda i: "a" if i == 2 else i, Types.LONG()).name("longs"))
    assert isinstance(error, TypeError)
    assert str(error).startswith("operator 'longs', function '<lambda>': expected LONG")
    assert str(error).endswith("found str 'a'")
    assert "operator 'longs', with its result, subtask 1 of 1, result: 'a'" in notes_of(error)


def test_a_field_of_another_type(single) -> None:
    row = Types.ROW_NAMED(["id", "name"], [Types.INT(), Types.STRING()])
    error = failure_of(single.from_collection([1], Types.INT()).map(lambda i: (i, i), row))
    assert "field 'name' (2nd of 2): expected STRING, found int 1" in str(error)


class FailsAt(MapFunction):
    def __init__(self, stage: str) -> None:
        self.stage = stage

    def open(self, runtime_context) -> None:
        if self.stage == "open":
            raise LookupError("in open")

    def map(self, value):
        return value

    def close(self) -> None:
        if self.stage == "close":
            raise LookupError("in close")


@pytest.mark.parametrize("stage", ["open", "close"])
def test_errors_of_opening_and_closing(single, stage) -> None:
    error = failure_of(single.from_collection([1], Types.INT()).map(FailsAt(stage)))
    assert type(error) is LookupError
    assert str(error) == f"in {stage}"


def test_a_function_that_cannot_be_sent_is_refused_at_once(single) -> None:
    lock = threading.Lock()
    stream = single.from_collection([1], Types.INT())
    with pytest.raises(TypeError, match="the variable 'lock' that it uses is a _thread.lock"):
        stream.map(lambda i: lock.locked())
    function = FailsAt("never")
    function.handle = lock
    with pytest.raises(TypeError, match="the attribute 'handle' of FailsAt is a _thread.lock"):
        stream.map(function)


def test_a_module_that_the_worker_cannot_import(single, tmp_path, monkeypatch) -> None:
    (tmp_path / "only_here.py").write_text("def f(i):\n    return i\n")
    monkeypatch.syspath_prepend(tmp_path)
    only_here = importlib.import_module("only_here")

    stream = single.from_collection([1], Types.INT()).map(only_here.f)
    # sys.path travels with the job
    assert list(stream.execute_and_collect()) == [1]
    monkeypatch.undo()
    error = failure_of(single.from_collection([1], Types.INT()).map(only_here.f))
    assert isinstance(error, ModuleNotFoundError)
    assert "while it was opened" in notes_of(error)
