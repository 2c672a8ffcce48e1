# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Metrics: what a function counts is among Flink's own, in the dashboard and for every reporter.

The dashboard's port is the argument, by default 8081. The program asks it for the numbers while the
job runs, as a monitoring system would, and cancels the job when it has seen some.
"""

import json
import sys
import time
from urllib.request import urlopen

from pyflink.common import Configuration, Types, WatermarkStrategy
from pyflink.datastream import MapFunction, RuntimeContext, StreamExecutionEnvironment
from pyflink.datastream.connectors import NumberSequenceSource

PORT = sys.argv[1] if len(sys.argv) > 1 else "8081"


class Thermometer(MapFunction):
    """Reads the temperature at every tick."""

    def open(self, runtime_context: RuntimeContext):
        """Registers the metrics."""
        group = runtime_context.get_metrics_group()
        self.latest = None
        self.too_hot = group.counter("too_hot")
        self.temperatures = group.distribution("temperatures")
        # called now and then between records, never while map() runs
        group.gauge("latest", lambda: self.latest)
        # a group below, and <room> as a variable for reporters that know variables
        self.readings = group.add_group("room", "kitchen").meter("readings")

    def map(self, tick):
        """The temperature."""
        time.sleep(0.01)
        self.latest = 20 + tick % 10
        self.temperatures.update(self.latest)
        self.readings.mark_event()
        if self.latest > 25:
            self.too_hot.inc()
        return self.latest


def ask(path: str):
    with urlopen(f"http://localhost:{PORT}/{path}", timeout=10) as answer:
        return json.load(answer)


settings = Configuration()
settings.set_string("rest.port", PORT)
settings.set_string("metrics.fetcher.update-interval", "500 ms")
env = StreamExecutionEnvironment.get_execution_environment(settings)
env.set_parallelism(1)
ticks = env.from_source(
    NumberSequenceSource(0, 10**9), WatermarkStrategy.no_watermarks(), "ticks", Types.LONG()
)
ticks.map(Thermometer(), Types.LONG()).name("thermometer").filter(lambda t: t > 50).print()

client = env.execute_async("metrics")
job = client.get_job_id()
wanted = ["latest", "room.kitchen.readings", "temperatures", "temperatures_max", "too_hot"]
names = ",".join(f"0.thermometer.{name}" for name in wanted)
seen = {}
deadline = time.monotonic() + 60
while time.monotonic() < deadline:
    found = [
        metric
        for vertex in ask(f"jobs/{job}")["vertices"]
        for metric in ask(f"jobs/{job}/vertices/{vertex['id']}/metrics?get={names}")
    ]
    seen = {metric["id"].removeprefix("0.thermometer."): metric["value"] for metric in found}
    if len(seen) == len(wanted) and seen["temperatures_max"] == "29":
        break
    time.sleep(0.2)
for name, value in sorted(seen.items()):
    print(name, value)
client.cancel().result()
