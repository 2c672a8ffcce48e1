# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""State of each key: what every user has spent, the last three things bought, and how often."""

from pyflink.common import Time, Types
from pyflink.datastream import KeyedProcessFunction, StreamExecutionEnvironment
from pyflink.datastream.state import (
    ListStateDescriptor,
    MapStateDescriptor,
    StateTtlConfig,
    ValueStateDescriptor,
)


class Purchases(KeyedProcessFunction):
    def open(self, runtime_context):
        spent = ValueStateDescriptor("spent", Types.LONG())
        # a user who does not come back within a week is forgotten
        spent.enable_time_to_live(StateTtlConfig.new_builder(Time.days(7)).build())
        self.spent = runtime_context.get_state(spent)
        self.last = runtime_context.get_list_state(ListStateDescriptor("last", Types.STRING()))
        counts = MapStateDescriptor("counts", Types.STRING(), Types.LONG())
        self.counts = runtime_context.get_map_state(counts)

    def process_element(self, value, ctx):
        _, thing, price = value
        self.spent.update((self.spent.value() or 0) + price)
        self.last.update([*self.last.get(), thing][-3:])
        self.counts.put(thing, (self.counts.get(thing) or 0) + 1)
        most = max(self.counts.items(), key=lambda item: item[1])
        last = ", ".join(self.last.get())
        yield f"{ctx.get_current_key()}: {self.spent.value()}, last {last}, most {most[0]}"


env = StreamExecutionEnvironment.get_execution_environment()
env.set_parallelism(1)
purchases = env.from_collection(
    [
        ("ann", "tea", 3),
        ("bob", "cake", 5),
        ("ann", "cake", 5),
        ("ann", "tea", 3),
        ("ann", "bread", 4),
    ],
    Types.TUPLE([Types.STRING(), Types.STRING(), Types.LONG()]),
)
purchases.key_by(lambda purchase: purchase[0], Types.STRING()).process(
    Purchases(), Types.STRING()
).print()
env.execute("purchases")
