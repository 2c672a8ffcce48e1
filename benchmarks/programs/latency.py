# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Numbers from a socket to a socket, through a Python map or none; prints how long each took.

The arguments, after the folder: numbers per second, how many, and ``map`` or ``none``. With each
goes whether the machine was steady at the time. A virtual machine whose processors are taken away
for some milliseconds shows that as processor time that the same few additions take, without
another thread of its own being to blame; what is slow then says little about the program.
"""

import bisect
import json
import statistics
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
latencies, speeds = [], []
def receive():
    rest = b""
    while data := back.recv(1 << 16):
        now = time.perf_counter()
        data = rest + data
        whole = len(data) // 20
        sents = [float(data[20 * i : 20 * i + 20]) for i in range(whole)]
        latencies.extend((sent, now - sent) for sent in sents)
        rest = data[20 * whole :]
def additions():
    before = time.thread_time()
    for _ in range(700):
        pass
    return time.thread_time() - before
receiver = threading.Thread(target=receive)
receiver.start()
start, sent = time.perf_counter(), 0
while sent < count:
    now = time.perf_counter()
    due = min(count, int((now - start) * rate))
    if due > sent:
        out.sendall(b"%020.9f\\n" % now * (due - sent))
        sent = due
    if not speeds or now - speeds[-1][0] > 0.0004:
        speeds.append((now, additions()))
    time.sleep(min(0.0005, 0.5 / rate))
out.close()
receiver.join()
print(json.dumps([latencies, speeds]), flush=True)
"""

# So many times what they mostly take, and so many seconds around them.
_SLOW, _AROUND = 2.5, 0.02


def run(rate: str, count: str, kind: str) -> list[tuple[float, bool]]:
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
    latencies, speeds = json.loads(peer.stdout.readline())
    usual = statistics.median(taken for _, taken in speeds)
    slow = [when for when, taken in speeds if taken > _SLOW * usual]

    def is_steady(when: float) -> bool:
        at = bisect.bisect(slow, when - _AROUND)
        return at == len(slow) or slow[at] > when + _AROUND

    return [(latency, is_steady(when)) for when, latency in latencies]


print(json.dumps(run(*sys.argv[2:5])))
