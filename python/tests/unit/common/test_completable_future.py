# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Outcomes that Java is still busy with."""

from __future__ import annotations

import _thread
import threading
import time

import pytest

from pyflink.common import CompletableFuture
from pyflink.java_gateway import get_gateway
from pyflink.util.exceptions import JavaError, JavaException


@pytest.fixture
def j_future():
    return get_gateway().jvm.java.util.concurrent.CompletableFuture()


def test_a_result(j_future) -> None:
    future = CompletableFuture(j_future)
    assert not future.done()
    assert future.exception() is None
    j_future.complete(5)
    assert future.done()
    assert not future.cancelled()
    assert future.result() == 5
    assert future.exception() is None
    assert "Completed normally" in str(future)


def test_a_result_of_a_python_class(j_future) -> None:
    j_future.complete(5)
    assert CompletableFuture(j_future, str).result() == "5"


def test_a_result_that_comes_later(j_future) -> None:
    timer = threading.Timer(0.7, j_future.complete, [5])
    timer.start()
    assert CompletableFuture(j_future).result() == 5
    timer.join()


def test_an_exception(j_future) -> None:
    j_future.completeExceptionally(get_gateway().jvm.IllegalStateException("not today"))
    future = CompletableFuture(j_future)
    with pytest.raises(JavaError, match="^IllegalStateException: not today$"):
        future.result()
    exception = future.exception()
    assert isinstance(exception, JavaException)
    assert "java.lang.IllegalStateException: not today\n\tat" in exception.stack_trace
    assert isinstance(exception.__cause__, JavaError)


def test_a_cancellation(j_future) -> None:
    future = CompletableFuture(j_future)
    assert future.cancel() is True
    assert future.cancelled()
    assert future.done()
    with pytest.raises(JavaError, match="CancellationException"):
        future.result()


# Py4J drops the connection that it was waiting on
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_interrupt_ends_the_wait(j_future) -> None:
    timer = threading.Timer(0.3, _thread.interrupt_main)
    timer.start()
    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        CompletableFuture(j_future).result()
    assert time.monotonic() - start < 5
    timer.join()
    # and the gateway is in order
    j_future.complete(5)
    assert CompletableFuture(j_future).result() == 5
