# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The way to a cluster: what goes over it, and who may."""

from __future__ import annotations

import base64
import contextlib
import os
import socket
import ssl
import subprocess
import sys
import threading
from pathlib import Path

import pytest

USER, PASSWORD = "ada", "s3cret: of hers"
EXPECTED = base64.b64encode(f"{USER}:{PASSWORD}".encode())

JOB = """
    import beside
    from pyflink.datastream import StreamExecutionEnvironment

    env = StreamExecutionEnvironment.get_execution_environment()
    print(list(env.from_collection([1]).map(lambda n: n + beside.MORE).execute_and_collect()))
"""


def shut_down(connection: socket.socket) -> None:
    """Wakes up who waits for a socket."""
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


class Door:
    """A proxy before a cluster's REST interface, which counts what goes in.

    Args:
        port: of the cluster.
        context: makes it speak TLS, and ask for a password.
    """

    def __init__(self, port: int, context: ssl.SSLContext | None = None) -> None:
        self.bytes_in = 0
        self._port = port
        self._context = context
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        shut_down(self._server)
        self._server.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._server.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError), contextlib.ExitStack() as stack:
            stack.callback(client.close)
            if self._context is not None:
                client = self._context.wrap_socket(client, server_side=True)
                stack.callback(client.close)
            head = b""
            while b"\r\n\r\n" not in head:
                chunk = client.recv(1 << 16)
                if not chunk:
                    return
                head += chunk
            if self._context is not None and b"Basic " + EXPECTED not in head:
                client.sendall(b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n")
                return
            cluster = socket.create_connection(("127.0.0.1", self._port))
            stack.callback(cluster.close)
            self.bytes_in += len(head)
            cluster.sendall(head)
            back = threading.Thread(target=self._back, args=(cluster, client), daemon=True)
            back.start()
            # closed under a thread that reads it, a socket goes on being read by its number
            stack.callback(back.join)
            stack.callback(shut_down, cluster)
            while chunk := client.recv(1 << 16):
                self.bytes_in += len(chunk)
                cluster.sendall(chunk)

    @staticmethod
    def _back(cluster: socket.socket, client: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while chunk := cluster.recv(1 << 16):
                client.sendall(chunk)
            shut_down(client)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> Path:
    """A key and its certificate for 127.0.0.1, in one file."""
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    command += ["-keyout", str(file.with_name("key.pem")), "-out", str(file)]
    subprocess.run(command, check=True, capture_output=True)
    return file


def test_a_second_submission_uploads_only_what_has_changed(cluster, program, run) -> None:
    job = program(JOB)
    beside = program("MORE = 1", "beside.py")
    assert run(job).stdout == "[2]\n"
    beside.write_text("MORE = 5")
    door = Door(cluster.rest_port)
    try:
        answer = run(job, FLINKER_TARGET=f"http://127.0.0.1:{door.port}")
    finally:
        door.close()
    assert answer.stdout == "[6]\n", answer.stderr
    # the engine alone has ten megabytes
    assert 1_000 < door.bytes_in < 500_000


def test_tls_and_a_password(cluster, program, run, certificate, tmp_path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.with_name("key.pem"))
    program("MORE = 1", "beside.py")
    job = program(JOB)
    door = Door(cluster.rest_port, context)
    address = f"https://127.0.0.1:{door.port}"
    trusted = {"FLINKER_TARGET_CA": str(certificate)}

    def refusal(**environment: str) -> str:
        answer = subprocess.run(
            [sys.executable, "-m", "pyflink", "submit", "-t", address, str(job)],
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert answer.returncode == 1
        assert answer.stderr.count("\n") == 1
        return answer.stderr

    try:
        assert "certificate" in refusal()
        assert "FLINKER_TARGET_CA" in refusal()
        assert "none are set" in refusal(**trusted)
        assert "are wrong" in refusal(**trusted, FLINKER_TARGET_USER=USER)
        answer = run(
            job,
            FLINKER_TARGET=address,
            FLINKER_TARGET_USER=USER,
            FLINKER_TARGET_PASSWORD=PASSWORD,
            **trusted,
        )
    finally:
        door.close()
    assert answer.stdout == "[2]\n", answer.stderr
    for secret in (PASSWORD, EXPECTED.decode()):
        assert secret not in cluster.log()
        assert secret not in str(cluster.get("/jobmanager/config"))
