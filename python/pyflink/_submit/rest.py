# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The REST interface of a cluster, asked without a JVM."""

from __future__ import annotations

import http.client
import json
import os
import ssl
from typing import Any
from urllib.parse import urlsplit

from pyflink._gateway.authorization import PASSWORD, USER, basic_authorization
from pyflink._gateway.errors import ClusterError
from pyflink._submit.target import CA_FILE

_SECONDS = 30.0
_STACK = "\tat "


class Rest:
    """A cluster, by the address of its REST interface.

    Args:
        address: ``http://HOST:PORT`` or ``https://HOST:PORT``.
        seconds: how long an answer may take.
    """

    def __init__(self, address: str, seconds: float = _SECONDS) -> None:
        self.address = address.rstrip("/")
        parts = urlsplit(self.address)
        assert parts.hostname is not None
        self._host, self._port = parts.hostname, parts.port
        self._secure = parts.scheme == "https"
        self._seconds = seconds

    def get(self, path: str) -> Any:
        """The answer to a question.

        Raises:
            ClusterError: if there is none, or one that says no.
        """
        return self.ask("GET", path)

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """The answer to a request.

        Args:
            method: of HTTP.
            path: below the address.
            body: sent as JSON.

        Raises:
            ClusterError: if there is none, or one that says no.
        """
        headers = {"Accept": "application/json", **authorization()}
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        status, text = self._exchange(method, path, data, headers)
        answer = _parsed(text)
        if 200 <= status < 300 and answer is not None:
            return answer
        raise self._refusal(status, answer)

    def text(self, path: str) -> str:
        """A text that the cluster keeps, such as a log.

        Raises:
            ClusterError: if there is no answer, or one that says no.
        """
        status, text = self._exchange("GET", path, None, authorization())
        if 200 <= status < 300:
            return text.decode("utf-8", "replace")
        raise self._refusal(status, _parsed(text))

    def _exchange(
        self, method: str, path: str, data: bytes | None, headers: dict[str, str]
    ) -> tuple[int, bytes]:
        connection = self._connection()
        try:
            connection.request(method, path, data, headers)
            response = connection.getresponse()
            return response.status, response.read()
        except ssl.SSLCertVerificationError as e:
            raise ClusterError(
                f"The certificate of {self.address} is not trusted ({e.verify_message}): name a "
                f"file with the certificate of who has signed it in {CA_FILE}."
            ) from e
        except ssl.SSLError as e:
            raise ClusterError(
                f"{self.address} does not speak TLS ({e.reason}): write 'http://' if it has none."
            ) from e
        except (OSError, http.client.HTTPException) as e:
            hint = "" if self._secure else ", or 'https://' if it speaks TLS"
            raise ClusterError(
                f"There is no cluster at {self.address} ({_reason(e)}): give the address of its "
                f"dashboard{hint}."
            ) from e
        finally:
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        if not self._secure:
            return http.client.HTTPConnection(self._host, self._port, timeout=self._seconds)
        authority = os.environ.get(CA_FILE)
        try:
            context = ssl.create_default_context(cafile=authority)
        except OSError as e:
            raise ClusterError(
                f"{authority}, which {CA_FILE} names, holds no certificates ({_reason(e)})."
            ) from e
        return http.client.HTTPSConnection(
            self._host, self._port, timeout=self._seconds, context=context
        )

    def _refusal(self, status: int, answer: Any) -> ClusterError:
        if status in (401, 403):
            given = "these are wrong" if authorization() else "none are set"
            return ClusterError(
                f"{self.address} wants a user name and a password (HTTP {status}): set {USER} and "
                f"{PASSWORD}, as {given}."
            )
        if not isinstance(answer, dict) or "errors" not in answer:
            return ClusterError(
                f"What answers at {self.address} is no Flink cluster (HTTP {status}): give the "
                "address of its dashboard."
            )
        errors = [str(error) for error in answer["errors"]]
        return ClusterError(_sentence(errors), "\n".join(errors), status)


def _parsed(text: bytes) -> Any:
    """What JSON says; None if it is none."""
    try:
        return json.loads(text) if text else {}
    except ValueError:
        return None


def authorization() -> dict[str, str]:
    """The header that lets this user in; none if no user name is set."""
    value = basic_authorization()
    return {"Authorization": value} if value else {}


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


def _sentence(errors: list[str]) -> str:
    """What a person needs of Flink's errors: the last cause in a Java trace."""
    text = errors[-1]
    causes = [line for line in text.splitlines() if line.startswith("Caused by: ")]
    lines = [line for line in text.splitlines() if line and not line.startswith(_STACK)]
    line = causes[-1].removeprefix("Caused by: ") if causes else (lines or [""])[0]
    name, separator, message = line.partition(": ")
    if separator and "." in name and " " not in name:
        return message
    return line


def last_cause(trace: str) -> str:
    """What a person needs of a Java trace: the last cause without the Java frames."""
    cause = trace.rpartition("Caused by: ")[2]
    lines = [line for line in cause.splitlines() if not line.startswith(("\tat ", "\t... "))]
    name, separator, message = "\n".join(lines).strip().partition(": ")
    return message if separator and "." in name and " " not in name else name + separator + message
