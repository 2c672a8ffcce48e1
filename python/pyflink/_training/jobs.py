# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Small jobs that together load the classes that most programs need."""

from __future__ import annotations

import os

from pyflink._training.elsewhere import submit_job
from pyflink.common import Row, Types, WatermarkStrategy
from pyflink.common.serialization import Encoder, SimpleStringEncoder
from pyflink.datastream import StreamExecutionEnvironment
from pyflink.datastream.connectors import NumberSequenceSource
from pyflink.datastream.connectors.file_system import (
    FileSink,
    FileSource,
    StreamFormat,
    StreamingFileSink,
)


def run_jobs(folder: str) -> None:
    """Runs them, with their files in a folder."""
    env = StreamExecutionEnvironment.get_execution_environment()
    env.set_parallelism(1)
    _tutorial(env, folder)
    _sources(env, folder)
    _functions(env)
    submit_job()
    # last, because it stays switched on
    env.enable_checkpointing(10)
    _tutorial(env, folder)


def _tutorial(env: StreamExecutionEnvironment, folder: str) -> None:
    row_type = Types.ROW([Types.INT(), Types.STRING()])
    rows = env.from_collection([Row(1, "aaa"), Row(2, "bbb")], type_info=row_type)
    rows.print()
    modern = FileSink.for_row_format(folder, Encoder.simple_string_encoder()).build()
    rows.sink_to(modern).name("files")
    rows.add_sink(StreamingFileSink.for_row_format(folder, SimpleStringEncoder()).build())
    env.execute("tutorial")
    list(rows.execute_and_collect())


def _sources(env: StreamExecutionEnvironment, folder: str) -> None:
    path = os.path.join(folder, "lines.txt")
    with open(path, "w", encoding="utf-8") as file:
        file.write("a\nb\n")
    source = FileSource.for_record_stream_format(StreamFormat.text_line_format(), path).build()
    no_watermarks = WatermarkStrategy.no_watermarks()
    lines = env.from_source(source, no_watermarks, "lines", Types.STRING())
    lines.rebalance().print().set_parallelism(2)
    pairs = env.from_collection(
        [(1, 1.5, True)], Types.TUPLE([Types.LONG(), Types.DOUBLE(), Types.BOOLEAN()])
    )
    pairs.union(pairs.shuffle()).project(0, 2).print("pairs")
    env.from_source(NumberSequenceSource(1, 10), no_watermarks, "numbers").print()
    env.execute_async("sources").get_job_execution_result().result()


def _functions(env: StreamExecutionEnvironment) -> None:
    # functions that any worker has: one of this module would make it import the gateway
    numbers = env.from_collection([-1, 2, 3], Types.INT())
    numbers.map(abs, Types.INT()).filter(bool).map(str, Types.STRING()).print("functions")
    env.from_collection([(1, "a"), {"b": [1.5, None]}]).map(len).print("anything")
    env.execute("functions")
