# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Lines of text in, lines of text out; the two folders are the arguments."""

import sys

from pyflink.common import Encoder, WatermarkStrategy
from pyflink.datastream import StreamExecutionEnvironment
from pyflink.datastream.connectors import (
    FileSink,
    FileSource,
    OutputFileConfig,
    StreamFormat,
)

source_folder, target_folder = sys.argv[1:3]

env = StreamExecutionEnvironment.get_execution_environment()
env.set_parallelism(1)
lines = env.from_source(
    FileSource.for_record_stream_format(StreamFormat.text_line_format(), source_folder).build(),
    WatermarkStrategy.no_watermarks(),
    "lines",
)
lines.sink_to(
    FileSink.for_row_format(target_folder, Encoder.simple_string_encoder())
    .with_output_file_config(
        OutputFileConfig.builder().with_part_prefix("copy").with_part_suffix(".txt").build()
    )
    .build()
)
result = env.execute("copy lines")
print(f"done in {result.get_net_runtime()} ms")
