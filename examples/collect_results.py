# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Results in Python: two streams become one, and its records come back as they are made."""

from pyflink.common import Row, Types
from pyflink.datastream import StreamExecutionEnvironment

env = StreamExecutionEnvironment.get_execution_environment()
order = Types.ROW_NAMED(["id", "item"], [Types.INT(), Types.STRING()])

online = env.from_collection([Row(1, "tea"), Row(2, "cake")], order)
in_store = env.from_collection([(3, "bread")], order)

# the job is cancelled if the block is left early
with online.union(in_store).execute_and_collect("orders") as results:
    for found in sorted(results, key=lambda row: row.id):
        print(found.id, found.item)
