# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Two streams of different types, one function: payments and the accounts that are blocked.

The streams come in no particular order, so the function keeps what it may still need.
"""

from collections import defaultdict

from pyflink.common import Row, Types
from pyflink.datastream import CoProcessFunction, StreamExecutionEnvironment

PAYMENT = Types.ROW_NAMED(["account", "amount"], [Types.STRING(), Types.LONG()])


class FindBlocked(CoProcessFunction):
    def open(self, runtime_context):
        self.blocked = set()
        self.payments = defaultdict(list)

    def process_element1(self, value, ctx):
        if value.account in self.blocked:
            yield value
        else:
            self.payments[value.account].append(value)

    def process_element2(self, value, ctx):
        self.blocked.add(value)
        yield from self.payments.pop(value, [])


env = StreamExecutionEnvironment.get_execution_environment()
env.set_parallelism(1)
payments = env.from_collection([Row("ann", 10), Row("bob", 20), Row("ann", 30)], PAYMENT)
blocked = env.from_collection(["bob", "ann"], Types.STRING())
found = payments.connect(blocked).process(FindBlocked(), PAYMENT)
with found.execute_and_collect("blocked payments") as results:
    for payment in sorted(results, key=lambda row: row.amount):
        print(payment.account, payment.amount)
