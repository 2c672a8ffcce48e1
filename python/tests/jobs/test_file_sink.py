# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The file sink of Flink 2."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from pyflink.common import Configuration, Encoder, Types
from pyflink.common.serialization import BulkWriterFactory, SimpleStringEncoder
from pyflink.datastream import DataStream, StreamExecutionEnvironment
from pyflink.datastream.connectors.file_system import (
    BucketAssigner,
    FileCompactor,
    FileCompactStrategy,
    FileSink,
    OutputFileConfig,
    RollingPolicy,
    StreamingFileSink,
)
from pyflink.java_gateway import get_gateway

UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
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


def row_format(folder: Path) -> FileSink.RowFormatBuilder:
    """A sink of lines into the folder itself."""
    sink = FileSink.for_row_format(str(folder), Encoder.simple_string_encoder())
    return sink.with_bucket_assigner(BucketAssigner.base_path_bucket_assigner())


def slowly(stream: DataStream, type_info) -> DataStream:
    """Fails once after a checkpoint; takes a moment to every record."""
    function = get_gateway().jvm.io.flinker.testing.FailsAfterCheckpoint()
    j_stream = stream._j_data_stream.map(function, type_info.get_java_type_info())
    return DataStream(j_stream)


def number(name: str) -> int:
    return int(re.findall(r"-(\d+)(?:\.\w+)?$", name)[0])


def test_the_modern_tutorial(tmp_path: Path, files_in) -> None:
    env = environment()
    rows = env.from_collection([(1, "aaa"), (2, "bbb")], Types.ROW([Types.INT(), Types.STRING()]))
    sink = (
        FileSink.for_row_format(
            base_path=str(tmp_path / "new"), encoder=Encoder.simple_string_encoder()
        )
        .with_output_file_config(
            OutputFileConfig.builder().with_part_prefix("prefix").with_part_suffix(".ext").build()
        )
        .with_rolling_policy(RollingPolicy.default_rolling_policy())
        .build()
    )
    rows.sink_to(sink).name("files")
    env.execute()
    [(name, text)] = files_in(tmp_path).items()
    assert re.fullmatch(rf"new/\d{{4}}-\d\d-\d\d--\d\d/prefix-{UUID}-0\.ext", name)
    assert text == "+I[1, aaa]\n+I[2, bbb]\n"


@pytest.mark.parametrize("mode", ["STREAMING", "BATCH", "AUTOMATIC"])
def test_all_files_are_finished_at_the_end(mode: str, tmp_path: Path, files_in) -> None:
    env = environment({"execution.runtime-mode": mode})
    env.set_parallelism(2)
    numbers = env.from_collection(range(100), Types.INT()).rebalance()
    numbers.sink_to(row_format(tmp_path).build())
    env.execute()
    files = files_in(tmp_path)
    assert all(re.fullmatch(rf"part-{UUID}-0", name) for name in files)
    lines = "".join(files.values()).split()
    assert sorted(lines, key=int) == [str(number) for number in range(100)]


def test_files_roll_by_size(tmp_path: Path, files_in) -> None:
    env = environment()
    policy = RollingPolicy.default_rolling_policy(part_size=10)
    numbers = env.from_collection(range(13), Types.INT())
    numbers.sink_to(row_format(tmp_path).with_rolling_policy(policy).build())
    env.execute()
    files = files_in(tmp_path)
    assert [files[name] for name in sorted(files, key=number)] == [
        "0\n1\n2\n3\n4\n5\n",
        "6\n7\n8\n9\n10\n",
        "11\n12\n",
    ]


@pytest.mark.parametrize("on_checkpoint", [False, True])
def test_a_failure_neither_loses_nor_doubles_records(
    on_checkpoint: bool, test_jar: Path, tmp_path: Path, files_in
) -> None:
    env = environment(FAILING_ONCE)
    env.add_jars(test_jar.as_uri())
    policy = (
        RollingPolicy.on_checkpoint_rolling_policy()
        if on_checkpoint
        else RollingPolicy.default_rolling_policy()
    )
    numbers = slowly(env.from_collection(range(5000), Types.INT()), Types.INT())
    numbers.sink_to(row_format(tmp_path).with_rolling_policy(policy).build())
    env.execute()
    files = {name: text for name, text in files_in(tmp_path).items() if name[0] != "."}
    # one file for the checkpoint before the failure at least, and one for those after it
    assert len(files) > 1 or not on_checkpoint
    lines = "".join(files.values()).split()
    assert sorted(lines, key=int) == [str(number) for number in range(5000)]


