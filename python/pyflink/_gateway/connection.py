# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The one Py4J connection of this process, opened at first use."""

from __future__ import annotations

import atexit
import contextlib
import os
import sys
import threading
from typing import Any

from py4j.java_gateway import GatewayParameters, JavaClass, JavaGateway, java_import
from py4j.protocol import Py4JError

from pyflink._gateway import callbacks, translation
from pyflink._gateway.class_data import Archive
from pyflink._gateway.client import Client
from pyflink._gateway.errors import FlinkerError, GatewayError, JavaError
from pyflink._gateway.launch import Launch
from pyflink._gateway.process import JavaProcess
from pyflink._gateway.trainer import start_trainer


class Connection:
    """A JVM and the Py4J gateway to it.

    Args:
        process: the JVM.
        archive: the class-data archive for it, there or not; None if there shall be none.
    """

    def __init__(self, process: JavaProcess, archive: Archive | None) -> None:
        self.process = process
        self.archive = archive
        parameters = GatewayParameters(
            port=self.process.port, auth_token=self.process.token, auto_convert=True
        )
        translation.install()
        self.gateway = JavaGateway(
            gateway_client=Client(parameters, self.process),
            gateway_parameters=parameters,
        )
        self.classes: dict[str, Any] = {}

    def java_class(self, name: str) -> Any:
        found = self.classes.get(name)
        if found is None:
            found = self.classes[name] = JavaClass(name, self.gateway._gateway_client)
        return found

    def settle_output(self) -> None:
        out, err = self.java_class("io.flinker.gateway.Console").written()
        self.process.settle(out, err)

    def close(self) -> None:
        with contextlib.suppress(Py4JError, FlinkerError, OSError):
            self.settle_output()
            self._judge_archive()
        self.abandon()

    def _judge_archive(self) -> None:
        """Gives up an archive that the JVM refuses, made on another kind of machine perhaps."""
        if self.archive is None or not self.process.archive_options:
            return
        if "sharing" not in self.java_class("java.lang.System").getProperty("java.vm.info"):
            self.archive.fail()

    def abandon(self) -> None:
        # Python objects that are collected from now on have nobody to tell
        self.gateway._gateway_client.is_connected = False
        if self.archive is not None and self.process.has_crashed():
            # whatever the reason was, the archive is under suspicion
            self.archive.fail()
        # Killed, not asked to leave: a JVM takes 0.3 s to halt while any thread waits in native
        # code. What Flink's shutdown hooks would delete is all in the work directory.
        self.process.kill()

    def close_in_order(self, seconds: float) -> bool:
        self.gateway._gateway_client.is_connected = False
        return self.process.stop(seconds)

    def forget(self) -> None:
        client = self.gateway._gateway_client
        # or the child's garbage collection would write into the parent's sockets
        client.is_connected = False
        client.deque.clear()
        callbacks.forget(self.gateway)
        self.process.forget()


_connection: Connection | None = None
_lock = threading.RLock()

# What the environment was when the JVM was started ahead, until the program asks for it.
_ahead: dict[str, str] | None = None


def connect(cluster: bool = False) -> Connection:
    """The connection, opened if there is none or its JVM is gone.

    Args:
        cluster: whether a JVM that is started now shall start the embedded cluster at once.

    Raises:
        GatewayError: if no JVM can be started, or in a worker, which must not have one.
    """
    global _connection
    # asked for by name, as this room does not know that one
    if getattr(sys.modules.get("pyflink._worker.process"), "is_worker", False):
        raise GatewayError(
            "A Python function runs in a worker, where there is no Java gateway. What needs it "
            "(environments, streams, Java objects) belongs in the program, outside of functions."
        )
    connection = _connection
    if connection is not None and connection.process.is_alive() and _ahead is None:
        return connection
    with _lock:
        if _ahead is not None:
            _end_ahead()
        if _connection is None or not _connection.process.is_alive():
            if _connection is not None:
                _connection.abandon()
            launch = Launch.prepare()
            _connection = Connection(launch.start(cluster), launch.archive)
        return _connection


