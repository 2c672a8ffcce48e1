# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The settings of file connectors, and what they refuse."""

from __future__ import annotations

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest

from pyflink.common import Duration, Encoder
from pyflink.common.serialization import BulkWriterFactory
from pyflink.datastream import StreamExecutionEnvironment
from pyflink.datastream.connectors.file_system import (
    BucketAssigner,
    DefaultRollingPolicy,
    FileCompactor,
    FileCompactStrategy,
    FileSink,
    FileSource,
    OnCheckpointRollingPolicy,
    OutputFileConfig,
    RollingPolicy,
    StreamFormat,
    StreamingFileSink,
)
from pyflink.java_gateway import get_gateway
from pyflink.util.exceptions import JavaClassNotFoundError

SINKS = [FileSink, StreamingFileSink]


def lines(*paths, charset: str = "UTF-8"):
    return FileSource.for_record_stream_format(StreamFormat.text_line_format(charset), *paths)


def row_format(kind=FileSink, path="/tmp/output"):
    return kind.for_row_format(path, Encoder.simple_string_encoder())


@pytest.fixture
def bulk_factory(test_jar: Path) -> BulkWriterFactory:
    StreamExecutionEnvironment.get_execution_environment().add_jars(test_jar.as_uri())
    return BulkWriterFactory(get_gateway().jvm.io.flinker.testing.LineFiles())


def test_the_default_policy_s_defaults() -> None:
    policy = RollingPolicy.default_rolling_policy()
    assert isinstance(policy, DefaultRollingPolicy)
    j_policy = policy.get_java_object()
    assert j_policy.getMaxPartSize() == 128 * 1024 * 1024
    assert j_policy.getRolloverInterval() == 60_000
    assert j_policy.getInactivityInterval() == 60_000


def test_the_default_policy_s_settings() -> None:
    policy = RollingPolicy.default_rolling_policy(2**40, 5, inactivity_interval=7)
    assert policy.j_policy.getMaxPartSize() == 2**40
    assert policy.j_policy.getRolloverInterval() == 5
    assert policy.j_policy.getInactivityInterval() == 7


def test_the_policy_s_builder_of_1_12() -> None:
    with pytest.deprecated_call():
        builder = DefaultRollingPolicy.builder()
    assert (builder.part_size, builder.rollover_interval, builder.inactivity_interval) == (
        128 * 1024 * 1024,
        60_000,
        60_000,
    )
    builder.with_max_part_size(1).with_rollover_interval(2).with_inactivity_interval(3)
    j_policy = builder.build().get_java_object()
    assert j_policy.getMaxPartSize() == 1
    assert j_policy.getRolloverInterval() == 2
    assert j_policy.getInactivityInterval() == 3


@pytest.mark.parametrize("setting", ["part_size", "rollover_interval", "inactivity_interval"])
def test_a_policy_s_numbers_are_above_0(setting: str) -> None:
    for value in (0, -1):
        with pytest.raises(ValueError, match=f"^{setting} is more than 0, not {value}\\.$"):
            RollingPolicy.default_rolling_policy(**{setting: value})
    for wrong in (1.5, "1", None):
        message = re.escape(f"{setting} is a whole number, not {wrong!r}.")
        with pytest.raises(TypeError, match=message):
            RollingPolicy.default_rolling_policy(**{setting: wrong})


def test_names_of_files() -> None:
    config = OutputFileConfig.builder().with_part_prefix("a").with_part_suffix(".b").build()
    assert (config.get_part_prefix(), config.get_part_suffix()) == ("a", ".b")
    builder = OutputFileConfig.builder()
    assert (builder.part_prefix, builder.part_suffix) == ("part", "")
    with pytest.raises(TypeError, match="part_suffix is a string, not None"):
        OutputFileConfig("a", None)  # type: ignore[arg-type]


@pytest.mark.parametrize("zone", ["Mars/Base", "", "europe/berlin"])
def test_an_unknown_time_zone_is_refused(zone: str) -> None:
    with pytest.raises(ValueError, match=f"^'{zone}' is not a time zone that Java knows"):
        BucketAssigner.date_time_bucket_assigner(timezone_id=zone)


def test_a_format_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match=r"'week b' is not a format .*Unknown pattern letter: b"):
        BucketAssigner.date_time_bucket_assigner("week b")


def test_a_strategy_has_to_have_a_trigger() -> None:
    with pytest.raises(ValueError, match="Nothing says when to compact"):
        FileCompactStrategy.builder().set_num_compact_threads(2).build()


@pytest.mark.parametrize(
    "method", ["set_size_threshold", "enable_compaction_on_checkpoint", "set_num_compact_threads"]
)
def test_a_strategy_s_numbers_are_above_0(method: str) -> None:
    with pytest.raises(ValueError, match="is more than 0, not 0"):
        getattr(FileCompactStrategy.builder(), method)(0)


def test_a_strategy_s_settings() -> None:
    builder = FileCompactStrategy.builder().set_size_threshold(2**40)
    j_strategy = builder.enable_compaction_on_checkpoint(3).build().get_java_object()
    assert j_strategy.getSizeThreshold() == 2**40
    assert j_strategy.getNumCheckpointsBeforeCompaction() == 3


