# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Questions for state, and what the engine answers."""

from __future__ import annotations

from typing import Any

from pyflink._worker.calls import Call
from pyflink._worker.outbox import Abandoned

#: How many answers may be outstanding.
_MOST_UNANSWERED = 8


class StateError(RuntimeError):
    """The engine cannot do what was asked of some state."""


class StateChannel:
    """The stream on which state is asked for.

    Args:
        protocol: the messages.
        call: the stream.
    """

    def __init__(self, protocol: Any, call: Call) -> None:
        self._protocol = protocol
        self._call = call
        self._asked = 0
        self._answered = 0
        self._registered = 0

    def register(self, name: str, **registration: Any) -> int:
        """Makes a state known; returns the number that stands for it from now on.

        Args:
            name: its name.
            registration: the other fields of ``RegisterState``.

        Raises:
            StateError: if the engine has it as another one.
        """
        number = self._registered
        self.ask(register={"state": number, "name": name, **registration})
        self._registered += 1
        return number

    def ask(self, **call: Any) -> Any:
        """Asks, and waits for the answer; what was told before has been done then.

        Args:
            call: the one field of ``StateCall`` that is set.

        Raises:
            StateError: if the engine cannot do it, or could not do what was told before.
        """
        self._send(call)
        while self._asked - self._answered > 1:
            self._next()
        return self._next()

    def tell(self, **call: Any) -> None:
        """Tells something whose answer says nothing; waits only while too much is outstanding.

        Raises:
            StateError: if the engine could not do what was told before.
        """
        self._send(call)
        while self._asked - self._answered > _MOST_UNANSWERED:
            self._next()

    def settle(self) -> None:
        """Waits until everything that was told has been done.

        Raises:
            StateError: if the engine could not do it.
        """
        while self._asked > self._answered:
            self._next()

    def _send(self, call: dict[str, Any]) -> None:
        self._asked += 1
        request = self._protocol.StateRequest(id=str(self._asked))
        request.state_key.runner.key = self._protocol.StateCall(**call).SerializeToString()
        request.get.SetInParent()
        self._call.put(request)

    def _next(self) -> Any:
        response = next(self._call, None)
        if response is None:
            raise Abandoned
        self._answered += 1
        if response.error:
            raise StateError(response.error)
        return self._protocol.StateAnswer.FromString(response.get.data)