def start_ahead() -> None:
    """Starts the JVM for a program that is about to be loaded, and returns before it is there.

    A program that then changes what the JVM depends on in its environment gets another one.
    """
    threading.Thread(target=_start_ahead, name="flinker-start", daemon=True).start()


def _start_ahead() -> None:
    global _ahead, _connection
    # a failure shows again when the program asks for it
    with _lock, contextlib.suppress(FlinkerError):
        if _connection is None:
            environment = _environment()
            launch = Launch.prepare()
            connection = Connection(launch.start(), launch.archive)
            # in this order, as who finds a connection does not ask for the lock
            _ahead = environment
            _connection = connection


def _end_ahead() -> None:
    """The program asks for the JVM: whether it is the one that it wants."""
    global _ahead, _connection
    if _ahead != _environment() and _connection is not None:
        _connection.abandon()
        _connection = None
    _ahead = None


def _environment() -> dict[str, str]:
    """The variables that a JVM depends on."""
    starts = ("JAVA", "JDK", "FLINK")
    return {name: value for name, value in os.environ.items() if name.startswith(starts)}


def use(process: JavaProcess) -> None:
    """Makes a JVM that was started otherwise the one of this process."""
    global _connection
    with _lock:
        _connection = Connection(process, None)


def start_with_cluster() -> None:
    """Starts the JVM if none is running, and the embedded cluster with it.

    The cluster takes longer than all else and needs nothing of the program, unless it has settings.

    Raises:
        GatewayError: if no JVM can be started.
    """
    connect(cluster=True)


def get_gateway() -> JavaGateway:
    """The Py4J gateway; starts the JVM if none is running.

    Raises:
        GatewayError: if no JVM can be started.
    """
    return connect().gateway


def java_class(name: str) -> Any:
    """A Java class by its binary name (``a.b.Outer$Inner``).

    Cheaper than ``get_gateway().jvm.a.b.Outer``, which asks Java about every part of the name.
    """
    return connect().java_class(name)


def new_instance(class_name: str) -> Any:
    """An object of a Java class that the program names, made with no arguments.

    Raises:
        JavaClassNotFoundError: if the class is on no class path.
    """
    try:
        return java_class("io.flinker.gateway.UserJars").newInstance(class_name)
    except JavaError as e:
        if e.java_class_name != "java.lang.ClassNotFoundException":
            raise
    raise translation.unknown_class(class_name)


def accept_callbacks() -> None:
    """Lets Java call Python objects that are passed to it; starts the JVM if none is running."""
    connection = connect()
    callbacks.accept(connection.gateway, connection.process.token)


def add_short_names(gateway: JavaGateway) -> None:
    """Makes the classes that have one known under their short name in a gateway's JVM view."""
    for name in java_class("io.flinker.gateway.ShortNames").all():
        java_import(gateway.jvm, name)


def work_directory() -> str:
    """A folder for this process and its JVM only; gone when they are."""
    return connect().process.work_directory


def is_running() -> bool:
    """Whether this process has a live JVM."""
    return _connection is not None and _connection.process.is_alive()


def settle_output() -> None:
    """Returns when all that the JVM has printed so far has reached the user."""
    if is_running():
        connect().settle_output()


def close_in_order(seconds: float) -> bool:
    """Lets the JVM end as it likes, for which it may take so many seconds.

    Returns:
        whether it went in time and without an error.
    """
    global _connection
    connection, _connection = _connection, None
    return connection is None or connection.close_in_order(seconds)


@atexit.register
def _close() -> None:
    global _connection
    connection, _connection = _connection, None
    if connection is not None:
        connection.close()
        if connection.archive is not None:
            start_trainer(connection.archive)


def _forget_after_fork() -> None:
    global _connection, _lock
    connection, _connection = _connection, None
    _lock = threading.RLock()
    if connection is not None:
        connection.forget()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_after_fork)
