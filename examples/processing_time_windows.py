# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Windows by the clock: how many lines come through a socket in each fifth of a second.

What is in a window when the input ends is never counted: the clock does not get there.
"""

import socket
import threading
import time

from pyflink.common import Time, Types
from pyflink.datastream import DataStream, StreamExecutionEnvironment
from pyflink.datastream.functions import ProcessAllWindowFunction
from pyflink.datastream.state import ValueStateDescriptor
from pyflink.datastream.window import TumblingProcessingTimeWindows


class Count(ProcessAllWindowFunction):
    seen = ValueStateDescriptor("seen", Types.LONG())

    def process(self, context, elements):
        # state that all windows share
        seen = context.global_state().get_state(self.seen)
        count = len(list(elements))
        seen.update((seen.value() or 0) + count)
        yield f"{count} lines, {seen.value()} in all"


def send_lines(server):
    connection, _ = server.accept()
    with connection:
        for i in range(150):
            connection.sendall(f"line {i}\n".encode())
            time.sleep(0.02)


server = socket.create_server(("127.0.0.1", 0))
threading.Thread(target=send_lines, args=[server], daemon=True).start()
env = StreamExecutionEnvironment.get_execution_environment()
env.set_parallelism(1)
lines = DataStream(env._j_stream_execution_environment.socketTextStream(*server.getsockname()))
counts = lines.window_all(TumblingProcessingTimeWindows.of(Time.milliseconds(200))).process(
    Count(), Types.STRING()
)
counts.print()
env.execute("lines")
