# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The command flinker against a cluster."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

NUMBER = 20_000


def test_a_job_goes_on_from_a_savepoint_at_another_parallelism(
    flinker, cluster, numbers_job, written, wait_until, tmp_path
) -> None:
    job = numbers_job(NUMBER, 200)
    flinker("submit", "--detached", "-p", 2, "--name", "first", *job)
    (running,) = json.loads(flinker("list", "--json").stdout)
    # the program gives its job a name itself
    assert (running["name"], running["state"]) == ("numbers", "RUNNING")
    wait_until(lambda: len(written()) > 20)
    state = json.loads(flinker("status", "--json", "numbers").stdout)
    assert {operator["parallelism"] for operator in state["operators"]} == {2}
    kept = flinker("savepoint", running["id"][:8], tmp_path / "kept").stdout.strip()
    assert kept.startswith("file:")
    stopped = flinker("stop", "numbers", "--savepointPath", tmp_path / "last").stdout.strip()
    assert 20 < len(written()) < NUMBER
    changed = numbers_job(NUMBER, 1_000_000)
    program = Path(changed[0])
    text = program.read_text()
    # one that has no operator for the source's state
    program.write_text(text.replace('uid("source")', 'uid("other")'))
    said = flinker("submit", "--fromSavepoint", stopped, *changed, code=1).stderr
    assert said.startswith(f"flinker: The cluster at {cluster.address} has not taken the job: ")
    assert "is not available in the new program" in said
    assert "--allowNonRestoredState" in said
    assert said.count("\n") == 1
    program.write_text(text)
    flinker("submit", "-p", 3, "--fromSavepoint", stopped, *changed)
    assert written() == [3 * n for n in range(NUMBER)]


def test_a_job_can_be_left_and_cancelled(
    cluster, flinker, numbers_job, written, wait_until
) -> None:
    command = ["submit", "-t", cluster.address, *numbers_job(NUMBER, 200)]
    attached = subprocess.Popen(
        [sys.executable, "-m", "pyflink", *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert attached.stderr is not None
    assert "'numbers' runs as " in attached.stderr.readline()
    wait_until(written)
    attached.send_signal(signal.SIGINT)
    _, said = attached.communicate(timeout=60)
    assert attached.returncode == 130
    (line,) = [line for line in said.splitlines() if "cancel it" in line]
    (running,) = json.loads(flinker("list", "--json").stdout)
    cancel = line.partition("flinker ")[2]
    assert cancel == f"cancel --target {cluster.address} {running['id']}"
    assert flinker(*cancel.split()).stdout == f"{running['id']} is CANCELED.\n"
    assert flinker("list").stdout == "No job is running.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["list", "-t", "http://127.0.0.1:1"], "There is no cluster at http://127.0.0.1:1"),
        (["submit", "-t", "http://127.0.0.1:1", "job.py"], "There is no cluster at"),
        (["cancel", "nosuchjob"], "There is no job 'nosuchjob'"),
        (["submit", "-s", "/no/savepoint", "job.py"], "/no/savepoint"),
        (["submit", "-pyreq", "wrong.txt", "job.py"], "pip could not install"),
        (["submit", "-pyreq", "absent.txt", "job.py"], "There is nothing at"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(flinker, program, arguments, said) -> None:
    program("/no/such/package.whl", "wrong.txt")
    program(
        """
        from pyflink.datastream import StreamExecutionEnvironment

        env = StreamExecutionEnvironment.get_execution_environment()
        env.from_collection([1]).map(lambda n: n).print()
        env.execute()
        """
    )
    answer = flinker(*arguments, code=1)
    assert said in answer.stderr
    assert "\tat " not in answer.stderr
    assert "Traceback" not in answer.stderr
    assert answer.stdout == ""


def test_names_of_jobs(flinker, cluster, program) -> None:
    job = program(
        """
        import sys
        from pyflink.common import WatermarkStrategy
        from pyflink.datastream import StreamExecutionEnvironment
        from pyflink.datastream.connectors.number_seq import NumberSequenceSource

        env = StreamExecutionEnvironment.get_execution_environment()
        source = NumberSequenceSource(0, 10**12)
        numbers = env.from_source(source, WatermarkStrategy.no_watermarks(), "numbers")
        numbers.filter(lambda n: n < 0).print()
        env.execute(*sys.argv[1:])
        """
    )
    flinker("submit", "--detached", "--name", "chosen", job)
    (first,) = json.loads(flinker("list", "--json").stdout)
    assert first["name"] == "chosen"
    for name in (["--name", "chosen"], ["-D", "pipeline.name=chosen"]):
        said = flinker("submit", *name, job, code=1).stderr
        assert said.startswith(f"flinker: A job 'chosen' runs already on {cluster.address} (")
        assert said.count("\n") == 1
    # a name that the program gives is no more than a label, as in Flink
    flinker("submit", "--detached", job, "chosen")
    said = flinker("cancel", "chosen", code=1).stderr
    assert "There are several jobs 'chosen': give one of " in said
    for running in json.loads(flinker("list", "--json").stdout):
        flinker("cancel", running["id"])


def test_what_functions_print_is_in_the_logs(flinker, program) -> None:
    job = program(
        """
        import logging
        from pyflink.datastream import StreamExecutionEnvironment

        def say(n):
            print("printed", n)
            logging.getLogger("mine").warning("logged %s", n)
            return n

        env = StreamExecutionEnvironment.get_execution_environment()
        env.from_collection([43]).map(say).print()
        env.execute("talk")
        """
    )
    flinker("submit", job)
    shown = flinker("logs", "talk").stdout
    assert "logged 43" in shown
