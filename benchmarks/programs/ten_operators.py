# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Ten Python operators that are not chained, each with four workers.

Prints the seconds of the job's start, up to its first result, and the private memory of each
worker.
"""

import json
import os
import socket
import sys
import time
from pathlib import Path

from pyflink.common import Types
from pyflink.datastream import DataStream, StreamExecutionEnvironment

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from measure import memory_of, tree

with socket.create_server(("127.0.0.1", 0)) as server:
    env = StreamExecutionEnvironment.get_execution_environment()
    env.set_parallelism(4)
    j_env = env._j_stream_execution_environment
    port = server.getsockname()[1]
    stream = DataStream(j_env.socketTextStream("127.0.0.1", port, "\n", 0))
    for _ in range(10):
        stream = stream.rebalance().map(lambda text: text, Types.STRING())
    start = time.perf_counter()
    with stream.set_buffer_timeout(0).execute_and_collect() as results:
        connection, _ = server.accept()
        connection.sendall(b"first\n")
        next(results)
        seconds = time.perf_counter() - start
        workers = {}
        for pid in tree(os.getpid()):
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
            if b"pyflink._worker" in command:
                workers[pid] = memory_of(pid, ("Private_Clean:", "Private_Dirty:")) / 2**20
        connection.close()
print(json.dumps({"seconds": seconds, "private": sorted(workers.values())}))
