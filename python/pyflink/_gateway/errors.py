# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Every error that the gateway raises.

FlinkerError
+-- GatewayError              the JVM could not be started or is gone
|   +-- JavaNotFoundError     no Java, or only Java that is too old
|   +-- EngineNotFoundError   the engine's jars are not installed
+-- JavaClassNotFoundError    a class named by the program is on no class path
+-- FunctionNotPicklableError a Python function cannot be sent to the workers
+-- ClusterError              a cluster elsewhere cannot be reached, or refuses something
+-- WorkerSetupError          what the workers of a job shall have cannot be had
+-- PythonFunctionError       what a Python function raised, if it cannot be raised as it was
+-- JavaError                 an exception that Java threw; also a Py4JJavaError
    +-- JobCancelledError     the job was cancelled while it was waited for
"""

from __future__ import annotations

from typing import Any

from py4j.protocol import Py4JError, Py4JJavaError


class FlinkerError(Exception):
    """The root of the errors that Flinker itself raises."""


class GatewayError(FlinkerError, RuntimeError):
    """The JVM could not be started, did not answer in time, or is gone."""


class JavaCrashedError(GatewayError):
    """The JVM crashed while it started."""


class JavaNotFoundError(GatewayError):
    """There is no Java, or only Java that is too old."""


class EngineNotFoundError(GatewayError):
    """The engine's jars are not where the package expects them."""


class JavaClassNotFoundError(FlinkerError, TypeError):
    """A Java class that the program names is not on the class path."""


class FunctionNotPicklableError(FlinkerError, TypeError):
    """A Python function cannot be sent to the workers, as something in it cannot be pickled."""


class ClusterError(FlinkerError, RuntimeError):
    """A cluster elsewhere cannot be reached, or refuses something.

    Args:
        message: one sentence.
        detail: all that the cluster has said; empty if it has said nothing.
        status: of HTTP; 0 if there was no answer.
    """

    def __init__(self, message: str, detail: str = "", status: int = 0) -> None:
        super().__init__(message)
        self.detail = detail
        self.status = status


class WorkerSetupError(FlinkerError, RuntimeError):
    """What the workers of a job shall have (interpreter, packages, archives) cannot be had."""


class PythonFunctionError(FlinkerError, RuntimeError):
    """What a Python function raised, where its own exception cannot be made again here."""


class JavaCallError(FlinkerError, TypeError, Py4JError):
    """A Java method was given arguments of types that it does not take.

    It is a ``py4j.protocol.Py4JError`` as well, as Py4J reports it.
    """


class JavaError(FlinkerError, Py4JJavaError):
    """An exception that Java threw, told in one sentence.

    It is a ``py4j.protocol.Py4JJavaError`` as well, so programs written for PyFlink catch it.

    Attributes:
        java_exception: the Java exception, a Py4J handle; None in another process than its own.
        java_class_name: the class of the exception that started it all.
        java_message: that exception's message; empty if it has none.
        java_trace: the whole Java stack trace with all causes, as text.
    """

    def __init__(
        self,
        java_exception: Any,
        java_class_name: str,
        java_message: str,
        java_trace: str,
    ) -> None:
        self.java_class_name = java_class_name
        self.java_message = java_message
        self.java_trace = java_trace
        if java_exception is None:
            # it has come from another process
            Exception.__init__(self, self._sentence())
            self.java_exception = None
        else:
            super().__init__(self._sentence(), java_exception)

    def _sentence(self) -> str:
        name = self.java_class_name.rpartition(".")[2]
        return f"{name}: {self.java_message}" if self.java_message else name

    def __str__(self) -> str:
        return self._sentence()

    def __reduce__(self) -> tuple[Any, ...]:
        # the Java handle means nothing in another process
        return (
            type(self),
            (None, self.java_class_name, self.java_message, self.java_trace),
        )


class JobCancelledError(JavaError):
    """The job was cancelled while its result was waited for."""
