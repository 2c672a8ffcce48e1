# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The file sink of Flink 1."""

from __future__ import annotations

import re
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from pyflink.common import Configuration, Encoder, Types
from pyflink.common.serialization import SimpleStringEncoder
from pyflink.datastream import DataStream, SourceFunction, StreamExecutionEnvironment
from pyflink.datastream.connectors import (
    BucketAssigner,
    DefaultRollingPolicy,
    OutputFileConfig,
    RollingPolicy,
    StreamingFileSink,
)
from pyflink.java_gateway import get_gateway

PAIR = Types.ROW([Types.INT(), Types.STRING()])
MODES = {
    "streaming": {},
    "checkpoints": {"execution.checkpointing.interval": "50 ms"},
    "rare checkpoints": {"execution.checkpointing.interval": "1 h"},
    "batch": {"execution.runtime-mode": "BATCH"},
    "found to be batch": {
        "execution.runtime-mode": "AUTOMATIC",
        "execution.checkpointing.interval": "50 ms",
    },
}

FAILING_ONCE = {
    "execution.checkpointing.interval": "50 ms",
    "restart-strategy.type": "fixed-delay",
    "restart-strategy.fixed-delay.attempts": "1",
    "restart-strategy.fixed-delay.delay": "0 s",
}


def environment(settings: dict[str, str] | None = None) -> StreamExecutionEnvironment:
    configuration = Configuration()
    for key, value in (settings or {}).items():
        configuration.set_string(key, value)
    env = StreamExecutionEnvironment.get_execution_environment(configuration)
    env.set_parallelism(1)
    return env


def row_format(folder: Path) -> StreamingFileSink.DefaultRowFormatBuilder:
    """A sink of lines into the folder itself."""
    sink = StreamingFileSink.for_row_format(str(folder), Encoder.simple_string_encoder())
    return sink.with_bucket_assigner(BucketAssigner.base_path_bucket_assigner())


def write_numbers(count: int, sink: StreamingFileSink) -> None:
    env = environment()
    env.from_collection(range(count), Types.INT()).add_sink(sink)
    env.execute()


def test_the_tutorial_of_1_12(tmp_path: Path, files_in) -> None:
    env = environment()
    rows = env.from_collection([(1, "aaa"), (2, "bbb")], PAIR)
    with pytest.deprecated_call():
        encoder = SimpleStringEncoder()
    rows.add_sink(StreamingFileSink.for_row_format(str(tmp_path), encoder).build())
    env.execute("tutorial_job")
    [(name, text)] = files_in(tmp_path).items()
    assert re.fullmatch(r"\d{4}-\d\d-\d\d--\d\d/part-0-0", name)
    assert text == "1,aaa\n2,bbb\n"


@pytest.mark.parametrize("mode", MODES)
def test_no_file_is_left_hidden_at_the_end(mode: str, tmp_path: Path, files_in) -> None:
    env = environment(MODES[mode])
    env.set_parallelism(2)
    rows = env.from_collection([(number, "a") for number in range(100)], PAIR).rebalance()
    rows.add_sink(row_format(tmp_path).build())
    env.execute()
    files = files_in(tmp_path)
    assert {name[:7] for name in files} <= {"part-0-", "part-1-"}
    lines = "".join(files.values()).splitlines()
    assert sorted(lines) == sorted(f"+I[{number}, a]" for number in range(100))


def test_another_job_leaves_the_files_of_the_first(tmp_path: Path, files_in) -> None:
    write_numbers(1, row_format(tmp_path).build())
    write_numbers(2, row_format(tmp_path).build())
    assert files_in(tmp_path) == {"part-0-0": "0\n", "part-0-1": "0\n1\n"}


def test_files_roll_by_size(tmp_path: Path, files_in) -> None:
    policy = RollingPolicy.default_rolling_policy(part_size=10)
    write_numbers(13, row_format(tmp_path).with_rolling_policy(policy).build())
    # a file is closed by the first record that comes when it has its size
    assert files_in(tmp_path) == {
        "part-0-0": "0\n1\n2\n3\n4\n5\n",
        "part-0-1": "6\n7\n8\n9\n10\n",
        "part-0-2": "11\n12\n",
    }


def test_the_policy_s_builder_of_1_12(tmp_path: Path, files_in) -> None:
    with pytest.deprecated_call():
        builder = DefaultRollingPolicy.builder()
    policy = builder.with_max_part_size(4).with_rollover_interval(1000).build()
    write_numbers(4, row_format(tmp_path).with_rolling_policy(policy).build())
    assert files_in(tmp_path) == {"part-0-0": "0\n1\n2\n", "part-0-1": "3\n"}


def failing_once(stream: DataStream, type_info) -> DataStream:
    function = get_gateway().jvm.io.flinker.testing.FailsAfterCheckpoint()
    j_stream = stream._j_data_stream.map(function, type_info.get_java_type_info())
    return DataStream(j_stream)


