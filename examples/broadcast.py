# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Broadcast state: every instance knows the rates, which come as a stream of their own."""

from pyflink.common import Types
from pyflink.datastream import RuntimeExecutionMode, StreamExecutionEnvironment
from pyflink.datastream.functions import BroadcastProcessFunction
from pyflink.datastream.state import MapStateDescriptor

RATES = MapStateDescriptor("rates", Types.STRING(), Types.DOUBLE())


class Convert(BroadcastProcessFunction):
    def process_element(self, value, ctx):
        currency, amount = value
        rate = ctx.get_broadcast_state(RATES).get(currency)
        yield f"{amount} {currency} are " + (f"{amount * rate:.2f} EUR" if rate else "unknown")

    def process_broadcast_element(self, value, ctx):
        currency, rate = value
        ctx.get_broadcast_state(RATES).put(currency, rate)


env = StreamExecutionEnvironment.get_execution_environment()
# the rates are here before the first amount; in streaming mode they come when they come
env.set_runtime_mode(RuntimeExecutionMode.BATCH)
env.set_parallelism(1)
amount_type = Types.TUPLE([Types.STRING(), Types.DOUBLE()])
amounts = env.from_collection([("USD", 10.0), ("GBP", 2.0), ("XYZ", 1.0)], amount_type)
rates = env.from_collection([("USD", 0.9), ("GBP", 1.2)], amount_type)
amounts.connect(rates.broadcast(RATES)).process(Convert(), Types.STRING()).print()
env.execute("convert")
