# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""An interrupt waits until something can be done about what was started."""

from __future__ import annotations

import signal
import threading

import pytest

from pyflink._gateway import HeldInterrupts


def test_the_first_one_is_held() -> None:
    held = HeldInterrupts()
    before = signal.getsignal(signal.SIGINT)
    with held:
        signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before
    with pytest.raises(KeyboardInterrupt):
        held.deliver()
    held.deliver()  # once


def test_the_second_one_acts() -> None:
    held = HeldInterrupts()
    with held:
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    held.deliver()


def test_the_handler_is_the_program_s() -> None:
    seen = []
    before = signal.signal(signal.SIGINT, lambda *_: seen.append("interrupt"))
    try:
        held = HeldInterrupts()
        with held:
            signal.raise_signal(signal.SIGINT)
            assert not seen
        held.deliver()
        assert seen == ["interrupt"]
    finally:
        signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("handler", [signal.SIG_IGN, signal.SIG_DFL])
def test_where_python_does_not_handle_them_nothing_changes(handler) -> None:
    before = signal.signal(signal.SIGINT, handler)
    try:
        with HeldInterrupts():
            assert signal.getsignal(signal.SIGINT) is handler
    finally:
        signal.signal(signal.SIGINT, before)


def test_in_other_threads_nothing_changes() -> None:
    before = signal.getsignal(signal.SIGINT)
    handlers = []

    def enter() -> None:
        with HeldInterrupts():
            handlers.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=enter)
    thread.start()
    thread.join()
    assert handlers == [before]
