# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Wrong values and wrong surroundings: one clear sentence, of a type that a program can catch."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pyflink.common import Configuration, Encoder, Types
from pyflink.datastream import CheckpointingMode, SourceFunction, StreamExecutionEnvironment
from pyflink.datastream.connectors import FileSink, NumberSequenceSource
from pyflink.util.exceptions import GatewayError, JavaError

ROW = Types.ROW_NAMED(["id", "name"], [Types.INT(), Types.STRING()])


@pytest.fixture
def env() -> StreamExecutionEnvironment:
    env = StreamExecutionEnvironment.get_execution_environment()
    env.set_parallelism(1)
    return env


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ([(1, "a"), ("x", "b")], "element 1, field 'id' .1st of 2.: expected INT .* found str 'x'"),
        ([(1, "a"), (2,)], r"element 1: expected ROW of 2 fields .* found 1 in tuple \(2,\)"),
        ([(2**31, "a")], "element 0, field 'id' .1st of 2.: expected INT .* found int 2147483648"),
        ([(1, b"a")], r"element 0, field 'name' .2nd of 2.: expected STRING, found bytes b'a'"),
    ],
)
def test_a_wrong_value_is_refused_before_anything_starts(env, values, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        env.from_collection(values, ROW)


def test_a_state_backend_that_there_is_not() -> None:
    settings = Configuration()
    settings.set_string("state.backend.type", "rockdb")
    env = StreamExecutionEnvironment.get_execution_environment(settings)
    numbers = env.from_collection([1], Types.INT()).key_by(lambda n: n, Types.INT())
    numbers.reduce(lambda a, b: a + b).print()
    with pytest.raises(JavaError, match=r"state backend factory class: rockdb$"):
        env.execute()


def test_arguments_of_the_wrong_kind(env: StreamExecutionEnvironment) -> None:
    numbers = env.from_collection([1], Types.INT())
    sink = FileSink.for_row_format("/tmp/never", Encoder.simple_string_encoder()).build()
    with pytest.raises(TypeError, match=r"type_info is a TypeInformation, for example Types.INT"):
        env.from_collection([1], int)
    with pytest.raises(TypeError, match=r"a Sink such as a FileSink goes to sink_to\(\)"):
        numbers.add_sink(sink)
    with pytest.raises(TypeError, match=r"sink_to\(\): the sink is a Sink"):
        numbers.sink_to("file")
    with pytest.raises(TypeError, match=r"a Source goes to from_source\(\)"):
        env.add_source(NumberSequenceSource(1, 2))
    with pytest.raises(TypeError, match=r"WatermarkStrategy.no_watermarks\(\); not None"):
        env.from_source(NumberSequenceSource(1, 2), None, "numbers")
    with pytest.raises(TypeError, match=r"configuration is a Configuration.*not \{\}"):
        StreamExecutionEnvironment.get_execution_environment({})
    with pytest.raises(TypeError, match=r"setParallelism\(\) does not take .*: \(str\)"):
        env.set_parallelism("2")
    with pytest.raises(TypeError, match=r"for example CheckpointingMode.EXACTLY_ONCE"):
        env.enable_checkpointing(10, "exactly once")
    env.enable_checkpointing(10, CheckpointingMode.EXACTLY_ONCE)


def test_a_used_port(env: StreamExecutionEnvironment) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        configuration = Configuration().set_integer("rest.port", port)
        other = StreamExecutionEnvironment.get_execution_environment(configuration)
        other.from_collection([1], Types.INT()).print()
        with pytest.raises(JavaError, match=f"Could not start rest endpoint on any port.* {port}"):
            other.execute()
    # and the next one is as if nothing had been
    env = StreamExecutionEnvironment.get_execution_environment()
    assert list(env.from_collection([1], Types.INT()).execute_and_collect()) == [1]


def test_an_unknown_class(env: StreamExecutionEnvironment) -> None:
    with pytest.raises(TypeError, match="no Java class 'com.example.Missing' on the class path"):
        SourceFunction("com.example.Missing")


def test_a_file_that_is_not_there(env: StreamExecutionEnvironment) -> None:
    with pytest.deprecated_call():
        env.read_text_file("/no/such/file").print()
    with pytest.raises(JavaError, match="File /no/such/file does not exist") as failure:
        env.execute()
    assert "\n\tat " in failure.value.java_trace
    assert "\tat " not in str(failure.value)


def test_a_source_of_no_numbers(env: StreamExecutionEnvironment) -> None:
    with pytest.raises(ValueError, match="numbers end at 1, before their start at 10"):
        NumberSequenceSource(10, 1)


def fails_to_start(**variables: str) -> str:
    """The message of the error that a program gets in such surroundings."""
    program = (
        "from pyflink.datastream import StreamExecutionEnvironment\n"
        "from pyflink.util.exceptions import GatewayError\n"
        "try:\n"
        "    StreamExecutionEnvironment.get_execution_environment()\n"
        "except GatewayError as e:\n"
        "    print(type(e).__name__, e)\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, **variables},
    )
    assert answer.stderr == ""
    return answer.stdout


def fake_java(folder: Path, script: str, version: str | None = None) -> Path:
    java = folder / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.write_text("#!/bin/sh\n" + script)
    java.chmod(java.stat().st_mode | stat.S_IXUSR)
    if version:
        (folder / "release").write_text(f'JAVA_VERSION="{version}"\n')
    return folder


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands for Java")
class TestJava:
    """Java that is too old, dies or hangs."""

    def test_one_that_dies(self, tmp_path: Path) -> None:
        home = fake_java(tmp_path / "jdk", "echo no memory for you >&2; exit 3", "21.0.1")
        message = fails_to_start(JAVA_HOME=str(home))
        assert message.startswith("GatewayError The JVM ended before it was up (exit code 3).")
        assert "no memory for you" in message

    def test_one_that_ends_well_but_is_no_gateway(self, tmp_path: Path) -> None:
        home = fake_java(tmp_path / "jdk", "echo hello; exit 0", "21.0.1")
        message = fails_to_start(JAVA_HOME=str(home))
        assert message.startswith("GatewayError The JVM ended before it was up (exit code 0).")
        assert "hello" in message

    def test_one_that_hangs(self, tmp_path: Path) -> None:
        home = fake_java(tmp_path / "jdk", "exec sleep 60", "21.0.1")
        message = fails_to_start(JAVA_HOME=str(home), FLINKER_START_TIMEOUT="1.5")
        assert message.startswith(
            "GatewayError The JVM did not come up within 1.5 seconds (FLINKER_START_TIMEOUT)."
        )

    def test_one_that_is_too_old_gives_way_to_the_one_that_is_installed(
        self, tmp_path: Path
    ) -> None:
        home = fake_java(tmp_path / "jdk", "exit 1", "1.8.0_292")
        assert fails_to_start(JAVA_HOME=str(home)) == ""


def test_gateway_errors_are_runtime_errors() -> None:
    assert issubclass(GatewayError, RuntimeError)
