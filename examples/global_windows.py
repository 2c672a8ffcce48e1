# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""A trigger of your own: orders are sent in one go once they are worth 100 euros together.

The global window holds all orders of a shop; only the trigger says when it fires.
"""

from pyflink.common import Types
from pyflink.datastream import StreamExecutionEnvironment, WindowFunction
from pyflink.datastream.state import ReducingStateDescriptor
from pyflink.datastream.window import GlobalWindows, Trigger, TriggerResult


class Worth(Trigger):
    def __init__(self, euros):
        self.euros = euros
        # state of its own for each key and window
        self.sum = ReducingStateDescriptor("sum", lambda a, b: a + b, Types.LONG())

    def on_element(self, element, timestamp, window, ctx):
        worth = ctx.get_partitioned_state(self.sum)
        worth.add(element[1])
        if worth.get() < self.euros:
            return TriggerResult.CONTINUE
        worth.clear()
        return TriggerResult.FIRE_AND_PURGE

    def on_processing_time(self, time, window, ctx):
        return TriggerResult.CONTINUE

    def on_event_time(self, time, window, ctx):
        return TriggerResult.CONTINUE

    def on_merge(self, window, ctx):
        ctx.merge_partitioned_state(self.sum)

    def clear(self, window, ctx):
        ctx.get_partitioned_state(self.sum).clear()


class Parcel(WindowFunction):
    def apply(self, key, window, inputs):
        yield f"{key}: {' + '.join(str(euros) for _, euros in inputs)}"


env = StreamExecutionEnvironment.get_execution_environment()
env.set_parallelism(1)
orders = env.from_collection(
    [("Graz", 60), ("Wien", 30), ("Graz", 50), ("Graz", 20), ("Wien", 80), ("Graz", 90)],
    Types.TUPLE([Types.STRING(), Types.LONG()]),
)
parcels = (
    orders.key_by(lambda order: order[0], Types.STRING())
    .window(GlobalWindows.create())
    .trigger(Worth(100))
    .apply(Parcel(), Types.STRING())
)
parcels.print()
env.execute("parcels")
