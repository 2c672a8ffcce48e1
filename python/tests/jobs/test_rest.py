# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Who can reach the embedded cluster's REST server."""

from __future__ import annotations

import json
import socket
import urllib.error
import urllib.request

import pytest

from pyflink._gateway import java_class
from pyflink.common import Configuration, Types
from pyflink.datastream import StreamExecutionEnvironment


def address() -> str:
    return str(java_class("io.flinker.gateway.Environments").restAddress())


def run_job(env: StreamExecutionEnvironment) -> None:
    assert list(env.from_collection([1], Types.INT()).execute_and_collect()) == [1]


@pytest.mark.parametrize("path", ["/", "/overview", "/jobs/overview", "/config", "/jars"])
def test_a_server_that_nobody_asked_for_knows_no_request(path: str) -> None:
    run_job(StreamExecutionEnvironment.get_execution_environment())
    with pytest.raises(urllib.error.HTTPError) as refusal, urllib.request.urlopen(address() + path):
        pass
    with refusal.value:
        assert refusal.value.code == 404


def test_a_server_that_a_program_asked_for_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    configuration = Configuration().set_integer("rest.port", port)
    run_job(StreamExecutionEnvironment.get_execution_environment(configuration))
    assert address().endswith(f":{port}")
    with urllib.request.urlopen(address() + "/overview") as answer:
        assert json.load(answer)["taskmanagers"] == 1
