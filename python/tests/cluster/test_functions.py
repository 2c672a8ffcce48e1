# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Programs as they are, on a cluster elsewhere."""

from __future__ import annotations

import re


def test_results_of_functions_come_back(program, run) -> None:
    job = program(
        """
        import os
        from pyflink.common import Row, Types
        from pyflink.datastream import StreamExecutionEnvironment

        class Place:
            def __init__(self):
                self.worker = os.getppid()

        env = StreamExecutionEnvironment.get_execution_environment()
        env.set_parallelism(2)
        rows = env.from_collection(
            [Row(n, f"text {n}") for n in range(100)],
            Types.ROW_NAMED(["number", "text"], [Types.INT(), Types.STRING()]),
        )
        pairs = rows.filter(lambda row: row.number % 2 == 0).map(
            lambda row: (row.number, row.text.upper(), os.environ.get("SECRET"))
        )
        print(sorted(pairs.execute_and_collect())[-1])
        workers = env.from_collection(range(100)).map(lambda n: os.getppid() != 1)
        print(all(workers.execute_and_collect()))
        """
    )
    answer = run(job, SECRET="of the client")
    assert answer.returncode == 0, answer.stderr
    # the client's environment stays where it is
    assert answer.stdout.splitlines() == ["(98, 'TEXT 98', None)", "True"]


def test_an_exception_in_a_function_is_raised_as_itself(program, run) -> None:
    job = program(
        """
        from pyflink.datastream import StreamExecutionEnvironment

        def reciprocal(n):
            return 1 / n

        env = StreamExecutionEnvironment.get_execution_environment()
        env.get_config().set_restart_strategy
        env.from_collection([1, 0]).map(reciprocal).print()
        try:
            env.execute("reciprocals")
        except ZeroDivisionError as e:
            print("caught:", e.__notes__)
        """.replace("        env.get_config().set_restart_strategy\n", "")
    )
    answer = run(job)
    assert answer.returncode == 0, answer.stderr
    assert re.search(
        r"caught: \[\"In the Python function of operator 'Map.*record: 0", answer.stdout
    )
