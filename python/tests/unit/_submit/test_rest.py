# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Addresses at which there is no cluster, or one that says no."""

from __future__ import annotations

import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from pyflink._gateway.errors import ClusterError
from pyflink._submit.rest import Rest, last_cause


@pytest.fixture
def server():
    """A port, and the status and the text that are answered there."""
    answers = {"status": 200, "text": "{}"}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            text = answers["text"].encode()
            self.send_response(answers["status"])
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, format, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1], answers
    server.shutdown()
    server.server_close()


def said(address: str) -> str:
    with pytest.raises(ClusterError) as refusal:
        Rest(address, seconds=2).get("/overview")
    assert "\n" not in str(refusal.value)
    return str(refusal.value)


def test_nobody_there() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        port = silent.getsockname()[1]
        closed = said(f"http://127.0.0.1:{port}")
        silent.listen()
        assert "(no answer in time)" in said(f"http://127.0.0.1:{port}")
    assert closed.startswith(f"There is no cluster at http://127.0.0.1:{port} (Connection refused")
    assert "'https://' if it speaks TLS" in closed
    assert "There is no cluster at http://nobody.invalid:1 (" in said("http://nobody.invalid:1")


def test_somebody_else_there(server) -> None:
    port, answers = server
    for status, text in ((404, "<html>"), (200, "<html>"), (500, "[]")):
        answers.update(status=status, text=text)
        assert f"is no Flink cluster (HTTP {status})" in said(f"http://127.0.0.1:{port}")
    assert "does not speak TLS" in said(f"https://127.0.0.1:{port}")


def test_a_cluster_that_says_no(server, monkeypatch) -> None:
    port, answers = server
    address = f"http://127.0.0.1:{port}"
    trace = r"a.b.C: first\n\tat a.b\nCaused by: a.b.D: the reason\n\tat a.b\n"
    answers.update(status=400, text=f'{{"errors": ["Bad request.", "{trace}"]}}')
    assert said(address) == "the reason"
    answers.update(status=401, text="")
    monkeypatch.delenv("FLINKER_TARGET_USER", raising=False)
    assert "set FLINKER_TARGET_USER and FLINKER_TARGET_PASSWORD, as none are set" in said(address)
    monkeypatch.setenv("FLINKER_TARGET_USER", "ada")
    assert "as these are wrong" in said(address)


def test_the_last_cause_of_a_trace() -> None:
    trace = "a.b.C: x\n\tat a.b\nCaused by: a.b.D: In 'f':\nTraceback\nValueError: 1\n\tat a.b\n"
    assert last_cause(trace) == "In 'f':\nTraceback\nValueError: 1"
    assert last_cause("no trace at all") == "no trace at all"
