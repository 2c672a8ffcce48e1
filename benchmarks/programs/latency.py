# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Numbers from a socket to a socket, through a Python map or none; prints how long each took.

The arguments, after the folder: numbers per second, how many, and ``map`` or ``none``.
"""

import json
import subprocess
import sys

from pyflink.common import Types
from pyflink.datastream import DataStream, StreamExecutionEnvironment
from pyflink.datastream.functions import SinkFunction
from pyflink.java_gateway import get_gateway

# Another process, so that it has an interpreter to itself. It sends what its clock says, in texts
# of one length as nothing else separates them on the way back, and takes the time when one returns.
_PEER = """
import json, socket, sys, threading, time
rate, count = float(sys.argv[1]), int(sys.argv[2])
source, sink = socket.create_server(("127.0.0.1", 0)), socket.create_server(("127.0.0.1", 0))
print(source.getsockname()[1], sink.getsockname()[1], flush=True)
out, _ = source.accept()
out.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
back, _ = sink.accept()
latencies = []
def receive():
    rest = b""
    while data := back.recv(1 << 16):
        now = time.perf_counter()
        data = rest + data
        whole = len(data) // 20
        latencies.extend(now - float(data[20 * i : 20 * i + 20]) for i in range(whole))
        rest = data[20 * whole :]
receiver = threading.Thread(target=receive)
receiver.start()
start, sent = time.perf_counter(), 0
while sent < count:
    now = time.perf_counter()
    due = min(count, int((now - start) * rate))
    if due > sent:
        out.sendall(b"%020.9f\\n" % now * (due - sent))
        sent = due
    time.sleep(min(0.0005, 0.5 / rate))
out.close()
receiver.join()
print(json.dumps(latencies), flush=True)
"""


def run(rate: str, count: str, kind: str) -> list[float]:
    env = StreamExecutionEnvironment.get_execution_environment()
    env.set_parallelism(1)
    peer = subprocess.Popen(
        [sys.executable, "-c", _PEER, rate, count], stdout=subprocess.PIPE, text=True
    )
    source, sink = map(int, peer.stdout.readline().split())
    j_env = env._j_stream_execution_environment
    texts = DataStream(j_env.socketTextStream("127.0.0.1", source, "\n", 0))
    if kind == "map":
        texts = texts.map(lambda text: text.strip(), Types.STRING())
    jvm = get_gateway().jvm
    schema = jvm.org.apache.flink.api.common.serialization.SimpleStringSchema()
    sinks = jvm.org.apache.flink.streaming.api.functions.sink.legacy
    j_sink = sinks.SocketClientSink("127.0.0.1", sink, schema, 0, True)
    texts.add_sink(SinkFunction(j_sink))
    env.execute()
    return json.loads(peer.stdout.readline())


print(json.dumps(run(*sys.argv[2:5])))
