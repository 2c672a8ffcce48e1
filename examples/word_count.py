# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Words and how often they have come: a flat_map, and a process function that counts.

Each instance of a function has an object of its own, so the words go to one instance here.
"""

from collections import Counter

from pyflink.common import Types
from pyflink.datastream import ProcessFunction, StreamExecutionEnvironment

LINES = ["to be or not to be", "that is the question"]


class Count(ProcessFunction):
    def open(self, runtime_context):
        self.counts = Counter()

    def process_element(self, value, ctx):
        self.counts[value] += 1
        yield value, self.counts[value]


env = StreamExecutionEnvironment.get_execution_environment()
counts = (
    env.from_collection(LINES, Types.STRING())
    .flat_map(str.split, Types.STRING())
    .process(Count(), Types.TUPLE([Types.STRING(), Types.INT()]))
    .set_parallelism(1)
)
with counts.execute_and_collect("word count") as results:
    # the last count of a word is the highest
    for word, count in sorted(dict(results).items()):
        print(word, count)