def test_a_delimiter_is_bytes() -> None:
    with pytest.raises(TypeError, match="bytes such as b'---', not '---'"):
        FileCompactor.concat_file_compactor("---")  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", SINKS)
@pytest.mark.parametrize(
    ("path", "error", "message"),
    [
        ("", ValueError, "is empty: write a path"),
        ("  ", ValueError, "is empty: write a path"),
        (None, TypeError, "is a path such as '/tmp/output', not None"),
        (b"/tmp", TypeError, "is a path such as '/tmp/output', not b'/tmp'"),
        ("file:", ValueError, "'file:' is not a path: "),
    ],
)
def test_a_path_that_is_none_is_refused(kind, path, error, message: str) -> None:
    with pytest.raises(error, match=message):
        row_format(kind, path)


@pytest.mark.parametrize("kind", SINKS)
def test_what_is_no_setting_is_refused(kind) -> None:
    with pytest.raises(TypeError, match="The encoder 'x' is no Encoder"):
        kind.for_row_format("/tmp/output", "x")
    with pytest.raises(TypeError, match="The writer factory 'x' is no BulkWriterFactory"):
        kind.for_bulk_format("/tmp/output", "x")
    builder = row_format(kind)
    with pytest.raises(TypeError, match="The rolling policy 'x' is no RollingPolicy"):
        builder.with_rolling_policy("x")
    with pytest.raises(TypeError, match="The bucket assigner 5 is no BucketAssigner"):
        builder.with_bucket_assigner(5)
    with pytest.raises(JavaClassNotFoundError, match=r"'no\.such\.Class'"):
        builder.with_bucket_assigner("no.such.Class")
    with pytest.raises(TypeError, match="The output file config 'x' is no OutputFileConfig"):
        builder.with_output_file_config("x")
    with pytest.raises(ValueError, match="interval is more than 0, not 0"):
        builder.with_bucket_check_interval(0)


@pytest.mark.parametrize("kind", SINKS)
def test_a_bulk_format_rolls_at_checkpoints(kind, bulk_factory) -> None:
    builder = kind.for_bulk_format("/tmp/output", bulk_factory)
    policy = RollingPolicy.on_checkpoint_rolling_policy()
    assert isinstance(policy, OnCheckpointRollingPolicy)
    assert builder.with_rolling_policy(policy) is builder
    with pytest.raises(TypeError, match=r"use RollingPolicy\.on_checkpoint_rolling_policy\(\)"):
        builder.with_rolling_policy(RollingPolicy.default_rolling_policy())


@pytest.mark.parametrize("kind", SINKS)
def test_builders_return_themselves(kind, bulk_factory) -> None:
    for builder in (row_format(kind), kind.for_bulk_format("/tmp/output", bulk_factory)):
        for method, argument in (
            ("with_bucket_check_interval", 1),
            ("with_bucket_assigner", BucketAssigner.base_path_bucket_assigner()),
            ("with_rolling_policy", RollingPolicy.on_checkpoint_rolling_policy()),
            ("with_output_file_config", OutputFileConfig("a", "b")),
        ):
            assert getattr(builder, method)(argument) is builder
        assert isinstance(builder.build(), kind)
    with pytest.raises(TypeError, match="The strategy 1 is no FileCompactStrategy"):
        row_format(FileSink).enable_compact(1, FileCompactor.identical_file_compactor())
    assert isinstance(row_format(FileSink).disable_compact().build(), FileSink)
    assert row_format(FileSink).build().get_transformer() is None


def test_a_source_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="reads at least one file or folder"):
        lines()
    with pytest.raises(ValueError, match="path of a FileSource is empty"):
        lines("/tmp", "")
    with pytest.raises(TypeError, match="The format 'x' is no StreamFormat"):
        FileSource.for_record_stream_format("x", "/tmp")
    with pytest.raises(TypeError, match="The format 'x' is no BulkFormat"):
        FileSource.for_bulk_file_format("x", "/tmp")


def test_a_pattern_is_refused_unless_it_is_a_file_s_name(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"not patterns such as '.*/\*\.txt'"):
        lines(f"{tmp_path}/*.txt")
    with pytest.raises(ValueError, match="not patterns"):
        lines(Path(f"file:{tmp_path}/file-?"))
    if os.name != "nt":
        (tmp_path / "file-?").touch()
        lines(tmp_path / "file-?")


def test_an_unknown_character_set_is_refused() -> None:
    with pytest.raises(ValueError, match="'klingon' is not a character set"):
        lines("/tmp", charset="klingon")


def test_an_interval_is_above_0() -> None:
    for interval in (Duration.of_millis(0), timedelta(seconds=-1)):
        with pytest.raises(ValueError, match="discovery_interval is more than 0"):
            lines("/tmp").monitor_continuously(interval)
    with pytest.raises(TypeError, match="The discovery interval 5 is no Duration"):
        lines("/tmp").monitor_continuously(5)


def test_what_is_no_setting_of_a_source_is_refused() -> None:
    with pytest.raises(TypeError, match="The file enumerator 'x' is no FileEnumeratorProvider"):
        lines("/tmp").set_file_enumerator("x")
    with pytest.raises(TypeError, match="The split assigner 'x' is no FileSplitAssignerProvider"):
        lines("/tmp").set_split_assigner("x")
