# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Reading files."""

from __future__ import annotations

import gzip
import time
from datetime import timedelta
from pathlib import Path

import pytest

from pyflink.common import Duration, JobStatus, WatermarkStrategy
from pyflink.datastream import DataStream, StreamExecutionEnvironment
from pyflink.datastream.connectors.file_system import (
    BulkFormat,
    FileEnumeratorProvider,
    FileSource,
    FileSourceBuilder,
    FileSplitAssignerProvider,
    StreamFormat,
)
from pyflink.java_gateway import get_gateway
from pyflink.util.exceptions import JavaError, JobCancelledError


@pytest.fixture
def env() -> StreamExecutionEnvironment:
    env = StreamExecutionEnvironment.get_execution_environment()
    env.set_parallelism(2)
    return env


def lines_of(*paths: str | Path, charset: str = "UTF-8") -> FileSourceBuilder:
    return FileSource.for_record_stream_format(StreamFormat.text_line_format(charset), *paths)


def stream_of(env: StreamExecutionEnvironment, builder: FileSourceBuilder) -> DataStream:
    return env.from_source(builder.build(), WatermarkStrategy.no_watermarks(), "files")


def collect(env: StreamExecutionEnvironment, builder: FileSourceBuilder) -> list[str]:
    return sorted(stream_of(env, builder).execute_and_collect())


def test_the_lines_of_a_file_come_in_their_order(env, tmp_path: Path) -> None:
    file = tmp_path / "lines.txt"
    lines = [f"line {number} ✓ \t'\"," for number in range(20_000)]
    file.write_text("\n".join(lines), "utf-8")
    assert list(stream_of(env, lines_of(str(file))).execute_and_collect()) == lines


def test_every_end_of_line(env, tmp_path: Path) -> None:
    file = tmp_path / "lines.txt"
    file.write_bytes(b"unix\nwindows\r\nmac\rempty:\n\nlast")
    assert list(stream_of(env, lines_of(file)).execute_and_collect()) == [
        "unix",
        "windows",
        "mac",
        "empty:",
        "",
        "last",
    ]


def test_files_and_folders_with_all_below_them(env, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    (folder / "deep" / "deeper").mkdir(parents=True)
    (folder / "1").write_text("a\n")
    (folder / "deep" / "2").write_text("b\n")
    (folder / "deep" / "deeper" / "3").write_text("c\n")
    (folder / ".hidden").write_text("not this\n")
    (folder / "_SUCCESS").write_text("nor this\n")
    (folder / "empty").touch()
    (tmp_path / "4").write_text("d\n")
    assert collect(env, lines_of(str(folder), str(tmp_path / "4"))) == ["a", "b", "c", "d"]


@pytest.mark.parametrize("charset", ["ISO-8859-1", "UTF-16LE"])
def test_character_sets(env, charset: str, tmp_path: Path) -> None:
    file = tmp_path / "lines.txt"
    file.write_bytes("für\nÄ\n".encode(charset))
    assert collect(env, lines_of(file, charset=charset)) == ["für", "Ä"]


def test_compressed_files(env, tmp_path: Path) -> None:
    with gzip.open(tmp_path / "lines.gz", "wt") as file:
        file.write("a\nb\n")
    assert collect(env, lines_of(tmp_path / "lines.gz")) == ["a", "b"]


@pytest.mark.parametrize(
    "enumerator",
    [
        FileEnumeratorProvider.default_splittable_file_enumerator,
        FileEnumeratorProvider.default_non_splittable_file_enumerator,
    ],
)
def test_enumerators_and_assigners(env, enumerator, tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / name).write_text(f"{name}\n" * 1000)
    source = lines_of(tmp_path).set_file_enumerator(enumerator())
    source.set_split_assigner(FileSplitAssignerProvider.locality_aware_split_assigner())
    assert collect(env, source.process_static_file_set()) == sorted("abc" * 1000)


def test_files_of_a_bulk_format(env, tmp_path: Path) -> None:
    (tmp_path / "lines.txt").write_text("a\nb\n")
    files = get_gateway().jvm.org.apache.flink.connector.file.src
    j_format = files.impl.StreamFormatAdapter(files.reader.TextLineInputFormat())
    source = FileSource.for_bulk_file_format(BulkFormat(j_format), tmp_path)
    assert collect(env, source) == ["a", "b"]


@pytest.mark.parametrize("interval", [Duration.of_millis(20), timedelta(milliseconds=20)])
def test_new_files_are_found_until_the_job_is_cancelled(env, interval, tmp_path, capsys) -> None:
    (tmp_path / "1").write_text("first\n")
    stream_of(env, lines_of(tmp_path).monitor_continuously(interval)).print()
    client = env.execute_async()
    printed = ""
    deadline = time.monotonic() + 30
    while "second" not in printed:
        assert time.monotonic() < deadline, printed
        if "first" in printed:
            (tmp_path / "2.new").write_text("second\n")
            (tmp_path / "2.new").rename(tmp_path / "2")
        time.sleep(0.05)
        printed += capsys.readouterr().out
    assert client.get_job_status().result() == JobStatus.RUNNING
    client.cancel().result()
    with pytest.raises(JobCancelledError):
        client.get_job_execution_result().result()
    printed += capsys.readouterr().out
    assert sorted(line.partition("> ")[2] for line in printed.splitlines()) == ["first", "second"]


def test_a_file_that_is_not_there(env, tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    with pytest.raises(JavaError, match=f"FileNotFoundException: File {missing} does not exist"):
        collect(env, lines_of(missing))


def test_read_text_file(env, tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "lines.txt").write_bytes("für\nÄ".encode("iso-8859-1"))
    monkeypatch.chdir(tmp_path)
    with pytest.deprecated_call():
        stream = env.read_text_file("lines.txt", "ISO-8859-1")
    assert list(stream.execute_and_collect()) == ["für", "Ä"]
