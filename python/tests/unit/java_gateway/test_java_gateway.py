# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The way to Java for programs that need more."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from py4j.java_gateway import JavaClass, JavaGateway, JavaPackage

from pyflink import java_gateway
from pyflink.java_gateway import (
    PythonFunctionFactory,
    Watchdog,
    get_gateway,
    import_flink_view,
    is_launch_gateway_disabled,
    launch_gateway,
)
from pyflink.util.exceptions import GatewayError, JavaError


def test_there_is_one_gateway() -> None:
    assert isinstance(get_gateway(), JavaGateway)
    assert get_gateway() is get_gateway() is launch_gateway()


def test_an_import_starts_no_jvm() -> None:
    program = (
        "import pyflink.java_gateway\nfrom pyflink import _gateway\nprint(_gateway.is_running())"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert answer.stdout == "False\n"


@pytest.mark.parametrize(
    "name", ["StreamExecutionEnvironment", "Configuration", "Types", "TypeInformation", "Integer"]
)
def test_short_names(name: str) -> None:
    assert isinstance(getattr(get_gateway().jvm, name), JavaClass)


def test_a_view_of_one_s_own_gets_the_short_names_by_an_import() -> None:
    class Gateway:
        jvm = get_gateway().new_jvm_view("own")

    assert isinstance(Gateway.jvm.Types, JavaPackage)
    import_flink_view(Gateway)
    assert isinstance(Gateway.jvm.Types, JavaClass)


def test_an_unknown_class_is_named() -> None:
    with pytest.raises(TypeError, match=r"There is no Java class 'no\.such\.Thing'.*add_jars"):
        get_gateway().jvm.no.such.Thing()


class Increment:
    def apply(self, value: int) -> int:
        return value + 1

    class Java:
        implements = ("java.util.function.Function",)


class Failing:
    def apply(self, value: int) -> int:
        raise ValueError("not today")

    class Java:
        implements = ("java.util.function.Function",)


def test_java_calls_python_objects() -> None:
    one = get_gateway().jvm.java.util.Optional.of(1)
    assert one.map(Increment()).get() == 2
    with pytest.raises(JavaError, match="ValueError: not today"):
        one.map(Failing())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_a_forked_child_lets_go_of_the_port_for_callbacks() -> None:
    program = """
import os
from pyflink.java_gateway import get_gateway
socket = get_gateway().get_callback_server().server_socket
assert socket.fileno() >= 0
child = os.fork()
if not child:
    os._exit(0 if socket.fileno() == -1 else 1)
assert os.waitpid(child, 0)[1] == 0
assert get_gateway().jvm.java.util.Optional.of(1).isPresent()
"""
    subprocess.run([sys.executable, "-c", program], check=True)


@pytest.mark.parametrize(
    ("value", "disabled"),
    [(None, False), ("", False), ("0", False), ("False", False), ("1", True), ("yes", True)],
)
def test_a_worker_is_not_to_start_a_jvm(monkeypatch, value: str | None, disabled: bool) -> None:
    if value is None:
        monkeypatch.delenv("PYFLINK_GATEWAY_DISABLED", raising=False)
    else:
        monkeypatch.setenv("PYFLINK_GATEWAY_DISABLED", value)
    assert is_launch_gateway_disabled() is disabled
    if disabled:
        with pytest.raises(GatewayError, match="this is a worker"):
            launch_gateway()


def test_watchdog(monkeypatch) -> None:
    slept = []
    monkeypatch.setattr("pyflink.java_gateway._callbacks.time.sleep", slept.append)
    assert Watchdog().ping() is True
    assert slept == [10]
    assert Watchdog.Java.implements == [
        "org.apache.flink.client.python.PythonGatewayServer$Watchdog"
    ]


class UserDefined:
    def _java_user_defined_function(self) -> str:
        return "the Java side"


user_defined = UserDefined()


def test_python_function_factory(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "some_functions", sys.modules[__name__])
    factory = PythonFunctionFactory()
    assert factory.getPythonFunction("some_functions", "user_defined") == "the Java side"
    with pytest.raises(AttributeError, match=r"os\.path\.join is not a user-defined function"):
        factory.getPythonFunction("os.path", "join")
    with pytest.raises(ImportError):
        factory.getPythonFunction("no_such_module", "f")


def test_the_names_of_the_module() -> None:
    assert set(java_gateway.__all__) <= set(vars(java_gateway))
