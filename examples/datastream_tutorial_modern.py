# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The tutorial in the words of Flink 2: a FileSink, and rows written as Flink writes them.

The folder to write to is the argument, by default /tmp/output.
"""

import sys

from pyflink.common import Encoder, Types
from pyflink.datastream import StreamExecutionEnvironment
from pyflink.datastream.connectors import FileSink


def tutorial(folder: str) -> None:
    env = StreamExecutionEnvironment.get_execution_environment()
    env.set_parallelism(1)
    ds = env.from_collection(
        [(1, "aaa"), (2, "bbb")], type_info=Types.ROW([Types.INT(), Types.STRING()])
    )
    ds.sink_to(FileSink.for_row_format(folder, Encoder.simple_string_encoder()).build())
    env.execute("tutorial_job")


if __name__ == "__main__":
    tutorial(sys.argv[1] if len(sys.argv) > 1 else "/tmp/output")