@pytest.mark.parametrize(
    "policy",
    [RollingPolicy.default_rolling_policy, RollingPolicy.on_checkpoint_rolling_policy],
)
def test_a_failure_neither_loses_nor_doubles_records(
    policy, test_jar: Path, tmp_path: Path, files_in
) -> None:
    env = environment(FAILING_ONCE)
    env.add_jars(test_jar.as_uri())
    numbers = failing_once(env.from_collection(range(5000), Types.INT()), Types.INT())
    numbers.add_sink(row_format(tmp_path).with_rolling_policy(policy()).build())
    env.execute()
    files = {name: text for name, text in files_in(tmp_path).items() if name[0] != "."}
    in_order = sorted(files, key=lambda name: int(name.rpartition("-")[2]))
    assert "".join(files[name] for name in in_order).split() == [str(n) for n in range(5000)]


def test_what_was_written_before_another_branch_failed_stays_as_it_is(
    test_jar: Path, tmp_path: Path, files_in
) -> None:
    env = environment(FAILING_ONCE)
    env.add_jars(test_jar.as_uri())
    # this branch has come to its end when the other one fails
    env.from_collection(range(1000), Types.INT()).add_sink(row_format(tmp_path / "short").build())
    numbers = failing_once(env.from_collection(range(5000), Types.INT()), Types.INT())
    numbers.add_sink(row_format(tmp_path / "long").build())
    env.execute()
    files = {name: text for name, text in files_in(tmp_path).items() if "/." not in name}
    for folder, count in (("short", 1000), ("long", 5000)):
        lines = [text for name, text in files.items() if name.startswith(folder)]
        assert sorted("".join(lines).split(), key=int) == [str(n) for n in range(count)]


def endless(env: StreamExecutionEnvironment) -> DataStream:
    function = SourceFunction("io.flinker.testing.EndlessNumbers")
    return env.add_source(function, type_info=Types.LONG())


def await_that(condition) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_files_roll_by_time(test_jar: Path, tmp_path: Path, files_in) -> None:
    env = environment({"execution.checkpointing.interval": "50 ms"})
    env.add_jars(test_jar.as_uri())
    policy = RollingPolicy.default_rolling_policy(rollover_interval=100)
    sink = row_format(tmp_path).with_rolling_policy(policy).with_bucket_check_interval(20)
    endless(env).add_sink(sink.build())
    client = env.execute_async()
    await_that(lambda: (tmp_path / "part-0-2").exists())
    client.cancel().result()
    files = [files_in(tmp_path)[f"part-0-{number}"] for number in range(3)]
    lines = "".join(files).split()
    assert lines == [str(number) for number in range(len(lines))]


def test_a_drained_job_leaves_no_file_hidden(test_jar: Path, tmp_path: Path, files_in) -> None:
    env = environment({"execution.checkpointing.interval": "50 ms"})
    env.add_jars(test_jar.as_uri())
    endless(env).add_sink(row_format(tmp_path / "files").build())
    client = env.execute_async()
    await_that(lambda: any(files_in(tmp_path).values()))
    client.stop_with_savepoint(True, (tmp_path / "savepoint").as_uri()).result()
    files = files_in(tmp_path / "files")
    assert list(files) == ["part-0-0"]
    lines = files["part-0-0"].split()
    assert lines == [str(number) for number in range(len(lines))]


@pytest.mark.parametrize(
    ("zone", "offset"), [("+14:00", timedelta(hours=14)), ("Asia/Tokyo", timedelta(hours=9))]
)
def test_buckets_by_the_time_of_a_zone(zone, offset, tmp_path: Path, files_in) -> None:
    def now() -> str:
        return datetime.now(timezone(offset)).strftime("at %Y-%m-%d %H")

    before = now()
    assigner = BucketAssigner.date_time_bucket_assigner("'at' yyyy-MM-dd HH", zone)
    write_numbers(1, row_format(tmp_path).with_bucket_assigner(assigner).build())
    [name] = files_in(tmp_path)
    assert name in {f"{before}/part-0-0", f"{now()}/part-0-0"}


@pytest.mark.parametrize("keyword", [False, True])
def test_a_bucket_assigner_by_its_class_name_as_in_1_12(keyword, tmp_path, files_in) -> None:
    builder = StreamingFileSink.for_row_format(str(tmp_path), Encoder.simple_string_encoder())
    class_name = (
        "org.apache.flink.streaming.api.functions.sink.filesystem"
        ".bucketassigners.BasePathBucketAssigner"
    )
    if keyword:
        builder.with_bucket_assigner(assigner_class_name=class_name)
    else:
        builder.with_bucket_assigner(class_name)
    write_numbers(1, builder.build())
    assert files_in(tmp_path) == {"part-0-0": "0\n"}


def test_names_and_a_character_set(tmp_path: Path) -> None:
    env = environment()
    sink = (
        StreamingFileSink.for_row_format(
            base_path=tmp_path, encoder=Encoder.simple_string_encoder("ISO-8859-1")
        )
        .with_bucket_assigner(BucketAssigner.base_path_bucket_assigner())
        .with_output_file_config(OutputFileConfig("words", ".txt"))
        .with_bucket_check_interval(1000)
        .build()
    )
    env.from_collection(["für"], Types.STRING()).add_sink(sink).name("words")
    env.execute()
    assert (tmp_path / "words-0-0.txt").read_bytes() == b"f\xfcr\n"