@pytest.mark.parametrize("delimiter", [None, b"---\n"])
def test_small_files_become_one(delimiter, test_jar: Path, tmp_path: Path, files_in) -> None:
    env = environment(FAILING_ONCE)
    env.add_jars(test_jar.as_uri())
    numbers = slowly(env.from_collection(range(3000), Types.INT()), Types.INT())
    strategy = (
        FileCompactStrategy.builder()
        .set_size_threshold(1024**3)
        .enable_compaction_on_checkpoint(2)
        .set_num_compact_threads(2)
        .build()
    )
    compactor = FileCompactor.concat_file_compactor(delimiter)
    policy = RollingPolicy.default_rolling_policy(part_size=100)
    sink = row_format(tmp_path).with_rolling_policy(policy).enable_compact(strategy, compactor)
    numbers.sink_to(sink.build())
    env.execute()
    files = {name: text for name, text in files_in(tmp_path).items() if name[0] != "."}
    text = "".join(files.values())
    lines = [line for line in text.split() if line != "---"]
    assert sorted(lines, key=int) == [str(number) for number in range(3000)]
    # of 100 bytes each there would be 139
    assert all(name.startswith("compacted-") for name in files)
    assert len(files) < 40
    assert ("---" in text) == (delimiter is not None)


def test_the_identical_compactor_changes_no_file(tmp_path: Path, files_in) -> None:
    env = environment({"execution.checkpointing.interval": "50 ms"})
    strategy = FileCompactStrategy.builder().set_size_threshold(1).build()
    policy = RollingPolicy.default_rolling_policy(part_size=10)
    sink = row_format(tmp_path).with_rolling_policy(policy)
    sink.enable_compact(strategy, FileCompactor.identical_file_compactor())
    env.from_collection(range(13), Types.INT()).sink_to(sink.build())
    env.execute()
    files = files_in(tmp_path)
    assert sorted(files.values()) == ["0\n1\n2\n3\n4\n5\n", "11\n12\n", "6\n7\n8\n9\n10\n"]


def test_a_relative_path_is_one_of_the_program_s_folder(tmp_path, monkeypatch, files_in) -> None:
    monkeypatch.chdir(tmp_path)
    env = environment()
    sink = FileSink.for_row_format("output", Encoder.simple_string_encoder()).build()
    env.from_collection([1], Types.INT()).sink_to(sink)
    env.execute()
    [name] = files_in(tmp_path)
    assert name.startswith("output/")


@pytest.mark.parametrize("settings", [{}, FAILING_ONCE])
@pytest.mark.parametrize("kind", [FileSink, StreamingFileSink])
def test_files_of_a_bulk_format(kind, settings, test_jar: Path, tmp_path: Path, files_in) -> None:
    env = environment(settings)
    env.add_jars(test_jar.as_uri())
    factory = BulkWriterFactory(get_gateway().jvm.io.flinker.testing.LineFiles())
    sink = kind.for_bulk_format(str(tmp_path), factory)
    sink = sink.with_bucket_assigner(BucketAssigner.base_path_bucket_assigner()).build()
    numbers = env.from_collection(range(2000), Types.INT())
    if settings:
        numbers = slowly(numbers, Types.INT())
    numbers.sink_to(sink) if kind is FileSink else numbers.add_sink(sink)
    env.execute()
    files = {name: text for name, text in files_in(tmp_path).items() if name[0] != "."}
    assert all(text.endswith("whole\n") for text in files.values())
    numbers = [line for text in files.values() for line in text.split() if line != "whole"]
    assert sorted(numbers, key=int) == [str(number) for number in range(2000)]


def add_file_sink(path: str) -> None:
    sink = FileSink.for_row_format(path, Encoder.simple_string_encoder()).build()
    environment().from_collection([1], Types.INT()).sink_to(sink)


@pytest.mark.parametrize("below", ["", "/folder"])
def test_a_file_is_no_folder(below: str, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(NotADirectoryError, match=rf"cannot write into {file}.*{file} is a file\.$"):
        add_file_sink(f"{file}{below}")


def test_a_folder_without_permission(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    if os.access(tmp_path, os.W_OK):
        pytest.skip("this user may write anywhere")
    with pytest.raises(PermissionError, match=rf"no permission to write in {tmp_path}\.$"):
        add_file_sink(f"{tmp_path}/folder")


def test_a_file_system_that_is_not_there() -> None:
    with pytest.raises(ValueError, match="no file system to write into zz://bucket/folder"):
        add_file_sink("zz://bucket/folder")


@pytest.mark.parametrize("kind", ["new", "old"])
def test_python_objects_are_written_as_str_writes_them(tmp_path: Path, files_in, kind: str) -> None:
    env = environment()
    pairs = env.from_collection(["be", "ä"]).map(lambda word: (word, {1}))
    if kind == "new":
        pairs.sink_to(row_format(tmp_path / "files").build())
    else:
        with pytest.deprecated_call():
            encoder = SimpleStringEncoder()
            old = StreamingFileSink.for_row_format(str(tmp_path / "files"), encoder).build()
        pairs.add_sink(old)
    env.execute()
    [text] = files_in(tmp_path).values()
    assert text == "('be', {1})\n('ä', {1})\n"
