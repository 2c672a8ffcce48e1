# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What a user hears of a job that runs elsewhere."""

from __future__ import annotations

import json
import queue
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from pyflink._gateway.errors import ClusterError, JavaError
from pyflink._submit import following
from pyflink._submit.following import Following
from pyflink._submit.target import Elsewhere, Progress, Reporter, report_to


class Notes(Reporter):
    def __init__(self):
        self.all = queue.Queue()

    def started(self, name, job, address):
        self.all.put((name, job))

    def progress(self, progress):
        if progress is not None:
            self.all.put(progress)

    def notice(self, text):
        self.all.put(text)


@pytest.fixture
def notes(monkeypatch):
    monkeypatch.setattr(following, "_POLL_SECONDS", 0.01)
    monkeypatch.setattr(following, "_PATIENCE_SECONDS", 0.0)
    notes = Notes()
    report_to(notes)
    yield notes
    report_to(Reporter())


@pytest.fixture
def cluster():
    """The address of a server, and the answers that it gives."""
    answers = {"/overview": {"slots-available": 0, "slots-total": 4}}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            answer = json.dumps(answers[self.path]).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", answers
    server.shutdown()
    server.server_close()


def job(state: str, **tasks: int) -> dict[str, object]:
    return {"state": state, "vertices": [{"tasks": tasks}, {"tasks": {"RUNNING": 1}}]}


def test_the_state_is_told_and_want_of_slots_once(cluster, notes) -> None:
    address, answers = cluster
    answers["/jobs/1"] = job("RUNNING", SCHEDULED=2, RUNNING=1)
    followed = Following(Elsewhere(address, False), "1", "mine")
    assert notes.all.get(timeout=10) == ("mine", "1")
    first = notes.all.get(timeout=10)
    assert isinstance(first, Progress)
    assert (first.job, first.state, first.started, first.tasks) == ("mine", "RUNNING", 2, 4)
    said = notes.all.get(timeout=10)
    assert said.startswith("Job 'mine' waits for slots, which 2 of its 4 tasks do not have: ")
    assert "0 of 4 are free" in said
    assert isinstance(notes.all.get(timeout=10), Progress)
    answers["/jobs/1"] = job("FINISHED", FINISHED=3)
    followed._thread.join(10)
    assert not followed._thread.is_alive()
    assert not any(isinstance(note, str) for note in notes.all.queue)


def test_a_failure_that_the_job_survives_is_told_once(cluster, notes) -> None:
    address, answers = cluster
    trace = "a.b.E: no\n\tat a.b\nCaused by: a.b.F: In 'map':\nTraceback:\n  File\nValueError: 1\n"
    answers["/jobs/1"] = job("RESTARTING", CREATED=3)
    answers["/jobs/1/exceptions?maxExceptions=1"] = {
        "exceptionHistory": {"entries": [{"stacktrace": trace}]}
    }
    followed = Following(Elsewhere(address, False), "1", "mine")
    heard = [notes.all.get(timeout=10) for _ in range(8)]
    followed.stop()
    (said,) = [note for note in heard if isinstance(note, str)]
    assert said.startswith("Job 'mine' has failed and starts again: In 'map': ValueError: 1 (")
    followed._thread.join(10)


def test_an_error_without_slots_is_told_in_a_sentence(cluster, notes) -> None:
    address, answers = cluster
    answers["/jobs/1"] = job("RUNNING", RUNNING=3)
    followed = Following(Elsewhere(address, False), "1", "mine")
    trace = "JobExecutionException\nCaused by: a.b.NoResourceAvailableException: no\n\tat c.d"
    told = followed.explained(JavaError(None, "a.b.NoResourceAvailableException", "no", trace))
    assert isinstance(told, ClusterError)
    assert str(told).startswith(f"Job 'mine' has failed, as the cluster at {address} has no slots")
    assert told.detail == trace
    assert followed.explained(JavaError(None, "a.b.Other", "no", "a.b.Other: no")) is None
    assert followed.explained(ValueError("no")) is None
    followed.stop()
    followed._thread.join(10)
    assert not followed._thread.is_alive()


def test_a_cluster_that_has_gone_is_told_in_a_sentence(notes) -> None:
    address = "http://127.0.0.1:1"
    followed = Following(Elsewhere(address, False), "12", "mine")
    told = followed.explained(JavaError(None, "java.net.ConnectException", "refused", "trace"))
    followed.stop()
    assert str(told).startswith(f"The cluster at {address} does not answer any more: whether job")
    assert str(told).endswith(f"flinker status --target {address} 12")
