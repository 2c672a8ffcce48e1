# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""A job for a cluster that is none: what a client loads to submit one and to follow it."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from pyflink._gateway import java_class
from pyflink.common import Types
from pyflink.datastream import StreamExecutionEnvironment

_TARGETS = "io.flinker.gateway.Targets"
_SECONDS = 10
_NO_JOB = "0" * 32
_CHUNK = 1 << 16


def submit_job() -> None:
    """Submits a job to a server of this process that takes everything and does nothing."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        env = StreamExecutionEnvironment.create_remote_environment(
            "127.0.0.1", server.server_address[1]
        )
        env.from_collection([1], Types.INT()).map(abs, Types.INT()).print()
        j_env = env._j_stream_execution_environment
        targets = java_class(_TARGETS)
        targets.needsPython(j_env)
        targets.slotsNeeded(j_env)
        targets.ask(j_env, 1, ["true"], _SECONDS)
        # not as env.execute() does, which would make the archives that such a job takes along
        j_env.executeAsync("elsewhere").getJobExecutionResult().get()
    finally:
        server.shutdown()
        server.server_close()


class _Answers(BaseHTTPRequestHandler):
    """What a cluster says of a job that has ended well."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = self.path.removeprefix("/v1")
        if path.endswith("/config"):
            self._answer({"features": {"web-submit": True}})
        elif path.endswith("/jars"):
            self._answer({"files": []})
        elif path.endswith("/status"):
            self._answer({"status": "FINISHED"})
        else:
            result = {
                "id": _NO_JOB,
                "application-status": "SUCCEEDED",
                "accumulator-results": {},
                "net-runtime": 1,
            }
            self._answer({"status": {"id": "COMPLETED"}, "job-execution-result": result})

    def do_POST(self) -> None:
        left = int(self.headers["Content-Length"])
        while left > 0:
            left -= len(self.rfile.read(min(left, _CHUNK)))
        if self.path.endswith("/upload"):
            self._answer({"filename": "/folder/file.jar", "status": "success"})
        else:
            self._answer({"jobid": _NO_JOB})

    def do_DELETE(self) -> None:
        self._answer({})

    def _answer(self, answer: dict[str, Any]) -> None:
        text = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, format: str, *args: Any) -> None:
        """Nobody wants to know."""
