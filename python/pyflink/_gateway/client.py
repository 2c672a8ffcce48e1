# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The sockets of our Py4J gateway."""

from __future__ import annotations

from typing import Any

from py4j import protocol
from py4j.java_gateway import GatewayClient, GatewayConnection, GatewayParameters

from pyflink._gateway.errors import GatewayError
from pyflink._gateway.process import JavaProcess


class Client(GatewayClient):
    """The connections of our gateway; knows whether there is still a JVM behind them.

    Args:
        parameters: where the gateway listens.
        process: the JVM.
    """

    def __init__(self, parameters: GatewayParameters, process: JavaProcess) -> None:
        super().__init__(gateway_parameters=parameters)
        self._process = process

    def send_command(self, command: str, retry: bool = True, binary: bool = False) -> Any:
        """Sends a command to Java and returns the answer.

        Py4J's own reports failures and interrupts on the root logger, which configures the
        program's logging behind its back, and trips over an interrupt (in 0.10.9.9 it calls a
        method that only its other kind of connection has).

        Raises:
            GatewayError: if the JVM is gone.
        """
        try:
            connection = self._get_connection()
            answer = self._send(connection, command)
        except protocol.Py4JNetworkError as e:
            if self._process.is_alive() and retry and _is_unheard(e):
                return self.send_command(command, retry=False, binary=binary)
            raise self._explanation(e) from e
        if binary:
            return answer, self._create_connection_guard(connection)
        if protocol.is_fatal_error(answer):
            connection.close(False)
        else:
            self._give_back_connection(connection)
        return answer

    def _create_connection(self) -> GatewayConnection:
        # Py4J logs a refused connection as an error before it raises
        if not self._process.is_alive():
            raise protocol.Py4JNetworkError("The JVM has ended.")
        return super()._create_connection()

    @staticmethod
    def _send(connection: GatewayConnection, command: str) -> Any:
        try:
            return connection.send_command(command)
        except BaseException:
            # an interrupt as well: the answer to this command would be taken for the next one's
            connection.close(True)
            raise

    def _explanation(self, error: Exception) -> Exception:
        ending = self._process.await_ending()
        if ending is None:
            return error
        return GatewayError(
            f"The JVM of this process is gone ({ending}). What was made with it is gone too; "
            f"the next get_execution_environment() starts a new one.{self._process.last_words()}"
        )


def _is_unheard(error: protocol.Py4JNetworkError) -> bool:
    """Whether Java has not seen the command, so that it can be sent again."""
    return error.when in (protocol.ERROR_ON_SEND, protocol.EMPTY_RESPONSE)
